import Understudy

extension Verb {
  static let verify = Verb(
    name: "verify", operands: "[RESULT…]",
    summary: "runs committed results again and compares every byte",
    details: """
      For each result folder (default: every one under results/), runs what its manifest says and compares
      the files byte by byte. Exits with 2 when one differs.
      """,
    flags: [
      FlagSpec(
        name: "scenarios", value: "DIR", help: "where the scenarios are (default: scenarios)"),
      SharedFlags.threads, SharedFlags.blockSize, SharedFlags.quiet,
    ],
    example: "understudy verify results/first-shadow"
  ) { flags, console in
    let options = try flags.options()
    let results = try flags.operands.isEmpty ? Verification.results(in: "results") : flags.operands
    var isSame = true
    for folder in results {
      let differences = try Verification.differences(
        of: folder, scenarios: flags.last("scenarios") ?? "scenarios", threads: options.threads,
        blockSize: options.blockSize)
      for difference in differences { console.writeAnswer("\(difference)\n") }
      if differences.isEmpty, !flags.has("quiet") { console.writeAnswer("\(folder): same\n") }
      isSame = isSame && differences.isEmpty
    }
    return isSame ? .done : .different
  }
}
