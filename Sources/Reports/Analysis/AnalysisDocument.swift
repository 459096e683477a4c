import Documents
import Simulation
import Statistics

/// The answer for a table as JSON, schema 1 (docs/summary-schema.md).
struct AnalysisDocument {
  let findings: AnalysisFindings

  var value: JSONValue {
    let style = NumberStyle.terminal
    let notes = AnalysisNotes(findings, style: style)
    return .object([
      ("schema", .integer(1)),
      ("table", .object([("name", .string(findings.table)), ("rows", count(findings.rowCount))])),
      ("layout", .string(findings.layout.rawValue)),
      ("armColumn", text(findings.armColumn)),
      ("unitColumn", text(findings.unitColumn)),
      ("timeColumn", text(findings.timeColumn)),
      ("baseline", .string(findings.baseline)),
      ("baselineReason", text(findings.baselineReason)),
      ("arms", .array(findings.arms.map(arm))),
      ("level", .number(findings.level)),
      ("verdict", .string(AnalysisSentence(findings, style: style).text)),
      ("segmentColumn", text(findings.segmentColumn)),
      ("comparisons", .array(findings.comparisons.map(comparison))),
      ("interactions", .array(findings.interactions.map(interaction))),
      ("contests", .array(findings.contests.map(contest))),
      ("adjustment", text(findings.adjustment)),
      ("health", health(findings.health, notes)),
    ])
  }

  private func arm(_ arm: AnalysisFindings.Arm) -> JSONValue {
    .object([
      ("name", .string(arm.name)), ("rows", count(arm.rowCount)),
      ("units", arm.unitCount.map(count) ?? .null),
    ])
  }

  private func comparison(_ finding: AnalysisFinding) -> JSONValue {
    return .object([
      ("metric", .string(finding.metric)),
      ("segment", text(finding.segment)),
      ("baseline", .string(finding.baseline)),
      ("arm", .string(finding.arm)),
      ("question", .string(finding.question.key)),
      ("margin", number(finding.question.margin)),
      ("alternative", .string(finding.alternative.word)),
      ("direction", .string(finding.direction.rawValue)),
      ("estimand", .string(finding.estimand.rawValue)),
      ("baselineValue", number(finding.baselineValue)),
      ("armValue", number(finding.armValue)),
      ("estimate", number(finding.estimate)),
      ("estimateIsInfinite", .bool(finding.estimate == .infinity)),
      ("interval", finding.interval.map(bounds) ?? .null),
      ("identified", finding.identified.map(bounds) ?? .null),
      ("intervalMethod", text(finding.intervalMethod)),
      ("intervalIsComplement", .bool(finding.interval?.isComplement ?? false)),
      ("level", .number(findings.level)),
      ("statistic", number(finding.statistic)),
      ("standardError", number(finding.standardError)),
      ("degreesOfFreedom", number(finding.degreesOfFreedom)),
      ("p", number(finding.p?.value)),
      ("lnP", number(finding.p?.ln)),
      ("adjustedP", number(finding.adjustedP?.value)),
      ("verdict", .string(finding.verdictWord)),
      ("absent", text(finding.absence)),
      ("baselineN", count(finding.baselineCount)),
      ("armN", count(finding.armCount)),
      ("effectiveSampleSize", number(finding.effectiveSampleSize)),
      ("dataFactorToDecide", number(finding.dataFactorToDecide)),
      ("flips", finding.flips.map(flips) ?? .null),
      ("belief", finding.belief.map(belief) ?? .null),
      ("method", method(finding)),
      ("cautions", .array(finding.cautions.map(JSONValue.string))),
    ])
  }

  private func bounds(_ bounds: Bounds) -> JSONValue {
    .array([.number(bounds.lower), .number(bounds.upper)])
  }

  private func flips(_ flips: AnalysisFinding.Flips) -> JSONValue {
    func part(_ part: AnalysisFinding.Flips.Part) -> JSONValue {
      .object([
        ("count", count(part.count)), ("share", .number(part.share)),
        ("interval", bounds(part.interval)),
      ])
    }
    return .object([
      ("harmful", part(flips.harmful)), ("beneficial", part(flips.beneficial)),
      ("neutral", part(flips.neutral)), ("bothRight", count(flips.bothRight)),
      ("bothWrongAlike", count(flips.bothWrongAlike)),
    ])
  }

