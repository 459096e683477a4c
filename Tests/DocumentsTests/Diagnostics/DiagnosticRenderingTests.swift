import Documents
import Testing

@Suite("Diagnostics as text") struct DiagnosticRenderingTests {
  @Test("has the four parts of the style guide in their form")
  func form() {
    let source = SourceText(
      name: "scenarios/launch.json5",
      text: String(repeating: "\n", count: 13) + "    share: 0.55,\n")
    let diagnostic = Diagnostic(
      at: source.place(of: 24..<28), "the shares of the arms add up to 1.05, not 1",
      help: "lower one by 0.05, or write `share: \"rest\"` for the last arm")
    #expect(
      diagnostic.rendered() == """
        scenarios/launch.json5:14:12: error: the shares of the arms add up to 1.05, not 1
          14 |     share: 0.55,
             |            ^^^^
          help: lower one by 0.05, or write `share: "rest"` for the last arm
        """)
  }

  @Test("leaves out what there is not")
  func parts() {
    #expect(Diagnostic(.error, "nothing to do").rendered() == "error: nothing to do")
    #expect(
      Diagnostic(.warning, at: Place(file: "a.csv"), "empty").rendered() == "a.csv: warning: empty")
    #expect(
      Diagnostic(.note, at: Place(file: "a.csv", line: 3), "odd", help: "look").rendered()
        == "a.csv:3: note: odd\n  help: look")
  }

  private func carets(_ text: String, under word: String) throws -> [String] {
    let source = SourceText(name: "t", text: text)
    let range = try #require(text.utf8.firstRange(of: Array(word.utf8)))
    let start = text.utf8.distance(from: text.utf8.startIndex, to: range.lowerBound)
    let place = source.place(of: start..<start + word.utf8.count)
    return Diagnostic(at: place, "x").rendered().split(separator: "\n").map(String.init)
  }

  @Test("carets stand below their word behind tabs, wide, combining and control characters")
  func columns() throws {
    #expect(
      try carets("\ta: b", under: "b") == ["t:1:5: error: x", "  1 |     a: b", "    |        ^"])
    #expect(
      try carets("a: '日本' c", under: "c")
        == ["t:1:9: error: x", "  1 | a: '日本' c", "    |           ^"])
    #expect(
      try carets("a: 日本", under: "日本")
        == ["t:1:4: error: x", "  1 | a: 日本", "    |    ^^^^"])
    #expect(
      try carets("e\u{301}👩‍🚀 c", under: "c")
        == ["t:1:4: error: x", "  1 | e\u{301}👩‍🚀 c", "    |     ^"])
    #expect(
      try carets("\u{1}\u{1B} c", under: "c")
        == ["t:1:4: error: x", "  1 | \u{FFFD}\u{FFFD} c", "    |    ^"])
  }

  @Test("a long line is shown around its place")
  func longLine() throws {
    let text = String(repeating: "a", count: 5000) + "X" + String(repeating: "b", count: 5000)
    let lines = try carets(text, under: "X")
    #expect(lines[0] == "t:1:5001: error: x")
    #expect(
      lines[1]
        == "  1 | …\(String(repeating: "a", count: 32))X\(String(repeating: "b", count: 63))…")
    #expect(lines[2] == "    |  \(String(repeating: " ", count: 32))^")
  }

  @Test("a range over lines is underlined to the end of its first")
  func manyLines() {
    let source = SourceText(name: "t", text: "ab {\n c }\n")
    #expect(
      Diagnostic(at: source.place(of: 3..<9), "x").rendered()
        == "t:1:4: error: x\n  1 | ab {\n    |    ^")
  }

  @Test("a place after the end of the text is its end")
  func end() {
    let source = SourceText(name: "t", text: "ab\n")
    #expect(source.place(at: 3).line == 2)
    #expect(source.place(at: 99).column == 1)
    #expect(SourceText(name: "t", text: "").place(at: 0).column == 1)
  }

  @Test("colours change nothing but colours")
  func colours() {
    let diagnostic = Diagnostic(
      at: SourceText(name: "t", text: "a").place(at: 0), "x", help: "y")
    let painted = diagnostic.rendered(.colours)
    #expect(painted.contains("\u{1B}[1;31merror:\u{1B}[0m"))
    #expect(painted.replacing(/\u{1B}\[[0-9;]*m/, with: "") == diagnostic.rendered())
  }

  @Test("several stand below each other")
  func several() {
    let all = Diagnostics([Diagnostic(.error, "a"), Diagnostic(.note, "b")])
    #expect(all.rendered() == "error: a\nnote: b")
    #expect(all.hasErrors)
    #expect(!Diagnostics([Diagnostic(.note, "b")]).hasErrors)
  }
}
