import Probability

/// Category texts and their codes, in order of appearance or as declared.
struct CategoryTable {
  private(set) var names: [String]
  /// Whether a text that is not in it is added.
  private(set) var grows = true
  /// Slots of an open-addressed table whose size is a power of two: a code, or -1.
  private var slots: [Int32]
  private var hashes: [UInt64] = []
  /// The bytes of all names, one after the other.
  private var letters: [UInt8] = []
  private var ends: [Int] = []

  init(names: [String], grows: Bool) {
    self.names = []
    slots = Array(repeating: -1, count: 64)
    for name in names {
      let bytes = Array(name.utf8)
      _ = code(bytes.span, 0, bytes.count)
    }
    self.grows = grows
  }

  /// A code is kept in a Float, which is exact up to here.
  static let limit = 1 << 24

  /// The code of a text; nil when it is not there and may not be added.
  mutating func code(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    let hash = Self.hash(bytes, start, end)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let code = Int(slots[slot])
      if hashes[code] == hash, isEqual(code, bytes, start, end) { return code }
      slot = (slot + 1) & (slots.count - 1)
    }
    guard grows, names.count < Self.limit else { return nil }
    return add(bytes, start, end, hash: hash, slot: slot)
  }

  private func isEqual(_ code: Int, _ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let first = code == 0 ? 0 : ends[code - 1]
    guard ends[code] - first == end - start else { return false }
    let letters = letters.span
    var index = start
    while index < end {
      let count = min(8, end - index)
      let known = ByteWords.word(letters, first + index - start, count: count)
      if ByteWords.word(bytes, index, count: count) != known { return false }
      index += 8
    }
    return true
  }

  /// Quick and even enough; it never leaves the table, so it is no part of a result.
  @inline(__always)
  private static func hash(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    var hash = UInt64(end - start)
    var index = start
    while index < end {
      let word = ByteWords.word(bytes, index, count: min(8, end - index))
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
      index += 8
    }
    return hash
  }

  @inline(never)
  private mutating func add(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, hash: UInt64, slot: Int
  ) -> Int {
    let code = names.count
    names.append(text(bytes, start, end))
    for index in start..<end { letters.append(bytes[index]) }
    ends.append(letters.count)
    hashes.append(hash)
    slots[slot] = Int32(code)
    if names.count * 2 > slots.count { grow() }
    return code
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 4)
    for (code, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(code)
    }
  }
}

/// The 64-bit identity of a unit: FNV-1a of its text's bytes, through splitmix64's finaliser.
///
/// Numbers are hashed as they are written, so that `17` and `017` are two units.
///
/// - Source: Fowler, Noll and Vo; Steele, Lea and Flood (2014) for the finaliser.
enum UnitIdentity {
  static func of(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in start..<end { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3 }
    return DrawKey.finalise(hash)
  }

  /// The identity of a unit that a scenario or a report names.
  package static func of(_ text: String) -> UInt64 {
    let bytes = Array(text.utf8)
    return of(bytes.span, 0, bytes.count)
  }
}
