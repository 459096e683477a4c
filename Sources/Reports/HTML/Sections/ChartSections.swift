import Simulation
import Traffic

/// A section with a heading and one leading sentence.
enum SectionMarkup {
  static func section(_ id: String, _ title: String, lead: String, _ content: [Markup]) -> Markup {
    .el(
      "section", ["id": id, "aria-labelledby": "\(id)-title"],
      [
        .el("h2", ["id": "\(id)-title"], title),
        lead.isEmpty
          ? .fragment([]) : .el("p", ["class": "lead"], VerdictSection.withIntervals(lead)),
      ] + content)
  }
}

/// Section 2: every metric of the timeline, on one time axis.
struct TimeSection {
  let page: PageContext

  var markup: Markup? {
    var metrics: [Metric] = []
    for series in page.findings.timeline.series where !metrics.contains(series.metric) {
      metrics.append(series.metric)
    }
    let charts = metrics.compactMap { TimelineChart(page, metric: $0)?.figure.markup }
    guard !charts.isEmpty else { return nil }
    return SectionMarkup.section("over-time", "Over time", lead: lead, charts)
  }

  private var lead: String {
    let noun = BucketNames(page).noun
    let bucket = page.findings.timeline.bucket
    let by =
      noun == "stretch" ? "by stretches of \(NameText.plain(bucket, limit: 12))" : "by \(noun)"
    let level = page.findings.timeline.series.flatMap(\.points).compactMap(\.estimate?.interval)
      .first
    var text = "Each metric \(by)"
    if let level { text += ", bands are \(Metric.percentText(level.level)) % intervals" }
    text += ". "
    let shifts = page.findings.shifts.filter { !$0.spans.isEmpty }
    if !shifts.isEmpty {
      let names = shifts.prefix(3).map {
        "\(NameText.plain($0.name, limit: 60)) (\(page.plural($0.affected, "request")) changed)"
      }
      let rest = shifts.count > 3 ? ", and \(shifts.count - 3) more" : ""
      text += "Shaded: \(page.list(names))\(rest)."
    } else {
      text += "The traffic was not bent."
    }
    let alarms = page.findings.events.filter { $0.kind == "alarm" }.count
    text +=
      alarms == 0 ? " No alarm rang." : " \(page.plural(alarms, "alarm").capitalizedFirst) rang."
    return text
  }
}

/// Section 3: the differences, what the mirror costs, and how it goes over replications.
struct DifferenceSection {
  let page: PageContext

  var markup: Markup? {
    var content: [Markup] = []
    let comparisons = page.findings.comparisons
    if comparisons.contains(where: { $0.main.estimate.estimate != nil }) {
      content.append(
        ForestChart(
          page, comparisons: comparisons, id: "differences-chart",
          title: "Candidate minus production"
        )
        .figure.markup)
    }
    if !page.findings.mirrorCost.isEmpty {
      content.append(.el("h3", [:], "What the mirror costs"))
      content.append(
        .el("p", ["class": "lead"], "The same run without the mirror, compared request by request.")
      )
      content.append(
        ComparisonTable(
          page: page, comparisons: page.findings.mirrorCost, caption: "What the mirror costs",
          columns: ("Without mirror", "With mirror")
        ).markup)
      content.append(
        ForestChart(
          page, comparisons: page.findings.mirrorCost, id: "mirror-chart",
          title: "With the mirror minus without"
        ).reading("With \u{2212} without the mirror").figure.markup)
    }
    if let replications = page.findings.replications {
      content += ReplicationBlock(page: page, replications: replications).markup
    }
    guard !content.isEmpty else { return nil }
    return SectionMarkup.section("differences", "Differences", lead: lead, content)
  }

  private var lead: String {
    let comparisons = page.findings.comparisons
    guard !comparisons.isEmpty else { return "" }
    let units = comparisons.map(\.unitOfAnalysis).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    var text =
      "The unit of analysis is the \(page.list(units.map { NameText.plain($0, limit: 60) })). "
    if comparisons.count > 1, comparisons.contains(where: { $0.adjustedP != nil }) {
      text +=
        "P-values are adjusted for asking \(page.plural(comparisons.count, "question")) at once (Holm)."
    }
    return text
  }
}

/// The distribution over replications.
struct ReplicationBlock {
  let page: PageContext
  let replications: ReplicationFindings

