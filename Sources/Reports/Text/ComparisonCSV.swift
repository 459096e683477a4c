import Simulation

/// One row per comparison with every number in full.
enum ComparisonCSV {
  static let header = [
    "metric", "baseline", "arm", "question", "margin", "baseline_value", "arm_value", "estimate",
    "low", "high", "level", "n", "p", "p_adjusted", "method", "unit_of_analysis", "verdict",
  ]

  static func text(_ findings: StudyFindings) -> String {
    let rows = findings.comparisons.map(row)
    return ([header] + rows).map(CSV.row).joined()
  }

  private static func row(_ comparison: ComparisonFinding) -> [String] {
    let estimate = comparison.main.estimate.estimate
    return [
      comparison.metric.name, comparison.baseline, comparison.arm, comparison.question.key,
      CSV.number(comparison.question.margin), CSV.number(comparison.baselineValue),
      CSV.number(comparison.armValue), CSV.number(estimate?.value),
      CSV.number(estimate?.interval?.low), CSV.number(estimate?.interval?.high),
      CSV.number(estimate?.interval?.level), estimate.map { String($0.n) } ?? "",
      CSV.number(comparison.main.p), CSV.number(comparison.adjustedP), comparison.main.method,
      comparison.unitOfAnalysis, comparison.verdict.word,
    ]
  }
}

/// Comma-separated values (RFC 4180, with LF).
enum CSV {
  static func row(_ cells: [String]) -> String { cells.map(field).joined(separator: ",") + "\n" }

  /// In full: reads back as the same double; empty where there is no number.
  static func number(_ x: Double?) -> String {
    guard let x, x.isFinite else { return "" }
    if x == x.rounded(), x.magnitude < 1e15 { return String(Int64(x)) }
    return "\(x)"
  }

  private static func field(_ text: String) -> String {
    let needsQuotes = text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}

extension ComparisonPlan.Question {
  var key: String {
    switch self {
    case .different: "different"
    case .notWorse: "notWorse"
    case .equivalent: "equivalent"
    }
  }
}
