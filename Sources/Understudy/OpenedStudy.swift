import Documents
import Foundation
import Models
import Scenarios
import Simulation
import Traffic

/// A scenario with its files opened once: models loaded and bound, the traffic's columns known, defaults that
/// depend on them filled in.
package struct OpenedStudy: Sendable {
  /// With the default metrics and comparisons filled in.
  package let scenario: Scenario
  package let directory: String
  package let models: [BoundModel]
  package let labellers: [any Labeller]
  package let schema: TrafficSchema
  package let task: StudyFindings.Task
  package let fingerprints: [Provenance.FileFingerprint]

  package init(_ scenario: Scenario, directory: String) throws(StudyError) {
    self.directory = directory
    let plainSchema = try Self.schemaBeforeLabels(scenario, directory: directory)
    labellers = try Self.labellers(scenario, schema: plainSchema, directory: directory)
    let labellers = labellers
    schema = try StudyError.fromTraffic { () throws(TrafficError) in
      try TrafficFeed(
        scenario, directory: directory, labellers: labellers, seed: scenario.seed)
    }.schema
    models = try Self.models(scenario, schema: schema, directory: directory)
    task = try Self.task(schema, arms: scenario.arms, models: models)
    self.scenario = scenario.filled(for: task)
    fingerprints = try Fingerprints(scenario: scenario, directory: directory).files()
  }

  /// The same files for a scenario that asks other questions of them.
  init(_ opened: OpenedStudy, replacing scenario: Scenario) {
    self.scenario = scenario
    directory = opened.directory
    models = opened.models
    labellers = opened.labellers
    schema = opened.schema
    task = opened.task
    fingerprints = opened.fingerprints
  }

  /// The columns alone, which labellers are bound to before any label exists.
  private static func schemaBeforeLabels(
    _ scenario: Scenario, directory: String
  ) throws(StudyError) -> TrafficSchema {
    switch scenario.traffic {
    case .synthetic(let plan): return plan.schema
    case .replay:
      var plain = scenario
      plain.shifts = []
      return try StudyError.fromTraffic { () throws(TrafficError) in
        try TrafficFeed(plain, directory: directory, labellers: [], seed: scenario.seed)
      }.schema
    }
  }

  private static func labellers(
    _ scenario: Scenario, schema: TrafficSchema, directory: String
  ) throws(StudyError) -> [any Labeller] {
    var labellers: [any Labeller] = []
    for (index, reference) in scenario.labellers.enumerated() {
      let bound = try StudyError.fromModel { () throws(ModelError) in
        try ModelReader.boundModel(
          for: reference, baseDirectory: directory, schema: schema, named: reference.name)
      }
      labellers.append(
        ModelLabeller(
          model: bound.model, columns: bound.columns, streamName: "\(index)/\(reference.name)"))
    }
    return labellers
  }

  /// Every arm's model; what is wrong with any of them is told at once.
  private static func models(
    _ scenario: Scenario, schema: TrafficSchema, directory: String
  ) throws(StudyError) -> [BoundModel] {
    var models: [BoundModel] = []
    var failures: [StudyError] = []
    for arm in scenario.arms {
      do {
        models.append(
          try StudyError.fromModel { () throws(ModelError) in
            try ModelReader.boundModel(
              for: arm.model, baseDirectory: directory, schema: schema, named: arm.name)
          })
      } catch {
        failures.append(error)
      }
    }
    guard let first = failures.first else { return models }
    throw StudyError(first.kind, Diagnostics(failures.flatMap(\.diagnostics.list)))
  }

  private static func task(
    _ schema: TrafficSchema, arms: [ArmPlan], models: [BoundModel]
  ) throws(StudyError) -> StudyFindings.Task {
    let task: StudyFindings.Task
    switch schema.label {
    case .none: task = .unlabelled
    case .real: task = .regression
    case .classes(let names):
      task = names.count == 2 ? .binary(names: names) : .classes(names: names)
    }
    var mistakes: [Diagnostic] = []
    for (arm, model) in zip(arms, models) {
      guard let mistake = mismatch(task, model.model.output, arm: arm.name) else { continue }
      mistakes.append(mistake)
    }
    guard mistakes.isEmpty else { throw StudyError(.badData, Diagnostics(mistakes)) }
    return task
  }

  private static func mismatch(
    _ task: StudyFindings.Task, _ output: ModelOutput, arm: String
  ) -> Diagnostic? {
    switch (task, output) {
    case (.unlabelled, _), (.binary, .probability), (.regression, .value): nil
    case (.classes(let names), .classProbabilities(let count)) where count == names.count: nil
    case (.binary, _):
      Diagnostic(
        "the label has two classes, but \(arm) answers with \(output.words), not a probability")
    case (.classes(let names), _):
      Diagnostic(
        "the label has \(names.count) classes, but \(arm) answers with \(output.words)",
        help: "use a model with one probability a class, in the order of the label's classes")
    case (.regression, _):
      Diagnostic(
        "the label is a real number, but \(arm) answers with \(output.words)",
        help: "name the label's classes in the traffic if it has some")
    }
  }
}

extension ModelReference {
  /// How people call it.
  var name: String {
    switch self {
    case .file(let path): path
    case .column(let name, _): name
    case .synthetic(let plan): plan.salt
    }
  }
}

extension ModelOutput {
  fileprivate var words: String {
    switch self {
    case .probability: "a probability"
    case .classProbabilities(let count): "\(count) class probabilities"
    case .value: "a number"
    }
  }
}

extension StudyError {
  static func fromTraffic<Answer>(
    _ body: () throws(TrafficError) -> Answer
  ) throws(StudyError) -> Answer {
    do { return try body() } catch { throw StudyError(error) }
  }

  static func fromModel<Answer>(
    _ body: () throws(ModelError) -> Answer
  ) throws(StudyError) -> Answer {
    do {
      return try body()
    } catch {
      if case .fileMissing = error { throw StudyError(.fileMissing, error.diagnostics) }
      throw StudyError(.badData, error.diagnostics)
    }
  }

  init(_ error: TrafficError) {
    switch error {
    case .badData(let diagnostics): self.init(.badData, diagnostics)
    case .fileMissing(let path):
      self.init(.fileMissing, Diagnostic(at: Place(file: path), "there is no such file"))
    case .unreadable(let path, let reason):
      self.init(.inputOutput, Diagnostic(at: Place(file: path), "cannot be read: \(reason)"))
    }
  }
}
