import Documents
import Foundation
import Models
import Scenarios
import Simulation
import Traffic

/// What is wrong between a scenario and the files that it names: found before anything runs, all of
/// it at once.
struct OpeningCheck {
  let scenario: Scenario
  let directory: String
  let places: ScenarioPlaces
  let spool: SpooledInput?

  /// The columns of the traffic, before shifts and labels that follow models.
  func schema() throws(StudyError) -> TrafficSchema {
    var failures = missingFiles
    if let unreadable = unreadableTraffic {
      failures.insert(unreadable, at: 0)
    } else {
      do {
        let schema = try checkedSchema()
        if failures.isEmpty { return schema }
      } catch {
        failures.append(error)
      }
    }
    // Something is wrong already: models that are there may be wrong, too.
    throw StudyError(failures + brokenModels) ?? failures[0]
  }

  // MARK: Files

  private var missingFiles: [StudyError] {
    modelFiles.compactMap { NamedFile(path: $0.path, directory: directory).missing(at: $0.place) }
  }

  /// A recording is opened more than once.
  private var unreadableTraffic: StudyError? {
    guard case .replay(let plan) = scenario.traffic, plan.path != "-" else { return nil }
    let file = NamedFile(path: plan.path, directory: directory)
    guard file.isPipe else { return file.missing(at: places.recording) }
    return StudyError(
      .badData,
      Diagnostic(
        at: places.recording ?? Place(file: plan.path),
        "\(plan.path) is a pipe, and a recording is read more than once",
        help: "give it to standard input, and name the recording \"-\""))
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
      try checkTokens(of: plan)
      return plan.schema
    }
    let feed = try StudyError.fromTraffic { () throws(TrafficError) in
      try TrafficFeed(
        plain, directory: directory, spool: spool, labellers: [], seed: scenario.seed)
    }
    try checkShifts(feed.schema, open: feed.openFeatures)
    try checkTokens(of: feed)
    return feed.schema
  }

  // MARK: Shifts

  /// Each shift's mistakes at its place. A shift may bring categories that later ones name, so all
  /// before it count.
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
