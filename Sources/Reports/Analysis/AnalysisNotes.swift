import Simulation
import Statistics

/// How the numbers of a table were made, and what lessens the trust in them; a sentence each.
struct AnalysisNotes {
  /// Method, level, adjustment, baseline.
  private(set) var making: [String] = []
  /// Health that is well.
  private(set) var health: [String] = []
  /// What changes how far to trust the numbers, most important first.
  private(set) var warnings: [String] = []
  private let style: NumberStyle

  init(_ findings: AnalysisFindings, style: NumberStyle) {
    self.style = style
    making = Self.methods(findings, style)
    if let adjustment = findings.adjustment {
      let count = findings.comparisons.count
      making.append(
        "p and verdicts hold over \(count == 2 ? "both" : "all \(count)") comparisons together "
          + "(\(adjustment)'s adjustment); intervals each for itself.")
    }
    if let reason = findings.baselineReason {
      making.append(
        "\(NameText.plain(findings.baseline)) is the baseline (\(reason)); "
          + "--baseline names another.")
    }
    describe(findings)
  }

  private static func methods(_ findings: AnalysisFindings, _ style: NumberStyle) -> [String] {
    var groups: [(finding: AnalysisFinding, metrics: [String])] = []
    for finding in findings.comparisons {
      let known = groups.firstIndex {
        $0.finding.method == finding.method && $0.finding.reason == finding.reason
      }
      if let known {
        if !groups[known].metrics.contains(finding.metric) {
          groups[known].metrics.append(finding.metric)
        }
      } else {
        groups.append((finding, [finding.metric]))
      }
    }
    let level = "\(Digits.trimmed(findings.level * 100, decimals: 6))\u{00A0}%"
    return groups.map { group in
      let subject =
        groups.count == 1
        ? "Method" : group.metrics.map { NameText.plain($0) }.joined(separator: ", ")
      let asked = group.finding.reason ?? "as was asked for"
      let kind = group.finding.belief == nil ? "intervals" : "credible intervals"
      let intervals = group.finding.interval == nil ? "no interval" : "\(kind) at \(level)"
      let lender = group.finding.intervalMethod.map { " by \($0)" } ?? ""
      let anytime =
        group.finding.method.guarantee == .anytime ? ", which hold at every look at the data" : ""
      return
        "\(subject): \(group.finding.method.title) (\(asked)); \(intervals)\(lender)\(anytime)."
    }
  }

  private mutating func describe(_ findings: AnalysisFindings) {
    let health = findings.health
    self.health += AnalysisDetails(findings, style: style).lines
    for policy in health.policies { describe(policy) }
    if let ratio = health.sampleRatio { describe(ratio, findings) }
    if health.crossedUnits > 0 {
      warnings.append(
        "\(style.count(health.crossedUnits)) \(health.crossedUnits == 1 ? "unit" : "units") (by "
          + "\(findings.unitColumn ?? "row")) had rows in two arms and "
          + "\(health.crossedUnits == 1 ? "was" : "were") left out.")
    }
    for missing in health.missing { describe(missing) }
    if health.rowsLeftOut > 0 {
      let lacks = findings.layout == .arms ? "name no arm" : "have no label"
      warnings.append(
        "\(style.count(health.rowsLeftOut)) of \(style.count(findings.rowCount)) rows \(lacks) and "
          + "are left out.")
    }
    for overlap in health.overlap { describe(overlap) }
    describeSize(findings)
    var said: [String] = []
    for caution in findings.comparisons.flatMap(\.cautions) where !said.contains(caution) {
      said.append(caution)
      let start = caution.hasPrefix("p ") ? "p" : caution.prefix(1).uppercased()
      warnings.append(start + caution.dropFirst() + ".")
    }
    describeUnbounded(findings.comparisons)
    if findings.comparisons.contains(where: \.isAdjustedByRows) {
      self.health.append("The arms' values are as they stand; the difference is adjusted.")
    }
    if findings.timeColumn == nil,
      findings.comparisons.contains(where: { $0.method.guarantee == .anytime })
    {
      self.health.append("Looks follow the order of the table; --time names another.")
    }
    if health.wasSorted {
      self.health.append("Rows were put in order of \(findings.timeColumn ?? "time").")
    }
    if !health.columnsOfWords.isEmpty {
      self.health.append(
        "true and false are read as 1 and 0 in \(health.columnsOfWords.joined(separator: ", ")).")
    }
  }

  /// A ratio over 0.
  private mutating func describeUnbounded(_ comparisons: [AnalysisFinding]) {
    for finding in comparisons where finding.estimate == .infinity {
      health.append(
        "The \(finding.estimand.words) of \(NameText.plain(finding.metric)) has no bound: what it is "
          + "divided by is 0. Its test and interval hold.")
    }
  }

