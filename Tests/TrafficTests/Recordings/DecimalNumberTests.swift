import Testing

@testable import Traffic

@Suite("Decimal text") struct DecimalNumberTests {
  private func parse(_ text: String) -> Double? {
    // Room behind the text, as in a buffer.
    let bytes = Array("<\(text)>       ".utf8)
    return DecimalNumber.parse(bytes.span, 1, 1 + text.utf8.count)
  }

  @Test(
    "is read as the standard library reads it, to the bit",
    arguments: [
      "0", "-0", "+5", "5.", ".5", "-.5e1", "1e22", "1e23", "1e-22", "1e-23", "123456789012345678",
      "9007199254740993", "9007199254740992.5", "0.021739130434782608", "1.7976931348623157e308",
      "4.9e-324", "2.2250738585072011e-308", "2.2250738585072014e-308", "1e-400", "0e999",
      "18446744073709551615", "18446744073709551616", "12345678901234567890123", "0.1e-26",
      "9999999999999999999e27", "9999999999999999999e-27", "1e27", "1e28", "1E+2", "1e-0027",
      "0.00000000000000000000000000001", "8.41e21", "9.5367431640625e-07", "6.02214076e23",
      "3.14159265358979323846264338327950288", "7205759403792793e1", "9007199254740991e22",
      "1.00000017881393432617187499", "17976931348623157e292",
    ])
  func sameAsTheLibrary(text: String) throws {
    let expected = try #require(Double(text))
    #expect(parse(text)?.bitPattern == expected.bitPattern)
  }

  @Test("is rounded correctly, seed 7, 200,000 numbers of all lengths and sizes")
  func randomNumbers() throws {
    var state: UInt64 = 7
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 11 ^ state << 43
    }
    for _ in 0..<200_000 {
      let digits = String(next() >> (next() % 64))
      let point = Int(next() % UInt64(digits.count + 1))
      let exponent = Int(next() % 61) - 30
      let text =
        "\(digits.prefix(point)).\(digits.dropFirst(point))"
        + (exponent % 3 == 0 ? "" : "e\(exponent)")
      let expected = try #require(Double(text))
      if parse(text)?.bitPattern != expected.bitPattern {
        Issue.record("\(text) gave \(String(describing: parse(text))), not \(expected)")
        return
      }
    }
  }

  @Test("may have blanks around it")
  func blanks() {
    #expect(parse("  1.5\t") == 1.5)
    #expect(parse(" 12345678901234567890.5 ") == 12345678901234567890.5)
  }

  @Test(
    "is refused when it is no number",
    arguments: [
      "", " ", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "--1", "1-", "0x10", "nan", "inf",
      "infinity",
      "1,5", "1 5", "1_000", "½", "1e999", "-1e999", "179769313486231580794e288", "1f", "1.5d",
      "\u{0}1",
    ])
  func refused(text: String) {
    #expect(parse(text) == nil)
  }
}
