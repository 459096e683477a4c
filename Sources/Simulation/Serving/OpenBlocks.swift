import Traffic

/// The blocks whose requests are still in flight: a ring of rows that grows with the backlog.
///
/// Blocks and rows are numbered on from 0: row r of block b has the number `b << rowBits | r`. The
/// columns are arm-major; a planned value stands where the outcome will stand (a service time in
/// `services`, the fate of a request that is served in `fates`).
struct OpenBlocks: ~Copyable {
  let armCount: Int
  /// Rows of a block.
  let capacity: Int
  /// A block takes 2^rowBits places of a column.
  let rowBits: Int
  /// The places of a column that belong to one arm; a power of two.
  private(set) var rowPlaces: Int
  private(set) var arrivals: Column<Int64>
  private(set) var fates: Column<Fate>
  private(set) var waits: Column<Int64>
  private(set) var services: Column<Int64>
  private(set) var latencies: Column<Int64>
  /// Of language models: empty columns where no arm has one.
  let hasTokens: Bool
  private(set) var firstTokens: Column<Int64>
  private(set) var tokenGaps: Column<Int64>
  private(set) var longestGaps: Column<Int64>
  /// By block: rows, the ordinal of row 0, and how many answers are still to come.
  private var counts: Column<Int>
  private var ordinals: Column<UInt64>
  private var flying: Column<Int>
  /// The numbers of the oldest open block and of the next one.
  private(set) var oldest = 0
  private(set) var next = 0
  /// The last instant at which anything can happen: in 2262, or, for traffic that starts before 1970,
  /// so much earlier that every length of time within the run is a 64-bit number.
  private(set) var endOfTime = Self.never - 1
  private var isFirst = true

  static let never = Int64.max

  init(armCount: Int, capacity: Int, hasTokens: Bool = false) {
    self.init(armCount: armCount, capacity: capacity, hasTokens: hasTokens, blockPlaces: 2)
  }

  private init(armCount: Int, capacity: Int, hasTokens: Bool, blockPlaces: Int) {
    self.armCount = armCount
    self.capacity = capacity
    self.hasTokens = hasTokens
    rowBits = capacity == 1 ? 0 : Int.bitWidth - (capacity - 1).leadingZeroBitCount
    rowPlaces = blockPlaces << rowBits
    arrivals = Column(repeating: 0, count: rowPlaces)
    fates = Column(repeating: .notSent, count: armCount * rowPlaces)
    waits = Column(repeating: 0, count: armCount * rowPlaces)
    services = Column(repeating: 0, count: armCount * rowPlaces)
    latencies = Column(repeating: 0, count: armCount * rowPlaces)
    let tokenPlaces = hasTokens ? armCount * rowPlaces : 0
    firstTokens = Column(repeating: -1, count: tokenPlaces)
    tokenGaps = Column(repeating: -1, count: tokenPlaces)
    longestGaps = Column(repeating: -1, count: tokenPlaces)
    counts = Column(repeating: 0, count: blockPlaces)
    ordinals = Column(repeating: 0, count: blockPlaces)
    flying = Column(repeating: 0, count: blockPlaces)
  }

  private var blockPlaces: Int { rowPlaces >> rowBits }

  /// Where row number `row` stands in an arm's part of a column.
  @inline(__always) func place(row: Int) -> Int { row & (rowPlaces &- 1) }
  /// Where row number `row` of `arm` stands in a column.
  @inline(__always) func place(arm: Int, row: Int) -> Int { arm &* rowPlaces &+ place(row: row) }

  @inline(__always) func rows(ofBlock block: Int) -> Int { counts[block & (blockPlaces &- 1)] }
  @inline(__always) func firstRow(ofBlock block: Int) -> Int { block << rowBits }

  /// One more answer of row number `row` is to come, or one less.
  @inline(__always) func takesOff(row: Int) { flying[(row >> rowBits) & (blockPlaces &- 1)] &+= 1 }
  @inline(__always) func lands(row: Int) { flying[(row >> rowBits) & (blockPlaces &- 1)] &-= 1 }

