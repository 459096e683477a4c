/// Identities of the prefixes of requests in flight: pieces of one column, in powers of two.
struct PrefixStore: ~Copyable {
  private var identities = Column<UInt64>(repeating: 0, count: 64)
  private var used = 0
  /// By size class: the first free piece, which names the next in its first place; `none` ends it.
  private let free = Column<UInt64>(repeating: Self.none, count: 64)
  private static let none = UInt64.max

  @inline(__always) subscript(place: Int) -> UInt64 {
    get { identities[place] }
    nonmutating set { identities[place] = newValue }
  }

  /// Room for `count` identities, at least one.
  mutating func take(_ count: Int) -> Int {
    let size = Self.sizeClass(count)
    if free[size] != Self.none {
      let place = Int(free[size])
      free[size] = identities[place]
      return place
    }
    while used + 1 << size > identities.count { grow() }
    used += 1 << size
    return used - 1 << size
  }

  func giveBack(_ place: Int, count: Int) {
    let size = Self.sizeClass(count)
    identities[place] = free[size]
    free[size] = UInt64(place)
  }

  private static func sizeClass(_ count: Int) -> Int {
    Int.bitWidth - (count - 1).leadingZeroBitCount
  }

  private mutating func grow() {
    let larger = Column<UInt64>(repeating: 0, count: 2 * identities.count)
    identities.copy(from: 0, count: identities.count, to: larger, at: 0)
    identities = larger
  }
}
