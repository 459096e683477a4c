/// The prompts' blocks that a replica keeps under their identities, held by sequences or not.
///
/// An identity stands for a block and all before it. Those held by nobody are given up when memory is
/// needed, the least recently held first; as sequences let go of their last blocks first, a block
/// always goes before the one it continues.
struct PrefixCache: ~Copyable {
  private var entries = Column(repeating: PrefixEntry(), count: 16)
  private var used = 0
  private var vacant: Int32 = -1
  /// Open addressing with linear probing: numbers of entries, -1 where there is none.
  private var table = Column<Int32>(repeating: -1, count: 32)
  private(set) var count = 0
  /// Entries that nobody holds: their number, and the first to go and the last.
  private(set) var idleCount = 0
  private var oldest: Int32 = -1
  private var youngest: Int32 = -1

  /// The entry of an identity; -1 where it is not kept.
  @inline(__always) func find(_ identity: UInt64) -> Int {
    let mask = table.count &- 1
    var place = Self.hash(identity) & mask
    while table[place] >= 0 {
      let entry = Int(table[place])
      if entries[entry].identity == identity { return entry }
      place = (place &+ 1) & mask
    }
    return -1
  }

  @inline(__always) func isIdle(_ entry: Int) -> Bool { entries[entry].holders == 0 }

  mutating func hold(_ entry: Int) {
    if entries[entry].holders == 0 { removeIdle(entry) }
    entries[entry].holders += 1
  }

  /// Keeps a block that was not kept, held once.
  mutating func add(_ identity: UInt64) {
    let entry = takeEntry()
    entries[entry] = PrefixEntry(identity: identity, holders: 1)
    count += 1
    if 2 * count > table.count { growTable() }
    place(entry, in: table)
  }

  mutating func letGo(_ identity: UInt64) {
    let entry = find(identity)
    precondition(entry >= 0, "a block that is not kept")
    entries[entry].holders -= 1
    if entries[entry].holders == 0 { appendIdle(entry) }
  }

  /// Gives up the block that nobody has held for longest; there must be one.
  mutating func giveUpOldest() {
    let entry = Int(oldest)
    removeIdle(entry)
    unplace(entry)
    entries[entry].next = vacant
    vacant = Int32(truncatingIfNeeded: entry)
    count -= 1
  }

  // MARK: Entries

  private mutating func takeEntry() -> Int {
    if vacant >= 0 {
      let entry = Int(vacant)
      vacant = entries[entry].next
      return entry
    }
    if used == entries.count {
      let larger = Column(repeating: PrefixEntry(), count: 2 * entries.count)
      entries.copy(from: 0, count: entries.count, to: larger, at: 0)
      entries = larger
    }
    used += 1
    return used - 1
  }

  private mutating func appendIdle(_ entry: Int) {
    entries[entry].previous = youngest
    entries[entry].next = -1
    let link = Int32(truncatingIfNeeded: entry)
    if youngest >= 0 { entries[Int(youngest)].next = link } else { oldest = link }
    youngest = link
    idleCount += 1
  }

  private mutating func removeIdle(_ entry: Int) {
    let (previous, next) = (entries[entry].previous, entries[entry].next)
    if previous >= 0 { entries[Int(previous)].next = next } else { oldest = next }
    if next >= 0 { entries[Int(next)].previous = previous } else { youngest = previous }
    idleCount -= 1
  }

  // MARK: The table

  @inline(__always) private static func hash(_ identity: UInt64) -> Int {
    let mixed = (identity ^ (identity >> 32)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 20)
  }

  private func place(_ entry: Int, in table: borrowing Column<Int32>) {
    let mask = table.count - 1
    var place = Self.hash(entries[entry].identity) & mask
    while table[place] >= 0 { place = (place + 1) & mask }
    table[place] = Int32(truncatingIfNeeded: entry)
  }

  /// Takes an entry out and moves up those who were pushed on by it.
  private func unplace(_ entry: Int) {
    let mask = table.count - 1
    var hole = Self.hash(entries[entry].identity) & mask
    while Int(table[hole]) != entry { hole = (hole + 1) & mask }
    var place = (hole + 1) & mask
    while table[place] >= 0 {
      let home = Self.hash(entries[Int(table[place])].identity) & mask
      if (place - home) & mask >= (place - hole) & mask {
        table[hole] = table[place]
        hole = place
      }
      place = (place + 1) & mask
    }
    table[hole] = -1
  }

  private mutating func growTable() {
    let larger = Column<Int32>(repeating: -1, count: 2 * table.count)
    for index in 0..<table.count where table[index] >= 0 { place(Int(table[index]), in: larger) }
    table = larger
  }
}

struct PrefixEntry: BitwiseCopyable {
  var identity: UInt64 = 0
  var holders = 0
  var previous: Int32 = -1
  var next: Int32 = -1
}
