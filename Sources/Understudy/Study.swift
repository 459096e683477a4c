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
  /// What a caller may change about a run. Nothing here but the seed, the replications and the settings can change an answer.
  public struct Options: Sendable {
    /// Takes this seed instead of the scenario's.
    public var seed: UInt64?
    public var replications: Int?
    public var threads: Int
    /// Requests a block.
    public var blockSize: Int
    /// "path=value" changes of the scenario, in order.
    public var settings: [String]

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

  /// Reads and checks the scenario, opens its files and loads its models; runs nothing.
  public init(scenario path: String, options: Options = Options()) throws(StudyError) {
    self.path = path
    self.options = options
    let document = try ScenarioFile.read(path, settings: options.settings)
    var scenario = document.scenario
    if let seed = options.seed { scenario.seed = seed }
    if let replications = options.replications { scenario.replications = replications }
    opened = try OpenedStudy(
      scenario, directory: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    self.scenario = opened.scenario
  }

  /// The scenario's name: its file name without the ending.
  public var name: String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  public var title: String { scenario.title }

  /// The scenario with every default filled in; running it gives the same fingerprint.
  public var resolvedScenario: String { scenario.resolvedText }

  /// What would be run: arms, models, metrics, comparisons, memory; several lines.
  public var planText: String { opened.planText }

  /// Runs the study.
  ///
  /// - Parameters:
  ///   - progress: told now and then how many requests were served so far.
  ///   - isCancelled: asked now and then; true ends the run with an error of kind `.interrupted`.
  public func run(
    progress: (Int) -> Void = { _ in }, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(StudyError) -> StudyResult {
    let run = StudyRun(
      opened, options: options, fingerprint: SHA256.hex(of: resolvedScenario),
      isCancelled: isCancelled)
    let findings = try run.findings(progress: progress)
    var arguments = Provenance.RunArguments(scenario: "\(name).json5")
    arguments.settings = options.settings
    arguments.seed = options.seed
    arguments.replications = options.replications
    let provenance = Provenance(
      program: "understudy", version: Understudy.version, command: command, seed: scenario.seed,
      files: opened.fingerprints, resolvedScenario: resolvedScenario, run: arguments)
    return StudyResult(findings: findings, provenance: provenance)
  }

  /// The command that makes the result again from the project's folder; options that cannot change it are left out.
  private var command: String {
    var words = ["understudy run scenarios/\(name).json5"]
    for setting in options.settings { words.append("--set '\(setting)'") }
    if let seed = options.seed { words.append("--seed \(seed)") }
    if let replications = options.replications { words.append("--replications \(replications)") }
    return words.joined(separator: " ")
  }
}

/// What a run gives back: its files, its answer in words, its gates.
public struct StudyResult: Sendable {
  package let findings: StudyFindings
  package let provenance: Provenance

  public enum Format: String, Sendable, CaseIterable { case table, json, markdown, csv, junit }

  /// `summary.json`, `manifest.json`, `report.html`, `scenario.resolved.json5`.
  public var files: [ResultFile] {
    [
      ResultFile(name: "summary.json", text: Report.summary(findings)),
      ResultFile(name: "manifest.json", text: Report.manifest(findings, provenance)),
      ResultFile(name: "report.html", text: Report.html(findings, provenance)),
      ResultFile(name: "scenario.resolved.json5", text: provenance.resolvedScenario),
    ]
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

  /// Whether every gate of the scenario said yes.
  public var passesGates: Bool { findings.gates.allSatisfy(\.passed) }
}
