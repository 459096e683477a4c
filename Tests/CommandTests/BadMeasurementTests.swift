import Testing

/// What is wrong with measurements or with what is asked of them, told word for word, with the exit code.
@Suite("Bad measurements") struct BadMeasurementTests {
  @Test("are told", arguments: dataCases)
  func told(_ input: BadInput) throws { try input.check() }

  @Test("and so is what no table could make right", arguments: usageCases)
  func usage(_ input: BadInput) throws { try input.check() }

  /// 24 rows; row i has i + 1 milliseconds.
  private static func table(_ change: (Int) -> String? = { _ in nil }) -> String {
    "ms,size,group\n"
      + (1...24).map { (change($0) ?? "\($0),\($0 % 4 + 1),\($0 % 2 == 0 ? "a" : "b")") + "\n" }
      .joined()
  }

  private static func bad(
    _ name: String, _ notes: String, _ more: [String] = [], table: String = table()
  ) -> BadInput {
    BadInput(
      name, code: 65, notes: notes + "\n",
      arguments: ["calibrate", "m.csv", "--time", "ms"] + more, files: ["m.csv": table])
  }

  private static let dataCases: [BadInput] = [
    BadInput(
      "a table that is not there", code: 66,
      notes: """
        request.csv: error: there is no such file
          help: did you mean requests.csv?

        """, arguments: ["calibrate", "request.csv", "--time", "ms"]),
    bad(
      "a column that is not there",
      """
      m.csv:1: error: there is no column sizes, which --by asks for
        help: did you mean size? the columns are ms, size, group
      """, ["--by", "sizes"]),
    bad(
      "a time that is no number",
      """
      m.csv:4: error: column ms holds "fast", not a number
        help: if it means missing, say --missing fast
      """, table: table { $0 == 3 ? "fast,1,a" : nil }),
    bad(
      "a time that is infinite",
      """
      m.csv:4: error: column ms holds "inf", not a number
        help: if it means missing, say --missing inf
      """, table: table { $0 == 3 ? "inf,1,a" : nil }),
    bad(
      "a time that is NaN",
      """
      m.csv:4: error: column ms holds "NaN", not a number
        help: if it means missing, say --missing NaN
      """, table: table { $0 == 3 ? "NaN,1,a" : nil }),
    bad(
      "too few times above 0",
      """
      m.csv: error: 19 rows have a time to fit, and a fit needs at least 20
        help: 1 left out without a time, 2 left out whose time is 0, 2 left out whose time is below 0
      """,
      table: table { [1: ",1,a", 2: "0,1,a", 3: "0,1,a", 4: "-1,1,a", 5: "-2,1,a"][$0] }),
    bad(
      "a group with too few rows",
      "m.csv: error: 12 rows of b have a time to fit, and a fit needs at least 20",
      ["--per", "group"]),
    bad(
      "times that are all equal",
      """
      m.csv: error: all 14 times that are to be fitted are equal
        help: write time: "7ms" into the service
      """, ["--holdout", "0.4"], table: table { _ in "7,1,a" }),
    bad(
      "a filter that nothing meets",
      """
      m.csv: error: column group never holds "A", which --where asks for
        help: did you mean a?
      """, ["--where", "group=A"]),
    bad(
      "a size below 0",
      "m.csv:3: error: column size is -1.0, below 0, and --by counts it", ["--by", "size"],
      table: table { $0 == 2 ? "2,-1,a" : nil }),
    bad(
      "a size of no batch", "m.csv:3: error: column size is 1.5, which is no size of a batch",
      ["--batch", "size"], table: table { $0 == 2 ? "2,1.5,a" : nil }),
  ]

  private static func usage(_ name: String, _ notes: String, _ arguments: [String]) -> BadInput {
    BadInput(
      name, code: 64,
      notes: "understudy: error: \(notes)\n  try: understudy calibrate --help\n",
      arguments: ["calibrate"] + arguments, files: ["m.csv": table()])
  }

  private static let usageCases: [BadInput] = [
    usage(
      "no table", "which table?\n  help: name one file, as in latencies.csv; - is standard input",
      ["--time", "ms"]),
    usage(
      "no column", "calibrate needs --time COLUMN\n  help: as in --time latency_ms --unit ms",
      ["m.csv"]),
    usage(
      "an unknown unit", "--unit is \"min\", not one of ns, us, ms, s",
      ["m.csv", "--time", "ms", "--unit", "min"]),
    usage(
      "a holdout out of range", "--holdout is \"1\", not a share from 0.05 to 0.9",
      ["m.csv", "--time", "ms", "--holdout", "1"]),
    usage(
      "two ways to hold out", "--holdout and --check are two ways to hold rows out; give one",
      ["m.csv", "--time", "ms", "--holdout", "0.2", "--check", "m.csv"]),
    usage(
      "two forms", "--by and --batch are two ways to say what makes the time; give one",
      ["m.csv", "--time", "ms", "--by", "size", "--batch", "size"]),
    usage(
      "a filter without a value",
      "--where is \"group\", not a column and a value\n  help: as in --where status=200",
      ["m.csv", "--time", "ms", "--where", "group"]),
    usage(
      "a column twice", "--by names column size twice",
      ["m.csv", "--time", "ms", "--by", "size,size"]),
    usage(
      "squares alone", "--squares is for --steps", ["m.csv", "--time", "ms", "--squares", "x"]),
  ]
}
