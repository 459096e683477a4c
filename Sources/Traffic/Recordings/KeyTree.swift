/// The keys of a recording's objects, and to which columns they lead.
///
/// Objects of one recording mostly have their keys in one order, so the key that followed a key the last
/// time is tried first: one comparison of words for each key, wanted or not.
struct KeyTree {
  /// A key of an object.
  struct Key {
    /// The column that its value is; -1 is none.
    var column = -1
    /// The object that its value may be, of which some keys are wanted; -1 is none.
    var object = -1
    fileprivate let start: Int
    fileprivate let count: Int
    /// Up to eight bytes of it.
    fileprivate let word: UInt64
    /// The next one that is known of the same object, in order of appearance; -1 is none.
    fileprivate var sibling = -1
    /// The key that stood after it in the last object.
    fileprivate var follower = -1
  }

  private var keys: [Key] = []
  /// The first key of each object, by its number; the outermost object is 0.
  private var firsts = [-1]
  private var letters: [UInt8] = []

  /// Keys past this many are not learnt, so that a file with ever new keys needs no ever larger table.
  private static let mostKeys = 4096

  /// - Parameter columns: paths of keys, joined by dots. A key that holds dots itself is found by its
  ///   whole name too.
  init(columns: [String]) {
    for (index, path) in columns.enumerated() {
      let whole = Array(path.utf8)
      keys[entry(whole[...], of: 0)].column = index
      let parts = whole.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      guard parts.count > 1 else { continue }
      var object = 0
      for part in parts.dropLast() {
        let key = entry(part, of: object)
        if keys[key].object < 0 {
          keys[key].object = firsts.count
          firsts.append(-1)
        }
        object = keys[key].object
      }
      keys[entry(parts[parts.count - 1], of: object)].column = index
    }
  }

  subscript(key: Int) -> Key { keys[key] }

  /// The number of the key that stands at `start..<end` of the bytes, in this object; -1 when it is unknown.
  ///
  /// - Parameter last: the key before it in the object, or -1.
  @inline(__always)
  mutating func find(
    _ bytes: RawSpan, _ start: Int, _ end: Int, of object: Int, after last: Int
  ) -> Int {
    let count = end - start
    let word = Self.word(bytes, start, count)
    let guess = last < 0 ? firsts[object] : keys[last].follower
    if guess >= 0, keys[guess].word == word, keys[guess].count == count,
      count <= 8 || isRest(guess, bytes, start)
    {
      return guess
    }
    return search(bytes, start, count, word, of: object, after: last)
  }

  /// The first eight bytes, with zeros where the key has fewer.
  @inline(__always)
  private static func word(_ bytes: RawSpan, _ start: Int, _ count: Int) -> UInt64 {
    if count == 0 { return 0 }
    let word = ByteWords.word(bytes, start)
    return count >= 8 ? word : word & (.max >> (64 - 8 * UInt64(truncatingIfNeeded: count)))
  }

  /// Whether a key goes on with these bytes after its first eight.
  private func isRest(_ key: Int, _ bytes: RawSpan, _ start: Int) -> Bool {
    let letters = letters.span
    for index in 8..<keys[key].count
    where letters[keys[key].start + index] != ByteWords.byte(bytes, start + index) {
      return false
    }
    return true
  }

  @inline(never)
  private mutating func search(
    _ bytes: RawSpan, _ start: Int, _ count: Int, _ word: UInt64, of object: Int, after last: Int
  ) -> Int {
    var key = firsts[object]
    while key >= 0 {
      if keys[key].word == word, keys[key].count == count, count <= 8 || isRest(key, bytes, start) {
        if last >= 0 { keys[last].follower = key }
        return key
      }
      key = keys[key].sibling
    }
    guard keys.count < Self.mostKeys else { return -1 }
    var name: [UInt8] = []
    for index in 0..<count { name.append(ByteWords.byte(bytes, start + index)) }
    let added = entry(name[...], of: object)
    if last >= 0 { keys[last].follower = added }
    return added
  }

  /// The number of a key by its name, which is added where it is not known.
  private mutating func entry(_ name: ArraySlice<UInt8>, of object: Int) -> Int {
    var last = -1
    var key = firsts[object]
    while key >= 0 {
      let known = keys[key]
      if letters[known.start..<known.start + known.count].elementsEqual(name) { return key }
      last = key
      key = known.sibling
    }
    var word: UInt64 = 0
    for (index, byte) in name.prefix(8).enumerated() { word |= UInt64(byte) << UInt64(8 * index) }
    keys.append(Key(start: letters.count, count: name.count, word: word))
    letters += name
    if last < 0 { firsts[object] = keys.count - 1 } else { keys[last].sibling = keys.count - 1 }
    return keys.count - 1
  }

  /// The same for a key with escapes, by the name it stands for.
  mutating func find(unescaped name: [UInt8], of object: Int) -> Int {
    var key = firsts[object]
    while key >= 0 {
      let known = keys[key]
      if letters[known.start..<known.start + known.count].elementsEqual(name) { return key }
      key = known.sibling
    }
    return -1
  }
}
