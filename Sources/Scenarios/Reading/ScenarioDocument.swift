import Documents

/// A scenario together with the text that it was read from.
package struct ScenarioDocument: Sendable {
  package let scenario: Scenario
  /// The text as a tree, with the settings in it; every node knows its place.
  package let root: JSONNode
  /// What can be run and is hardly meant, in the order of the text.
  package let warnings: Diagnostics

  /// Reads a scenario, with settings from the command line, and tells all of its mistakes at once.
  ///
  /// - Parameters:
  ///   - source: JSON5 under the name that the person knows.
  ///   - settings: `path=value` each, applied in order.
  package init(_ source: SourceText, settings: [String] = []) throws(Diagnostics) {
    var root = try JSONNode.read(source, dialect: .json5)
    var failed = Diagnostics()
    for setting in settings {
      do throws(Diagnostics) {
        root = try ScenarioEdit(setting).applied(to: root)
      } catch { failed.list += error.list }
    }
    var reader = ScenarioReader()
    let scenario = reader.scenario(root)
    let told = Diagnostics(reader.complaints.diagnostics.list + failed.list)
    guard let scenario, told.list.isEmpty else { throw told }
    self.scenario = scenario
    self.root = root
    warnings = reader.complaints.warnings
  }

  /// Where the value of a path such as "arms.candidate.model" or "shifts[0]" stands, for mistakes that
  /// show only when files are opened; nil where nothing stands.
  package func place(of path: String) -> Place? {
    var node: JSONNode? = root
    for step in ScenarioEdit.steps(of: path) ?? [] {
      switch step {
      case .key(let key): node = node?[key]
      case .index(let index):
        node = node?.elements.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      }
    }
    return node?.place
  }
}

extension Scenario {
  /// Reads a scenario; see `ScenarioDocument`, which also remembers places.
  package static func read(
    _ source: SourceText, settings: [String] = []
  ) throws(Diagnostics) -> Scenario {
    try ScenarioDocument(source, settings: settings).scenario
  }
}
