import Documents
import Testing

/// Reads a text, or gives the messages that say why not.
func read(_ text: String, _ dialect: JSONDialect = .json5) throws(Diagnostics) -> JSONValue {
  JSONValue(try JSONNode.read(SourceText(name: "t.json5", text: text), dialect: dialect))
}

/// What the reader tells about a text, as the person sees it; empty when the text is right.
func complaints(_ text: String, _ dialect: JSONDialect = .json5) -> String {
  do throws(Diagnostics) {
    _ = try read(text, dialect)
    return ""
  } catch {
    return error.rendered()
  }
}

/// The facts of the JSON5 specification 1.0.0, clause by clause.
@Suite("JSON5 specification") struct JSON5SpecificationTests {
  @Test("1.2: the short example means what it says")
  func shortExample() throws {
    let text = """
      {
        // comments
        unquoted: 'and you can quote me on that',
        singleQuotes: 'I can use "double quotes" here',
        lineBreaks: "Look, Mom! \\
      No \\\\n's!",
        hexadecimal: 0xdecaf,
        leadingDecimalPoint: .8675309, andTrailing: 8675309.,
        positiveSign: +1,
        trailingComma: 'in objects', andIn: ['arrays',],
        "backwardsCompatible": "with JSON",
      }
      """
    let expected: [(String, JSONValue)] = [
      ("unquoted", .string("and you can quote me on that")),
      ("singleQuotes", .string("I can use \"double quotes\" here")),
      ("lineBreaks", .string("Look, Mom! No \\n's!")),
      ("hexadecimal", .integer(912_559)),
      ("leadingDecimalPoint", .number(0.8675309)),
      ("andTrailing", .integer(8_675_309)),
      ("positiveSign", .integer(1)),
      ("trailingComma", .string("in objects")),
      ("andIn", .array([.string("arrays")])),
      ("backwardsCompatible", .string("with JSON")),
    ]
    #expect(try read(text) == .object(expected))
  }

