/// Records that come and go, each at an index of its own while it lives; released places are used again,
/// the last one first. Nothing is allocated until all places are taken; then they double.
struct Slab<Record: BitwiseCopyable>: ~Copyable {
  private var records: Column<Record>
  /// By place: the next free place, -1 after the last; `taken` where a record lives.
  private var links: Column<Int32>
  private var free: Int32 = -1
  /// Places that were ever taken.
  private(set) var used = 0
  private(set) var count = 0
  private let vacant: Record

  private static var taken: Int32 { -2 }

  init(vacant: Record, capacity: Int = 64) {
    self.vacant = vacant
    records = Column(repeating: vacant, count: capacity)
    links = Column(repeating: -1, count: capacity)
  }

  /// A place for a record, which the caller fills: it may hold what stood there before.
  @inline(__always) mutating func take() -> Int {
    count &+= 1
    if free >= 0 {
      let index = Int(free)
      free = links[index]
      links[index] = Self.taken
      return index
    }
    if used == records.count { grow() }
    links[used] = Self.taken
    used &+= 1
    return used &- 1
  }

  @inline(__always) mutating func release(_ index: Int) {
    assert(links[index] == Self.taken, "place \(index) is free")
    links[index] = free
    free = Int32(truncatingIfNeeded: index)
    count &-= 1
  }

  /// Whether a record lives at a place below `used`.
  func isTaken(_ index: Int) -> Bool { links[index] == Self.taken }

  subscript(index: Int) -> Record {
    @inline(__always) get { records[index] }
    @inline(__always) nonmutating _modify { yield &records[index] }
  }

  @inline(never) private mutating func grow() {
    let size = max(64, 2 * records.count)
    precondition(size <= Int(Int32.max), "\(size) records")
    let larger = Column(repeating: vacant, count: size)
    let moreLinks = Column<Int32>(repeating: -1, count: size)
    records.copy(from: 0, count: used, to: larger, at: 0)
    links.copy(from: 0, count: used, to: moreLinks, at: 0)
    records = larger
    links = moreLinks
  }
}
