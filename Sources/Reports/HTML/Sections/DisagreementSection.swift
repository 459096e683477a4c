import Simulation
import Traffic

/// Section 4: where the arms disagree.
struct DisagreementSection {
  let page: PageContext

  var markup: Markup? {
    var content: [Markup] = []
    for (index, pair) in page.findings.disagreements.enumerated() {
      content += PairBlock(page: page, pair: pair, index: index + 1).markup
    }
    let segments = SegmentBlock(page: page)
    if let figure = segments.figure { content.append(figure.markup) }
    guard !content.isEmpty else { return nil }
    return SectionMarkup.section(
      "disagreement", "Where the arms disagree", lead: lead, content)
  }

  private var lead: String {
    guard !page.findings.disagreements.isEmpty else {
      return "Each request went to one arm only, so no request has two answers to compare."
    }
    let sentences = page.findings.disagreements.compactMap { pair -> String? in
      let total =
        pair.bothRight + pair.onlyProductionRight + pair.onlyCandidateRight + pair.bothWrong
      guard total > 0 else { return nil }
      let subject = NameText.subject(pair.arm)
      return
        "Of \(page.style.count(total)) requests with both answers and a label, \(subject) alone is right on \(page.style.count(pair.onlyCandidateRight)), production alone on \(page.style.count(pair.onlyProductionRight))."
    }
    return sentences.prefix(3).joined(separator: " ")
  }
}

/// One candidate against production, request by request.
private struct PairBlock {
  let page: PageContext
  let pair: DisagreementFindings
  let index: Int

  var markup: [Markup] {
    var content: [Markup] = []
    if page.findings.disagreements.count > 1 {
      content.append(
        .el("h3", ["class": "armname " + page.armClass(pair.arm)], [.name(pair.arm)]))
    }
    var tables: [Markup] = []
    if let right = rightTable { tables.append(right) }
    if let answers = answerTable { tables.append(answers) }
    let left: [Markup] = tables.isEmpty ? [] : [.el("div", [:], tables)]
    let density = DensityChart(page, pair, index: index)?.figure.markup
    let right = density.map { [$0] } ?? []
    if left.isEmpty && right.isEmpty && pair.rows.isEmpty { return [] }
    // Side by side where there are two things to show; alone, a table gets the whole width.
    let layout = left.isEmpty || right.isEmpty ? "block" : "pair"
    content.append(.el("div", ["class": layout], left + right))
    if let rows { content.append(rows) }
    return content
  }

  private var rightTable: Markup? {
    let cells = [pair.bothRight, pair.onlyCandidateRight, pair.onlyProductionRight, pair.bothWrong]
    let total = cells.reduce(0, +)
    guard total > 0 else { return nil }
    let arm = NameText.plain(pair.arm, limit: 20)
    return matrix(
      "Right and wrong", rows: ["production right", "production wrong"],
      columns: ["\(arm) right", "\(arm) wrong"],
      counts: [pair.bothRight, pair.onlyProductionRight, pair.onlyCandidateRight, pair.bothWrong])
  }

  private var answerTable: Markup? {
    let names: [String] =
      switch page.findings.task {
      case .binary(let names), .classes(let names): names
      case .regression, .unlabelled: []
      }
    guard !names.isEmpty, pair.answers.count == names.count * names.count else { return nil }
    guard names.count <= 12 else {
      let same = names.indices.reduce(0) { $0 + pair.answers[$1 * names.count + $1] }
      let total = max(1, pair.answers.reduce(0, +))
      return .el(
        "p", [:],
        "Both name the same of \(names.count) classes on \(page.style.percent(Double(same) / Double(total))) of requests; all counts are in summary.json."
      )
    }
    let short = names.map { NameText.plain($0, limit: 14) }
    return matrix(
      "Answers: production down, \(NameText.plain(pair.arm, limit: 20)) across", rows: short,
      columns: short, counts: pair.answers)
  }

  /// Counts with their share of all; the diagonal is where both agree.
  private func matrix(_ caption: String, rows: [String], columns: [String], counts: [Int])
    -> Markup
  {
    let total = Double(max(1, counts.reduce(0, +)))
    let body = rows.enumerated().map { row, name in
      Markup.el(
        "tr", [:],
        [.el("th", ["scope": "row"], name)]
          + columns.indices.map { column in
            let count = counts[row * columns.count + column]
            let share = Double(count) / total
            return .el(
              "td", ["class": row == column ? "n agree" : "n differ"],
              [
                .el("b", [:], page.style.count(count)),
                .el("span", ["class": "sub"], page.style.percent(share)),
              ])
          })
    }
    let head = Markup.el(
      "tr", [:],
      [.el("td", [:], [])] + columns.map { .el("th", ["scope": "col", "class": "n"], $0) })
    return TableMarkup.scrolling(
      caption,
      .el(
        "table", ["class": "matrix"],
        [
          .el("caption", [:], caption), .el("thead", [:], [head]), .el("tbody", [:], body),
        ]))
  }