  var markup: [Markup] {
    var content: [Markup] = [
      .el(
        "div", ["class": "block"],
        [.el("h3", [:], "Over \(page.plural(replications.count, "replication"))"), table, verdicts])
    ]
    content.append(rejections.markup)
    return content
  }

  private var table: Markup {
    let rows = replications.comparisons.map { row -> [String] in
      let scale = MetricScale(
        row.metric, largest: row.mean.value.magnitude, currency: page.currency)
      let mean = EstimateText(row.mean, factor: scale.factor)
      func share(_ estimate: Estimate?) -> String {
        estimate.map { EstimateText($0, factor: 100).full(page.style, unit: "%") }
          ?? NumberStyle.missing
      }
      return [
        "\(row.metric.title), \(NameText.plain(row.arm, limit: 20))",
        mean.full(page.style, unit: scale.differenceUnit, signed: true),
        row.truthEstimate.map {
          EstimateText($0, factor: scale.factor).full(
            page.style, unit: scale.differenceUnit, signed: true)
        } ?? NumberStyle.missing,
        width(row.meanIntervalWidth * scale.factor),
        share(row.rejections), share(row.independentRejections), share(row.coverage),
      ]
    }
    return TableMarkup.plain(
      caption: "Over replications",
      header: [
        "Comparison", "Mean difference", "Truth", "Mean width", "Found", "Found if independent",
        "Covers the truth",
      ], rows: rows)
  }

  private var verdicts: Markup {
    let lines = replications.comparisons.compactMap { row -> String? in
      let counts = row.verdicts.filter { $0.count > 0 }.map {
        "\(NameText.plain($0.word)) \(page.style.count($0.count))"
      }
      guard !counts.isEmpty else { return nil }
      return
        "\(row.metric.title), \(NameText.plain(row.arm, limit: 20)): \(counts.joined(separator: ", "))"
    }
    guard !lines.isEmpty else { return .fragment([]) }
    return .el("p", ["class": "note"], "Verdicts: " + lines.joined(separator: "; ") + ".")
  }

  private func width(_ x: Double) -> String {
    page.style.number(x, decimals: Digits.decimals(significant: 3, of: x))
  }

  private var rejections: Figure {
    let rows = replications.comparisons.map { row in
      let text = EstimateText(row.rejections, factor: 100)
      var marks = [
        DotChart.Mark(
          look: page.look(row.arm), estimate: row.rejections,
          words: "\(row.metric.title)\n\(text.full(page.style, unit: "%"))")
      ]
      if let independent = row.independentRejections {
        let words = EstimateText(independent, factor: 100).full(page.style, unit: "%")
        marks.append(
          DotChart.Mark(
            look: ArmLook(index: 0), estimate: independent,
            words: "\(row.metric.title), if independent\n\(words)", isGrey: true))
      }
      return DotChart.Row(
        label: row.metric.title, detail: page.shortName(row.arm, limit: 24), marks: marks,
        value: text.full(page.style, unit: "%"))
    }
    let level =
      replications.comparisons.first.map { _ in
        page.findings.comparisons.first?.main.estimate.estimate?.interval?.level ?? 0.95
      } ?? 0.95
    let chart = DotChart(
      rows: rows, factor: 100, axisTitle: "share of replications, %", startsAtZero: true,
      references: [.init(value: 1 - level, label: "nominal \(Metric.percentText(1 - level)) %")],
      style: page.style)
    let words = replications.comparisons.map { row in
      "A difference in \(row.metric.title) is found in \(EstimateText(row.rejections, factor: 100).full(page.style, unit: "%")) of replications."
    }.prefix(4).joined(separator: " ")
    let grey = replications.comparisons.contains { $0.independentRejections != nil }
    var csv = [["metric", "arm", "kind", "value", "low", "high", "level", "n"]]
    for row in replications.comparisons {
      csv.append([row.metric.name, row.arm, "mean"] + CSV.cells(row.mean))
      csv.append([row.metric.name, row.arm, "rejections"] + CSV.cells(row.rejections))
      csv.append(
        [row.metric.name, row.arm, "independent_rejections"] + CSV.cells(row.independentRejections))
      csv.append([row.metric.name, row.arm, "coverage"] + CSV.cells(row.coverage))
    }
    return Figure(
      id: "replications", title: "How often a difference is found", words: words, wide: chart.wide,
      narrow: chart.narrow,
      table: DataTable(
        header: ["Comparison", "Found"], rows: rows.map { [$0.label, $0.value] }, csv: csv),
      note: grey ? "Grey: by the method that takes the requests for independent." : "")
  }
}
