import Probability

/// The luck of a block's requests in columns, reused from arm to arm and block to block.
///
/// Every value has the bits that `RandomStream` gives to its address; columns are only faster. What
/// arms share is drawn once.
struct LuckColumns {
  /// What a column holds: units, or what many distributions make of them first.
  enum Kind: Int, CaseIterable {
    /// Uniform in (0, 1).
    case units
    /// Exponentials of mean 1: −log(1 − unit).
    case exponentials
    /// Standard normals at the units.
    case normals
  }

  /// The rows that were sent to the arm, ascending.
  private(set) var rows: [Int32] = []
  /// One value for each of `rows`.
  var values: [Double] = []
  /// By kind, of all rows of the block in the shared stream; empty until drawn.
  private var shared: [[Double]] = Kind.allCases.map { _ in [] }
  private var count = 0

  mutating func begin(count: Int) {
    self.count = count
    for kind in shared.indices { shared[kind].removeAll(keepingCapacity: true) }
  }

  /// Selects the rows whose `sent` is not 0.
  mutating func select(_ sent: [UInt8], arm: Int, capacity: Int) {
    rows.removeAll(keepingCapacity: true)
    let start = arm * capacity
    for row in 0..<count where sent[start + row] != 0 {
      rows.append(Int32(truncatingIfNeeded: row))
    }
  }

  /// Sets `values` to the luck of the selected rows; row 0 has the ordinal `firstOrdinal`.
  mutating func draw(_ kind: Kind, _ stream: LuckStream, _ firstOrdinal: UInt64, sharing: Bool) {
    let column = kind.rawValue
    if sharing && shared[column].isEmpty && 2 * rows.count >= count {
      Self.resize(&shared[column], count)
      stream.fill(&shared[column], kind, firstEntity: firstOrdinal)
    }
    Self.resize(&values, rows.count)
    if sharing && !shared[column].isEmpty {
      for index in rows.indices { values[index] = shared[column][Int(rows[index])] }
    } else if rows.count == count {
      stream.fill(&values, kind, firstEntity: firstOrdinal)
    } else {
      for index in rows.indices {
        let entity = firstOrdinal &+ UInt64(truncatingIfNeeded: rows[index])
        values[index] = stream.value(kind, entity: entity)
      }
    }
  }

  private static func resize(_ values: inout [Double], _ size: Int) {
    if values.count > size { values.removeLast(values.count - size) }
    while values.count < size { values.append(0) }
  }
}

/// A stream whose entities' first draws are asked for, one by one or in columns.
struct LuckStream {
  private let key: DrawKey
  private let columns: BlockDraws

  init(seed: UInt64, _ name: StreamName) {
    key = DrawKey(seed: seed, name)
    columns = BlockDraws(seed: seed, name)
  }

  func fill(_ values: inout [Double], _ kind: LuckColumns.Kind, firstEntity: UInt64) {
    var span = values.mutableSpan
    let count = span.count
    switch kind {
    case .units:
      columns.fillUnits(
        firstEntity: firstEntity, count: count, indices: 0..<1, into: &span, stride: count)
    case .exponentials:
      columns.fillExponentials(
        firstEntity: firstEntity, count: count, indices: 0..<1, into: &span, stride: count)
    case .normals:
      columns.fillNormals(
        firstEntity: firstEntity, count: count, indices: 0..<1, into: &span, stride: count)
    }
  }

  func value(_ kind: LuckColumns.Kind, entity: UInt64) -> Double {
    var stream = RandomStream(key, entity: entity)
    return switch kind {
    case .units: stream.nextUnit()
    case .exponentials: stream.nextExponential()
    case .normals: stream.nextNormal()
    }
  }
}

extension Distribution {
  /// What `replaceLuck` makes quantiles of.
  var luckKind: LuckColumns.Kind {
    switch self {
    case .exponential, .weibull, .pareto: .exponentials
    case .normal, .lognormal: .normals
    case .constant, .uniform, .gamma, .bernoulli, .categorical, .empirical, .mixture: .units
    }
  }

  /// Replaces luck of the kind `luckKind` by the distribution's quantiles: the bits of `quantile`.
  func replaceLuck(inPlace luck: inout [Double]) {
    var span = luck.mutableSpan
    switch self {
    case .exponential(let mean):
      for index in 0..<span.count { span[index] = mean * span[index] }
    case .weibull(let shape, let scale):
      for index in 0..<span.count {
        span[index] = scale * Elementary.pow(span[index], 1 / shape)
      }
    case .pareto(let minimum, let shape):
      for index in 0..<span.count { span[index] = span[index] / shape }
      Elementary.exp(inPlace: &span)
      for index in 0..<span.count { span[index] = minimum * span[index] }
    case .normal(let mean, let standardDeviation):
      for index in 0..<span.count { span[index] = mean + standardDeviation * span[index] }
    case .lognormal(let mu, let sigma):
      for index in 0..<span.count { span[index] = mu + sigma * span[index] }
      Elementary.exp(inPlace: &span)
    case .constant, .uniform, .gamma, .bernoulli, .categorical, .empirical, .mixture:
      for index in 0..<span.count { span[index] = quantile(span[index]) }
    }
  }
}
