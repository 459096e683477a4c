import Simulation
import Traffic

/// The first screen: the verdict, one line per comparison, at most three things to know, the gate.
struct VerdictSection {
  let page: PageContext

  var markup: Markup {
    .el(
      "section", ["id": "verdict", "aria-label": "Verdict"],
      [
        .el("p", ["class": "kicker"], kicker),
        .el("h1", [:], [.name(page.findings.title, limit: 160)]),
        sentence,
        page.findings.comparisons.isEmpty ? .fragment([]) : comparisons(page.findings.comparisons),
        gates, notes,
      ])
  }

  private var kicker: String {
    let findings = page.findings
    var parts = [DeploymentWording(page).short, page.plural(findings.requests, "request")]
    parts.append(page.time.span(findings.duration))
    return parts.joined(separator: " \u{00B7} ")
  }

  private var sentence: Markup {
    let verdict = VerdictSentence(page.findings, style: page.style)
    let mark: String =
      switch verdict.tone {
      case .good: "\u{2713}"
      case .bad: "\u{2717}"
      case .open: "?"
      case .neutral: "="
      }
    return .el(
      "p", ["class": "sentence"],
      [
        .el(
          "strong", ["class": ForestChart.toneClass(verdict.tone)],
          [.el("span", ["aria-hidden": "true"], mark + "\u{00A0}"), .text(verdict.opening + ":")]),
        .text(" "),
      ] + Self.withIntervals(verdict.body + "."))
  }

  /// The brackets of intervals in a softer colour, and never torn at a line's end.
  static func withIntervals(_ text: String) -> [Markup] {
    // A number stays with its percent sign, also in sentences that come from elsewhere.
    let bound = PageContext.bound(text)
    var parts: [Markup] = []
    var start = bound.startIndex
    for match in bound.matches(of: /\[[-+\u{2212}\u{221E}0-9.,\u{202F} ]+\]/) {
      parts.append(.text(String(bound[start..<match.range.lowerBound])))
      parts.append(.el("span", ["class": "ci"], String(bound[match.range])))
      start = match.range.upperBound
    }
    return parts + [.text(String(bound[start...]))]
  }

  // MARK: One line per comparison

  private func comparisons(_ comparisons: [ComparisonFinding]) -> Markup {
    ComparisonTable(page: page, comparisons: comparisons, caption: "Comparisons").markup
  }

  private var gates: Markup {
    let gates = page.findings.gates
    guard !gates.isEmpty else { return .fragment([]) }
    let passed = gates.filter(\.passed).count
    let items = gates.map { gate in
      Markup.el(
        "li", [:],
        [
          .el(
            "span", ["class": gate.passed ? "good" : "bad"],
            gate.passed ? "\u{2713} passed" : "\u{2717} failed"),
          .text(" "),
        ] + Self.withIntervals(GateText(gate, page.findings, style: page.style).text))
    }
    return .el(
      "div", ["class": "gate"],
      [
        .el(
          "h2", [:],
          "The gate: \(passed) of \(page.plural(gates.count, "rule")) \(gates.count == 1 ? "holds" : "hold")"
        ),
        .el("ul", [:], items),
      ])
  }

  private var notes: Markup {
    let lines = Headlines(page.findings, style: page.style).lines
    guard !lines.isEmpty else { return .fragment([]) }
    return .el(
      "div", ["class": "notes"],
      [
        .el(
          "h2", [:],
          lines.count == 1
            ? "One thing to know" : "\(lines.count == 2 ? "Two" : "Three") things to know"),
        .el("ul", [:], lines.map { .el("li", [:], Self.withIntervals($0)) }),
      ])
  }
}

/// How traffic was sent, in words.
struct DeploymentWording {
  let page: PageContext
  init(_ page: PageContext) { self.page = page }

  var short: String {
    switch page.findings.deployment {
    case .shadow(let mirror):
      mirror >= 1
        ? "Shadow of every request" : "Shadow of \(page.style.percent(mirror)) of requests"
    case .split(let shares, _, let by):
      "A/B by \(by.rawValue), " + shares.map { page.style.percent($0) }.joined(separator: " / ")
    }
  }
}

/// Comparisons as a table that becomes a list of cards on a phone.
struct ComparisonTable {
  let page: PageContext
  let comparisons: [ComparisonFinding]
  let caption: String
  /// Over the two values; nil takes the arms' names.
  var columns: (baseline: String, arm: String)?

