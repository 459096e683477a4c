import Simulation
import Traffic

/// The verdict in one sentence: an opening word that decides, then what speaks for and against,
/// each with its number and doubt.
struct VerdictSentence {
  /// "Not yet", "Better", "No difference found".
  var opening: String
  /// What follows the colon, without the full stop.
  var body: String
  var tone: Verdict.Tone

  var text: String { opening + ": " + body + "." }

  init(_ findings: StudyFindings, style: NumberStyle) {
    let speaker = Speaker(findings: findings, style: style)
    let candidates = findings.arms.filter { !$0.isProduction }.map(\.name)
    let compared = candidates.filter { arm in findings.comparisons.contains { $0.arm == arm } }
    if compared.isEmpty {
      self = speaker.nothingCompared()
    } else if compared.count == 1 {
      self = speaker.oneCandidate(compared[0])
    } else {
      self = speaker.manyCandidates(compared)
    }
  }

  init(opening: String, body: String, tone: Verdict.Tone) {
    self.opening = opening
    self.body = body
    self.tone = tone
  }
}

/// One thing that is said of a candidate.
private struct Point {
  var metric: Metric
  var tone: Verdict.Tone
  var clause: DifferenceClause
  /// The difference itself is clear of zero, not only within a margin.
  var isClear = false
}

/// Chooses what is said, and in which words.
private struct Speaker {
  let findings: StudyFindings
  let style: NumberStyle

  func nothingCompared() -> VerdictSentence {
    let requests = "\(style.count(findings.requests)) requests were played"
    guard let gate = findings.gates.first(where: { !$0.passed }) ?? findings.gates.first else {
      return VerdictSentence(
        opening: "Nothing was compared", body: requests + ", and no question was asked of them",
        tone: .neutral)
    }
    let point = gatePoint(gate)
    let passed = findings.gates.allSatisfy(\.passed)
    return VerdictSentence(
      opening: passed ? "Yes" : "Not yet", body: join([point], of: gate.rule.arm),
      tone: passed ? .good : .bad)
  }

  func oneCandidate(_ arm: String) -> VerdictSentence {
    let points = points(of: arm)
    let gates = findings.gates.filter { $0.rule.arm == arm }
    let chosen = selection(points, gates: gates)
    let opening = opening(points, gates: findings.gates)
    let isNeutral = opening.word == "No difference found"
    var body = isNeutral ? plainDifferences(of: arm) : join(chosen, of: arm)
    if opening.tone == .open || opening.tone == .neutral, let more = moreData(arm) {
      body += "; to decide, it would take \(more)"
    }
    return VerdictSentence(opening: opening.word, body: body, tone: opening.tone)
  }

  func manyCandidates(_ arms: [String]) -> VerdictSentence {
    let openings = arms.map { arm in
      opening(points(of: arm), gates: findings.gates.filter { $0.rule.arm == arm })
    }
    let clauses = arms.prefix(3).map { arm in join(headPoints(of: arm), of: arm) }
    let rest = arms.count > 3 ? "; and \(arms.count - 3) more" : ""
    let body = clauses.joined(separator: "; ") + rest
    let gated = Set(findings.gates.map(\.rule.arm))
    let good = zip(arms, openings).filter { arm, opening in
      opening.tone == .good && (findings.gates.isEmpty || gated.contains(arm))
    }.map(\.0)
    if good.isEmpty {
      let bad = openings.contains { $0.tone == .bad }
      let word =
        findings.gates.isEmpty ? (bad ? "None is better" : "No difference found") : "Not yet"
      return VerdictSentence(opening: word, body: body, tone: bad ? .bad : .neutral)
    }
    let names = list(good.map { NameText.subject($0) })
    let word =
      findings.gates.isEmpty
      ? (good.count == arms.count
        ? "All look good" : "Only \(names) \(good.count == 1 ? "looks" : "look") good")
      : (good.count == arms.count ? "Yes for all" : "Yes for \(names)")
    return VerdictSentence(opening: word, body: body, tone: .good)
  }

