/// How a result was made: what the last section of the report shows, and `manifest.json` holds.
package struct Provenance: Sendable, Equatable {
  package var program: String
  package var version: String
  package var command: String
  package var run: RunArguments
  package var seed: UInt64
  package var files: [FileFingerprint]
  package var resolvedScenario: String

  /// What was asked of the program, for `verify` to ask it again.
  package struct RunArguments: Sendable, Equatable {
    /// The scenario's file name.
    package var scenario: String
    /// "path=value" changes, in order.
    package var settings: [String] = []
    /// Given on the command line instead of the scenario's.
    package var seed: UInt64?
    package var replications: Int?

    package init(scenario: String) { self.scenario = scenario }
  }

  package struct FileFingerprint: Sendable, Equatable {
    /// "traffic", "model of production".
    package var role: String
    /// Relative to the scenario.
    package var path: String
    package var sha256: String

    package init(role: String, path: String, sha256: String) {
      self.role = role
      self.path = path
      self.sha256 = sha256
    }
  }

  package init(
    program: String, version: String, command: String, seed: UInt64, files: [FileFingerprint],
    resolvedScenario: String, run: RunArguments = RunArguments(scenario: "")
  ) {
    self.program = program
    self.version = version
    self.command = command
    self.run = run
    self.seed = seed
    self.files = files
    self.resolvedScenario = resolvedScenario
  }
}
