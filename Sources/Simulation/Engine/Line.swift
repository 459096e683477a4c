/// First in, first out, of trivial elements; doubles when full.
struct Line<Element: BitwiseCopyable>: ~Copyable {
  private var elements: Column<Element>
  private var head = 0
  private(set) var count = 0
  private let vacant: Element

  init(vacant: Element, capacity: Int = 64) {
    precondition(capacity.nonzeroBitCount == 1, "line of \(capacity)")
    self.vacant = vacant
    elements = Column(repeating: vacant, count: capacity)
  }

  @inline(__always) var isEmpty: Bool { count == 0 }

  /// The oldest element; there must be one.
  @inline(__always) var first: Element {
    assert(count > 0)
    return elements[head & (elements.count &- 1)]
  }

  @inline(__always) mutating func append(_ element: Element) {
    if count == elements.count { grow() }
    elements[(head &+ count) & (elements.count &- 1)] = element
    count &+= 1
  }

  @inline(__always) mutating func removeFirst() {
    assert(count > 0)
    head &+= 1
    count &-= 1
  }

  @inline(never) private mutating func grow() {
    let larger = Column(repeating: vacant, count: 2 * elements.count)
    let mask = elements.count - 1
    for index in 0..<count { larger[index] = elements[(head + index) & mask] }
    elements = larger
    head = 0
  }
}

/// Several first-in-first-out lines of handles side by side, one for each member.
struct Lines: ~Copyable {
  private var handles: Column<UInt64>
  /// Places of a line; a power of two.
  private var places = 64
  private let heads: Column<Int>
  private let counts: Column<Int>

  init(count: Int) {
    handles = Column(repeating: 0, count: count * places)
    heads = Column(repeating: 0, count: count)
    counts = Column(repeating: 0, count: count)
  }

  @inline(__always) func count(of line: Int) -> Int { counts[line] }
  @inline(__always) func isEmpty(_ line: Int) -> Bool { counts[line] == 0 }
  @inline(__always) func first(of line: Int) -> UInt64 {
    handles[line &* places &+ (heads[line] & (places &- 1))]
  }

  /// The line whose first handle is the least; one must not be empty.
  @inline(__always) func lineWithLeast() -> Int {
    if counts.count == 1 { return 0 }
    var found = 0
    var least = UInt64.max
    for line in 0..<counts.count where !isEmpty(line) && first(of: line) < least {
      least = first(of: line)
      found = line
    }
    return found
  }

  @inline(__always) mutating func append(_ handle: UInt64, to line: Int) {
    if counts[line] == places { grow() }
    handles[line &* places &+ ((heads[line] &+ counts[line]) & (places &- 1))] = handle
    counts[line] &+= 1
  }

  @inline(__always) func removeFirst(of line: Int) -> UInt64 {
    let handle = first(of: line)
    heads[line] &+= 1
    counts[line] &-= 1
    return handle
  }

  @inline(never) private mutating func grow() {
    let larger = Column<UInt64>(repeating: 0, count: 2 * handles.count)
    for line in 0..<counts.count {
      for index in 0..<counts[line] {
        larger[line * 2 * places + index] =
          handles[line * places + ((heads[line] + index) & (places - 1))]
      }
      heads[line] = 0
    }
    handles = larger
    places *= 2
  }
}
