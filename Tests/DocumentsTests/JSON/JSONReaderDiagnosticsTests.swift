import Documents
import Testing

@Suite("JSON reader: what it tells") struct JSONReaderDiagnosticsTests {
  @Test(
    "each mistake has its words",
    arguments: [
      ("", "t.json5:1:1: error: the text is empty", "write a value, such as { }"),
      (
        "[1] 2", "t.json5:1:5: error: `2` stands after the end of the value", "take it away"
      ),
      (
        "[tru]", "t.json5:1:2: error: `tru` stands where a value should",
        "a text stands in quotes: \"tru\""
      ),
      ("[True]", "t.json5:1:2: error: `True` stands where a value should", "write true"),
      ("[FALSE]", "t.json5:1:2: error: `FALSE` stands where a value should", "write false"),
      ("[None]", "t.json5:1:2: error: `None` stands where a value should", "write null"),
      ("[;]", "t.json5:1:2: error: `;` stands where a value should", nil),
      ("[5m]", "t.json5:1:2: error: 5m is not a number", "a text stands in quotes: \"5m\""),
      ("[-]", "t.json5:1:2: error: - is not a number", nil),
      ("[01]", "t.json5:1:2: error: the number 01 starts with a zero too many", nil),
      ("[1e]", "t.json5:1:2: error: the number 1e has no digits in its exponent", nil),
      ("[0x]", "t.json5:1:2: error: the number 0x has no hexadecimal digits", nil),
      (
        "[1e999]", "t.json5:1:2: error: the number 1e999 is too large",
        "numbers go up to 1.7976931348623157e308"
      ),
      ("[,1]", "t.json5:1:2: error: `,` stands where a value should", "take it away"),
      ("[1,,2]", "t.json5:1:4: error: `,` stands where a value should", "take it away"),
      ("{,}", "t.json5:1:2: error: `,` stands where a key should", "take it away"),
      ("[1 2]", "t.json5:1:3: error: a comma is missing here", "write `,` between the two"),
      (
        "{a: 1 b: 2}", "t.json5:1:6: error: a comma is missing here", "write `,` between the two"
      ),
      (
        "[1}", "t.json5:1:3: error: `}` stands where the `[` of line 1 should be closed",
        "write `]`"
      ),
      (
        "{a: 1]", "t.json5:1:6: error: `]` stands where the `{` of line 1 should be closed",
        "write `}`"
      ),
      (
        "{1: 2}", "t.json5:1:2: error: `1` stands where a key should",
        "a key is a bare word or stands in quotes"
      ),
      (
        "{a 1}", "t.json5:1:4: error: `1` stands where the `:` after the key a should",
        "write `a: ` and the value"
      ),
      (
        "{a: {b: 1", "t.json5:1:5: error: this `{` is never closed: the text ends inside it",
        "write `}` where it should end"
      ),
      (
        "[1, ", "t.json5:1:1: error: this `[` is never closed: the text ends inside it",
        "write `]` where it should end"
      ),
      ("1 /* a", "t.json5:1:3: error: this comment is never closed", "write `*/` at its end"),
      (
        "'abc", "t.json5:1:1: error: the text is not closed before its line ends",
        "write `'` at its end, or `\\` before the line end to go on"
      ),
      (#"'\7'"#, #"t.json5:1:2: error: `\7` is not an escape"#, #"write it as \x00 to \xFF"#),
      (#"'\xg0'"#, #"t.json5:1:2: error: the escape `\x` wants two hexadecimal digits"#, nil),
      (#"'\u00g0'"#, #"t.json5:1:2: error: the escape `\u` wants four hexadecimal digits"#, nil),
      (
        #"'\uD83C'"#, #"t.json5:1:2: error: `\uD83C` is half of a surrogate pair"#,
        #"write both halves, \uD8… and \uDC…, or the character itself"#
      ),
    ] as [(String, String, String?)])
  func words(_ text: String, _ headline: String, _ help: String?) {
    let lines = complaints(text).split(separator: "\n").map(String.init)
    #expect(lines.first == headline)
    #expect(lines.last(where: { $0.hasPrefix("  help: ") }) == help.map { "  help: \($0)" })
    #expect(lines.count(where: { $0.contains("error:") }) == 1)
  }

  @Test(
    "strict JSON names what only JSON5 has",
    arguments: [
      ("{a: 1}", "1:2: error: the key a has no quotes, which JSON wants"),
      ("['a']", "1:2: error: a single quote stands here; JSON wants double quotes"),
      ("[1,]", "1:3: error: a comma stands after the last one, which JSON does not allow"),
      ("[1] // a", "1:5: error: a comment stands here, which JSON does not allow"),
      ("[1 /* a */]", "1:4: error: a comment stands here, which JSON does not allow"),
      ("[+1]", "1:2: error: +1 has a plus sign, which JSON does not allow"),
      ("[.5]", "1:2: error: .5 has no digit beside its point, which JSON wants"),
      ("[5.]", "1:2: error: 5. has no digit beside its point, which JSON wants"),
      ("[0x1]", "1:2: error: 0x1 is hexadecimal, which JSON does not allow"),
      ("[NaN]", "1:2: error: NaN is not a number of JSON"),
      ("[-Infinity]", "1:2: error: -Infinity is not a number of JSON"),
      ("[\"\\x41\"]", "1:3: error: `\\x` is not an escape of JSON"),
      ("[\"\\'\"]", "1:3: error: `\\'` is not an escape of JSON"),
      ("[\"a\tb\"]", "1:4: error: a control character stands in a text"),
      ("[\u{A0}1]", "1:2: error: JSON does not allow this white space"),
      ("[\u{B}1]", "1:2: error: JSON does not allow this white space"),
    ])
  func strict(_ text: String, _ headline: String) {
    let lines = complaints(text, .json).split(separator: "\n").map(String.init)
    #expect(lines.first == "t.json5:\(headline)")
    #expect(lines.count(where: { $0.contains("error:") }) == 1)
    #expect(complaints(text, .json5) == "")
  }

  @Test("the words NaN and Infinity pass where a dialect of JSON allows them")
  func nonFinite() throws {
    let source = SourceText(name: "t", text: "[NaN, Infinity, -Infinity, 1]")
    let numbers = try #require(try JSONNode.read(source, dialect: .jsonWithNonFinite).numbers)
    #expect(numbers[0].isNaN && numbers[1] == .infinity && numbers[2] == -.infinity)
    #expect(complaints("[+1]", .jsonWithNonFinite) != "")
  }

  @Test("all the mistakes of a text are told at once, each at its place")
  func allAtOnce() {
    let text = """
      {
        title: "a",
        seed: 7x,
        traffic: { rate: 01, from: },
        arms: [ 1 2 ],
        last: tru
      }
      """
    #expect(
      complaints(text) == """
        t.json5:3:9: error: 7x is not a number
          3 |   seed: 7x,
            |         ^^
          help: a text stands in quotes: "7x"
        t.json5:4:20: error: the number 01 starts with a zero too many
          4 |   traffic: { rate: 01, from: },
            |                    ^^
        t.json5:4:30: error: `}` stands where a value should
          4 |   traffic: { rate: 01, from: },
            |                              ^
        t.json5:5:12: error: a comma is missing here
          5 |   arms: [ 1 2 ],
            |            ^
          help: write `,` between the two
        t.json5:6:9: error: `tru` stands where a value should
          6 |   last: tru
            |         ^^^
          help: a text stands in quotes: "tru"
        """)
  }

  @Test("a closing bracket of the other kind closes the outer list or object")
  func mismatchedBracket() {
    #expect(
      complaints("{ a: [1, 2 }, b: 1") == """
        t.json5:1:12: error: `}` stands where the `[` of line 1 should be closed
          1 | { a: [1, 2 }, b: 1
            |            ^
          help: write `]`
        t.json5:1:13: error: `,` stands after the end of the value
          1 | { a: [1, 2 }, b: 1
            |             ^
          help: take it away
        """)
  }

  @Test("bytes that are not UTF-8 are told with their place")
  func notUTF8() {
    let source = SourceText(name: "t.json5", bytes: Array("{\n a: \"".utf8) + [0xFF, 0x22, 0x7D])
    #expect {
      try JSONNode.read(source, dialect: .json5)
    } throws: {
      ($0 as? Diagnostics)?.rendered() == """
        t.json5:2:6: error: byte 7 is 0xFF, which is not UTF-8
          2 |  a: "\u{FFFD}"}
            |      ^
          help: save the file as UTF-8
        """
    }
  }

  @Test("nesting has a limit, and the text below it is read")
  func depth() {
    let deep = { (count: Int) in
      String(repeating: "[", count: count) + String(repeating: "]", count: count)
    }
    #expect(complaints(deep(256)) == "")
    #expect(
      complaints(deep(257)).hasPrefix(
        "t.json5:1:257: error: more than 256 lists and objects stand in one another"))
    #expect(complaints(String(repeating: "{a:[", count: 100_000)).contains("more than 256"))
  }

  @Test("after twenty mistakes the reader gives up")
  func manyMistakes() {
    let text = "[" + Array(repeating: "x", count: 1000).joined(separator: ",") + "]"
    #expect(complaints(text).split(separator: "\n").count { $0.contains("error:") } == 20)
  }

  @Test("a byte order mark is passed over and counts for no column")
  func byteOrderMark() throws {
    #expect(try read("\u{FEFF}[1]", .json) == .array([.integer(1)]))
    #expect(complaints("\u{FEFF}[x]").hasPrefix("t.json5:1:2: error"))
  }

  @Test("lines end with LF, CR LF or CR", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(_ end: String) {
    #expect(complaints("{\(end)\(end)  a: x\(end)}").hasPrefix("t.json5:3:6: error"))
  }
}
