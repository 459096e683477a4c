import Testing

/// What is wrong with results and tables, told word for word, with the exit code; nothing is left
/// behind.
@Suite("Bad results") struct BadResultTests {
  @Test("are told", arguments: cases)
  func told(_ input: BadInput) throws { try input.check() }

  private static let cases = [
    BadInput(
      "a result below a file", code: 74,
      notes: """
        old.json/out: error: the result cannot be written: not a directory
          help: free the path or the disk, or name another folder with --out

        """,
      arguments: ["run", "s.json5", "--out", "old.json/out"]),
    BadInput(
      "a result that is a file", code: 74,
      notes: """
        old.json: error: the result cannot be written: not a directory
          help: free the path or the disk, or name another folder with --out

        """,
      arguments: ["run", "s.json5", "--out", "old.json"]),
    BadInput(
      "a result to verify that is not there", code: 66,
      notes: """
        results/s/manifest.json: error: there is no such file
          help: there is no folder results/s either

        """,
      arguments: ["verify", "results/s"]),
    BadInput(
      "no results to verify", code: 66,
      notes: """
        results: error: there is no such folder
          help: name the result folders, or stand where results/ is

        """,
      arguments: ["verify"]),
    BadInput(
      "results to compare that are not there", code: 66,
      notes: """
        one/summary.json: error: there is no such file
          help: there is no folder one either
        two/summary.json: error: there is no such file
          help: there is no folder two either

        """,
      arguments: ["compare", "one", "two"]),
    BadInput(
      "a table to score that has no such column", code: 65,
      notes: """
        requests.csv:1: error: there is no column b, which the model reads
          help: the columns are at, a, c, label

        """,
      arguments: ["score", "--model", "old.json", "--data", "requests.csv"],
      edits: [
        .init("requests.csv", "a,b", "a,c")
      ]),
    BadInput(
      "a table to score with a word for a number", code: 65,
      notes: """
        requests.csv:4: error: column a holds "abc", not a number
          help: if such a field means missing, name it with --missing

        """,
      arguments: ["score", "--model", "old.json", "--data", "requests.csv"],
      edits: [
        .init("requests.csv", "2.5,3,0", "abc,3,0")
      ]),
    BadInput(
      "a model and a table to score with that are not there", code: 66,
      notes: """
        olt.json: error: there is no such file
          help: did you mean old.json?
        requests.cvs: error: there is no such file
          help: did you mean requests.csv?

        """,
      arguments: ["score", "--model", "olt.json", "--data", "requests.cvs"]),
  ]
}
