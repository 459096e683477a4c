import Documents

/// Two results side by side: what changed in the scenario and its files, and what changed in the
/// answer.
///
///     let comparison = try ResultComparison("results/first-shadow", "results/more-replicas")
///     print(comparison.answer(.table))
public struct ResultComparison: Sendable {
  let first: StoredResult
  let second: StoredResult
  let scenario: [DocumentDifference]
  let files: [FileDifference]
  let outcomes: [OutcomePair]
  let gates: [GatePair]
  /// What else of the two summaries differs.
  let rest: [DocumentDifference]

  struct FileDifference: Equatable {
    var role: String
    var old: StoredResult.File?
    var new: StoredResult.File?
  }

  /// The answers to one question; nil where a result does not ask it.
  struct OutcomePair: Equatable {
    var old: StoredResult.Comparison?
    var new: StoredResult.Comparison?

    var isSame: Bool { old == new }
  }

  struct GatePair: Equatable {
    var name: String
    var old: Bool?
    var new: Bool?
  }

  /// - Parameters: the folders of two results; the first is the older in every sentence.
  public init(_ first: String, _ second: String) throws(StudyError) {
    var failures: [StudyError] = []
    var results: [StoredResult] = []
    for folder in [first, second] {
      do {
        results.append(try StoredResult(folder: folder))
      } catch {
        failures.append(error)
      }
    }
    if let failure = StudyError(failures) { throw failure }
    self.init(results[0], results[1])
  }

  init(_ first: StoredResult, _ second: StoredResult) {
    self.first = first
    self.second = second
    scenario = DocumentDifference.between(first.scenario, second.scenario)
    files = Self.files(first.files, second.files)
    outcomes = Self.outcomes(first.comparisons, second.comparisons)
    gates = Self.gates(first.gates, second.gates)
    rest = DocumentDifference.between(first.summary, second.summary).filter { difference in
      !["scenario.", "comparisons", "gate", "seed", "verdict"].contains {
        difference.path.hasPrefix($0)
      }
    }
  }

  /// Whether scenario, files, program and answer are the same.
  public var isSame: Bool {
    scenario.isEmpty && files.isEmpty && first.version == second.version
      && first.summary == second.summary
  }

  // MARK: Pairs

  private static func files(
    _ old: [StoredResult.File], _ new: [StoredResult.File]
  ) -> [FileDifference] {
    let kept = old.compactMap { file -> FileDifference? in
      let other = new.first { $0.role == file.role }
      return other?.sha256 == file.sha256
        ? nil : FileDifference(role: file.role, old: file, new: other)
    }
    let added = new.filter { file in !old.contains { $0.role == file.role } }
    return kept + added.map { FileDifference(role: $0.role, old: nil, new: $0) }
  }

  private static func outcomes(
    _ old: [StoredResult.Comparison], _ new: [StoredResult.Comparison]
  ) -> [OutcomePair] {
    let kept = old.map { answer in
      OutcomePair(old: answer, new: new.first { $0.answers(sameAs: answer) })
    }
    let added = new.filter { answer in !old.contains { $0.answers(sameAs: answer) } }
    return kept + added.map { OutcomePair(old: nil, new: $0) }
  }

  private static func gates(
    _ old: [StoredResult.Gate], _ new: [StoredResult.Gate]
  ) -> [GatePair] {
    let kept = old.map { gate in
      GatePair(name: gate.name, old: gate.passed, new: new.first { $0.name == gate.name }?.passed)
    }
    let added = new.filter { gate in !old.contains { $0.name == gate.name } }
    return (kept + added.map { GatePair(name: $0.name, old: nil, new: $0.passed) })
      .filter { $0.old != $0.new }
  }
}