  // MARK: What there is to say

  private func points(of arm: String) -> [Point] {
    let gates = findings.gates.filter { $0.rule.arm == arm }
    var points: [Point] = []
    for comparison in findings.comparisons where comparison.arm == arm {
      let gate = gates.first { $0.rule.metric == comparison.metric }
      points.append(point(comparison, gate: gate))
    }
    let compared = Set(points.map(\.metric))
    return points + gates.filter { !compared.contains($0.rule.metric) }.map(gatePoint)
  }

  private func point(_ comparison: ComparisonFinding, gate: GateFinding?) -> Point {
    var tone = comparison.verdict.tone
    if let gate { tone = gate.passed ? .good : (tone == .bad ? .bad : .open) }
    let scale = MetricScale(comparison, currency: findings.options.currency)
    guard let estimate = comparison.main.estimate.estimate, estimate.value.isFinite else {
      return Point(metric: comparison.metric, tone: tone, clause: absent(comparison))
    }
    let text = EstimateText(estimate, factor: scale.factor)
    let margin = comparison.question.margin ?? gate?.rule.requirement.margin
    let known = text.intervalExcludesZero
    var clause: DifferenceClause
    if known {
      clause = DifferenceClause(comparison.metric, text, scale: scale, style: style)
    } else if comparison.verdict == .equivalent {
      clause = DifferenceClause(
        possession: "\(comparison.metric.title) is about the same "
          + "(\(text.full(style, unit: scale.differenceUnit, signed: true)))")
    } else {
      let amount = text.full(style, unit: scale.differenceUnit, signed: true)
      clause = DifferenceClause(
        sentence: "no difference in \(comparison.metric.title) was found (\(amount))")
    }
    if let margin, margin > 0 {
      clause.text += tail(comparison, estimate, margin: margin, scale: scale, known: known)
    }
    return Point(metric: comparison.metric, tone: tone, clause: clause, isClear: known)
  }

  private func absent(_ comparison: ComparisonFinding) -> DifferenceClause {
    var reason = "it does not exist"
    if case .absent(let absence) = comparison.main.estimate { reason = absence.reason(style) }
    return DifferenceClause(sentence: "\(comparison.metric.title) cannot be compared (\(reason))")
  }

  /// How the difference stands to the margin that the person set.
  private func tail(
    _ comparison: ComparisonFinding, _ estimate: Estimate, margin: Double, scale: MetricScale,
    known: Bool
  ) -> String {
    let allowed = scale.margin(margin, style)
    let low = estimate.interval?.low ?? estimate.value
    let high = estimate.interval?.high ?? estimate.value
    if case .equivalent = comparison.question {
      if low > -margin, high < margin { return ", within the ±\(allowed) that you call equal" }
      if low > margin || high < -margin { return ", more than the ±\(allowed) that you call equal" }
      return ", not surely within the ±\(allowed) that you call equal"
    }
    let worse = comparison.metric.direction == .higherIsBetter ? (-high, -low) : (low, high)
    if worse.1 <= 0 { return "" }
    if worse.0 > margin { return ", over the \(allowed) that you allow" }
    if worse.1 < margin {
      return known
        ? ", within the \(allowed) that you allow" : ", so a loss of \(allowed) is ruled out"
    }
    return known
      ? ", which may be over the \(allowed) that you allow"
      : ", but a loss of \(allowed) is not ruled out"
  }

