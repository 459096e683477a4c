import Understudy

extension Verb {
  static let compare = Verb(
    name: "compare", operands: "RESULT RESULT",
    summary: "two results side by side: what changed in scenario and answer",
    details: """
      Reads two result folders, the older first, and says what differs between their scenarios, their
      files and their answers. Runs nothing. Exits with 2 when anything differs.
      """,
    flags: [
      FlagSpec(
        name: "format", value: "FORMAT", help: "how the answer is printed",
        choices: ResultComparison.Format.allCases.map(\.rawValue)),
      SharedFlags.quiet,
    ],
    example: "understudy compare results/first-shadow results/sensor-drift"
  ) { flags, console in
    guard flags.operands.count == 2 else {
      throw UsageError(
        message: "compare takes two results, not \(flags.operands.count)",
        help: "name two folders, as in results/first-shadow results/sensor-drift")
    }
    let comparison = try ResultComparison(
      flags.operands[0].withoutSlash, flags.operands[1].withoutSlash)
    if !flags.has("quiet") {
      let format = flags.last("format").flatMap(ResultComparison.Format.init(rawValue:)) ?? .table
      try console.answer(comparison.answer(format))
    }
    return comparison.isSame ? .done : .different
  }
}