  private func belief(_ belief: AnalysisFinding.Belief) -> JSONValue {
    .object([
      ("probabilityLarger", .number(belief.probabilityLarger)),
      ("probabilityWithinMargin", number(belief.probabilityWithinMargin)),
      ("prior", .string(belief.prior)),
    ])
  }

  private func interaction(_ interaction: AnalysisFindings.Interaction) -> JSONValue {
    .object([
      ("metric", .string(interaction.metric)), ("arm", .string(interaction.arm)),
      ("segments", count(interaction.segmentCount)), ("q", .number(interaction.q)),
      ("p", .number(interaction.p.value)), ("lnP", .number(interaction.p.ln)),
    ])
  }

  private func contest(_ contest: AnalysisFindings.Contest) -> JSONValue {
    .object([
      ("metric", .string(contest.metric)),
      ("arms", .array(contest.arms.map(JSONValue.string))),
      ("probabilityBest", .array(contest.probabilityBest.map(JSONValue.number))),
      ("expectedLoss", .array(contest.expectedLoss.map(JSONValue.number))),
      ("smallestIsBest", .bool(contest.smallestIsBest)), ("prior", .string(contest.prior)),
    ])
  }

  private func method(_ finding: AnalysisFinding) -> JSONValue {
    .object([
      ("name", .string(finding.method.name)),
      ("title", .string(finding.method.title)),
      ("reason", text(finding.reason)),
      ("guarantee", .string(finding.method.guarantee.word)),
      ("assumptions", .array(finding.method.assumptions.map(JSONValue.string))),
      ("failsWhen", .string(finding.method.failsWhen)),
      ("source", .string(finding.method.source)),
    ])
  }

  private func health(_ health: AnalysisHealth, _ notes: AnalysisNotes) -> JSONValue {
    .object([
      ("warnings", .array(notes.warnings.map(JSONValue.string))),
      ("notes", .array(notes.health.map(JSONValue.string))),
      ("sampleRatio", health.sampleRatio.map(sampleRatio) ?? .null),
      ("missing", .array(health.missing.map(missing))),
      ("rowsLeftOut", count(health.rowsLeftOut)),
      ("crossedUnits", count(health.crossedUnits)),
      ("wasSorted", .bool(health.wasSorted)),
      (
        "dependence",
        health.dependence.map { dependence in
          .object([
            ("metric", .string(dependence.metric)), ("rows", count(dependence.count)),
            ("effectiveSampleSize", .number(dependence.effectiveSampleSize)),
            ("isClear", .bool(dependence.isClear)),
          ])
        } ?? .null
      ),
      ("policies", .array(health.policies.map(policy))),
      (
        "overlap",
        .array(
          health.overlap.map { overlap in
            .object([
              ("arm", .string(overlap.arm)), ("rows", count(overlap.count)),
              ("effectiveSampleSize", .number(overlap.effectiveSampleSize)),
            ])
          })
      ),
    ])
  }

  private func sampleRatio(_ ratio: AnalysisHealth.SampleRatio) -> JSONValue {
    .object([
      ("observed", .array(ratio.observed.map(count))),
      ("planned", .array(ratio.planned.map(JSONValue.number))),
      ("isPlanned", .bool(ratio.isPlanned)), ("p", .number(ratio.p.value)),
      ("lnP", .number(ratio.p.ln)),
    ])
  }

  private func policy(_ policy: AnalysisHealth.PolicyOverlap) -> JSONValue {
    .object([
      ("policy", .string(policy.policy)), ("rounds", count(policy.rounds)),
      ("effectiveSampleSize", .number(policy.effectiveSampleSize)),
      ("largestWeight", .number(policy.largestWeight)), ("meanWeight", .number(policy.meanWeight)),
      ("meanWeightP", number(policy.meanWeightP?.value)),
      ("unusedShare", .number(policy.unusedShare)),
      ("heaviestShare", .number(policy.heaviestShare)),
    ])
  }

  private func missing(_ missing: AnalysisHealth.Missing) -> JSONValue {
    .object([
      ("metric", .string(missing.metric)), ("missing", .array(missing.missing.map(count))),
      ("rows", .array(missing.rows.map(count))), ("p", number(missing.p?.value)),
      ("isCounted", .bool(missing.isCounted)),
    ])
  }

  private func count(_ n: Int) -> JSONValue { .integer(Int64(n)) }
  private func number(_ x: Double?) -> JSONValue { x.map(JSONValue.number) ?? .null }
  private func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}
