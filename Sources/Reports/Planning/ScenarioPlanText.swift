import Simulation

/// A scenario's plan for a person: each question in a sentence, a table, and what was measured.
struct ScenarioPlanText {
  private typealias Comparison = ScenarioPlanFindings.Comparison

  private let findings: ScenarioPlanFindings
  private let number = PlanNumber()
  private static let width = 92

  init(_ findings: ScenarioPlanFindings) { self.findings = findings }

  var terminal: String {
    var blocks = [NameText.wrapped(head, width: Self.width)]
    for comparison in findings.comparisons {
      blocks.append(sentences(comparison).flatMap { NameText.wrapped($0, width: Self.width) })
      blocks.append(PlanText.aligned(table(comparison)))
      blocks.append(
        facts(comparison).flatMap { NameText.wrapped($0, width: Self.width, indent: "  ") })
      if let simulated = comparison.simulated {
        blocks.append(
          PlanText(simulated).terminal.split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().map(String.init))
      }
    }
    blocks.append(notes.flatMap { NameText.wrapped($0, width: Self.width, indent: "  ") })
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  var markdown: String {
    var blocks = ["**\(MarkdownText.escaped(head))**"]
    for comparison in findings.comparisons {
      blocks += sentences(comparison).map(MarkdownText.escaped)
      let rows = table(comparison)
      if let first = rows.first {
        let lines = rows.map { "| \($0.map(MarkdownText.escaped).joined(separator: " | ")) |" }
        let rule = "|" + String(repeating: "---:|", count: first.count)
        blocks.append((lines.prefix(1) + [rule] + lines.dropFirst()).joined(separator: "\n"))
      }
      let facts = facts(comparison).map { "- " + MarkdownText.escaped($0) }
      if !facts.isEmpty { blocks.append(facts.joined(separator: "\n")) }
      if let simulated = comparison.simulated {
        blocks.append(String(PlanText(simulated).markdown.dropLast()))
      }
    }
    blocks.append(notes.map { "- " + MarkdownText.escaped($0) }.joined(separator: "\n"))
    return blocks.joined(separator: "\n\n") + "\n"
  }

  // MARK: Sentences

  private var head: String {
    let title = NameText.plain(findings.title, limit: 200)
    let requests = "\(number.count(findings.requests)) requests"
    guard let days = findings.days else { return "\(title): \(requests)." }
    let perDay = Double(findings.requests) / days
    return "\(title): \(requests) in \(number.time(days)), \(number.amount(perDay)) a day "
      + "(\(number.amount(perDay / 24)) an hour)."
  }

  private func sentences(_ comparison: Comparison) -> [String] {
    let arm = NameText.plain(comparison.arm)
    let name = "\(comparison.metric.name), \(arm) − production"
    guard let facts = comparison.facts else {
      return ["\(name): cannot be planned, \(comparison.absence ?? "nothing was measured")."]
    }
    let values = [facts.candidate, facts.production].map { amount($0, comparison) }
    return [
      "\(name): \(amount(facts.candidate - facts.production, comparison)) over "
        + "\(number.count(facts.requests)) requests (\(values[0]) against \(values[1])).",
      reach(comparison, facts),
    ]
  }

  private func reach(_ comparison: Comparison, _ facts: ScenarioPlanFindings.Facts) -> String {
    let found = [
      ("as a shadow", comparison.reach?.shadow), ("as an A/B test", comparison.reach?.split),
      ("adjusted", comparison.reach?.adjusted),
    ].compactMap { design, size in
      size.map { "\(told($0, comparison, facts)) \(design)" }
    }
    let verb =
      switch comparison.goal {
      case .different: "finds"
      case .better: "shows to be not worse by"
      case .equivalent: "shows to differ by less than"
      }
    guard !found.isEmpty else { return "This length is too short for any effect." }
    return "This length \(verb), with a power of \(number.chance(findings.power)): "
      + found.joined(separator: ", ") + "."
  }

  /// "0.2 (2 %)".
  private func told(
    _ x: Double, _ comparison: Comparison, _ facts: ScenarioPlanFindings.Facts
  ) -> String {
    guard facts.production != 0 else { return amount(x, comparison) }
    return "\(amount(x, comparison)) (\(number.percent(x / abs(facts.production))))"
  }

  private func amount(_ x: Double, _ comparison: Comparison) -> String {
    comparison.metric.unit == .nanoseconds
      ? number.style.unit(number.amount(x), "ms") : number.amount(x)
  }

  // MARK: Tables

  private func table(_ comparison: Comparison) -> [[String]] {
    guard let facts = comparison.facts, !comparison.steps.isEmpty else { return [] }
    let steps = comparison.steps
    var columns: [[String]] = []
    let isOfMargins = comparison.goal != .different
    let size: (ScenarioPlanFindings.Step) -> Double = { isOfMargins ? $0.margin ?? 0 : $0.effect }
    columns.append(
      [isOfMargins ? "margin" : "effect"] + steps.map { amount(size($0), comparison) })
    if facts.production != 0 {
      columns.append(
        ["of baseline"] + steps.map { number.percent(size($0) / abs(facts.production)) })
    }
    let designs: [(String, (ScenarioPlanFindings.Step) -> ScenarioPlanFindings.Need?)] = [
      ("shadow", { $0.shadow }), ("A/B test", { $0.split }), ("adjusted", { $0.adjusted }),
    ]
    for (name, need) in designs {
      columns.append(
        [name] + steps.map { need($0).map { number.count($0.requests) } ?? NumberStyle.missing })
      guard findings.days != nil else { continue }
      columns.append(
        ["time"]
          + steps.map { need($0)?.days.map(number.time) ?? NumberStyle.missing })
    }
    return (0...steps.count).map { row in columns.map { $0[row] } }
  }

  // MARK: What was measured

  private func facts(_ comparison: Comparison) -> [String] {
    guard let facts = comparison.facts else { return [] }
    var lines = [
      "A request's value has a standard deviation of "
        + "\(amount(facts.productionDeviation, comparison)) with production and "
        + "\(amount(facts.candidateDeviation, comparison)) with "
        + "\(NameText.plain(comparison.arm)); a pair's difference has "
        + "\(amount(facts.differenceDeviation, comparison)), as the answers correlate by "
        + "\(number.amount(facts.correlation))."
    ]
    if facts.serialFactor > 1 {
      lines.append(
        "Pairs near in time are alike: the difference's variance is "
          + "\(number.amount(facts.serialFactor)) times that of independent pairs. An A/B test's arms share the time, which leaves "
          + "this out: it speaks of its own days alone.")
    }
    if let units = facts.units {
      lines.append(
        "\(number.count(units.count)) units make \(number.amount(units.size)) requests each "
          + "(cv \(number.amount(units.sizeVariation))), whose values correlate by "
          + "\(number.amount(units.correlation)): production's variance is "
          + "\(number.amount(units.designEffect)) times that of independent requests.")
    }
    let left = facts.variancesLeft.map(number.percent)
    let each = Set(left).count == 1 ? left[0] : left.joined(separator: " and ")
    if facts.requestsPerPair.isFinite {
      lines.append(
        "For the same precision an A/B test needs \(number.amount(facts.requestsPerPair)) requests "
          + "for each pair of the shadow; adjusted for the other model's value, which leaves "
          + "\(each) of the variance, \(number.amount(facts.adjustedRequestsPerPair)).")
    }
    return lines
  }

  private var notes: [String] {
    let levels = Set(findings.comparisons.map(\.level)).sorted()
    let confidence = levels.map { "\(Digits.trimmed(100 * $0, decimals: 6)) %" }
      .joined(separator: " and ")
    let shares = findings.shares.map { number.amount($0) }.joined(separator: " : ")
    var method =
      "Method: paired t test of a shadow's pairs, Welch's t test of an A/B test's arms at "
      + "\(shares) (noncentral t); at \(confidence)"
    if findings.family > 1 {
      method += ", \(findings.family) comparisons by Bonferroni (Holm's first step)"
    }
    if let looks = findings.looks { method += ", \(number.count(looks)) looks" }
    return [method + "."] + findings.assumptions
  }
}