  // MARK: Single requests

  private var rows: Markup? {
    guard !pair.rows.isEmpty else { return nil }
    let names = pair.rows[0].features.map(\.name)
    let shown = Array(names.prefix(12))
    let hasLabel = pair.rows.contains { $0.label != nil }
    let arm = NameText.plain(pair.arm, limit: 20)
    var head = ["Request", "Time"] + (hasLabel ? ["Label"] : [])
    head += ["Production", arm.capitalizedFirst, "Apart"]
    let headers =
      head.enumerated().map { index, text in
        Markup.el("th", ["scope": "col", "class": index > 1 && text != "Label" ? "n" : ""], text)
      } + shown.map { .el("th", ["scope": "col", "class": "n feature"], [.name($0, limit: 18)]) }
    let body = pair.rows.prefix(20).map { row($0, shown: shown.count, hasLabel: hasLabel) }
    let caption =
      pair.rows.count == 1
      ? "The request on which they differ most"
      : "The \(min(20, pair.rows.count)) requests on which they differ most"
    var parts: [Markup] = [
      .el("h3", [:], caption),
      TableMarkup.scrolling(
        caption,
        .el(
          "table", ["class": "requests"],
          [
            .el("caption", ["class": "hidden"], caption),
            .el("thead", [:], [.el("tr", [:], headers)]), .el("tbody", [:], body),
          ])),
    ]
    if names.count > shown.count {
      parts.append(
        .el(
          "p", ["class": "note"],
          "\(names.count - shown.count) more features are in summary.json."))
    }
    parts.append(csvLink)
    return .el("div", ["class": "block"], parts)
  }

  private func row(_ row: DisagreementFindings.Row, shown: Int, hasLabel: Bool) -> Markup {
    var cells: [Markup] = [
      .el("th", ["scope": "row"], page.style.count(row.ordinal)),
      .el("td", ["class": "time"], page.time.moment(row.time)),
    ]
    if hasLabel {
      cells.append(
        .el("td", [:], [row.label.map { .name($0, limit: 16) } ?? .text(NumberStyle.missing)]))
    }
    cells.append(.el("td", ["class": "n"], answer(row.productionAnswer)))
    cells.append(.el("td", ["class": "n"], answer(row.candidateAnswer)))
    cells.append(
      .el("td", ["class": "n"], answer(row.candidateAnswer - row.productionAnswer, signed: true)))
    for field in row.features.prefix(shown) {
      cells.append(.el("td", ["class": "n feature"], [.name(field.text, limit: 16)]))
    }
    return .el("tr", [:], cells)
  }

  private func answer(_ x: Double, signed: Bool = false) -> String {
    guard x.isFinite else { return NumberStyle.missing }
    let decimals: Int =
      switch page.findings.task {
      case .binary: 3
      case .classes: x == x.rounded() ? 0 : 3
      case .regression, .unlabelled: max(1, Digits.decimals(significant: 4, of: x))
      }
    return page.style.number(x, decimals: decimals, signed: signed)
  }

  private var csvLink: Markup {
    let names = pair.rows[0].features.map(\.name)
    var csv = CSV.row(["ordinal", "time", "label", "production", "candidate"] + names)
    for row in pair.rows {
      csv += CSV.row(
        [
          String(row.ordinal), row.time.rfc3339, row.label ?? "",
          CSV.number(row.productionAnswer), CSV.number(row.candidateAnswer),
        ] + row.features.map(\.text))
    }
    return .el(
      "p", ["class": "numbers"],
      [
        .el(
          "a",
          [
            "class": "csv", "download": "requests-\(index).csv",
            "href": "data:text/csv;charset=utf-8," + Figure.percentEncoded(csv),
            "aria-label": "Download these requests as CSV",
          ], "Download CSV")
      ])
  }
}

/// Segments ranked by the candidate's difference, worst first.
private struct SegmentBlock {
  let page: PageContext
  private static let shown = 20

  private struct Ranked {
    var segment: SegmentFindings
    var marks: [(arm: String, estimate: Estimate)]
    var rank: Double
  }

