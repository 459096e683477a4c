/// The blocks that the prompt of each request begins with, by the identity of their content.
///
/// Two prompts that share the first n identities share their first n blocks of tokens, which a server
/// that caches prefixes computes once. The identities of all rows stand in one pool.
package struct PrefixColumn: Sendable, Equatable {
  /// Where a row's identities stand in the pool; start = end is a row without any.
  package struct Place: Sendable, Equatable {
    package var start: UInt32
    package var end: UInt32

    package init(start: UInt32, end: UInt32) {
      self.start = start
      self.end = end
    }
  }

  /// By row.
  package private(set) var places: [Place]
  /// Identities of blocks, those of one row in the order of its prompt.
  package private(set) var pool: [UInt64] = []

  /// - Parameter capacity: rows; 0 where the traffic has no prefixes.
  init(capacity: Int) {
    places = Array(repeating: Place(start: 0, end: 0), count: capacity)
  }

  /// How many blocks the prompt of a row begins with.
  @inline(__always)
  package func count(of row: Int) -> Int { Int(places[row].end - places[row].start) }

  /// A row's identities, in the order of its prompt.
  package func blocks(of row: Int) -> ArraySlice<UInt64> {
    pool[Int(places[row].start)..<Int(places[row].end)]
  }

  /// Gives up all identities; rows are to be set anew.
  package mutating func removeAll() { pool.removeAll(keepingCapacity: true) }

  /// Gives a row its identities. Those it had before stay in the pool, unread, until `removeAll`.
  package mutating func set(_ row: Int, to blocks: some Collection<UInt64>) {
    let start = pool.count
    pool.append(contentsOf: blocks)
    places[row] = Place(start: UInt32(start), end: UInt32(pool.count))
  }

  /// Copies rows of another block behind the first `first` rows of this one.
  mutating func append(
    _ source: PrefixColumn, rows: [Int32], in range: Range<Int>, from first: Int
  ) {
    if first == 0 { removeAll() }
    var row = first
    for index in range {
      let place = source.places[Int(rows[index])]
      let start = UInt32(pool.count)
      for block in place.start..<place.end { pool.append(source.pool[Int(block)]) }
      places[row] = Place(start: start, end: start + (place.end - place.start))
      row += 1
    }
  }

  /// Opens a row to which `add` gives identities one by one.
  mutating func open(_ row: Int) {
    places[row] = Place(start: UInt32(pool.count), end: UInt32(pool.count))
  }

  mutating func add(_ block: UInt64, to row: Int) {
    pool.append(block)
    places[row].end = UInt32(pool.count)
  }
}