  @Test(
    "2 to 4: values, objects and lists are read",
    arguments: [
      ("null", "null"), ("true", "true"), ("false", "false"), ("{}", "{}"), ("[]", "[]"),
      ("{width: 1920, height: 1080,}", #"{"width":1920,"height":1080}"#),
      ("{image: {'aspect-ratio': '16:9',}}", #"{"image":{"aspect-ratio":"16:9"}}"#),
      (
        "[{name: 'Joe', age: 27}, {name: 'Jane', age: 32},]",
        #"[{"name":"Joe","age":27},{"name":"Jane","age":32}]"#
      ),
      ("[1, true, 'three',]", #"[1,true,"three"]"#),
      ("[[1, true, 'three'], [4, \"five\", 0x6],]", #"[[1,true,"three"],[4,"five",6]]"#),
      ("{null: null, true: 1, Infinity: 2, if: 3}", #"{"null":null,"true":1,"Infinity":2,"if":3}"#),
      ("{a: 1, a: 2}", #"{"a":1,"a":2}"#),
    ])
  func structures(_ text: String, _ expected: String) throws {
    #expect(try read(text).written() == expected)
  }

  @Test(
    "3: a key is any identifier name of ECMAScript 5.1",
    arguments: [
      ("$", "$"), ("_", "_"), ("a1", "a1"), ("ünïcödé", "ünïcödé"), ("日本", "日本"),
      ("\\u0061b", "ab"), ("a\\u0062", "ab"), ("Ⅷ", "Ⅷ"), ("e\u{301}", "e\u{301}"),
      ("a\u{200C}b", "a\u{200C}b"), ("a‿b", "a‿b"), ("a٣", "a٣"), ("''", ""), ("'a b'", "a b"),
    ])
  func keys(_ key: String, _ expected: String) throws {
    #expect(try read("{\(key): 1}") == .object([(expected, .integer(1))]))
  }

  @Test(
    "3: what is no identifier name is no bare key",
    arguments: ["1a", "a-b", "\u{301}a", "\\u0031a", "\\u{61}", "@", "a b", "+a"])
  func badKeys(_ key: String) {
    #expect(throws: Diagnostics.self) { try read("{\(key): 1}") }
  }

  @Test(
    "5: escapes mean their characters",
    arguments: [
      (#"'\x5C'"#, "\\"), (#"'\u005C'"#, "\\"), (#"'\uD83C\uDFBC'"#, "🎼"),
      (#"'\'\"\\\b\f\n\r\t\v\0'"#, "'\"\\\u{8}\u{C}\n\r\t\u{B}\0"), (#"'\a\z\/'"#, "az/"),
      (#"'\0a'"#, "\0a"), (#"'\xe9'"#, "é"), ("'\\é\\🎼'", "é🎼"),
      ("'a\\\nb'", "ab"), ("'a\\\r\nb'", "ab"), ("'a\\\rb'", "ab"),
      ("'a\\\u{2028}b'", "ab"), ("'a\\\u{2029}b'", "ab"),
      ("'a\u{2028}b\u{2029}'", "a\u{2028}b\u{2029}"), ("'a\tb'", "a\tb"), ("'\"'", "\""),
      ("\"'\"", "'"),
    ])
  func escapes(_ text: String, _ expected: String) throws {
    #expect(try read(text) == .string(expected))
  }

  @Test(
    "5: a digit but 0, a bare \\x, and an open \\u are no escapes",
    arguments: [#"'\1'"#, #"'\9'"#, #"'\01'"#, #"'\x'"#, #"'\x4'"#, #"'\u'"#, #"'\u12'"#, "'\n'"])
  func badEscapes(_ text: String) {
    #expect(throws: Diagnostics.self) { try read(text) }
  }

  @Test(
    "6: numbers",
    arguments: [
      ("0", 0), ("-0", -0.0), ("1", 1), ("+1", 1), ("-1", -1), ("1.5", 1.5), (".5", 0.5),
      ("5.", 5), ("-.5", -0.5), ("5.e2", 500), (".5e1", 5), ("1e3", 1000), ("1E+3", 1000),
      ("1e-3", 0.001), ("0xFF", 255), ("0XfF", 255), ("-0x10", -16), ("+0x10", 16),
      ("0x1FFFFFFFFFFFFFFFF", 0x1p65), ("Infinity", .infinity), ("-Infinity", -.infinity),
      ("+Infinity", .infinity), ("0.0", 0), ("0e5", 0),
      ("123456789012345678901234567890", 1.2345678901234568e29),
    ] as [(String, Double)])
  func numbers(_ text: String, _ expected: Double) throws {
    let node = try JSONNode.read(SourceText(name: "t", text: text), dialect: .json5)
    #expect(node.number?.bitPattern == expected.bitPattern)
    #expect(node.literal == text)
  }

  @Test("6: NaN is a number with any sign", arguments: ["NaN", "+NaN", "-NaN"])
  func notANumber(_ text: String) throws {
    let node = try JSONNode.read(SourceText(name: "t", text: text), dialect: .json5)
    #expect(node.number?.isNaN == true)
  }

  @Test(
    "6: what only looks like a number is none",
    arguments: [
      "01", "-01", "1e", "1e+", "0x", "0xg", ".", "+", "-", "1.2.3", "1_000", "--1", "+-1", "1a",
      "e5", "Infinityx", "infinity", "NAN", "0b1", "0o7", "1 2", "5 .", "- 1",
    ])
  func badNumbers(_ text: String) {
    #expect(throws: Diagnostics.self) { try read(text) }
  }

  @Test(
    "7: comments stand wherever white space may",
    arguments: [
      "// a\n1", "/* a */1", "1// a", "1/* * / ** */", "/**/1", "/***/1", "// a\u{2028}1",
      "// a\r1", "/*\n\n*/1//",
    ])
  func comments(_ text: String) throws {
    #expect(try read(text) == .integer(1))
  }

  @Test("7: comments stand between any two tokens")
  func commentsBetweenTokens() throws {
    let text = "/*1*/{/*2*/a/*3*/:/*4*/1/*5*/,/*6*/b/*7*/:/*8*/[/*9*/1/*a*/,/*b*/]/*c*/}/*d*/"
    #expect(try read(text).written() == #"{"a":1,"b":[1]}"#)
  }

  @Test(
    "8: every white space of the specification separates",
    arguments: [
      0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0xA0, 0x2028, 0x2029, 0xFEFF, 0x1680, 0x2000, 0x2003,
      0x200A, 0x202F, 0x205F, 0x3000,
    ] as [UInt32])
  func whiteSpace(_ value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    let blank = String(Character(scalar))
    #expect(
      try read("\(blank)[\(blank)1\(blank),\(blank)a\(blank)]".replacing("a", with: "2"))
        .written() == "[1,2]")
  }
}