  /// Opens a block with its arrivals; all else is as if nothing had been sent.
  ///
  /// - Returns: its number.
  mutating func open(arrivals times: [SimulatedTime], count: Int, firstOrdinal: UInt64) -> Int {
    if next - oldest == blockPlaces { grow() }
    let block = next
    next += 1
    counts[block & (blockPlaces - 1)] = count
    ordinals[block & (blockPlaces - 1)] = firstOrdinal
    flying[block & (blockPlaces - 1)] = 0
    let first = place(row: firstRow(ofBlock: block))
    if isFirst && count > 0 {
      isFirst = false
      endOfTime = min(times[0].nanoseconds, 0) + Self.never - 1
    }
    let times = times.span
    for row in 0..<count { arrivals[first + row] = times[row].nanoseconds }
    for arm in 0..<armCount {
      let start = arm * rowPlaces + first
      fates.fill(from: start, count: count, with: .notSent)
      waits.fill(from: start, count: count, with: 0)
      services.fill(from: start, count: count, with: 0)
      latencies.fill(from: start, count: count, with: 0)
      guard hasTokens else { continue }
      firstTokens.fill(from: start, count: count, with: -1)
      tokenGaps.fill(from: start, count: count, with: -1)
      longestGaps.fill(from: start, count: count, with: -1)
    }
    return block
  }

  var openCount: Int { next - oldest }

  /// Leaves a block its first rows; nothing of the others may have been sent.
  func truncate(block: Int, to count: Int) { counts[block & (blockPlaces - 1)] = count }

  /// The arrivals of a block's first rows.
  func copyArrivals(ofBlock block: Int, count: Int, to arrivals: inout [SimulatedTime]) {
    let first = place(row: firstRow(ofBlock: block))
    for row in 0..<count {
      arrivals[row] = SimulatedTime(nanoseconds: self.arrivals[first &+ row])
    }
  }

  /// Whether no answer to the oldest block is still to come.
  var oldestIsComplete: Bool { oldest < next && flying[oldest & (blockPlaces - 1)] == 0 }

  /// Moves the oldest block into `outcomes`.
  mutating func close(into outcomes: inout BlockOutcomes) {
    precondition(oldestIsComplete && outcomes.armCount == armCount)
    precondition(outcomes.capacity == capacity, "capacity \(outcomes.capacity) for \(capacity)")
    precondition(outcomes.hasTokens == hasTokens, "columns of tokens")
    let count = rows(ofBlock: oldest)
    outcomes.count = count
    outcomes.firstOrdinal = ordinals[oldest & (blockPlaces - 1)]
    let first = firstRow(ofBlock: oldest)
    for arm in 0..<armCount {
      let from = place(arm: arm, row: first)
      fates.copy(from: from, count: count, to: &outcomes.fates, at: arm * capacity)
      waits.copy(from: from, count: count, to: &outcomes.waits, at: arm * capacity)
      services.copy(from: from, count: count, to: &outcomes.services, at: arm * capacity)
      latencies.copy(from: from, count: count, to: &outcomes.latencies, at: arm * capacity)
      guard hasTokens else { continue }
      firstTokens.copy(from: from, count: count, to: &outcomes.firstTokens, at: arm * capacity)
      tokenGaps.copy(from: from, count: count, to: &outcomes.tokenGaps, at: arm * capacity)
      longestGaps.copy(from: from, count: count, to: &outcomes.longestGaps, at: arm * capacity)
    }
    oldest += 1
  }

  private mutating func grow() {
    var larger = OpenBlocks(
      armCount: armCount, capacity: capacity, hasTokens: hasTokens, blockPlaces: 2 * blockPlaces)
    larger.oldest = oldest
    larger.next = next
    larger.endOfTime = endOfTime
    larger.isFirst = isFirst
    for block in oldest..<next {
      let count = rows(ofBlock: block)
      let first = firstRow(ofBlock: block)
      larger.counts[block & (larger.blockPlaces - 1)] = count
      larger.ordinals[block & (larger.blockPlaces - 1)] = ordinals[block & (blockPlaces - 1)]
      larger.flying[block & (larger.blockPlaces - 1)] = flying[block & (blockPlaces - 1)]
      let (row, target) = (place(row: first), larger.place(row: first))
      arrivals.copy(from: row, count: count, to: larger.arrivals, at: target)
      for arm in 0..<armCount {
        let (from, at) = (place(arm: arm, row: first), larger.place(arm: arm, row: first))
        fates.copy(from: from, count: count, to: larger.fates, at: at)
        waits.copy(from: from, count: count, to: larger.waits, at: at)
        services.copy(from: from, count: count, to: larger.services, at: at)
        latencies.copy(from: from, count: count, to: larger.latencies, at: at)
        guard hasTokens else { continue }
        firstTokens.copy(from: from, count: count, to: larger.firstTokens, at: at)
        tokenGaps.copy(from: from, count: count, to: larger.tokenGaps, at: at)
        longestGaps.copy(from: from, count: count, to: larger.longestGaps, at: at)
      }
    }
    self = larger
  }
}