  var figure: Figure? {
    guard let first = page.findings.comparisons.first else { return nil }
    let metric = first.metric
    let scale = MetricScale(first, currency: page.currency)
    let ranked = ranked(metric)
    guard !ranked.isEmpty else { return nil }
    let kept = ranked.count <= Self.shown ? ranked : Array(ranked.prefix(10) + ranked.suffix(10))
    let rows = kept.map { row($0, scale) }
    var references: [DotChart.Reference] = []
    if let whole = first.main.estimate.estimate, page.candidates.count == 1 {
      references.append(.init(value: whole.value, label: "all requests"))
    }
    let unit = scale.differenceUnit.isEmpty ? "" : ", " + scale.differenceUnit
    let chart = DotChart(
      rows: rows, factor: scale.factor,
      axisTitle: "\(metric.title): candidate \u{2212} production\(unit)",
      startsAtZero: false, drawsZero: true, references: references, style: page.style)
    let left = ranked.count - kept.count
    return Figure(
      id: "segments", title: "Segments, worst for the candidate first", subtitle: metric.title,
      words: words(ranked, metric, scale), wide: chart.wide, narrow: chart.narrow,
      table: table(ranked, scale),
      note: left > 0
        ? "The ten worst and the ten best are drawn; \(left) more are in the numbers." : "")
  }

  private func ranked(_ metric: Metric) -> [Ranked] {
    let sign: Double = metric.direction == .lowerIsBetter ? -1 : 1
    let all = page.findings.segments.compactMap { segment -> Ranked? in
      let marks = segment.arms.compactMap { row in
        row.candidateMinusProduction?.estimate.map { (arm: row.arm, estimate: $0) }
      }
      guard let worst = marks.map({ $0.estimate.value * sign }).min(), worst.isFinite else {
        return nil
      }
      return Ranked(segment: segment, marks: marks, rank: worst)
    }
    return all.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }.map(\.element)
  }

  private func name(_ segment: SegmentFindings) -> String {
    NameText.plain(segment.column, limit: 24) + " = " + NameText.plain(segment.value, limit: 24)
  }

  private func row(_ ranked: Ranked, _ scale: MetricScale) -> DotChart.Row {
    let marks = ranked.marks.map { mark in
      let text = EstimateText(mark.estimate, factor: scale.factor)
        .full(page.style, unit: scale.differenceUnit, signed: true)
      return DotChart.Mark(
        look: page.look(mark.arm), estimate: mark.estimate,
        words: "\(name(ranked.segment))\n\(NameText.plain(mark.arm, limit: 24)): \(text)")
    }
    let value =
      ranked.marks.count == 1
      ? EstimateText(ranked.marks[0].estimate, factor: scale.factor)
        .full(page.style, unit: "", signed: true) : ""
    return DotChart.Row(
      label: name(ranked.segment), detail: page.plural(ranked.segment.requests, "request"),
      marks: marks, value: value)
  }

  private func words(_ ranked: [Ranked], _ metric: Metric, _ scale: MetricScale) -> String {
    let worse = ranked.filter { one in
      one.marks.contains {
        let text = EstimateText($0.estimate, factor: scale.factor)
        guard text.intervalExcludesZero else { return false }
        return metric.direction == .lowerIsBetter ? text.value > 0 : text.value < 0
      }
    }
    guard !worse.isEmpty else {
      return
        "In none of \(page.plural(ranked.count, "segment")) is a candidate shown to be worse. Each interval stands for itself: among many segments some stray by chance."
    }
    let names = worse.prefix(3).map { name($0.segment) }
    let rest = worse.count > 3 ? " and \(worse.count - 3) more" : ""
    return
      "A candidate is worse where \(names.joined(separator: "; "))\(rest), of \(page.plural(ranked.count, "segment")). Each interval stands for itself: among many segments some stray by chance."
  }

  private func table(_ ranked: [Ranked], _ scale: MetricScale) -> DataTable {
    var rows: [[String]] = []
    var csv = [["column", "value", "requests", "arm", "difference", "low", "high", "level", "n"]]
    for one in ranked {
      for mark in one.marks {
        let text = EstimateText(mark.estimate, factor: scale.factor)
        rows.append([
          name(one.segment), page.style.count(one.segment.requests),
          NameText.plain(mark.arm, limit: 20),
          text.full(page.style, unit: scale.differenceUnit, signed: true),
        ])
        csv.append(
          [one.segment.column, one.segment.value, String(one.segment.requests), mark.arm]
            + CSV.cells(mark.estimate))
      }
    }
    return DataTable(header: ["Segment", "Requests", "Arm", "Difference"], rows: rows, csv: csv)
  }
}
