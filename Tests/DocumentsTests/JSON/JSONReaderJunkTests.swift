import Documents
import Testing

@Suite("JSON reader: junk") struct JSONReaderJunkTests {
  private static let seedText = """
    { // comment
      title: "Electricity: \\u00e9 \\
    next", 'seed': 0x7, "list": [1, -2.5e3, .5, +Infinity, NaN, [], [{}]],
      nested: { a: [true, false, null, {b: 'x\\'y'}], ünï: "日本🎼" }, /* block */
    }
    """

  @Test("never crashes on a damaged text, and what it takes it takes again", arguments: 0..<8)
  func mutations(_ seed: UInt64) throws {
    var luck = Luck(seed: seed)
    let whole = Array(Self.seedText.utf8)
    let fragments: [[UInt8]] = [
      "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "/*", "*/", "//",
      "\n", "\\u", "0x", "-", "1e", "\u{2028}", "\u{FEFF}", "NaN", "\u{0}",
    ].map { Array($0.utf8) }
    for _ in 0..<600 {
      var bytes = whole
      for _ in 0...luck.below(4) {
        let at = luck.below(bytes.count)
        switch luck.below(5) {
        case 0: bytes.remove(at: at)
        case 1: bytes[at] = UInt8(luck.below(256))
        case 2: bytes.insert(contentsOf: fragments[luck.below(fragments.count)], at: at)
        case 3: bytes.removeSubrange(at..<min(bytes.count, at + luck.below(20)))
        default: bytes.swapAt(at, luck.below(bytes.count))
        }
        if bytes.isEmpty { bytes = [0x20] }
      }
      for dialect in [JSONDialect.json5, .json] {
        check(SourceText(name: "junk", bytes: bytes), dialect, seed)
      }
    }
  }

  @Test("never crashes on a text that stops anywhere")
  func truncations() {
    let whole = Array(Self.seedText.utf8)
    for count in 0...whole.count {
      check(SourceText(name: "junk", bytes: Array(whole[..<count])), .json5, UInt64(count))
    }
  }

  @Test("never crashes on random bytes")
  func randomBytes() {
    var luck = Luck(seed: 5)
    for round in 0..<2000 {
      let bytes = (0..<luck.below(40)).map { _ in UInt8(luck.below(round % 2 == 0 ? 128 : 256)) }
      check(SourceText(name: "junk", bytes: bytes), .json5, UInt64(round))
    }
  }

  /// Either a tree whose writing reads back as itself, or mistakes with places inside the text.
  private func check(_ source: SourceText, _ dialect: JSONDialect, _ seed: UInt64) {
    do throws(Diagnostics) {
      let value = JSONValue(try JSONNode.read(source, dialect: dialect))
      let again = SourceText(name: "again", text: value.written())
      let second = JSONValue(try JSONNode.read(again, dialect: .json))
      #expect(second.written() == value.written(), "seed \(seed): \(source.text(0..<999))")
    } catch {
      #expect(!error.list.isEmpty && error.list.count <= 20)
      #expect(error.rendered().contains("error: "))
      for mistake in error.list {
        #expect(mistake.place?.line != nil && mistake.place?.column != nil)
      }
    }
  }
}
