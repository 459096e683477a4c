import Simulation

/// Differences with their intervals: one strip per comparison, each on its own scale, all with zero
/// on one line.
struct ForestChart {
  let page: PageContext
  let id: String
  let title: String
  /// What is taken from what.
  var direction = "Candidate \u{2212} production"
  private let comparisons: [ComparisonFinding]
  private static let limit = 40

  init(_ page: PageContext, comparisons: [ComparisonFinding], id: String, title: String) {
    self.page = page
    self.comparisons = comparisons
    self.id = id
    self.title = title
  }

  func reading(_ direction: String) -> Self {
    var copy = self
    copy.direction = direction
    return copy
  }

  var figure: Figure {
    Figure(
      id: id, title: title, words: words, wide: drawing(.wide), narrow: drawing(.narrow),
      table: table, note: note)
  }

  // MARK: Drawing

  private struct Layout {
    var width: Double
    var left: Double
    var right: Double
    /// Words stand above and below a strip, not beside it.
    var isStacked: Bool
    var tickCount: Int

    static let wide = Layout(width: 960, left: 186, right: 694, isStacked: false, tickCount: 5)
    static let narrow = Layout(width: 360, left: 16, right: 344, isStacked: true, tickCount: 4)
  }

  private func height(_ comparison: ComparisonFinding, _ layout: Layout) -> Double {
    76 + (comparison.independent == nil ? 0 : 14) + (layout.isStacked ? 46 : 0)
  }

  private func drawing(_ layout: Layout) -> Drawing {
    let shown = comparisons.prefix(Self.limit)
    let total = shown.reduce(0) { $0 + height($1, layout) }
    var drawing = Drawing(width: layout.width, height: total + 6)
    var top = 4.0
    for comparison in shown {
      strip(comparison, &drawing, layout, top: top)
      top += height(comparison, layout)
    }
    return drawing
  }

  private func strip(
    _ comparison: ComparisonFinding, _ drawing: inout Drawing, _ layout: Layout, top: Double
  ) {
    let scale = MetricScale(comparison, currency: page.currency)
    let line = ComparisonLine(comparison, page.findings, style: page.style)
    let plotTop = top + (layout.isStacked ? 42 : 4)
    heading(comparison, line, &drawing, layout, top: top)
    let axis = plotTop + (comparison.independent == nil ? 40 : 54)
    guard comparison.main.estimate.estimate != nil else {
      drawing.text(
        "nothing to draw: " + reason(comparison), layout.left, plotTop + 20,
        "soft")
      return
    }
    let reach = reach(comparison) * scale.factor
    let x = Scale(-reach, reach, from: layout.left, to: layout.right)
    margins(comparison, &drawing, x, scale, top: plotTop, axis: axis)
    axisMarks(comparison, &drawing, x, layout, scale, top: plotTop, axis: axis)
    intervals(comparison, &drawing, x, scale, y: plotTop + 22)
    independent(comparison, &drawing, x, scale, y: plotTop + 41)
    drawing.point(
      hover(comparison, line, scale), x: layout.left, y: plotTop, width: layout.right - layout.left,
      height: axis - plotTop)
  }

  private func reason(_ comparison: ComparisonFinding) -> String {
    if case .absent(let absence) = comparison.main.estimate {
      absence.reason(page.style)
    } else {
      ""
    }
  }

  private func heading(
    _ comparison: ComparisonFinding, _ line: ComparisonLine, _ drawing: inout Drawing,
    _ layout: Layout, top: Double
  ) {
    let style = page.armClass(comparison.arm)
    let arm = page.shortName(comparison.arm, limit: layout.isStacked ? 18 : 24)
    let amount = line.difference + (line.interval.isEmpty ? "" : " " + line.interval)
    let verdict = line.verdict.mark + " " + line.verdict.word
    let tone = "verdict " + Self.toneClass(line.verdict.tone)
    if layout.isStacked {
      drawing.text(line.metric, 0, top + 14, "strong")
      drawing.text(arm, 0, top + 31, "name " + style)
      drawing.text(amount, layout.width, top + 14, "t", anchor: .end)
      drawing.text(verdict, layout.width, top + 31, tone, anchor: .end)
    } else {
      drawing.text(line.metric, 0, top + 17, "strong")
      drawing.text(arm, 0, top + 35, "name " + style)
      drawing.text(amount, layout.right + 22, top + 17, "t")
      drawing.text(verdict, layout.right + 22, top + 35, tone)
    }
  }

  static func toneClass(_ tone: Verdict.Tone) -> String {
    switch tone {
    case .good: "good"
    case .bad: "bad"
    case .open: "open"
    case .neutral: "neutral"
    }
  }

