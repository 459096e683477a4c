import Documents
import Foundation
import Models
import Reports
import Scenarios
import Simulation
import Traffic

/// An experiment from end to end: a scenario that was read and checked, ready to run.
///
///     let study = try Study(scenario: "scenarios/first-shadow.json5")
///     let result = try study.run()
///     try ResultFolder.write(result.files, to: "results/first-shadow")
public struct Study: Sendable {
  /// What a caller may change about a run. Nothing here but the seed, the replications and the
  /// settings can change an answer.
  public struct Options: Sendable {
    /// Takes this seed instead of the scenario's.
    public var seed: UInt64?
    /// Runs so many instead of the scenario's number.
    public var replications: Int?
    /// How many threads work; all cores at first.
    public var threads: Int
    /// Requests a block.
    public var blockSize: Int
    /// "path=value" changes of the scenario, in order.
    public var settings: [String]

    /// Nothing but what the scenario says.
    public init() {
      threads = ProcessInfo.processInfo.activeProcessorCount
      blockSize = 4096
      settings = []
    }
  }

  package let scenario: Scenario
  package let options: Options
  package let opened: OpenedStudy
  /// As it was named by the caller.
  public let path: String
  private let cautions: Diagnostics

  /// Reads and checks the scenario, opens its files and loads its models; runs nothing.
  ///
  /// - Parameters:
  ///   - path: the scenario's file, which other paths in it are relative to; "-" reads standard
  ///     input, and then they are relative to the current folder.
  ///   - options: what this run changes.
  ///   - isCancelled: asked while much is read; true ends it with an error of kind `.interrupted`.
  /// - Throws: all that is wrong with the scenario and the files that it names, with places.
  public init(
    scenario path: String, options: Options = Options(), isCancelled: () -> Bool = { false }
  ) throws(StudyError) {
    self.path = path
    self.options = options
    let document = try ScenarioFile.read(path, settings: options.settings)
    var scenario = document.scenario
    if let seed = options.seed { scenario.seed = seed }
    if let replications = options.replications { scenario.replications = replications }
    if path == "-", scenario.isFedByStandardInput {
      throw StudyError(
        .badData,
        Diagnostic(
          at: document.place(of: "traffic.replay"),
          "standard input is the scenario already, and cannot be the traffic too",
          help: "write one of the two to a file"))
    }
    opened = try OpenedStudy(
      scenario, directory: ScenarioFile.directory(of: path), document: document,
      isCancelled: isCancelled)
    self.scenario = opened.scenario
    cautions = document.warnings
  }

  /// What can be run and is hardly meant, as a person is told it: parts of the scenario that do nothing,
  /// and services that cannot keep up with their traffic; empty where there is nothing to tell.
  public func warnings(colour: Bool = false) -> String {
    let tooMuch = opened.loads.filter(\.isTooMuch).map {
      Diagnostic(.warning, "\($0.place.name) is \($0.words)")
    }
    let all = Diagnostics(cautions.list + tooMuch)
    return all.list.isEmpty ? "" : all.rendered(colour ? .colours : .plain) + "\n"
  }