  private func gatePoint(_ gate: GateFinding) -> Point {
    let metric = gate.rule.metric
    let tone: Verdict.Tone = gate.passed ? .good : .bad
    guard let bound = gate.rule.requirement.bound,
      let estimate = findings.arms.first(where: { $0.name == gate.rule.arm })?.metrics
        .first(where: { $0.metric == metric })?.finding.estimate
    else {
      return Point(
        metric: metric, tone: tone,
        clause: DifferenceClause(sentence: GateText(gate, findings, style: style).text))
    }
    let scale = MetricScale(
      metric, largest: estimate.value.magnitude, currency: findings.options.currency)
    let text = EstimateText(estimate, factor: scale.factor)
    let value = text.full(style, unit: scale.unit)
    let limit = style.unit(Digits.trimmed(bound.value * scale.factor, decimals: 6), scale.unit)
    let beyond = bound.isUpper ? estimate.value > bound.value : estimate.value < bound.value
    let relation: String
    if gate.passed {
      relation =
        bound.isUpper ? "within the \(limit) that you allow" : "above the \(limit) that you ask for"
    } else if beyond {
      relation =
        bound.isUpper ? "over the \(limit) that you allow" : "below the \(limit) that you ask for"
    } else {
      relation = "not clear of the \(limit) that you \(bound.isUpper ? "allow" : "ask for")"
    }
    return Point(
      metric: metric, tone: tone,
      clause: DifferenceClause(possession: "\(metric.title) is \(value), \(relation)"))
  }

  // MARK: What is said

  /// At most three, at most two of a kind, and nothing twice in other words. Where there is a gate,
  /// what it asks about is said before the rest.
  private func selection(_ points: [Point], gates: [GateFinding]) -> [Point] {
    let asked = Set(gates.map(\.rule.metric))
    let ordered =
      points.filter { asked.contains($0.metric) } + points.filter { !asked.contains($0.metric) }
    func take(_ tones: [Verdict.Tone], from points: [Point], limit: Int) -> [Point] {
      points.reduce(into: []) { taken, point in
        guard tones.contains(point.tone), taken.count < limit else { return }
        if !taken.contains(where: { saysTheSame($0, point) }) { taken.append(point) }
      }
    }
    let failing = ordered.filter { asked.contains($0.metric) && $0.tone != .good }
    // Where a gate is only open, what is clearly worse is said beside it.
    let isOpen = !failing.isEmpty && !failing.contains { $0.tone == .bad }
    let against =
      failing.isEmpty ? ordered : failing + (isOpen ? ordered.filter { $0.tone == .bad } : [])
    var bad = take([.bad, .open], from: against.filter { $0.tone == .bad } + against, limit: 2)
    let good = take(
      [.good], from: ordered.filter(\.isClear) + ordered, limit: bad.isEmpty ? 2 : 3 - bad.count)
    if good.isEmpty, bad.isEmpty { return take([.neutral], from: ordered, limit: 2) }
    if good.isEmpty {
      bad = take([.bad, .open], from: against, limit: bad.contains { $0.tone == .bad } ? 3 : 2)
    }
    if good.count + bad.count == 1 { return good + bad + take([.neutral], from: ordered, limit: 1) }
    return good + bad
  }

  private func headPoints(of arm: String) -> [Point] {
    let points = points(of: arm)
    let bad = points.first { $0.tone == .bad }
    guard let first = points.first else { return [] }
    if let bad, !saysTheSame(bad, first), first.tone != .bad { return [first, bad] }
    return [first]
  }

  private func saysTheSame(_ a: Point, _ b: Point) -> Bool {
    let families: [[Metric]] = [[.accuracy, .errorRate], [.logLoss, .brier, .calibrationError]]
    if a.metric.isLatency, b.metric.isLatency { return a.tone == b.tone }
    return families.contains { $0.contains(a.metric) && $0.contains(b.metric) } && a.tone == b.tone
  }

  private func opening(_ points: [Point], gates: [GateFinding]) -> (
    word: String, tone: Verdict.Tone
  ) {
    if !gates.isEmpty {
      return gates.allSatisfy(\.passed) ? ("Yes", .good) : ("Not yet", .bad)
    }
    let good = points.contains { $0.tone == .good }
    let bad = points.contains { $0.tone == .bad }
    if good && bad { return ("Mixed", .bad) }
    if bad { return ("Worse", .bad) }
    if good { return (goodWord, .good) }
    if points.contains(where: { $0.tone == .open }) { return ("Undecided", .open) }
    let different = findings.comparisons.contains { $0.verdict == .different }
    return (different ? "Different" : "No difference found", .neutral)
  }