  /// From zero to the farthest thing drawn, and a little more.
  private func reach(_ comparison: ComparisonFinding) -> Double {
    guard let estimate = comparison.main.estimate.estimate else { return 1 }
    var ends = [estimate.value]
    for interval in comparison.otherLevels + [estimate.interval].compactMap({ $0 }) {
      ends += [interval.low, interval.high]
    }
    if let interval = comparison.independent?.estimate.estimate?.interval {
      ends += [interval.low, interval.high]
    }
    var reach = ends.filter(\.isFinite).map(\.magnitude).max() ?? 0
    // A margin far beyond everything would squeeze what is to be seen; it is then told in words.
    if let margin = comparison.question.margin, margin < 6 * reach { reach = max(reach, margin) }
    return reach > 0 ? reach * 1.14 : 1
  }

  private func margins(
    _ comparison: ComparisonFinding, _ drawing: inout Drawing, _ x: Scale, _ scale: MetricScale,
    top: Double, axis: Double
  ) {
    guard let margin = comparison.question.margin, margin > 0 else { return }
    var places = [margin]
    switch comparison.question {
    case .equivalent: places = [-margin, margin]
    case .notWorse: if comparison.metric.direction == .higherIsBetter { places = [-margin] }
    case .different: return
    }
    for place in places where (place * scale.factor).magnitude <= x.high {
      let at = x(place * scale.factor)
      drawing.line(at, top - 2, at, axis, "margin")
      // Between the margin and zero if there is room, so that it stays clear of the edges.
      let isInside = (at - x(0)).magnitude > 60
      let isRight = (place < 0) == isInside
      drawing.text(
        "margin", at + (isRight ? 5 : -5), axis - 4, "tick", anchor: isRight ? .start : .end)
    }
  }

  private func axisMarks(
    _ comparison: ComparisonFinding, _ drawing: inout Drawing, _ x: Scale, _ layout: Layout,
    _ scale: MetricScale, top: Double, axis: Double
  ) {
    drawing.line(x.from, axis, x.to, axis, "axis")
    drawing.line(x(0), top - 2, x(0), axis, "zero")
    for tick in Ticks.linear(x.low, x.high, count: layout.tickCount, style: page.style) {
      drawing.line(x(tick.value), axis, x(tick.value), axis + 4, "axis")
      let label = tick.value > 0 ? "+" + tick.label : tick.label
      drawing.text(tick.value == 0 ? "0" : label, x(tick.value), axis + 17, "tick", anchor: .middle)
    }
    if !layout.isStacked, !scale.differenceUnit.isEmpty {
      drawing.text(scale.differenceUnit, x.from - 14, axis + 4, "tick", anchor: .end)
    }
    switch comparison.metric.direction {
    case .lowerIsBetter: drawing.text("\u{2190} better", x.from, top + 8, "tick")
    case .higherIsBetter: drawing.text("better \u{2192}", x.to, top + 8, "tick", anchor: .end)
    case .neither: break
    }
  }

  /// The wider the interval, the thinner its line.
  private func intervals(
    _ comparison: ComparisonFinding, _ drawing: inout Drawing, _ x: Scale, _ scale: MetricScale,
    y: Double
  ) {
    guard let estimate = comparison.main.estimate.estimate else { return }
    let all = (comparison.otherLevels + [estimate.interval].compactMap { $0 })
      .sorted { ($0.level, $0.low) > ($1.level, $1.low) }
    let style = page.armClass(comparison.arm)
    for interval in all {
      let weight =
        interval.level >= 0.985 ? 1 : (interval.level >= 0.9 ? 2 : (interval.level >= 0.7 ? 3 : 4))
      drawing.line(
        x.clamped(interval.low * scale.factor), y, x.clamped(interval.high * scale.factor), y,
        "w\(weight) " + style)
    }
    if let main = estimate.interval {
      for end in [main.low, main.high] where end.isFinite {
        let at = x.clamped(end * scale.factor)
        drawing.line(at, y - 6, at, y + 6, "w2 " + style)
      }
    }
    drawing.mark(
      page.look(comparison.arm).mark, x.clamped(estimate.value * scale.factor), y, size: 5,
      "pin " + style)
  }

  private func independent(
    _ comparison: ComparisonFinding, _ drawing: inout Drawing, _ x: Scale, _ scale: MetricScale,
    y: Double
  ) {
    guard let estimate = comparison.independent?.estimate.estimate else { return }
    if let interval = estimate.interval {
      let low = x.clamped(interval.low * scale.factor)
      let high = x.clamped(interval.high * scale.factor)
      drawing.line(low, y, high, y, "grey")
      drawing.line(low, y - 4, low, y + 4, "grey")
      drawing.line(high, y - 4, high, y + 4, "grey")
    }
    drawing.mark(.circle, x.clamped(estimate.value * scale.factor), y, size: 3, "greypin")
  }

