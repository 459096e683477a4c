import Simulation
import Traffic

/// What a person should know before they trust the verdict: at most three things.
struct Headlines {
  var lines: [String]

  init(_ findings: StudyFindings, style: NumberStyle) {
    let warnings = findings.warnings(style).map { NameText.plain($0, limit: 300) }
    var chosen: [String] = []
    if let mirror = Self.mirror(findings, style: style) { chosen.append(mirror) }
    if let first = warnings.first { chosen.append(first) }
    let serving = ServingText(findings, style: style)
    chosen += [serving.attempts, serving.longestQueue].compactMap { $0 }
    if let segment = Self.opposedSegment(findings, style: style) { chosen.append(segment) }
    if let alarm = Self.firstAlarm(findings) { chosen.append(alarm) }
    if warnings.isEmpty, let information = Self.information(findings, style: style) {
      chosen.insert(information, at: 0)
    }
    let room = max(0, 3 - chosen.count)
    lines = Array((chosen + warnings.dropFirst().prefix(room)).prefix(3))
  }

  /// The largest segment whose difference has the other sign than the whole, with its interval
  /// clear of zero.
  private static func opposedSegment(_ findings: StudyFindings, style: NumberStyle) -> String? {
    guard let first = findings.comparisons.first, let whole = first.main.estimate.estimate else {
      return nil
    }
    let scale = MetricScale(first, currency: findings.options.currency)
    var largest: (segment: SegmentFindings, text: EstimateText)?
    for segment in findings.segments {
      guard let row = segment.arms.first(where: { $0.arm == first.arm }),
        let estimate = row.candidateMinusProduction?.estimate
      else { continue }
      let text = EstimateText(estimate, factor: scale.factor)
      guard text.intervalExcludesZero, (text.value < 0) != (whole.value < 0) else { continue }
      if segment.requests > largest?.segment.requests ?? 0 { largest = (segment, text) }
    }
    guard let largest else { return nil }
    let name =
      NameText.plain(largest.segment.column) + " = " + NameText.plain(largest.segment.value)
    let amount = largest.text.full(style, unit: scale.differenceUnit, signed: true)
    let share = style.percent(
      Double(largest.segment.requests) / Double(max(1, findings.requests)))
    return
      "The other way round where \(name) (\(share) of requests): \(first.metric.title) \(amount)."
  }

  /// What the mirror costs production, where the run has a twin without it.
  private static func mirror(_ findings: StudyFindings, style: NumberStyle) -> String? {
    let worst = findings.mirrorCost.first { $0.verdict == .worse } ?? findings.mirrorCost.first
    guard let worst, let estimate = worst.main.estimate.estimate, estimate.value.isFinite else {
      return nil
    }
    let scale = MetricScale(worst, currency: findings.options.currency)
    let text = EstimateText(estimate, factor: scale.factor)
    guard text.intervalExcludesZero else {
      let amount = text.full(style, unit: scale.differenceUnit, signed: true)
      return "The mirror was not found to change production's \(worst.metric.title): \(amount)."
    }
    let clause = DifferenceClause(worst.metric, text, scale: scale, style: style)
    let subject = clause.form == .possession ? "production's" : "production"
    return "With the mirror, \(subject) \(clause.text)."
  }

  private static func firstAlarm(_ findings: StudyFindings) -> String? {
    let alarms = findings.events.filter { $0.kind == "alarm" }
    guard let first = alarms.first else { return nil }
    let time = TimeText(start: findings.start).moment(first.time)
    let detail = NameText.plain(first.detail, limit: 90)
    let others = alarms.count > 1 ? ", the first of \(alarms.count) alarms" : ""
    return "\(NameText.plain(first.source)) rang on \(time)\(others): \(detail)."
  }

  private static func information(_ findings: StudyFindings, style: NumberStyle) -> String? {
    guard let first = findings.comparisons.first, let size = first.effectiveSampleSize,
      let n = first.main.estimate.estimate?.n, size < 0.5 * Double(n)
    else { return nil }
    return
      "Outcomes depend on each other: \(style.count(n)) requests carry the information of about \(style.about(size))."
  }
}
