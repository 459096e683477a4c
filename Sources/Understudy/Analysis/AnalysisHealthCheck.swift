import Probability
import Simulation
import Statistics
import Traffic

/// What a person should know of a table before they trust its numbers.
struct AnalysisHealthCheck {
  let request: AnalysisRequest
  let design: AnalysisDesign
  let samples: AnalysisSamples

  func add(to findings: inout AnalysisFindings, _ expressions: [MetricExpression]) {
    let dependence = findings.health.dependence
    findings.health = design.health
    findings.health.dependence = dependence
    findings.health.policies = samples.policyOverlaps
    if case .arms = request.layout { findings.health.sampleRatio = sampleRatio(findings.arms) }
    findings.health.missing = expressions.compactMap(missing)
    findings.health.overlap = overlap
    if request.isOfPairs, let label = request.label, expressions.contains(where: \.needsLabel) {
      let rows = Array(0..<samples.table.columns.rowCount)
      findings.health.rowsLeftOut = samples.table.missingCount(label, rows: rows)
    }
  }

  private func sampleRatio(_ arms: [AnalysisFindings.Arm]) -> AnalysisHealth.SampleRatio? {
    let observed = arms.map { $0.unitCount ?? $0.rowCount }
    let planned = arms.map { arm in
      request.plannedShares.isEmpty
        ? 1 / Double(arms.count)
        : request.plannedShares.first { $0.arm == arm.name }?.share ?? 0
    }
    guard planned.contains(where: { $0 > 0 }),
      let test = try? SampleRatio(observed: observed, planned: planned)
    else { return nil }
    return AnalysisHealth.SampleRatio(
      arms: arms.map(\.name), observed: observed, planned: planned,
      isPlanned: !request.plannedShares.isEmpty, p: test.p)
  }

  private func missing(_ expression: MetricExpression) -> AnalysisHealth.Missing? {
    guard !request.isOfPolicies else { return nil }
    let rows = design.rows.map(\.count)
    let missing = design.arms.indices.map { arm in
      request.isOfPairs
        ? samples.table.missingCount(design.arms[arm], rows: design.rows[arm])
        : rows[arm] - samples.kept(expression, arm: arm).count
    }
    guard missing.contains(where: { $0 > 0 }) else { return nil }
    var found = AnalysisHealth.Missing(
      metric: expression.text, arms: design.arms, missing: missing, rows: rows,
      p: request.isOfPairs ? nil : Self.p(missing, rows))
    found.isCounted = samples.readsMissing
    return found
  }

  /// Of "each arm lacks the same share": Pearson's chi-square over the arms.
  private static func p(_ missing: [Int], _ rows: [Int]) -> PValue? {
    let total = Double(rows.reduce(0, +))
    let share = Double(missing.reduce(0, +)) / total
    guard share > 0, share < 1 else { return nil }
    var sum = 0.0
    for (missing, rows) in zip(missing, rows) {
      let expected = Double(rows) * share
      let distance = Double(missing) - expected
      sum += distance * distance / (expected * (1 - share))
    }
    let law = ChiSquare(degreesOfFreedom: Double(rows.count - 1))
    return PValue(value: law.survival(sum), ln: law.logSurvival(sum))
  }

  /// (Σ w)² / Σ w², arm by arm.
  ///
  /// - Source: Kish (1965).
  private var overlap: [AnalysisHealth.Overlap] {
    guard let weights = design.weights else { return [] }
    return design.arms.indices.map { arm in
      let own = design.rows[arm].map { weights[$0] }
      let largest = own.max() ?? 1
      let sum = own.reduce(0) { $0 + $1 / largest }
      let squares = own.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }
      return AnalysisHealth.Overlap(
        arm: design.arms[arm], count: own.count, effectiveSampleSize: sum * sum / squares)
    }
  }
}