  // MARK: Words and numbers

  private func hover(_ comparison: ComparisonFinding, _ line: ComparisonLine, _ scale: MetricScale)
    -> String
  {
    var lines = ["\(line.metric), \(NameText.plain(comparison.arm, limit: 24))"]
    if let estimate = comparison.main.estimate.estimate {
      let all = (comparison.otherLevels + [estimate.interval].compactMap { $0 })
        .sorted { ($0.level, $0.low) < ($1.level, $1.low) }
      lines.append("\(line.difference)")
      for interval in all {
        let one = EstimateText(
          Estimate(value: estimate.value, interval: interval, n: estimate.n), factor: scale.factor)
        lines.append("\(Metric.percentText(interval.level)) %: \(one.bracket(page.style))")
      }
    }
    if let estimate = comparison.independent?.estimate.estimate {
      let text = EstimateText(estimate, factor: scale.factor)
      lines.append(
        "if independent: \(text.full(page.style, unit: scale.differenceUnit, signed: true))")
    }
    return lines.joined(separator: "\n")
  }

  private var words: String {
    let clear = comparisons.filter {
      guard let estimate = $0.main.estimate.estimate else { return false }
      return EstimateText(estimate, factor: 1).intervalExcludesZero
    }
    let known = comparisons.filter { $0.main.estimate.estimate != nil }
    guard !known.isEmpty else { return "None of the differences could be computed." }
    let names = clear.prefix(4).map { comparison in
      let line = ComparisonLine(comparison, page.findings, style: page.style)
      return "\(line.metric) \(line.difference)"
    }
    let count =
      known.count == 1
      ? "The interval" : "\(clear.count) of \(page.plural(known.count, "interval"))"
    if clear.isEmpty {
      return known.count == 1
        ? "The interval includes zero." : "All \(known.count) intervals include zero."
    }
    let all = clear.count > 4 ? names + ["\(clear.count - 4) more"] : Array(names)
    return
      "\(count) lie\(clear.count == 1 ? "s" : "") clear of zero: \(page.list(all))."
  }

  private var note: String {
    let levels = Set(
      comparisons.flatMap { comparison in
        comparison.otherLevels.map(\.level)
          + [comparison.main.estimate.estimate?.interval?.level].compactMap { $0 }
      }
    ).sorted()
    let main = comparisons.compactMap { $0.main.estimate.estimate?.interval?.level }.first
    var text =
      "\(direction); each strip has its own scale, zero stands on one line. "
    if levels.count > 1 {
      text +=
        "From thick to thin the lines are the \(page.list(levels.map { Metric.percentText($0) + " %" })) intervals"
      if let main { text += "; the capped one (\(Metric.percentText(main)) %) decides" }
      text += ". "
    }
    if comparisons.contains(where: { $0.independent != nil }) {
      text += "Grey beneath: what one would get by taking the requests for independent."
    }
    return text
  }

  private var table: DataTable {
    let header = ["Metric", "Arm", "Difference", "Interval", "If independent", "Verdict"]
    let rows = comparisons.map { comparison in
      let line = ComparisonLine(comparison, page.findings, style: page.style)
      let scale = MetricScale(comparison, currency: page.currency)
      let independent = comparison.independent?.estimate.estimate.map {
        EstimateText($0, factor: scale.factor).full(
          page.style, unit: scale.differenceUnit, signed: true)
      }
      return [
        line.metric, NameText.plain(line.arm), line.difference, line.interval,
        independent ?? NumberStyle.missing, line.verdict.words(page.style),
      ]
    }
    var csv = [
      ["metric", "arm", "method", "estimate", "low", "high", "level", "n", "p", "p_adjusted"]
    ]
    for comparison in comparisons {
      csv.append(
        [comparison.metric.name, comparison.arm, comparison.main.method]
          + CSV.cells(comparison.main.estimate.estimate)
          + [CSV.number(comparison.main.p), CSV.number(comparison.adjustedP)])
      for interval in comparison.otherLevels {
        csv.append([
          comparison.metric.name, comparison.arm, comparison.main.method,
          CSV.number(comparison.main.estimate.estimate?.value), CSV.number(interval.low),
          CSV.number(interval.high), CSV.number(interval.level), "", "", "",
        ])
      }
      if let independent = comparison.independent {
        csv.append(
          [comparison.metric.name, comparison.arm, independent.method]
            + CSV.cells(independent.estimate.estimate) + [CSV.number(independent.p), ""])
      }
    }
    return DataTable(header: header, rows: rows, csv: csv)
  }
}
