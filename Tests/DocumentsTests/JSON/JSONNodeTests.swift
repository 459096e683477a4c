import Documents
import Testing

@Suite("JSON nodes") struct JSONNodeTests {
  private func node(_ text: String) throws -> JSONNode {
    try JSONNode.read(SourceText(name: "t", text: text), dialect: .json5)
  }

  @Test(
    "integers are exact beyond what a double holds",
    arguments: [
      ("9007199254740993", 9_007_199_254_740_993), ("9223372036854775807", .max),
      ("-9223372036854775808", .min), ("0x7FFFFFFFFFFFFFFF", .max), ("1e3", 1000), ("-0", 0),
      ("1.0", 1), ("+12345678901234567", 12_345_678_901_234_567),
    ] as [(String, Int64)])
  func integers(_ text: String, _ expected: Int64) throws {
    #expect(try node(text).integer == expected)
    #expect(try node("[\(text)]").integers == [expected])
    #expect(try node("[1, \(text)]").elements?.last?.integer == expected)
  }

  @Test(
    "what is no integer of 64 bits is nil",
    arguments: ["1.5", "9223372036854775808", "1e19", "Infinity", "NaN", "'1'", "null"])
  func noIntegers(_ text: String) throws {
    #expect(try node(text).integer == nil)
    #expect(try node("[\(text)]").integers == nil)
  }

  @Test(
    "seeds use all of 64 bits",
    arguments: [("18446744073709551615", UInt64.max), ("7", 7), ("-1", nil), ("0.5", nil)]
      as [(String, UInt64?)])
  func unsigned(_ text: String, _ expected: UInt64?) throws {
    #expect(try node(text).unsignedInteger == expected)
  }

  @Test("a flat list gives the same nodes as a mixed one")
  func flat() throws {
    let flat = try node("[ 1, -2.5 , 0x10, .5]")
    let mixed = try node("[ 1, -2.5 , 0x10, .5, 'a']")
    let flatElements = try #require(flat.elements)
    let mixedElements = try #require(mixed.elements)
    #expect(flatElements.map(\.number) == mixedElements.dropLast().map(\.number))
    #expect(flatElements.map(\.range) == mixedElements.dropLast().map(\.range))
    #expect(flat.numbers == [1, -2.5, 16, 0.5])
    #expect(flat.count == 4)
    #expect(mixed.numbers == nil)
    #expect(try node("[]").numbers == [])
    #expect(try node("{}").numbers == nil)
  }

  @Test("members keep their order, their places and their repetitions")
  func members() throws {
    let object = try node("{b: 1, 'a': 2,\n b: 3}")
    #expect(object.members?.map(\.key) == ["b", "a", "b"])
    #expect(object["b"]?.integer == 1)
    #expect(object["c"] == nil)
    let repeated = try #require(object.repeatedMembers.first)
    #expect(repeated.keyPlace.line == 2 && repeated.keyPlace.column == 2)
    #expect(object.members?[1].keyRange == 7..<10)
    #expect(object.members?[1].value.place.column == 13)
  }

  @Test(
    "numbers are rounded to the nearest double",
    arguments: [
      "0.1", "0.3", "4.9406564584124654e-324", "2.2250738585072011e-308", "1.7976931348623157e308",
      "9007199254740993.0", "0.1000000000000000055511151231257827", "8.5e22", "1e23",
      "123456789e-30",
      "179769313486231580793728971405301e276", "2.4703282292062327208e-324", "0.000001e-310",
    ])
  func rounding(_ text: String) throws {
    #expect(try node(text).number == Double(text))
  }

  @Test("random doubles survive being written and read")
  func roundTrip() throws {
    var luck = Luck(seed: 11)
    var numbers: [Double] = []
    while numbers.count < 20_000 {
      let number = Double(bitPattern: luck.next())
      if number.isFinite { numbers.append(number) }
      numbers.append(Double(luck.next() % 100_000) / 1000)
    }
    let text = JSONValue.array(numbers.map(JSONValue.number)).written()
    #expect(try node(text).numbers?.map(\.bitPattern) == numbers.map(\.bitPattern))
  }

  @Test("values are told in words")
  func words() throws {
    #expect(
      try node("[null, true, 0x1, 'a', [], [1], {}]").elements?.map(\.inWords)
        == ["null", "true", "0x1", "'a'", "a list", "a list", "an object"])
    #expect(
      try node("'\(String(repeating: "a", count: 60))'").inWords
        == "'\(String(repeating: "a", count: 35))…'")
  }
}

/// The splitmix64 generator, for tests alone.
struct Luck {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
}
