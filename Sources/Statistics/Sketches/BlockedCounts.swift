/// A table of counts: runs of adjacent ordinals down, columns across, in memory that does not grow.
///
/// A block is 1 ordinal long at first; when an ordinal lies past the last block, neighbours merge and the
/// length doubles. What it holds depends on the (ordinal, column) pairs alone, not on their order, and
/// parts merge to the same bits.
struct BlockedCounts: Sendable {
  let maximumBlocks: Int
  private(set) var count = 0
  private(set) var blocks = 0
  /// All blocks share one window of columns, so that a row is a plain run of counts.
  private(set) var firstColumn = 0
  private(set) var width = 0
  private var shift = 0
  /// The window's ends are multiples of this.
  private let granule: Int
  /// Block-major: blocks × width.
  private var counts: [UInt32] = []

  /// - Parameters:
  ///   - maximumBlocks: a power of two.
  ///   - granule: columns that come into the window together; a power of two.
  init(maximumBlocks: Int, granule: Int) {
    precondition(
      maximumBlocks >= 2 && maximumBlocks & (maximumBlocks - 1) == 0, "blocks \(maximumBlocks)")
    self.maximumBlocks = maximumBlocks
    self.granule = granule
  }

  /// Ordinals per block: a power of two.
  var blockLength: UInt64 { 1 << UInt64(shift) }

  mutating func add(column: Int, at ordinal: UInt64) {
    while ordinal >> UInt64(shift) >= UInt64(maximumBlocks) { double() }
    let block = Int(ordinal >> UInt64(shift))
    if block >= blocks { makeBlocks(block + 1) }
    if column < firstColumn || column >= firstColumn + width { makeRoom(for: column...column) }
    counts[block * width + column - firstColumn] += 1
    count += 1
  }

  /// Adds one to each of `columns` that is not negative; number i has the ordinal `first` + i.
  mutating func add(columns: Span<Int32>, from first: UInt64) {
    guard let range = columns.rangeOfNonNegatives,
      let end = columns.indices.last(where: { columns[$0] >= 0 }).map({ $0 + 1 })
    else { return }
    let last = first + UInt64(end - 1)
    while last >> UInt64(shift) >= UInt64(maximumBlocks) { double() }
    makeBlocks(Int(last >> UInt64(shift)) + 1)
    makeRoom(for: range)
    let (shift, width, firstColumn) = (UInt64(shift), width, firstColumn)
    var added = 0
    var counts = counts.mutableSpan
    for index in 0..<end where columns[index] >= 0 {
      let block = Int((first + UInt64(index)) >> shift)
      counts[block * width + Int(columns[index]) - firstColumn] += 1
      added += 1
    }
    count += added
  }

  mutating func merge(_ other: BlockedCounts) {
    precondition(
      other.maximumBlocks == maximumBlocks && other.granule == granule,
      "merge of blocked counts of another shape")
    guard other.count > 0 else { return }
    var other = other
    while shift < other.shift { double() }
    while other.shift < shift { other.double() }
    makeBlocks(other.blocks)
    makeRoom(for: other.firstColumn...(other.firstColumn + other.width - 1))
    let offset = other.firstColumn - firstColumn
    for block in 0..<other.blocks {
      for column in 0..<other.width {
        counts[block * width + offset + column] += other.counts[block * other.width + column]
      }
    }
    count += other.count
  }

  /// The counts of one block, from `firstColumn` on.
  func row(_ block: Int) -> ArraySlice<UInt32> { counts[(block * width)..<((block + 1) * width)] }

  /// The counts of every column over all blocks, from `firstColumn` on.
  var totals: [Int] {
    var totals = [Int](repeating: 0, count: width)
    for block in 0..<blocks {
      for column in 0..<width { totals[column] += Int(counts[block * width + column]) }
    }
    return totals
  }

  // MARK: Growing

  /// Merges neighbours two by two.
  private mutating func double() {
    shift += 1
    let halved = (blocks + 1) / 2
    for block in 0..<blocks where block > 0 {
      let target = block / 2 * width
      for column in 0..<width {
        if block & 1 == 0 {
          counts[target + column] = counts[block * width + column]
        } else {
          counts[target + column] += counts[block * width + column]
        }
      }
    }
    counts.removeLast((blocks - halved) * width)
    blocks = halved
  }

  private mutating func makeBlocks(_ wanted: Int) {
    guard wanted > blocks else { return }
    counts.append(contentsOf: repeatElement(0, count: (wanted - blocks) * width))
    blocks = wanted
  }

  private mutating func makeRoom(for columns: ClosedRange<Int>) {
    var first = columns.lowerBound & ~(granule - 1)
    var end = (columns.upperBound | (granule - 1)) + 1
    if width > 0 {
      first = min(first, firstColumn)
      end = max(end, firstColumn + width)
    }
    guard width == 0 || first < firstColumn || end > firstColumn + width else { return }
    var moved = [UInt32](repeating: 0, count: blocks * (end - first))
    for block in 0..<blocks {
      for column in 0..<width {
        moved[block * (end - first) + firstColumn - first + column] =
          counts[block * width + column]
      }
    }
    counts = moved
    firstColumn = first
    width = end - first
  }
}
