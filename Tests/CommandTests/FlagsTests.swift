import Testing

@testable import Command

@Suite("Flags") struct FlagsTests {
  private let specs = [
    FlagSpec(name: "out", short: "-o", value: "DIR", help: ""),
    FlagSpec(name: "set", value: "PATH=VALUE", help: ""),
    FlagSpec(name: "quiet", short: "-q", help: ""),
    FlagSpec(name: "format", value: "FORMAT", help: "", choices: ["table", "json"]),
    FlagSpec(name: "threads", value: "N", help: ""),
  ]

  @Test(
    "a value may follow an option in every way that GNU has",
    arguments: [
      ["--out", "x"], ["--out=x"], ["-o", "x"], ["-ox"], ["-qox"], ["-qo", "x"], ["a", "--out=x"],
    ])
  func values(_ arguments: [String]) throws {
    #expect(try Flags(arguments, specs: specs).last("out") == "x")
  }

  @Test("only the first = parts an option from its value")
  func equals() throws {
    #expect(try Flags(["--set=a.b=1"], specs: specs).all("set") == ["a.b=1"])
    #expect(try Flags(["--set", "a=", "--set", "b=2"], specs: specs).all("set") == ["a=", "b=2"])
  }

  @Test("- is an operand, and so is everything behind --")
  func operands() throws {
    let flags = try Flags(["-", "x", "-q", "--", "-q", "--out"], specs: specs)
    #expect(flags.operands == ["-", "x", "-q", "--out"])
    #expect(flags.has("quiet"))
  }

  @Test(
    "says what is wrong with an option, and offers the nearest",
    arguments: [
      (["--oot", "x"], "there is no option --oot", "did you mean --out?"),
      (["--oot=x"], "there is no option --oot", "did you mean --out?"),
      (["-z"], "there is no option -z", nil),
      (["-quiet"], "there is no option -quiet", "did you mean --quiet?"),
      (["--out"], "--out needs a value: --out DIR", nil),
      (["--out="], "--out needs a value: --out DIR", nil),
      (["-o"], "-o needs a value: -o DIR", nil),
      (["--quiet=yes"], "--quiet takes no value, but got \"yes\"", nil),
      (["--format", "jsn"], "--format is \"jsn\", not one of table, json", "did you mean json?"),
    ] as [([String], String, String?)])
  func mistakes(_ arguments: [String], message: String, help: String?) {
    #expect(throws: UsageError(message: message, help: help)) {
      try Flags(arguments, specs: specs)
    }
  }

  @Test("a number below its least or with a unit is told", arguments: ["0", "-1", "2x", "1e3", ""])
  func numbers(_ text: String) {
    #expect(throws: UsageError.self) {
      try Flags(["--threads=\(text)"], specs: specs).number("threads", least: 1)
    }
  }
}
