import Testing

@testable import Statistics

/// Something that is true of every method's answers, but for those that are named with their reason.
struct Property: Sendable {
  /// By method, or by method and kind of traffic ("wilcoxon/pairs-ties-16-effect"), why it does not hold.
  var exceptions: [String: String] = [:]
  /// What breaks it; nil where it holds.
  var violation: @Sendable (PropertyTrial) -> String?

  /// Holds for all trials of `method`, or is broken by one of those for which it is declared not to hold.
  func expect(_ method: String, _ location: SourceLocation = #_sourceLocation) {
    var needed: Set<String> = []
    for trial in PropertyTrial.all[method] ?? [] {
      let keys = [method, "\(method)/\(trial.cell)"].filter { exceptions[$0] != nil }
      if keys.allSatisfy(needed.contains), !keys.isEmpty { continue }
      guard let found = violation(trial) else { continue }
      if keys.isEmpty {
        Issue.record("\(method) on \(trial.place): \(found)", sourceLocation: location)
        return
      }
      needed.formUnion(keys)
    }
    let declared = exceptions.keys.filter { $0 == method || $0.hasPrefix("\(method)/") }.sorted()
    for key in declared where !needed.contains(key) {
      Issue.record("\(key) is declared an exception, and is none", sourceLocation: location)
    }
  }

  /// The same reason for several methods.
  static func because(_ reasons: [(String, [String])]) -> [String: String] {
    var exceptions: [String: String] = [:]
    for (reason, names) in reasons { for name in names { exceptions[name] = reason } }
    return exceptions
  }
}

/// Methods by what they have in common.
enum Kind {
  static let forms = ["percentile", "basic", "bca", "t"].map { "bootstrap-\($0)" }
  static let armBootstraps =
    forms + forms.map { "ratio-\($0)" } + ["cluster-bootstrap", "poisson-bootstrap"]
  static let pairBootstraps =
    forms.map { "paired-\($0)" } + forms.map { "paired-ratio-\($0)" } + [
      "paired-cluster-bootstrap", "paired-poisson-bootstrap",
    ]
  static let blocks = ["moving-block-bootstrap", "stationary-bootstrap"]
  static let permutations = ["permutation", "permutation-raw"]
  static let series =
    ["series", "cosine", "newey-west", "block-means"].flatMap {
      ["\($0)-difference", "\($0)-paired"]
    }
    + blocks + blocks.map { "paired-\($0)" }
  static let groupedPairs = Catalogue.groupedPairs.map(\.name)
  static let sequential = Catalogue.sequential.map(\.name).filter { $0 != "group-sequential" }
}
