import Simulation

/// What each arm's service went through: the parts of section 5 that only a service has.
struct ServingBlocks {
  let page: PageContext

  /// In the order of the page; empty where no arm tells of its service.
  var markup: [Markup] {
    let levels = LevelChart.all(page).enumerated().map { $1.figure($0).markup }
    return [SteadyStateBlock(page: page).markup, FateFlowChart(page)?.figure.markup]
      .compactMap { $0 } + levels + [languageTable].compactMap { $0 }
  }

  // MARK: Language engines

  private var languageTable: Markup? {
    let arms = page.findings.arms.compactMap { arm in
      arm.serving?.language.map { (name: arm.name, found: $0) }
    }
    guard !arms.isEmpty else { return nil }
    let found = arms.map(\.found)
    var rows: [[String]] = [
      ["Tokens per second"] + found.map { $0.generatedPerSecond.map(rate) ?? NumberStyle.missing }
    ]
    for p in [0.5, 0.99] {
      rows.append(times("First token", p, found.map(\.firstToken)))
      rows.append(times("Between two tokens", p, found.map(\.tokenGap)))
    }
    rows.append(["Prompt tokens"] + found.map { page.style.count($0.promptTokens) })
    rows.append(["Found in the cache"] + found.map { share($0.cachedTokens, of: $0.promptTokens) })
    rows.append(["Generated tokens"] + found.map { page.style.count($0.generatedTokens) })
    rows.append(["Preemptions"] + found.map { page.style.count($0.preemptions) })
    rows.append(
      ["Tokens computed anew"]
        + found.map { share($0.recomputedTokens, of: $0.promptTokens + $0.generatedTokens) })
    rows.append(["Steps"] + found.map { page.style.count($0.steps) })
    rows.append(
      ["Memory in use, at most"]
        + found.map { $0.peakMemory.map { page.style.percent($0) } ?? NumberStyle.missing })
    if found.contains(where: { $0.costPerMillionTokens != nil }) {
      rows.append(
        ["Cost per million tokens"]
          + found.map { $0.costPerMillionTokens.map(cost) ?? NumberStyle.missing })
    }
    let title = "Language engine"
    return .el(
      "div", ["class": "block"],
      [
        .el("h3", [:], title),
        TableMarkup.plain(
          caption: title, header: [""] + arms.map { NameText.plain($0.name, limit: 24) }, rows: rows
        ),
      ])
  }

  private func times(_ name: String, _ p: Double, _ arms: [[QuantileFinding]]) -> [String] {
    let estimates = arms.map { $0.first { $0.p == p }?.estimate }
    let largest = estimates.compactMap { $0?.value }.filter(\.isFinite).max() ?? 0
    let scale = MetricScale(nanosecondsUpTo: largest)
    let cells = estimates.map {
      $0.map { EstimateText($0, factor: scale.factor).full(page.style, unit: scale.unit) }
        ?? "too few"
    }
    return ["\(name), p\(Metric.percentText(p))"] + cells
  }

  private func rate(_ perSecond: Double) -> String {
    page.style.number(
      perSecond, decimals: perSecond >= 100 ? 0 : Digits.decimals(significant: 3, of: perSecond))
  }

  private func cost(_ amount: Double) -> String {
    page.style.unit(
      page.style.number(amount, decimals: Digits.decimals(significant: 3, of: amount)),
      page.currency)
  }

  private func share(_ part: Int, of all: Int) -> String {
    guard all > 0, part > 0 else { return page.style.count(part) }
    return "\(page.style.count(part)) (\(page.style.percent(Double(part) / Double(all))))"
  }
}