  var markup: Markup {
    let namesArms = Set(comparisons.map(\.arm)).count > 1
    var head = ["Metric"] + (namesArms ? ["Arm"] : [])
    head += [columns?.baseline ?? columnName(comparisons.first?.baseline, fallback: "Production")]
    head += [
      columns?.arm
        ?? (namesArms ? "Candidate" : columnName(comparisons.first?.arm, fallback: "Candidate"))
    ]
    head += ["Difference", "", "Verdict"]
    let headers = head.enumerated().map { index, text in
      let isNumber = text != "Metric" && text != "Arm" && text != "Verdict" && !text.isEmpty
      return text.isEmpty
        ? Markup.el("td", ["class": "glyph", "role": "presentation"], [])
        : Markup.el(
          "th", ["scope": "col", "role": "columnheader", "class": isNumber ? "n" : ""], text)
    }
    return .el(
      "table", ["class": "verdicts", "role": "table"],
      [
        .el("caption", ["class": "hidden"], caption),
        .el("thead", ["role": "rowgroup"], [.el("tr", ["role": "row"], headers)]),
        .el(
          "tbody", ["role": "rowgroup"],
          comparisons.map { row($0, namesArms: namesArms, head: head) }),
      ])
  }

  private func columnName(_ arm: String?, fallback: String) -> String {
    guard let arm, arm.lowercased() != fallback.lowercased() else { return fallback }
    return NameText.plain(arm, limit: 20)
  }

  private func row(_ comparison: ComparisonFinding, namesArms: Bool, head: [String]) -> Markup {
    let line = ComparisonLine(comparison, page.findings, style: page.style)
    var explanation = comparison.metric.explanation
    if let question = line.question { explanation += "; " + question }
    var cells: [Markup] = [
      .el(
        "th", ["scope": "row", "role": "rowheader", "class": "metric"],
        [.text(line.metric), .el("span", ["class": "sub"], explanation)])
    ]
    if namesArms {
      cells.append(
        .el(
          "td", ["role": "cell", "class": "arm", "data-l": "Arm"],
          [
            .el(
              "span", ["class": "armname " + page.armClass(comparison.arm)],
              [.name(comparison.arm, limit: 24)])
          ]))
    }
    let offset = namesArms ? 2 : 1
    cells.append(
      .el("td", ["role": "cell", "class": "n", "data-l": head[offset]], line.production))
    cells.append(
      .el("td", ["role": "cell", "class": "n", "data-l": head[offset + 1]], line.candidate))
    cells.append(
      .el(
        "td", ["role": "cell", "class": "n difference", "data-l": "Difference"],
        [
          .el("b", [:], line.difference), .text(" "),
          line.interval.isEmpty ? .fragment([]) : .el("span", ["class": "ci"], line.interval),
        ]))
    cells.append(.el("td", ["class": "glyph", "role": "presentation"], [glyph(comparison)]))
    cells.append(
      .el(
        "td", ["role": "cell", "class": "verdictcell"],
        [
          .el(
            "span", ["class": "verdict " + ForestChart.toneClass(line.verdict.tone)],
            [
              .el("span", ["aria-hidden": "true"], line.verdict.mark + "\u{00A0}"),
              .text(line.verdict.word),
            ]),
          reason(line.verdict).map { .el("span", ["class": "sub"], $0) } ?? .fragment([]),
          line.need.map { .el("span", ["class": "sub"], "to decide: " + $0) } ?? .fragment([]),
        ]))
    return .el("tr", ["role": "row"], cells)
  }

  private func reason(_ verdict: Verdict) -> String? {
    if case .undetermined(let absence) = verdict { absence.reason(page.style) } else { nil }
  }

  /// The interval against zero, small.
  private func glyph(_ comparison: ComparisonFinding) -> Markup {
    guard let estimate = comparison.main.estimate.estimate, let interval = estimate.interval else {
      return .fragment([])
    }
    let ends = [interval.low, interval.high, estimate.value].filter(\.isFinite).map(\.magnitude)
    var reach = ends.max() ?? 1
    if let margin = comparison.question.margin, margin < 4 * reach { reach = max(reach, margin) }
    guard reach > 0 else { return .fragment([]) }
    var drawing = Drawing(width: 112, height: 22)
    let x = Scale(-reach * 1.1, reach * 1.1, from: 2, to: 110)
    let style = page.armClass(comparison.arm)
    drawing.line(2, 11, 110, 11, "grid")
    drawing.line(x(0), 2, x(0), 20, "zero")
    if let margin = comparison.question.margin {
      var places = [margin]
      if case .equivalent = comparison.question {
        places = [-margin, margin]
      } else if comparison.metric.direction == .higherIsBetter {
        places = [-margin]
      }
      for place in places where place.magnitude <= x.high {
        drawing.line(x(place), 3, x(place), 19, "margin")
      }
    }
    drawing.line(x.clamped(interval.low), 11, x.clamped(interval.high), 11, "w3 " + style)
    drawing.mark(
      page.look(comparison.arm).mark, x.clamped(estimate.value), 11, size: 3.6, "pin " + style)
    return .el(
      "svg", ["class": "glyphchart", "viewBox": "0 0 112 22", "aria-hidden": "true"],
      drawing.shapes)
  }
}
