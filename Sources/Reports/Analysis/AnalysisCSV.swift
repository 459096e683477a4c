import Simulation
import Statistics

/// One row per comparison of a table with every number in full.
enum AnalysisCSV {
  static let header = [
    "metric", "baseline", "arm", "question", "margin", "alternative", "estimand", "baseline_value",
    "arm_value", "estimate", "low", "high", "level", "baseline_n", "arm_n", "p", "ln_p",
    "p_adjusted", "method", "verdict", "reason", "segment",
  ]

  static func text(_ findings: AnalysisFindings) -> String {
    let rows = findings.comparisons.map { row($0, level: findings.level) }
    return ([header] + rows).map(CSV.row).joined()
  }

  private static func row(_ finding: AnalysisFinding, level: Double) -> [String] {
    [
      finding.metric, finding.baseline, finding.arm, finding.question.key,
      CSV.number(finding.question.margin), finding.alternative.word, finding.estimand.rawValue,
      CSV.number(finding.baselineValue), CSV.number(finding.armValue),
      CSV.number(finding.estimate), CSV.number(finding.interval?.lower),
      CSV.number(finding.interval?.upper), CSV.number(level), String(finding.baselineCount),
      String(finding.armCount), CSV.number(finding.p?.value), CSV.number(finding.p?.ln),
      CSV.number(finding.adjustedP?.value), finding.method.name, finding.verdictWord,
      finding.absence ?? (finding.estimate == .infinity ? "the estimate is infinite" : ""),
      finding.segment ?? "",
    ]
  }
}

extension Question.Alternative {
  var word: String {
    switch self {
    case .different: "different"
    case .greater: "greater"
    case .less: "less"
    }
  }
}
