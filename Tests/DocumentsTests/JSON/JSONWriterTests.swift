import Documents
import Testing

@Suite("JSON writer") struct JSONWriterTests {
  private static let value = JSONValue.object([
    ("schema", .integer(1)),
    ("a b", .array([.integer(1), .number(2.5), .string("x"), .null, .bool(true)])),
    ("empty", .array([])), ("none", .object([])),
    ("nested", .array([.object([("z", .number(0.1))]), .array([.integer(1)])])),
    ("long", .array((0..<40).map { .integer($0) })),
  ])

  @Test("compact is one line without blanks")
  func compact() {
    #expect(
      JSONValue.object(
        [("a", .array([.integer(1), .null])), ("b", .object([("c", .string("d"))]))]
      ).written() == #"{"a":[1,null],"b":{"c":"d"}}"#)
  }

  @Test("pretty has two spaces a level, and short lists in one line")
  func pretty() {
    let long = (0..<40).map { "    \($0)" }.joined(separator: ",\n")
    #expect(
      Self.value.written(.pretty) == """
        {
          "schema": 1,
          "a b": [1, 2.5, "x", null, true],
          "empty": [],
          "none": {},
          "nested": [
            {
              "z": 0.1
            },
            [1]
          ],
          "long": [
        \(long)
          ]
        }
        """)
  }

  @Test("the JSON5 form has bare keys where they are names, and reads back")
  func json5() throws {
    let text = Self.value.written(.json5)
    #expect(text.hasPrefix("{\n  schema: 1,\n  \"a b\": [1, 2.5"))
    #expect(try read(text) == Self.value)
  }

  @Test(
    "numbers are the shortest that read back",
    arguments: [
      (0.1, "0.1"), (1, "1"), (-0.0, "-0"), (1e21, "1e21"), (1e-7, "1e-7"), (1.5e-10, "1.5e-10"),
      (0x1.ac53a7e04bcdap66, "1.2345678901234568e20"), (.leastNonzeroMagnitude, "5e-324"),
      (1e16, "1e16"),
      (9007199254740992, "9007199254740992"), (0.0001, "0.0001"),
      (1.7976931348623157e308, "1.7976931348623157e308"), (.nan, "null"), (-.infinity, "null"),
    ] as [(Double, String)])
  func numbers(_ number: Double, _ expected: String) {
    #expect(JSONValue.number(number).written() == expected)
  }

  @Test("texts are UTF-8 with the escapes that JSON demands")
  func escapes() throws {
    let text = "\"\\/\u{8}\n\r\t\u{1F}\u{7F}é日🎼<&>\u{2028}"
    let written = JSONValue.string(text).written()
    #expect(written == "\"\\\"\\\\/\\u0008\\n\\r\\t\\u001f\\u007fé日🎼<&>\u{2028}\"")
    #expect(try read(written, .json) == .string(text))
  }

  @Test("a text for a page holds no tag and reads back the same")
  func html() throws {
    let value = JSONValue.array([.string("</script><!-- & -->")])
    let written = value.written(.compactInHTML)
    #expect(written == #"["\u003c/script\u003e\u003c!-- \u0026 --\u003e"]"#)
    #expect(try read(written, .json) == value)
  }
}
