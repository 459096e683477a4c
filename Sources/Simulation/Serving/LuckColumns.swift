import Probability

/// The units of a block's requests in columns, reused from arm to arm and block to block.
///
/// Every unit has the bits that `RandomStream` gives to its address; columns are only faster. What
/// arms share is drawn once.
struct LuckColumns {
  /// The rows that were sent to the arm, ascending.
  private(set) var rows: [Int32] = []
  /// One value for each of `rows`.
  var values: [Double] = []
  /// The units of all rows of the block in the shared stream; empty until drawn.
  private var shared: [Double] = []
  private var count = 0

  mutating func begin(count: Int) {
    self.count = count
    shared.removeAll(keepingCapacity: true)
  }

  /// Selects the rows whose `sent` is not 0.
  mutating func select(_ sent: [UInt8], arm: Int, capacity: Int) {
    rows.removeAll(keepingCapacity: true)
    let start = arm * capacity
    for row in 0..<count where sent[start + row] != 0 {
      rows.append(Int32(truncatingIfNeeded: row))
    }
  }

  /// Sets `values` to the units of the selected rows; row 0 has the ordinal `firstOrdinal`.
  mutating func drawUnits(_ stream: LuckStream, _ firstOrdinal: UInt64, sharing: Bool) {
    if sharing && shared.isEmpty && 2 * rows.count >= count {
      Self.resize(&shared, count)
      stream.fill(&shared, firstEntity: firstOrdinal)
    }
    Self.resize(&values, rows.count)
    if sharing && !shared.isEmpty {
      for index in rows.indices { values[index] = shared[Int(rows[index])] }
    } else if rows.count == count {
      stream.fill(&values, firstEntity: firstOrdinal)
    } else {
      for index in rows.indices {
        let entity = firstOrdinal &+ UInt64(truncatingIfNeeded: rows[index])
        values[index] = stream.unit(entity: entity)
      }
    }
  }

  /// Replaces the units by the distribution's quantiles.
  mutating func replaceUnits(by distribution: Distribution) {
    var span = values.mutableSpan
    distribution.replaceUnits(&span)
  }

  private static func resize(_ values: inout [Double], _ size: Int) {
    if values.count > size { values.removeLast(values.count - size) }
    while values.count < size { values.append(0) }
  }
}

/// A stream whose entities' first units are asked for, one by one or in columns.
struct LuckStream {
  private let key: DrawKey
  private let columns: BlockDraws

  init(seed: UInt64, _ name: StreamName) {
    key = DrawKey(seed: seed, name)
    columns = BlockDraws(seed: seed, name)
  }

  func fill(_ values: inout [Double], firstEntity: UInt64) {
    var span = values.mutableSpan
    let count = span.count
    columns.fillUnits(
      firstEntity: firstEntity, count: count, indices: 0..<1, into: &span, stride: count)
  }

  func unit(entity: UInt64) -> Double {
    var stream = RandomStream(key, entity: entity)
    return stream.nextUnit()
  }
}