  private var goodWord: String {
    if findings.comparisons.contains(where: { $0.verdict == .better }) { return "Better" }
    return findings.comparisons.contains { $0.verdict == .notWorse } ? "Not worse" : "Equivalent"
  }

  private func moreData(_ arm: String) -> String? {
    let factors = findings.comparisons.filter { $0.arm == arm }.compactMap(\.dataFactorToDecide)
    guard let factor = factors.min() else { return nil }
    return DataNeed(findings, factor: factor)?.text
  }

  // MARK: How it is joined

  /// "the candidate's accuracy is 80.1 % against 80.0 % (+0.1 points [−0.9, 1.1])".
  private func plainDifferences(of arm: String) -> String {
    let lines = findings.comparisons.filter { $0.arm == arm }.prefix(2).map {
      ComparisonLine($0, findings, style: style)
    }
    return lines.enumerated().map { index, line in
      let name = NameText.subject(arm)
      let owner = index == 0 ? name + (name.hasSuffix("s") ? "' " : "'s ") : "its "
      let interval = line.interval.isEmpty ? "" : " " + line.interval
      return owner
        + "\(line.metric) is \(line.candidate) against \(line.production) (\(line.difference)\(interval))"
    }.joined(separator: ", and ")
  }

  private func join(_ points: [Point], of arm: String) -> String {
    let name = NameText.subject(arm)
    var text = ""
    var isNamed = false
    for (index, point) in points.enumerated() {
      if index > 0 {
        let turns =
          points[index - 1].tone == .good && (point.tone == .bad || point.tone == .open)
        text += turns ? ", but " : ", and "
      }
      switch point.clause.form {
      case .sentence: text += point.clause.text
      case .verb: text += (isNamed ? "it " : name + " ") + point.clause.text
      case .possession:
        text += (isNamed ? "its " : name + (name.hasSuffix("s") ? "' " : "'s ")) + point.clause.text
      }
      if point.clause.form == .sentence, !isNamed, index == 0, arm != "candidate",
        findings.arms.count > 2
      {
        text = "for \(name), " + text
      }
      isNamed = isNamed || point.clause.form != .sentence
    }
    return text
  }

  private func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension GateRule.Requirement {
  var margin: Double? {
    switch self {
    case .notWorse(let margin), .equivalent(let margin): margin
    case .better, .atMost, .atLeast: nil
    }
  }

  var bound: (value: Double, isUpper: Bool)? {
    switch self {
    case .atMost(let value): (value, true)
    case .atLeast(let value): (value, false)
    case .notWorse, .equivalent, .better: nil
    }
  }

  func words(_ scale: MetricScale, _ style: NumberStyle) -> String {
    switch self {
    case .notWorse(let margin): "not worse by \(scale.margin(margin, style))"
    case .better: "better"
    case .equivalent(let margin): "equal within \(scale.margin(margin, style))"
    case .atMost(let value):
      "at most " + style.unit(Digits.trimmed(value * scale.factor, decimals: 6), scale.unit)
    case .atLeast(let value):
      "at least " + style.unit(Digits.trimmed(value * scale.factor, decimals: 6), scale.unit)
    }
  }
}

/// How much more it would take to decide: "about another 9 days at this traffic".
struct DataNeed {
  var text: String

  init?(_ findings: StudyFindings, factor: Double) {
    guard factor.isFinite, factor > 1 else { return nil }
    let more = (factor - 1) * findings.duration.seconds
    if factor > 1000 || more > 9e9 {
      text = "more than a thousand times this traffic: the difference, if any, is tiny"
    } else if more <= 0 {
      return nil
    } else {
      text = "about another \(TimeText.aboutLength(.init(seconds: more))) at this traffic"
    }
  }
}
