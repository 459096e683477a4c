import Statistics

/// A fit for a person: what was chosen and why, the candidates, the check, and the piece of a scenario.
struct FittingText {
  private let findings: FittingFindings
  private static let width = 92

  init(_ findings: FittingFindings) { self.findings = findings }

  var terminal: String {
    var blocks: [[String]] = []
    for group in findings.groups {
      blocks.append(NameText.wrapped(Self.sentence(group), width: Self.width))
      blocks.append(PlanText.aligned(Self.candidates(group)))
      blocks.append(PlanText.aligned(Self.points(group)))
    }
    blocks.append(notes.flatMap { NameText.wrapped($0, width: Self.width, indent: "  ") })
    blocks.append([String(findings.pieceText.dropLast())])
    return blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  var markdown: String {
    var blocks: [String] = []
    for group in findings.groups {
      blocks.append("**\(MarkdownText.escaped(Self.sentence(group)))**")
      blocks.append(Self.markdown(Self.candidates(group)))
      blocks.append(Self.markdown(Self.points(group)))
    }
    blocks.append(notes.map { "- " + MarkdownText.escaped($0) }.joined(separator: "\n"))
    blocks.append("```json5\n\(findings.pieceText)```")
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func markdown(_ table: [[String]]) -> String {
    let rows = table.map { "| \($0.map(MarkdownText.escaped).joined(separator: " | ")) |" }
    let rule = "|" + String(repeating: "---:|", count: table.first?.count ?? 0)
    return (rows.prefix(1) + [rule] + rows.dropFirst()).joined(separator: "\n")
  }

  // MARK: Words

  static func sentence(_ group: FittingFindings.Group) -> String {
    let law = LawText(isOfTimes: group.isPlain)
    let chosen = group.selection.chosen
    let name = group.name.map { "\(NameText.plain($0)): " } ?? ""
    let parameters = law.parameters(chosen.law)
    let subject = group.isPlain ? "The times are" : "\(form(group)) Around it the ratio is"
    return "\(name)\(subject) \(chosen.family.title) (\(parameters)), \(reason(group.selection)). "
      + fit(group)
  }

  private static func form(_ group: FittingFindings.Group) -> String {
    let r2 = group.regressionCheck?.r2.map { LawText.number($0) } ?? NumberStyle.missing
    let error = NumberStyle.terminal.percent(group.regressionCheck?.medianError ?? .nan)
    let told = "; held out, R² is \(r2) and the median error \(error)."
    switch group.form {
    case .plain: return ""
    case .regression(let regression, let names), .steps(let regression, let names):
      let parts = zip(names, regression.coefficients).map {
        " + \(LawText.time($1)) × \(NameText.plain($0))"
      }
      return "The time is \(LawText.time(regression.base))\(parts.joined())\(told)"
    case .batch(let curve):
      let last = curve.sizes.count - 1
      return
        "A batch of \(LawText.number(curve.sizes[0])) takes \(LawText.time(curve.times[0])), one "
        + "of \(LawText.number(curve.sizes[last])) \(LawText.time(curve.times[last]))\(told)"
    }
  }

  static func reason(_ selection: LatencySelection) -> String {
    if selection.candidates.count == 1 { return "the only family asked for" }
    if selection.chosenIndex == 0 {
      return "the best of the families by the score on blocks left out"
    }
    return "the fewest parameters within one standard error of the best score on blocks left out "
      + "(\(selection.best.family.title))"
  }

  private static func fit(_ group: FittingFindings.Group) -> String {
    let check = group.check
    let worst = check.points.max { $0.error.magnitude < $1.error.magnitude }
    let quantile = worst.map {
      "; the worst quantile told is p\(LawText.number($0.p * 100)), off by "
        + NumberStyle.terminal.number($0.error * 100, decimals: 1, signed: true) + " %"
    }
    return
      "On \(NumberStyle.terminal.count(check.count)) rows not fitted to, the largest distance of "
      + "the distribution functions is \(Digits.fixed(check.distance, decimals: 4)) "
      + "(p \(NumberStyle.terminal.p(check.p)))\(quantile ?? "")."
  }

  // MARK: Tables

  private static func candidates(_ group: FittingFindings.Group) -> [[String]] {
    let selection = group.selection
    let law = LawText(isOfTimes: group.isPlain)
    let aic = selection.candidates.map(\.aic).min() ?? 0
    let bic = selection.candidates.map(\.bic).min() ?? 0
    func decimals(_ x: Double, _ decimals: Int) -> String {
      NumberStyle.terminal.number(x, decimals: decimals)
    }
    let rows = selection.candidates.enumerated().map { index, candidate in
      [
        index == selection.chosenIndex ? "▶" : "", candidate.family.title,
        decimals(candidate.score - selection.best.score, 4), decimals(candidate.aic - aic, 1),
        decimals(candidate.bic - bic, 1), Digits.fixed(group.checks[index].distance, decimals: 4),
        NumberStyle.terminal.p(group.checks[index].p), law.parameters(candidate.law),
      ]
    }
    return [["", "family", "score", "ΔAIC", "ΔBIC", "KS", "p", "parameters"]] + rows
  }

  private static func points(_ group: FittingFindings.Group) -> [[String]] {
    let law = LawText(isOfTimes: group.isPlain)
    let check = group.check
    func row(_ name: String, _ measured: Double, _ fitted: Double) -> [String] {
      [
        name, law.amount(measured), law.amount(fitted),
        NumberStyle.terminal.number((fitted / measured - 1) * 100, decimals: 1, signed: true)
          + " %",
      ]
    }
    return [["held out", "measured", "fitted", "off by"]]
      + check.points.map { row("p\(LawText.number($0.p * 100))", $0.measured, $0.fitted) }
      + [row("mean", check.measuredMean, check.fittedMean)]
  }

  private var notes: [String] {
    let counts = findings.groups.map { group in
      (group.name.map { "\(NameText.plain($0)) " } ?? "")
        + "\(NumberStyle.terminal.count(group.fittedCount))"
    }
    let leftOut = findings.leftOut.map {
      "\(NumberStyle.terminal.count($0.count)) \($0.count == 1 ? "row" : "rows") left out \($0.reason)."
    }
    return ["Fitted to \(counts.joined(separator: ", ")) rows; checked on \(findings.heldOut)."]
      + leftOut + [
        "Score: the mean logarithm of the density of a row in blocks of time that were left out, "
          + "less the best one's.",
        "p is that of Kolmogorov and Smirnov on rows that no parameter comes from; it is exact for "
          + "independent times, and too small where neighbours are alike.",
      ]
  }
}
