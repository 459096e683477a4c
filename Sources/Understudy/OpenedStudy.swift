import Documents
import Foundation
import Models
import Scenarios
import Simulation
import Traffic

/// A scenario with its files opened once: models loaded and bound, the traffic's columns known, defaults that depend on
/// them filled in.
package struct OpenedStudy: Sendable {
  package let scenario: Scenario
  package let directory: String
  package let models: [any Model]
  package let columns: [ModelColumns]
  package let labellers: [any Labeller]
  package let schema: TrafficSchema
  package let task: StudyFindings.Task
  package let fingerprints: [Provenance.FileFingerprint]

  package init(_ scenario: Scenario, directory: String) throws(StudyError) {
    var problems: [Diagnostic] = []
    self.directory = directory
    let plain = try Self.schema(of: scenario, directory: directory)
    let labellers = try Self.labellers(scenario, schema: plain, directory: directory)
    self.labellers = labellers
    schema = try Self.opening { () throws(TrafficError) in
      try Self.source(scenario, directory: directory, labellers: labellers, seed: scenario.seed)
    }.schema
    var models: [any Model] = []
    var columns: [ModelColumns] = []
    for arm in scenario.arms {
      do {
        let model = try ModelReader.model(for: arm.model, baseDirectory: directory, schema: schema)
        columns.append(try ModelReader.bind(model, to: schema, named: arm.name))
        models.append(model)
      } catch {
        problems.append(contentsOf: error.diagnostics.list)
      }
    }
    guard problems.isEmpty else { throw StudyError(.badData, Diagnostics(problems)) }
    self.models = models
    self.columns = columns
    task = try Self.task(schema, arms: scenario.arms, models: models)
    self.scenario = Self.filled(scenario, task: task)
    fingerprints = try Self.fingerprints(scenario, directory: directory)
  }

  /// A new pass over the traffic, from its start.
  package func source(seed: UInt64) throws(StudyError) -> any TrafficSource {
    try Self.opening { () throws(TrafficError) in
      try Self.source(scenario, directory: directory, labellers: labellers, seed: seed)
    }
  }
}
