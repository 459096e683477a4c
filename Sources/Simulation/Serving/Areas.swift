/// Integrals over time of how many wait and how many are served, by member.
struct Areas: ~Copyable {
  let busyArea: Column<Int128>
  let waitingArea: Column<Int128>
  private let busy: Column<Int64>
  private let waiting: Column<Int64>
  private let since: Column<Int64>

  init(count: Int) {
    busyArea = Column(repeating: 0, count: count)
    waitingArea = Column(repeating: 0, count: count)
    busy = Column(repeating: 0, count: count)
    waiting = Column(repeating: 0, count: count)
    since = Column(repeating: 0, count: count)
  }

  @inline(__always)
  func change(_ member: Int, at now: Int64, waiting waitingStep: Int64, busy busyStep: Int64) {
    let passed = Int128(now) &- Int128(since[member])
    since[member] = now
    busyArea[member] &+= Int128(busy[member]) &* passed
    waitingArea[member] &+= Int128(waiting[member]) &* passed
    busy[member] &+= busyStep
    waiting[member] &+= waitingStep
  }
}
