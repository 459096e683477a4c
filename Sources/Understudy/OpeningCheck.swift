import Documents
import Foundation
import Models
import Scenarios
import Simulation
import Traffic

/// What is wrong between a scenario and the files that it names: found before anything runs, all of it at once.
struct OpeningCheck {
  let scenario: Scenario
  let directory: String
  let places: ScenarioPlaces
  let spool: SpooledInput?

  /// The columns of the traffic, before shifts and labels that follow models.
  func schema() throws(StudyError) -> TrafficSchema {
    var failures = missingFiles
    let isTrafficMissing = trafficMissing != nil
    var schema: TrafficSchema?
    if !isTrafficMissing {
      do {
        schema = try checkedSchema()
      } catch {
        failures.append(error)
      }
    }
    if let schema, failures.isEmpty { return schema }
    // The traffic is at fault or a file is missing: models that are there may be at fault, too.
    if let failure = StudyError(failures + brokenModels) { throw failure }
    preconditionFailure("traffic without columns and without a mistake")
  }

  // MARK: Files

  private var missingFiles: [StudyError] {
    [trafficMissing].compactMap { $0 }
      + modelFiles.compactMap {
        NamedFile(path: $0.path, directory: directory).missing(at: $0.place)
      }
  }

  private var trafficMissing: StudyError? {
    guard case .replay(let plan) = scenario.traffic, plan.path != "-" else { return nil }
    return NamedFile(path: plan.path, directory: directory).missing(at: places.recording)
  }

  private var brokenModels: [StudyError] {
    modelFiles.compactMap { file in
      do throws(ModelError) {
        _ = try ModelFile.load(path: file.path, baseDirectory: directory)
        return nil
      } catch {
        if case .fileMissing = error { return nil }
        return StudyError(error, at: file.place)
      }
    }
  }

  private var modelFiles: [(path: String, place: Place?)] {
    let arms = scenario.arms.map { ($0.model, places.model(of: $0.name)) }
    let labels = scenario.labellers.enumerated().map { ($1, places.labeller($0)) }
    return (arms + labels).compactMap { reference, place in
      if case .file(let path) = reference { (path, place) } else { nil }
    }
  }

  // MARK: Columns

  private func checkedSchema() throws(StudyError) -> TrafficSchema {
    guard case .replay(let plan) = scenario.traffic else { return try schemaBeforeLabels() }
    let columns = try StudyError.fromTraffic { () throws(TrafficError) in
      try spool.naming { () throws(TrafficError) in
        try RecordingSource.columnNames(of: spool.reading(plan), baseDirectory: directory)
      }
    }
    let mistakes = headerMistakes(plan, columns)
    // Without a place in a text, the recording's own words say more.
    if !mistakes.isEmpty, mistakes.allSatisfy({ $0.place != nil }) {
      throw StudyError(.badData, Diagnostics(mistakes))
    }
    return try schemaBeforeLabels()
  }

  private func schemaBeforeLabels() throws(StudyError) -> TrafficSchema {
    var plain = scenario
    plain.shifts = []
    if case .synthetic(let plan) = scenario.traffic {
      try checkShifts(plan.schema, open: [])
      return plan.schema
    }
    let feed = try StudyError.fromTraffic { () throws(TrafficError) in
      try TrafficFeed(
        plain, directory: directory, spool: spool, labellers: [], seed: scenario.seed)
    }
    try checkShifts(feed.schema, open: feed.openFeatures)
    return feed.schema
  }

  // MARK: Shifts

  /// Each shift's mistakes at its place. A shift may bring categories that later ones name, so all before it count.
  private func checkShifts(_ schema: TrafficSchema, open: [String]) throws(StudyError) {
    var told: [Diagnostic] = []
    for index in scenario.shifts.indices {
      let mistakes = ShiftCheck.mistakes(
        in: Array(scenario.shifts[...index]), of: schema, open: open,
        labellerCount: scenario.labellers.count)
      for mistake in mistakes.dropFirst(told.count) {
        var placed = mistake
        placed.place = places.shift(index)
        told.append(placed)
      }
    }
    if !told.isEmpty { throw StudyError(.badData, Diagnostics(told)) }
  }
}
