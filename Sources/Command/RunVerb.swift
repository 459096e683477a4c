import Foundation
import Understudy

extension Verb {
  static let run = Verb(
    name: "run", operands: "SCENARIO",
    summary: "runs a scenario: a table here, a folder under results/",
    details: """
      Plays the scenario's traffic through production and the candidates, and says what happened: a table on
      standard output, and summary.json, report.html, manifest.json and the resolved scenario in a folder.
      """,
    flags: [
      FlagSpec(
        name: "out", short: "-o", value: "DIR",
        help: "writes the files into DIR (default: results/ and the scenario's name)"),
      FlagSpec(name: "gate", help: "exits with 1 when a gate of the scenario says no"),
      SharedFlags.format, SharedFlags.set, SharedFlags.seed, SharedFlags.replications,
      SharedFlags.threads, SharedFlags.blockSize, SharedFlags.quiet,
    ],
    example: "understudy run scenarios/first-shadow.json5 --set arms.candidate.service.replicas=2"
  ) { flags, console in
    let study = try Study(scenario: try flags.scenario(), options: try flags.options())
    let folder = flags.last("out") ?? "results/\(study.name)"
    let interruption = Interruption()
    let progress = Progress(console, isShown: console.showsProgress && !flags.has("quiet"))
    let result = try interruption.watching {
      try study.run(progress: { progress.show($0) }, isCancelled: { interruption.isAsked })
    }
    progress.finish()
    try ResultFolder.write(result.files, to: folder)
    if !flags.has("quiet") {
      let format = flags.last("format").flatMap(StudyResult.Format.init(rawValue:)) ?? .table
      console.writeAnswer(result.answer(format))
      if format == .table { console.writeAnswer("\nreport: \(folder)/report.html\n") }
    }
    return flags.has("gate") && !result.passesGates ? .gateFailed : .done
  }

  static let check = Verb(
    name: "check", operands: "SCENARIO",
    summary: "checks a scenario, its files and its models without running it",
    details: """
      Reads the scenario, opens its traffic, loads its models, and tells everything that is wrong at once.
      Without a mistake it prints what would be run and how much memory it would take.
      """,
    flags: [
      FlagSpec(name: "resolved", help: "prints the scenario with every default filled in"),
      SharedFlags.set, SharedFlags.seed, SharedFlags.replications,
    ],
    example: "understudy check scenarios/first-shadow.json5 --resolved"
  ) { flags, console in
    let study = try Study(scenario: try flags.scenario(), options: try flags.options())
    console.writeAnswer(flags.has("resolved") ? study.resolvedScenario : study.planText)
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

/// A line on standard error that is written over.
final class Progress {
  private let console: Console
  private let isShown: Bool
  private var hasShown = false

  init(_ console: Console, isShown: Bool) {
    self.console = console
    self.isShown = isShown
  }

  func show(_ count: Int) {
    guard isShown else { return }
    hasShown = true
    console.writeNote("\r\(count) done")
  }

  func finish() {
    if hasShown { console.writeNote("\r\u{1B}[K") }
  }
}
