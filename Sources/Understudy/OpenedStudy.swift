import Documents
import Models
import Scenarios
import Simulation
import Traffic

/// A scenario with its files opened once: models loaded and bound, the traffic's columns known,
/// defaults that depend on them filled in.
package struct OpenedStudy: Sendable {
  /// With the default metrics and comparisons filled in.
  package let scenario: Scenario
  package let directory: String
  package let models: [BoundModel]
  package let labellers: [any Labeller]
  package let schema: TrafficSchema
  package let task: StudyFindings.Task
  /// What stands for a recording that comes from standard input.
  let spool: SpooledInput?

  /// - Parameters:
  ///   - directory: what paths are relative to.
  ///   - document: the text that the scenario was read from, so that mistakes have places in it.
  ///   - isCancelled: asked while standard input is read.
  package init(
    _ scenario: Scenario, directory: String, document: ScenarioDocument? = nil,
    isCancelled: () -> Bool = { false }
  ) throws(StudyError) {
    self.directory = directory
    let places = ScenarioPlaces(document)
    spool = try scenario.isFedByStandardInput ? SpooledInput(isCancelled: isCancelled) : nil
    let plainSchema = try OpeningCheck(
      scenario: scenario, directory: directory, places: places, spool: spool
    ).schema()
    labellers = try Self.labellers(scenario, schema: plainSchema, directory, places)
    let (labellers, spool) = (labellers, spool)
    schema = try StudyError.fromTraffic { () throws(TrafficError) in
      try TrafficFeed(
        scenario, directory: directory, spool: spool, labellers: labellers, seed: scenario.seed)
    }.schema
    models = try Self.models(scenario, schema: schema, directory, places)
    task = try Self.task(schema, arms: scenario.arms, models: models, places)
    self.scenario = try scenario.filled(for: task).placingSizes(in: schema, places)
  }

  /// The same files for a scenario that asks other questions of them.
  init(_ opened: OpenedStudy, replacing scenario: Scenario) {
    self.scenario = scenario
    directory = opened.directory
    models = opened.models
    labellers = opened.labellers
    schema = opened.schema
    task = opened.task
    spool = opened.spool
  }

  /// The digests of the files, which are read whole for it.
  func fingerprints(
    isCancelled: () -> Bool
  ) throws(StudyError) -> [Provenance.FileFingerprint] {
    try Fingerprints(scenario: scenario, directory: directory, spool: spool)
      .files(isCancelled: isCancelled)
  }

  private static func labellers(
    _ scenario: Scenario, schema: TrafficSchema, _ directory: String, _ places: ScenarioPlaces
  ) throws(StudyError) -> [any Labeller] {
    var labellers: [any Labeller] = []
    var failures: [StudyError] = []
    for (index, reference) in scenario.labellers.enumerated() {
      do throws(StudyError) {
        let bound = try StudyError.fromModel(at: places.labeller(index)) { () throws(ModelError) in
          try ModelReader.boundModel(
            for: reference, baseDirectory: directory, schema: schema, named: reference.name)
        }
        labellers.append(
          ModelLabeller(
            model: bound.model, columns: bound.columns,
            streamName: "\(index + scenario.labellersBefore)"))
      } catch {
        failures.append(error)
      }
    }
    if let failure = StudyError(failures) { throw failure }
    return labellers
  }

  /// Every arm's model; what is wrong with any of them is told at once.
  private static func models(
    _ scenario: Scenario, schema: TrafficSchema, _ directory: String, _ places: ScenarioPlaces
  ) throws(StudyError) -> [BoundModel] {
    var models: [BoundModel] = []
    var failures: [StudyError] = []
    for arm in scenario.arms {
      do {
        models.append(
          try StudyError.fromModel(at: places.model(of: arm.name)) { () throws(ModelError) in
            try ModelReader.boundModel(
              for: arm.model, baseDirectory: directory, schema: schema, named: arm.name)
          })
      } catch {
        failures.append(error)
      }
    }
    if let failure = StudyError(failures) { throw failure }
    return models
  }

  private static func task(
    _ schema: TrafficSchema, arms: [ArmPlan], models: [BoundModel], _ places: ScenarioPlaces
  ) throws(StudyError) -> StudyFindings.Task {
    let task: StudyFindings.Task
    // Without a model there is nothing that a label could judge.
    let label = arms.contains { $0.model == .noModel } ? TrafficSchema.Label.none : schema.label
    switch label {
    case .none: task = .unlabelled
    case .real: task = .regression
    case .classes(let names):
      task = names.count == 2 ? .binary(names: names) : .classes(names: names)
    }
    var mistakes: [Diagnostic] = []
    for (arm, model) in zip(arms, models) {
      guard var mistake = mismatch(task, model.model.output, arm: arm.name) else { continue }
      mistake.place = places.model(of: arm.name)
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
        "the label has two classes, but \(arm) answers with \(output.words), not a probability",
        help: output == .value
          ? "say labelKind: \"real\" in the traffic if the label is a number" : nil)
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

extension Scenario {
  var isFedByStandardInput: Bool {
    if case .replay(let plan) = traffic { plan.path == "-" } else { false }
  }

  /// Models of labels that a recorded run had before this scenario's.
  fileprivate var labellersBefore: Int {
    if case .replay(let plan) = traffic { plan.labellersBefore } else { 0 }
  }
}

extension ModelReference {
  /// How people call it.
  var name: String {
    switch self {
    case .file(let path): path
    case .column(let name, _): name
    case .synthetic(let plan): plan.salt
    case .noModel: "none"
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
