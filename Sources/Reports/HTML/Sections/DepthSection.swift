import Simulation
import Traffic

/// Section 5: quality, latency and cost in depth.
struct DepthSection {
  let page: PageContext

  var markup: Markup? {
    var content: [Markup] = []
    if let metrics = metricTable { content.append(metrics) }
    let quality = [
      CalibrationChart(page)?.figure.markup, RocChart(page)?.figure.markup,
      ResidualChart(page)?.figure.markup,
    ].compactMap { $0 }
    if !quality.isEmpty { content.append(.el("div", ["class": "pair aligned"], quality)) }
    if let tail = LatencyTailChart(page)?.figure.markup { content.append(tail) }
    if let causes = CauseChart(page)?.figure.markup {
      content.append(causes)
      if let fates { content.append(fates) }
    } else {
      let halves = [LatencySplitChart(page)?.figure.markup, fates].compactMap { $0 }
      if !halves.isEmpty { content.append(.el("div", ["class": "pair"], halves)) }
    }
    content += ServingBlocks(page: page).markup
    if let cost { content.append(cost.markup) }
    guard !content.isEmpty else { return nil }
    return SectionMarkup.section("depth", "Quality, latency and cost in depth", lead: lead, content)
  }

  private var lead: String {
    var missing: [String] = []
    if page.findings.arms.allSatisfy({ $0.latency == nil }) {
      missing.append("No service was simulated, so answers take no time.")
    }
    if case .unlabelled = page.findings.task {
      missing.append("There are no labels, so nothing is said of quality.")
    }
    return missing.joined(separator: " ")
  }

  // MARK: Every metric of every arm

  private var metricTable: Markup? {
    var metrics: [Metric] = []
    for finding in page.findings.arms.flatMap(\.metrics) where !metrics.contains(finding.metric) {
      metrics.append(finding.metric)
    }
    guard !metrics.isEmpty else { return nil }
    let rows = metrics.map { metric -> [String] in
      let found = page.findings.arms.map { arm in
        arm.metrics.first { $0.metric == metric }?.finding
      }
      let largest = found.compactMap { $0?.estimate?.value.magnitude }.filter(\.isFinite).max() ?? 0
      let scale = MetricScale(metric, largest: largest, currency: page.currency)
      return [metric.title] + found.map { reading($0, scale) }
    }
    let header = ["Metric"] + page.findings.arms.map { NameText.plain($0.name, limit: 24) }
    return .el(
      "div", ["class": "block"],
      [
        .el("h3", [:], "Every metric of every arm"),
        TableMarkup.plain(caption: "Every metric of every arm", header: header, rows: rows),
      ])
  }

  private func reading(_ finding: Finding?, _ scale: MetricScale) -> String {
    switch finding {
    case .estimate(let estimate):
      EstimateText(estimate, factor: scale.factor).full(page.style, unit: scale.unit)
    case .absent(let absence): absence.reason(page.style)
    case nil: NumberStyle.missing
    }
  }

  // MARK: What became of the requests

  private var fates: Markup? {
    let arms = page.findings.arms.filter { $0.fates.sent > 0 }
    guard !arms.isEmpty else { return nil }
    func cell(_ count: Int, of sent: Int) -> String {
      count == 0
        ? "0" : "\(page.style.count(count)) (\(page.style.percent(Double(count) / Double(sent))))"
    }
    let findings = page.findings
    // Arms side by side as columns, so that the table stays narrow.
    var kinds: [(name: String, count: KeyPath<Fates, Int>)] = [
      ("Answered", \.answered), ("Timed out", \.timedOut), ("Failed", \.failed),
      ("Turned away", \.shed),
    ]
    if findings.someAbandon { kinds.append(("Abandoned", \.abandoned)) }
    if findings.someAreInFlight { kinds.append(("In flight", \.inFlight)) }
    kinds.append(("Label arrived", \.labelled))
    var rows: [[String]] = [["Sent"] + arms.map { page.style.count($0.fates.sent) }]
    for kind in kinds {
      rows.append(
        [kind.name] + arms.map { cell($0.fates[keyPath: kind.count], of: $0.fates.sent) })
    }
    let title = "What became of the requests"
    let dropped = ServingText(findings, style: page.style).droppedCopies.map {
      Markup.el("p", ["class": "note"], PageContext.bound($0))
    }
    return .el(
      "div", ["class": "block"],
      [
        .el("h3", [:], title),
        TableMarkup.plain(
          caption: title, header: [""] + arms.map { NameText.plain($0.name, limit: 24) },
          rows: rows),
      ] + dropped)
  }

  // MARK: Cost

  private var cost: Figure? {
    let costs = page.findings.arms.compactMap { arm in
      arm.metrics.first { $0.metric == .costPerThousand }?.finding.estimate.map { (arm.name, $0) }
    }
    guard !costs.isEmpty else { return nil }
    let rows = costs.map { name, estimate in
      let text = EstimateText(estimate, factor: 1).full(page.style, unit: page.currency)
      return DotChart.Row(
        label: page.shortName(name, limit: 28),
        marks: [
          DotChart.Mark(
            look: page.look(name), estimate: estimate,
            words: "\(NameText.plain(name, limit: 24))\n\(text)")
        ],
        value: text)
    }
    let chart = DotChart(
      rows: rows, factor: 1, axisTitle: "\(page.currency) per 1\(page.style.thousands)000 requests",
      startsAtZero: true, style: page.style)
    let words = rows.map {
      "\(NameText.subject($0.label).capitalizedFirst) costs \($0.value) per thousand requests."
    }
    .joined(separator: " ")
    let csv =
      [["arm", "value", "low", "high", "level", "n"]] + costs.map { [$0.0] + CSV.cells($0.1) }
    return Figure(
      id: "cost", title: "Cost", subtitle: Metric.costPerThousand.explanation, words: words,
      wide: chart.wide, narrow: chart.narrow,
      table: DataTable(header: ["Arm", "Cost"], rows: rows.map { [$0.label, $0.value] }, csv: csv))
  }
}
