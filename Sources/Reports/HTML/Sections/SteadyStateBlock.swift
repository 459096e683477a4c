import Simulation
import Statistics

/// What latencies are in the long run: numbers by arm, and in words where there are none and why.
struct SteadyStateBlock {
  let page: PageContext

  /// nil where nothing is said of any arm.
  var markup: Markup? {
    let text = SteadyStateText(page.findings, style: page.style)
    let sentences = text.found + text.unavailable
    guard !sentences.isEmpty else { return nil }
    let title = "Latency in the long run"
    var content: [Markup] = [.el("h3", [:], title)]
    content += sentences.map { .el("p", ["class": "reads"], PageContext.bound($0)) }
    if let table = table(title) { content.append(table) }
    return .el("div", ["class": "block"], content)
  }

  private typealias Arm = (name: String, found: SteadyStateFindings.Found)

  private func table(_ title: String) -> Markup? {
    let arms = page.findings.arms.compactMap { arm -> Arm? in
      guard case .found(let found) = arm.serving?.steadyState, found.mean != nil else { return nil }
      return (arm.name, found)
    }
    guard !arms.isEmpty else { return nil }
    var rows = [times("Mean", arms.map(\.found.mean))]
    for p in [0.5, 0.95, 0.99] {
      rows.append(
        times(
          "p" + Metric.percentText(p),
          arms.map { arm in arm.found.quantiles.first { $0.p == p }?.estimate }))
    }
    rows.append(
      ["Answers left out as warm-up"]
        + arms.map { $0.found.warmUp.map { page.style.count($0.requests) } ?? NumberStyle.missing })
    rows.append(["Load"] + arms.map { page.style.percent($0.found.length.load.utilisation) })
    rows.append(
      ["Requests of traffic that would do"]
        + arms.map { arm in
          arm.found.length.neededRequests.map { page.style.number($0, decimals: 0) }
            ?? NumberStyle.missing
        })
    return TableMarkup.plain(
      caption: title, header: [""] + arms.map { NameText.plain($0.name, limit: 24) }, rows: rows)
  }

  private func times(_ name: String, _ estimates: [Estimate?]) -> [String] {
    let largest = estimates.compactMap { $0?.value }.filter(\.isFinite).max() ?? 0
    let scale = MetricScale(nanosecondsUpTo: largest)
    return [name]
      + estimates.map {
        $0.map { EstimateText($0, factor: scale.factor).full(page.style, unit: scale.unit) }
          ?? "too few"
      }
  }
}
