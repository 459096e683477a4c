import Foundation
import Understudy

extension Verb {
  static let run = Verb(
    name: "run", operands: "SCENARIO",
    summary: "runs a scenario: a table here, a folder under results/",
    details: """
      Plays the scenario's traffic through production and the candidates, and says what happened: a table
      on standard output, and summary.json, report.html, manifest.json and the resolved scenario in a
      folder. A scenario named "-" is read from standard input, and so is a recording of that name.
      """,
    flags: [
      FlagSpec(
        name: "out", short: "-o", value: "DIR",
        help: "writes the files into DIR (default: results/ and the scenario's name)",
        isPath: true),
      FlagSpec(
        name: "trace",
        help:
          "writes the requests too, as requests.csv, and replay.json5, a scenario that plays them and "
          + "comes to the same numbers"),
      FlagSpec(name: "gate", help: "exits with 1 when a gate of the scenario says no"),
      SharedFlags.format, SharedFlags.set, SharedFlags.seed, SharedFlags.replications,
      SharedFlags.threads, SharedFlags.blockSize, SharedFlags.quiet,
    ],
    example: "understudy run scenarios/first-shadow.json5 --set arms.candidate.service.replicas=2"
  ) { flags, console in
    guard flags.last("out") != "-" else {
      throw UsageError(
        message: "--out is \"-\", but a result is a folder of files",
        help: "--format json prints the answer, and --out names the folder")
    }
    let study = try Study(
      scenario: try flags.scenario(), options: try flags.options(),
      isCancelled: console.isInterrupted)
    if !flags.has("quiet") { console.writeNote(study.warnings(colour: console.usesColour)) }
    let folder = flags.last("out") ?? "results/\(study.name)"
    let result = try played(
      study, console, tracingInto: flags.has("trace") ? folder : nil, isQuiet: flags.has("quiet"))
    try ResultFolder.write(result.files, to: folder)
    if !flags.has("quiet") {
      let format = flags.last("format").flatMap(StudyResult.Format.init(rawValue:)) ?? .table
      try console.answer(result.answer(format))
      console.writeNote("report: \(folder)/report.html\n")
    }
    if flags.has("gate"), !result.hasGates {
      console.writeNote("understudy: warning: --gate asks for nothing, the scenario has no gate\n")
    }
    return flags.has("gate") && !result.passesGates ? .gateFailed : .done
  }

  private static func played(
    _ study: Study, _ console: Console, tracingInto folder: String?, isQuiet: Bool
  ) throws(StudyError) -> StudyResult {
    let progress = Progress(console, isShown: console.showsProgress && !isQuiet)
    defer { progress.finish() }
    return try study.run(
      tracingInto: folder, progress: { progress.show($0) }, isCancelled: console.isInterrupted)
  }

  static let check = Verb(
    name: "check", operands: "SCENARIO",
    summary: "checks a scenario, its files and its models without running it",
    details: """
      Reads the scenario, opens its traffic, loads its models, and tells everything that is wrong at
      once. Without a mistake it prints what would be run and how much memory it would take.
      """,
    flags: [
      FlagSpec(name: "resolved", help: "prints the scenario with every default filled in"),
      SharedFlags.set, SharedFlags.seed, SharedFlags.replications,
    ],
    example: "understudy check scenarios/first-shadow.json5 --resolved"
  ) { flags, console in
    let study = try Study(
      scenario: try flags.scenario(), options: try flags.options(),
      isCancelled: console.isInterrupted)
    console.writeNote(study.warnings(colour: console.usesColour))
    try console.answer(flags.has("resolved") ? study.resolvedScenario : study.planText)
    return .done
  }
}

extension Flags {
  func scenario() throws(UsageError) -> String {
    guard let path = operands.first, operands.count == 1 else {
      throw UsageError(
        message: operands.isEmpty
          ? "which scenario?" : "one scenario at a time, not \(operands.count)",
        help: "name one file, as in scenarios/first-shadow.json5")
    }
    return path
  }

  func options() throws(UsageError) -> Study.Options {
    var options = Study.Options()
    options.settings = all("set")
    if let text = last("seed") {
      guard let seed = UInt64(text), seed <= UInt64(Int64.max) else {
        throw UsageError(message: "--seed is \"\(text)\", not a whole number from 0 to 2⁶³ − 1")
      }
      options.seed = seed
    }
    if let threads = try number("threads", least: 1) { options.threads = threads }
    if let size = try number("block-size", least: 1) { options.blockSize = size }
    options.replications = try number("replications", least: 1)
    return options
  }
}
