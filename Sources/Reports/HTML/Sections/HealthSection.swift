import Simulation
import Statistics
import Traffic

/// Section 6: how far the numbers can be trusted.
struct HealthSection {
  let page: PageContext

  var markup: Markup {
    let blocks = [warnings, counts, books, sampleRatio, labels, information, assumptions]
      .compactMap { $0 }
    return SectionMarkup.section(
      "health", "Health", lead: lead, [.el("div", ["class": "blocks"], blocks)])
  }

  private var health: HealthFindings { page.findings.health }

  private var allWarnings: [String] { page.findings.warnings(page.style) }

  private var lead: String {
    allWarnings.isEmpty
      ? "Nothing was found that would lessen the trust in these numbers."
      : "\(page.plural(allWarnings.count, "warning").capitalizedFirst)."
  }

  private func block(_ title: String, _ content: [Markup]) -> Markup {
    .el("div", ["class": "block"], [.el("h3", [:], title)] + content)
  }

  private var warnings: Markup? {
    guard !allWarnings.isEmpty else { return nil }
    let items = allWarnings.map {
      Markup.el("li", [:], VerdictSection.withIntervals(NameText.plain($0, limit: 500)))
    }
    return block("Warnings", [.el("ul", [:], items)])
  }

  private var counts: Markup {
    let items = health.counts.filter { $0.count > 0 }.map {
      Markup.el("li", [:], NameText.plain($0.sentence, limit: 300).capitalizedFirst)
    }
    var content: [Markup] = [
      items.isEmpty
        ? .el("p", [:], "No row was skipped and no value was coerced.") : .el("ul", [:], items)
    ]
    if let zone = health.assumedZone {
      content.append(.el("p", [:], "Times without a zone were read in \(NameText.plain(zone))."))
    }
    return block("Skipped or coerced", content)
  }

  /// What was counted by two hands.
  private var books: Markup? {
    let arms = page.findings.arms.filter { $0.serving?.littleLaw?.holds ?? false }
    guard !arms.isEmpty else { return nil }
    let names = page.list(arms.map { NameText.plain($0.name, limit: 30) })
    return block(
      "Counted twice",
      [
        .el(
          "p", [:],
          "Little's law holds to the nanosecond at \(names): the area under the number of requests that were there is the sum of the times for which they were there."
        )
      ])
  }

  private var sampleRatio: Markup? {
    guard let ratio = health.sampleRatio else { return nil }
    let total = Double(max(1, ratio.observed.reduce(0, +)))
    let rows = page.findings.arms.indices.filter {
      $0 < ratio.planned.count && $0 < ratio.observed.count
    }
    .map { index in
      [
        NameText.plain(page.findings.arms[index].name, limit: 24),
        page.style.percent(ratio.planned[index], decimals: 1),
        page.style.count(ratio.observed[index]),
        page.style.percent(Double(ratio.observed[index]) / total, decimals: 2),
      ]
    }
    let sentence =
      ratio.p < 0.001
      ? "The arms did not get the shares that were planned (p \(page.style.p(ratio.p))): find out why before you trust a comparison."
      : "The arms got about the shares that were planned (p = \(page.style.p(ratio.p)))."
    return block(
      "Sample ratio",
      [
        .el("p", [:], sentence),
        TableMarkup.plain(
          caption: "Sample ratio", header: ["Arm", "Planned", "Units", "Observed"], rows: rows),
      ])
  }

  private var labels: Markup? {
    let all = health.labelsArrived + health.labelsLost
    guard all > 0 else { return nil }
    var text =
      "\(page.plural(health.labelsArrived, "label")) of \(page.style.count(all)) arrived"
    text += " (\(page.style.percent(Double(health.labelsArrived) / Double(all))))"
    text +=
      health.labelsLost > 0
      ? "; \(page.style.count(health.labelsLost)) never came." : "; none was lost."
    return block("Labels", [.el("p", [:], text)])
  }

  private var information: Markup? {
    let rows = page.findings.comparisons.compactMap { comparison -> [String]? in
      guard let n = comparison.main.estimate.estimate?.n, let size = comparison.effectiveSampleSize
      else { return nil }
      return [
        "\(comparison.metric.title), \(NameText.plain(comparison.arm, limit: 20))",
        page.style.count(n),
        page.style.about(size), page.style.percent(size / Double(max(1, n))),
      ]
    }
    guard !rows.isEmpty else { return nil }
    return block(
      "How much the requests tell",
      [
        .el(
          "p", [:],
          "Outcomes near in time resemble each other, so that many requests tell what fewer independent ones would (effective sample size)."
        ),
        TableMarkup.plain(
          caption: "Effective sample size",
          header: ["Comparison", "Requests", "Worth about", "Share"], rows: rows),
      ])
  }

  private var assumptions: Markup? {
    var seen: [(method: String, assumptions: [String])] = []
    for comparison in page.findings.comparisons {
      let test = comparison.main
      if !seen.contains(where: { $0.method == test.method }) {
        seen.append((test.method, test.assumptions))
      }
    }
    let items = seen.filter { !$0.assumptions.isEmpty }.map { method, assumptions in
      Markup.el(
        "li", [:],
        [
          .el("b", [:], NameText.plain(method, limit: 160)),
          .text(
            " assumes: "
              + assumptions.map { NameText.plain($0, limit: 200) }.joined(separator: "; ") + "."),
        ])
    }
    var content: [Markup] = items.isEmpty ? [] : [.el("ul", [:], items)]
    let warned = page.findings.comparisons.compactMap(\.independentWarning).reduce(into: [String]())
    {
      if !$0.contains($1) { $0.append($1) }
    }
    content += warned.prefix(6).map { .el("p", [:], NameText.plain($0, limit: 400)) }
    guard !content.isEmpty else { return nil }
    return block("Assumptions", content)
  }
}
