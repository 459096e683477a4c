import Understudy

extension Verb {
  static let verify = Verb(
    name: "verify", operands: "[RESULT…]",
    summary: "runs committed results again and compares every byte",
    details: """
      For each result folder (default: every one under results/), runs what its manifest says and
      compares the files byte by byte. Exits with 2 when one differs. results/calibration takes hours and
      is made again only when it is named.
      """,
    flags: [
      SharedFlags.scenarios,
      SharedFlags.threads, SharedFlags.blockSize, SharedFlags.quiet,
    ],
    example: "understudy verify results/first-shadow"
  ) { flags, console in
    let options = try flags.options()
    let scenarios = flags.last("scenarios") ?? "scenarios"
    let results = try flags.operands.isEmpty ? Verification.results(in: "results") : flags.operands
    var status = ExitCode.done
    for operand in results {
      let folder = operand.withoutSlash
      do {
        let differences =
          CalibrationFolder.isOne(folder)
          ? try CalibrationFolder.differences(
            in: folder, threads: options.threads, isCancelled: console.isInterrupted)
          : try Verification.differences(
            of: folder, scenarios: scenarios, threads: options.threads,
            blockSize: options.blockSize, isCancelled: console.isInterrupted)
        for difference in differences { try console.answer("\(difference)\n") }
        if !differences.isEmpty {
          if status == .done { status = .different }
        } else if !flags.has("quiet") {
          try console.answer("\(folder): same\n")
        }
      } catch let error as StudyError where results.count > 1 && error.kind != .interrupted {
        // The other results are worth knowing, too.
        console.writeNote(error.message(colour: console.usesColour))
        if status == .done || status == .different { status = ExitCode(error) }
      }
    }
    if results.isEmpty { console.writeNote("understudy: warning: there is no result to verify\n") }
    return status
  }
}

extension String {
  /// A folder's name as it is put before "/" and a file's.
  var withoutSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