  /// The scenario's name: its file name without the ending, or "standard-input".
  public var name: String {
    path == "-"
      ? "standard-input" : URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  /// The scenario's title, or "Untitled".
  public var title: String { scenario.title }

  /// The scenario's file name, as a manifest keeps it.
  private var fileName: String {
    path == "-" ? path : URL(fileURLWithPath: path).lastPathComponent
  }

  /// The scenario with every default filled in; running it gives the same fingerprint.
  public var resolvedScenario: String { scenario.resolvedText }

  /// What would be run: arms, models, metrics, comparisons, memory; several lines.
  public var planText: String { opened.planText }

  /// Runs the study.
  ///
  /// - Parameters:
  ///   - folder: where a trace of the run's requests will stand: then the result has two files more,
  ///     `requests.csv` and `replay.json5`, a scenario that plays them and comes to the same numbers.
  ///   - progress: told now and then how many requests were served so far.
  ///   - isCancelled: asked now and then; true ends the run with an error of kind `.interrupted`.
  public func run(
    tracingInto folder: String? = nil, progress: (Int) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(StudyError) -> StudyResult {
    let files = try opened.fingerprints(isCancelled: isCancelled)
    var run = StudyRun(
      opened, options: options, fingerprint: Fingerprints.ofContents(scenario, files: files),
      isCancelled: isCancelled)
    let trace = try folder.map { _ throws(StudyError) in try TraceFile() }
    run.trace = trace
    let findings = try run.findings(progress: progress)
    var arguments = Provenance.RunArguments(scenario: fileName)
    arguments.settings = options.settings
    arguments.seed = options.seed
    arguments.replications = options.replications
    let provenance = Provenance(
      program: "understudy", version: Understudy.version, command: command, seed: scenario.seed,
      files: files, resolvedScenario: resolvedScenario, run: arguments)
    var result = StudyResult(findings: findings, provenance: provenance)
    if let folder, let trace {
      try trace.close()
      result.trace = [
        ResultFile(name: TraceFile.name, kept: trace),
        ResultFile(name: "replay.json5", text: replayText(of: trace, in: folder)),
      ]
    }
    return result
  }

  /// The scenario that plays a trace which stands beside it.
  private func replayText(of trace: TraceFile, in folder: String) -> String {
    let moved = RelativePaths(from: opened.directory, to: folder)
    let replay = scenario.replaying(trace.plan, moving: moved.path)
    return "// Plays the requests of \(TraceFile.name) as a run of this scenario met them.\n"
      + replay.resolvedText
  }

  /// The command that makes the result again from the project's folder; options that cannot change
  /// it are left out.
  private var command: String {
    let file = path == "-" ? "-" : Self.quoted("scenarios/\(fileName)")
    var words = ["understudy run \(file)"]
    for setting in options.settings { words.append("--set '\(Self.escaped(setting))'") }
    if let seed = options.seed { words.append("--seed \(seed)") }
    if let replications = options.replications { words.append("--replications \(replications)") }
    return words.joined(separator: " ")
  }

  /// As a shell reads it back: bare where that is plain.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: Array("/._-+=,:@".utf8).contains(byte)
      }
    }
    return isPlain ? word : "'\(escaped(word))'"
  }

  private static func escaped(_ word: String) -> String { word.replacing("'", with: "'\\''") }
}

/// What a run gives back: its files, its answer in words, its gates.
public struct StudyResult: Sendable {
  package let findings: StudyFindings
  package let provenance: Provenance
  /// The requests and the scenario that plays them, where a trace was asked for.
  var trace: [ResultFile] = []

  init(findings: StudyFindings, provenance: Provenance) {
    self.findings = findings
    self.provenance = provenance
  }

  /// How an answer is written: for a terminal, for programs, for a page of text, for tables, for a
  /// build server.
  public enum Format: String, Sendable, CaseIterable { case table, json, markdown, csv, junit }

  /// `summary.json`, `manifest.json`, `report.html`, `scenario.resolved.json5`, and with a trace
  /// `requests.csv` and `replay.json5`.
  public var files: [ResultFile] {
    [
      ResultFile(name: "summary.json", text: Report.summary(findings)),
      ResultFile(name: "manifest.json", text: Report.manifest(findings, provenance)),
      ResultFile(name: "report.html", text: Report.html(findings, provenance)),
      ResultFile(name: "scenario.resolved.json5", text: provenance.resolvedScenario),
    ] + trace
  }

  /// The answer, for the terminal or another program.
  public func answer(_ format: Format = .table) -> String {
    switch format {
    case .table: Report.table(findings)
    case .json: Report.summary(findings)
    case .markdown: Report.markdown(findings)
    case .csv: Report.csv(findings)
    case .junit: Report.junit(findings)
    }
  }

  /// Whether the scenario asks for a yes or no at all.
  public var hasGates: Bool { !findings.gates.isEmpty }

  /// Whether every gate of the scenario said yes.
  public var passesGates: Bool { findings.gates.allSatisfy(\.passed) }
}
