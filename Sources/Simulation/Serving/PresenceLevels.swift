import Traffic

/// How many waited and were served over time, from the columns of requests that wait once and are then
/// served: the same stretches that a cell marks while it runs (`ServingLevels`).
///
/// A request adds to the stretches that it was there in. Almost all begin and end in one, which costs two
/// additions; blocks come in the order of arrivals, and the sums are exact, so that how requests are cut into
/// blocks shows in nothing.
struct PresenceLevels {
  private struct Presence {
    var waiting: Int128 = 0
    var serving: Int128 = 0
  }

  /// The first arrival of all arms.
  private var begin: Int64 = 0
  private var hasBegun = false
  /// Stretches are 2^shift nanoseconds long.
  private var shift: UInt64 = 20
  private var stretches = Array(repeating: Presence(), count: Self.most)

  private static let most = LevelMarks.most

  /// The first call counts.
  mutating func begin(at now: Int64) {
    if !hasBegun { (begin, hasBegun) = (now, true) }
  }

  /// Adds one who is served from `start`, which is not before the beginning, until `end`.
  mutating func addService(from start: Int64, until end: Int64) {
    spread(from: start, wait: 0, until: end)
  }

  /// Adds an arm's requests of a block whose fates are all known.
  mutating func add(block: Int, arm: Int, of blocks: borrowing OpenBlocks) {
    let count = blocks.rows(ofBlock: block)
    if count == 0 { return }
    let firstRow = blocks.firstRow(ofBlock: block)
    let times = blocks.place(row: firstRow)
    let places = blocks.place(arm: arm, row: firstRow)
    begin(at: blocks.arrivals[times])
    var row = 0
    while row < count {
      let index = stretch(at: UInt64(blocks.arrivals[times &+ row] &- begin))
      let edge = begin &+ Int64(truncatingIfNeeded: UInt64(index &+ 1) << shift)
      var here = Presence()
      var end: Int64 = 0
      while row < count {
        let (wait, service) = (blocks.waits[places &+ row], blocks.services[places &+ row])
        end = blocks.arrivals[times &+ row] &+ wait &+ service
        if end > edge { break }
        here.waiting &+= Int128(wait)
        here.serving &+= Int128(service)
        row &+= 1
      }
      stretches[index].waiting += here.waiting
      stretches[index].serving += here.serving
      if row == count { return }
      spread(
        from: blocks.arrivals[times &+ row], wait: blocks.waits[places &+ row], until: end)
      row &+= 1
    }
  }

  /// The nanoseconds that requests waited and were served, over all of them.
  var total: (waiting: Int128, serving: Int128) {
    stretches.reduce((0, 0)) { ($0.0 + $1.waiting, $0.1 + $1.serving) }
  }

  /// - Parameters:
  ///   - end: when the last request of all that share the replicas was there.
  ///   - replicas: there all the time.
  ///   - busy: the replicas at work as those who are served, where several requests are served on one.
  func levels(
    until end: Int64, replicas: Int, busy: PresenceLevels? = nil
  ) -> ServingLevels {
    var (all, busy) = (self, busy ?? self)
    let length = UInt64(end &- begin)
    while length > all.limit || all.shift < busy.shift { all.double() }
    while busy.shift < all.shift { busy.double() }
    let width = Int64(1) << Int64(all.shift)
    let count = Int((length &+ UInt64(width) &- 1) >> all.shift)
    let found = (0..<count).map { index in
      var stretch = ServingLevels.Stretch()
      stretch.waitingArea = all.stretches[index].waiting
      stretch.servingArea = all.stretches[index].serving
      stretch.busyArea = busy.stretches[index].serving
      let passed = min(UInt64(width), length - UInt64(index) << all.shift)
      stretch.readyArea = Int128(passed) * Int128(replicas)
      stretch.orderedArea = stretch.readyArea
      return stretch
    }
    return ServingLevels(
      begin: SimulatedTime(nanoseconds: begin), width: SimulatedDuration(nanoseconds: width),
      end: SimulatedTime(nanoseconds: end), stretches: found)
  }

  /// The end of the last stretch, after `begin`.
  private var limit: UInt64 { UInt64(Self.most) << shift }

  /// The stretch of a time after `begin`.
  private mutating func stretch(at time: UInt64) -> Int {
    while time > limit { double() }
    return min(Int(time >> shift), Self.most - 1)
  }

  /// Adds a request that need not end in the stretch it begins in.
  private mutating func spread(from arrival: Int64, wait: Int64, until end: Int64) {
    let (first, last) = (UInt64(arrival &- begin), UInt64(end &- begin))
    let start = first &+ UInt64(wait)
    while last > limit { double() }
    spread(first..<start) { $0.waiting += $1 }
    spread(start..<last) { $0.serving += $1 }
  }

  private mutating func spread(
    _ times: Range<UInt64>, _ add: (inout Presence, Int128) -> Void
  ) {
    var time = times.lowerBound
    while time < times.upperBound {
      let index = Int(time >> shift)
      let next = min(times.upperBound, UInt64(index + 1) << shift)
      add(&stretches[index], Int128(next - time))
      time = next
    }
  }

  /// Neighbours become one.
  private mutating func double() {
    for index in 0..<Self.most / 2 {
      let (left, right) = (stretches[2 * index], stretches[2 * index + 1])
      stretches[index].waiting = left.waiting + right.waiting
      stretches[index].serving = left.serving + right.serving
    }
    for index in Self.most / 2..<Self.most { stretches[index] = Presence() }
    shift += 1
  }
}
