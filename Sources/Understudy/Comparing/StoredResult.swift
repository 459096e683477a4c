import Documents

/// A result that was written before, as far as two results are compared.
struct StoredResult {
  let folder: String
  let scenario: JSONValue
  let summary: JSONValue
  let version: String
  let files: [File]
  let comparisons: [Comparison]
  let gates: [Gate]

  struct File: Equatable {
    var role: String
    var path: String
    var sha256: String
  }

  /// An answer to a question; its key says which question it answers.
  struct Comparison: Equatable {
    var metric: String
    var arm: String
    var question: String
    var estimate: Double?
    var low: Double?
    var high: Double?
    var verdict: String

    func answers(sameAs other: Self) -> Bool {
      metric == other.metric && arm == other.arm && question == other.question
    }
  }

  struct Gate: Equatable {
    var name: String
    var passed: Bool
  }

  /// - Parameter folder: holds summary.json, manifest.json and scenario.resolved.json5.
  init(folder: String) throws(StudyError) {
    self.folder = folder
    let summary = try StoredDocument.read("\(folder)/summary.json", dialect: .json)
    let manifest = try StoredDocument.read("\(folder)/manifest.json", dialect: .json)
    scenario = JSONValue(
      try StoredDocument.read("\(folder)/scenario.resolved.json5", dialect: .json5))
    self.summary = JSONValue(summary)
    guard let comparisons = summary["comparisons"]?.elements, summary["schema"]?.integer == 1 else {
      throw StudyError(
        .badData,
        Diagnostic(
          at: summary["schema"]?.place ?? summary.place,
          "the file is no summary that this version reads", help: "make the result again"))
    }
    version = manifest["version"]?.string ?? ""
    files = (manifest["files"]?.elements ?? []).map { node in
      File(
        role: node["role"]?.string ?? "", path: node["path"]?.string ?? "",
        sha256: node["sha256"]?.string ?? "")
    }
    self.comparisons = comparisons.map(Self.comparison)
    gates = (summary["gate"]?["rules"]?.elements ?? []).map { node in
      let words = [node["metric"], node["arm"], node["requirement"]].compactMap { $0?.string }
      return Gate(name: words.joined(separator: " "), passed: node["passed"]?.bool ?? false)
    }
  }

  private static func comparison(_ node: JSONNode) -> Comparison {
    let interval = node["interval"]?.elements
    return Comparison(
      metric: node["metric"]?.string ?? "", arm: node["arm"]?.string ?? "",
      question: node["question"]?.string ?? "", estimate: node["estimate"]?.number,
      low: interval?.first?.number, high: interval?.last?.number,
      verdict: node["verdict"]?.string ?? "")
  }
}
