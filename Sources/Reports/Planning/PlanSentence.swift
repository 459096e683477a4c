import Simulation

/// A plan's answer in one sentence.
struct PlanSentence {
  private let findings: PlanFindings
  private let number = PlanNumber()

  init(_ findings: PlanFindings) { self.findings = findings }

  var text: String {
    let row = findings.main
    let power = "with a power of \(chance(row))"
    switch (findings.goal, findings.solved) {
    case (.different, .units):
      return "\(upper(effect)) is found \(power) from \(size(row)).\(early)"
    case (.different, _): return "\(upper(subject)) find \(effect) \(power).\(early)"
    case (_, .units): return "\(upper(claim)) is shown \(power) from \(size(row))\(truth).\(early)"
    default: return "\(upper(subject)) show \(power) \(claim)\(truth).\(early)"
    }
  }

  /// "80 %", or "79.4 % [76.8, 81.8]" where it was simulated.
  private func chance(_ row: PlanFindings.Row) -> String {
    number.chance(row.power) + (row.powerInterval.map { " \(number.chances($0))" } ?? "")
  }

  /// What stands between commas is closed by one.
  private var subject: String {
    let size = size(findings.main)
    return findings.isPaired ? size : size + ","
  }

  private func upper(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  private var effect: String {
    switch findings.metric {
    case .riskRatio, .rateRatio: "a change by \(number.percent(findings.main.effect))"
    default: "a difference of \(amount(findings.main.effect))"
    }
  }

  /// "0.2 (2 % of 10)".
  private func amount(_ x: Double) -> String {
    if findings.isRatio { return number.percent(x) }
    guard let baseline = findings.baseline, baseline != 0 else { return number.amount(x) }
    return
      "\(number.amount(x)) (\(number.percent(x / abs(baseline))) of \(number.amount(baseline)))"
  }

  private var claim: String {
    switch findings.goal {
    case .different: effect
    case .better(let margin) where margin < 0:
      "that the candidate is not worse by \(amount(-margin))"
    case .better(let margin): "that the candidate is better by more than \(amount(margin))"
    case .equivalent(let margin): "that the arms differ by less than \(amount(margin))"
    }
  }

  private var truth: String {
    let effect = findings.main.effect
    return effect == 0
      ? ", where truly nothing differs" : ", where the true difference is \(number.amount(effect))"
  }

  /// "12,562 units, 6,281 an arm (1 day at 20,000 a day)".
  func size(_ row: PlanFindings.Row) -> String {
    var text = "\(number.count(row.units)) \(findings.unitWord)"
    if findings.rowsPerUnit > 1 { text += " of \(number.amount(findings.rowsPerUnit)) rows" }
    if !findings.isPaired {
      let arms = row.unitsPerArm
      let isEven = arms.allSatisfy { $0 == arms.first }
      text +=
        isEven
        ? ", \(number.count(arms.first ?? 0)) an arm"
        : ", \(arms.map(number.count).joined(separator: " to "))"
    }
    if let days = row.days, let perDay = findings.perDay {
      text += " (\(number.days(days)) at \(number.amount(perDay)) a day)"
    }
    return text
  }

  private var early: String {
    guard let share = findings.main.expectedShare else { return "" }
    return " On average it ends after \(number.percent(share)) of them."
  }

  // MARK: From shadow to A/B

  var shadow: [String] {
    guard let shadow = findings.shadow else { return [] }
    let by = shadow.covariate.map { NameText.plain($0) } ?? "the other model's answer"
    let left = shadow.variancesLeft.map(number.percent)
    let each = Set(left).count == 1 ? left[0] : left.joined(separator: " and ")
    var lines = [
      "For the same precision an A/B test needs \(number.amount(shadow.requestsPerPair)) requests for "
        + "each pair of this shadow; adjusted for \(by), which leaves \(each) of the variance, "
        + "\(number.amount(shadow.adjustedRequestsPerPair))."
    ]
    if let plain = shadow.unpaired {
      let rest = shadow.adjusted.map { ", adjusted \(brief($0))" } ?? ""
      lines.append("As an A/B test: \(brief(plain))\(rest).")
    }
    return lines
  }

  private func brief(_ row: PlanFindings.Row) -> String {
    switch findings.solved {
    case .units:
      "\(number.count(row.units)) requests" + (row.days.map { " (\(number.days($0)))" } ?? "")
    case .effect: "a difference of \(number.amount(row.effect))"
    case .power: "a power of \(number.chance(row.power))"
    case .margin: "a margin of \(number.amount(row.margin ?? 0))"
    }
  }
}