  private mutating func describe(
    _ ratio: AnalysisHealth.SampleRatio, _ findings: AnalysisFindings
  ) {
    let unit = findings.unitColumn.map { "(by \($0))" } ?? "rows"
    let arms = zip(ratio.arms, ratio.observed).prefix(6).map {
      "\(NameText.plain($0, limit: 18)) \(style.count($1))"
    }
    let more = ratio.arms.count > 6 ? " and \(ratio.arms.count - 6) more" : ""
    let counts = "\(arms.joined(separator: ", "))\(more) \(unit)"
    guard ratio.p.value < 0.001 else {
      let plan = ratio.isPlanned ? "planned" : "equal"
      let hint = ratio.isPlanned ? "" : "; --ratio plans others"
      health.append(
        "Sample ratio: \(counts), as \(plan) shares give (\(PText.equation(ratio.p))\(hint)).")
      return
    }
    warnings.append(
      ratio.isPlanned
        ? "The arms did not get what was planned (sample-ratio mismatch, \(counts), "
          + "\(PText.equation(ratio.p))), so no comparison can be trusted."
        : "The arms are not of equal size (\(counts), \(PText.equation(ratio.p))). If that was not "
          + "planned, no comparison can be trusted; if it was, say --ratio.")
  }

  private mutating func describe(_ missing: AnalysisHealth.Missing) {
    let arms = missing.arms.indices.prefix(6).map { arm in
      let share = Double(missing.missing[arm]) / Double(max(1, missing.rows[arm]))
      return "\(NameText.plain(missing.arms[arm], limit: 18)) "
        + "\(style.count(missing.missing[arm])) (\(style.percent(share)))"
    }
    let metric = NameText.plain(missing.metric)
    let counts = "\(metric) is missing in rows of \(arms.joined(separator: ", "))"
    if missing.isCounted {
      health.append("\(counts), which the method counts with.")
    } else if let p = missing.p, p.value < 0.001 {
      warnings.append(
        "\(counts), which is not alike (\(PText.equation(p))): "
          + "what is missing may be what differs.")
    } else {
      health.append("\(counts), which are left out.")
    }
  }

  private mutating func describe(_ overlap: AnalysisHealth.PolicyOverlap) {
    let name = NameText.plain(overlap.policy, limit: 18)
    let text =
      "\(style.count(overlap.rounds)) logged rounds say as much of \(name) as about "
      + "\(style.about(overlap.effectiveSampleSize)) of its own (largest weight "
      + "\(style.about(overlap.largestWeight)); \(style.percent(overlap.unusedShare)) of the decisions it "
      + "would never take)"
    if overlap.effectiveSampleSize < 0.1 * Double(overlap.rounds) {
      warnings.append(text + ": the policies hardly overlap.")
    } else {
      health.append(text + ".")
    }
    if let p = overlap.meanWeightP, p.value < 0.001 {
      warnings.append(
        "The weights of \(name) average \(style.number(overlap.meanWeight, decimals: 2)), not 1 "
          + "(\(PText.equation(p))): a propensity is wrong, or \(name) takes decisions that were never "
          + "logged.")
    }
  }

  private mutating func describe(_ overlap: AnalysisHealth.Overlap) {
    let share = overlap.effectiveSampleSize / Double(max(1, overlap.count))
    let text =
      "Weights leave \(NameText.plain(overlap.arm)) the information of about "
      + "\(style.about(overlap.effectiveSampleSize)) of \(style.count(overlap.count)) rows"
    if share < 0.1 {
      warnings.append(text + ": the arms hardly overlap.")
    } else {
      health.append(text + ".")
    }
  }

  private mutating func describeSize(_ findings: AnalysisFindings) {
    if let first = findings.comparisons.first(where: { $0.effectiveSampleSize != nil }),
      let size = first.effectiveSampleSize
    {
      let rows =
        findings.layout == .pairs ? first.armCount : first.baselineCount + first.armCount
      let text =
        "\(style.count(rows)) rows carry the information of about \(style.about(size))"
      if size < 0.5 * Double(rows) {
        warnings.append("Outcomes depend on each other: \(text).")
      } else if size < 0.95 * Double(rows) {
        health.append(text + ".")
      }
      return
    }
    if let dependence = findings.health.dependence {
      health.append(
        dependence.isClear
          ? "Rows that are near in time are alike: \(style.count(dependence.count)) carry the "
            + "information of about \(style.about(dependence.effectiveSampleSize))."
          : "Rows that are near in time are not found to be alike.")
    }
  }
}

extension AnalysisFinding {
  /// The difference is not that of the two values beside it.
  fileprivate var isAdjustedByRows: Bool {
    guard let baselineValue, let armValue, let estimate, estimand == .meanDifference else {
      return false
    }
    let plain = armValue - baselineValue
    return abs(plain - estimate) > 1e-6 * max(abs(baselineValue), abs(armValue), abs(estimate))
  }
}
