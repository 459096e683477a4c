import Simulation
import Traffic

/// One metric over time for every arm: lines with interval bands, shifts shaded and named, alarms
/// on a rail.
struct TimelineChart {
  let page: PageContext
  let metric: Metric
  private let series: [TimelineFindings.Series]
  private let starts: [SimulatedTime]
  private let ends: [SimulatedTime]
  private let scale: MetricScale

  /// nil where no arm has a single value.
  init?(_ page: PageContext, metric: Metric) {
    let timeline = page.findings.timeline
    self.page = page
    self.metric = metric
    starts = timeline.starts
    ends = Array(timeline.starts.dropFirst()) + [timeline.end]
    series = page.findings.arms.compactMap { arm in
      timeline.series.first { $0.arm == arm.name && $0.metric == metric }
    }
    let values = series.flatMap(\.points).compactMap(\.estimate?.value).filter(\.isFinite)
    guard !values.isEmpty, !starts.isEmpty else { return nil }
    scale = MetricScale(
      metric, largest: values.map(\.magnitude).max() ?? 0, currency: page.currency)
  }

  var figure: Figure {
    Figure(
      id: PageContext.slug("over-time", metric.name), title: metric.title,
      subtitle: metric.explanation, words: words, wide: drawing(.wide), narrow: drawing(.narrow),
      table: table)
  }

  // MARK: Drawing

  private struct Layout {
    var width: Double
    var left: Double
    var right: Double
    var plotHeight: Double
    var tickCount: Int
    var nameLimit: Int

    static let wide = Layout(
      width: 960, left: 58, right: 132, plotHeight: 176, tickCount: 10, nameLimit: 16)
    static let narrow = Layout(
      width: 360, left: 44, right: 90, plotHeight: 150, tickCount: 4, nameLimit: 11)
  }

  private func drawing(_ layout: Layout) -> Drawing {
    let shifts = ShiftSpans(page, start: starts[0], end: page.findings.timeline.end)
    let rail = AlarmRail(page, start: starts[0], end: page.findings.timeline.end)
    let x = Scale(
      Double(starts[0].nanoseconds), Double(page.findings.timeline.end.nanoseconds),
      from: layout.left, to: layout.width - layout.right)
    let names = shifts.rows(x, compact: layout.width < 500)
    let railHeight = rail.isEmpty ? 0.0 : 20
    let top = 8 + railHeight + Double(names.rowCount) * 17 + (names.rowCount > 0 ? 3 : 0)
    let bottom = top + layout.plotHeight
    let (low, high) = domain
    let y = Scale(low, high, from: bottom, to: top)
    var drawing = Drawing(width: layout.width, height: bottom + 30)
    grid(&drawing, y, layout, bottom: bottom)
    shifts.draw(in: &drawing, x, top: top, bottom: bottom, names: names, namesTop: 8 + railHeight)
    TimeAxis(
      start: starts[0], end: page.findings.timeline.end, tickCount: layout.tickCount,
      time: page.time
    ).draw(in: &drawing, x, bottom: bottom)
    for one in series { band(one, &drawing, x, y) }
    for one in series { lines(one, &drawing, x, y) }
    labels(&drawing, x, y, layout, top: top, bottom: bottom)
    rail.draw(in: &drawing, x, y: 12, bottom: bottom)
    points(&drawing, x, top: top, bottom: bottom)
    return drawing
  }

  /// Values with their intervals, an interval reaching out at most as far again as the values
  /// spread.
  private var domain: (low: Double, high: Double) {
    let estimates = series.flatMap(\.points).compactMap(\.estimate)
    let values = estimates.map { $0.value * scale.factor }.filter(\.isFinite)
    var low = values.min() ?? 0
    var high = values.max() ?? 1
    let reach = high > low ? (high - low) * 0.8 : Double.infinity
    let lows = estimates.compactMap { $0.interval?.low }.map { $0 * scale.factor }
    let highs = estimates.compactMap { $0.interval?.high }.map { $0 * scale.factor }
    low = max(low - reach, min(low, lows.filter(\.isFinite).min() ?? low))
    high = min(high + reach, max(high, highs.filter(\.isFinite).max() ?? high))
    if metric.axisStartsAtZero { low = min(0, low) }
    if high <= low { high = low + max(1e-9, low.magnitude * 0.1) + (low == 0 ? 1 : 0) }
    let pad = (high - low) * 0.06
    let ceiling = metric.isShare ? 100.0 : (metric == .auc ? 1 : .infinity)
    return (
      metric.axisStartsAtZero && low == 0 ? 0 : low - pad, min(high + pad, max(high, ceiling))
    )
  }

  private func grid(
    _ drawing: inout Drawing, _ y: Scale, _ layout: Layout, bottom: Double
  ) {
    for tick in Ticks.linear(y.low, y.high, count: 4, style: page.style) {
      drawing.line(layout.left, y(tick.value), layout.width - layout.right, y(tick.value), "grid")
      let label = scale.unit == "%" ? tick.label + page.style.space + "%" : tick.label
      drawing.text(label, layout.left - 7, y(tick.value) + 4, "tick", anchor: .end)
    }
    if !scale.unit.isEmpty, scale.unit != "%" {
      drawing.text(scale.unit, layout.left - 7, y.to - 6, "tick", anchor: .end)
    }
  }

  private func center(_ index: Int) -> Double {
    Double(starts[index].nanoseconds) / 2 + Double(ends[index].nanoseconds) / 2
  }

  private func band(
    _ one: TimelineFindings.Series, _ drawing: inout Drawing, _ x: Scale, _ y: Scale
  ) {
    var path = Path()
    for run in runs(one.points, where: { $0.interval != nil }) {
      let upper = run.map {
        (x(center($0.index)), y.clamped(($0.estimate.interval?.high ?? 0) * scale.factor))
      }
      let lower = run.map {
        (x(center($0.index)), y.clamped(($0.estimate.interval?.low ?? 0) * scale.factor))
      }
      if run.count == 1 {
        path.append(
          Path(closed: [
            (upper[0].0 - 4, upper[0].1), (upper[0].0 + 4, upper[0].1),
            (lower[0].0 + 4, lower[0].1), (lower[0].0 - 4, lower[0].1),
          ]))
      } else {
        path.append(Path(closed: upper + lower.reversed()))
      }
    }
    drawing.path(path, "band " + page.armClass(one.arm))
  }

  private func lines(
    _ one: TimelineFindings.Series, _ drawing: inout Drawing, _ x: Scale, _ y: Scale
  ) {
    let style = page.armClass(one.arm)
    var path = Path()
    var dots: [(Double, Double)] = []
    for run in runs(one.points, where: { $0.value.isFinite }) {
      let places = run.map { (x(center($0.index)), y.clamped($0.estimate.value * scale.factor)) }
      path.append(Path(places))
      if places.count == 1 || starts.count <= 40 { dots += places }
    }
    drawing.path(path, "line " + style)
    let mark = page.look(one.arm).mark
    for dot in dots.prefix(200) { drawing.mark(mark, dot.0, dot.1, size: 2.6, "dot " + style) }
  }

  /// Stretches of buckets without a gap.
  private func runs(_ points: [Finding], where holds: (Estimate) -> Bool)
    -> [[(index: Int, estimate: Estimate)]]
  {
    var runs: [[(index: Int, estimate: Estimate)]] = []
    var open = false
    for (index, point) in points.prefix(starts.count).enumerated() {
      guard let estimate = point.estimate, holds(estimate) else {
        open = false
        continue
      }
      if open {
        runs[runs.count - 1].append((index, estimate))
      } else {
        runs.append([(index, estimate)])
      }
      open = true
    }
    return runs
  }

  private func labels(
    _ drawing: inout Drawing, _ x: Scale, _ y: Scale, _ layout: Layout, top: Double,
    bottom: Double
  ) {
    let ends = series.compactMap { one -> (arm: String, index: Int, estimate: Estimate)? in
      guard let last = one.points.lastIndex(where: { $0.estimate != nil }), last < starts.count,
        let estimate = one.points[last].estimate
      else { return nil }
      return (one.arm, last, estimate)
    }
    let wanted = ends.map { y.clamped($0.estimate.value * scale.factor) + 4 }
    let places = EndLabels.spread(wanted, gap: 15, top: top + 8, bottom: bottom)
    for (end, place) in zip(ends, places) {
      let edge = x.to + 6
      drawing.line(
        x(center(end.index)), y.clamped(end.estimate.value * scale.factor), edge, place - 4,
        "lead " + page.armClass(end.arm))
      drawing.text(
        page.shortName(end.arm, limit: layout.nameLimit), edge + 4, place,
        "name " + page.armClass(end.arm))
    }
  }

  /// One area per bucket, or per few buckets where there are many.
  private func points(_ drawing: inout Drawing, _ x: Scale, top: Double, bottom: Double) {
    let step = max(1, (starts.count + 119) / 120)
    for index in stride(from: 0, to: starts.count, by: step) {
      let values = series.compactMap { one -> String? in
        guard index < one.points.count else { return nil }
        return NameText.plain(one.arm, limit: 24) + " " + reading(one.points[index])
      }
      let left = x(Double(starts[index].nanoseconds))
      let right = x(Double(ends[min(ends.count - 1, index + step - 1)].nanoseconds))
      drawing.point(
        bucketName(index) + "\n" + values.joined(separator: "\n"), x: left, y: top,
        width: right - left, height: bottom - top, guide: x(center(index)))
    }
  }

  // MARK: Words and numbers

  private func reading(_ finding: Finding) -> String {
    switch finding {
    case .estimate(let estimate):
      EstimateText(estimate, factor: scale.factor).full(page.style, unit: scale.unit)
    case .absent(let absence): absence.reason(page.style)
    }
  }

  private func bucketName(_ index: Int) -> String { BucketNames(page).name(index) }

  private var words: String {
    guard
      let production = series.first(where: {
        page.look($0.arm).colour == 0 && page.look($0.arm).dash == 0
      })
    else {
      return range(series[0])
    }
    let others = series.filter { $0.arm != production.arm }
    let comparisons = others.compactMap { comparison($0, with: production) }
    return ([range(production)] + comparisons).joined(separator: " ")
  }

  private func range(_ one: TimelineFindings.Series) -> String {
    let known = one.points.enumerated().compactMap { index, point in
      point.estimate.map { (index, $0) }
    }
    let name = NameText.subject(one.arm)
    guard let low = known.min(by: { $0.1.value < $1.1.value }),
      let high = known.max(by: { $0.1.value < $1.1.value })
    else { return "\(name.capitalizedFirst) has no values." }
    if low.1.value == high.1.value {
      return "\(name.capitalizedFirst) stays at \(short(low.1))."
    }
    return
      "\(name.capitalizedFirst) ranges from \(short(low.1)) (\(bucketName(low.0))) to \(short(high.1)) (\(bucketName(high.0)))."
  }

  private func short(_ estimate: Estimate) -> String {
    let text = EstimateText(estimate, factor: scale.factor)
    return page.style.unit(text.number(page.style), scale.unit)
  }

  private func comparison(
    _ one: TimelineFindings.Series, with production: TimelineFindings.Series
  ) -> String? {
    var above: [Int] = []
    var below: [Int] = []
    for (index, pair) in zip(production.points, one.points).enumerated() {
      guard let a = pair.0.estimate?.value, let b = pair.1.estimate?.value else { continue }
      if b > a { above.append(index) } else if b < a { below.append(index) }
    }
    let total = above.count + below.count
    let name = NameText.subject(one.arm).capitalizedFirst
    guard total > 0 else { return nil }
    let noun = BucketNames(page).noun
    let (side, other, minority) =
      above.count >= below.count ? ("above", "below", below) : ("below", "above", above)
    let majority = total - minority.count
    if minority.isEmpty {
      return
        "\(name) is \(side) production in \(total == 1 ? "the one \(noun)" : "all \(page.plural(total, noun))")."
    }
    let names =
      minority.count <= 4
      ? "in " + page.list(minority.map(bucketName)) : "in the other \(minority.count)"
    return
      "\(name) is \(side) production in \(majority) of \(page.plural(total, noun)); \(other) \(names)."
  }

  private var table: DataTable {
    let header =
      [BucketNames(page).noun.capitalizedFirst + " from"]
      + series.map { NameText.plain($0.arm, limit: 24) }
    let rows = starts.indices.map { index in
      [bucketName(index)]
        + series.map { index < $0.points.count ? reading($0.points[index]) : NumberStyle.missing }
    }
    var csv = [["start", "arm", "metric", "value", "low", "high", "level", "n"]]
    for index in starts.indices {
      for one in series where index < one.points.count {
        let estimate = one.points[index].estimate
        csv.append(
          [starts[index].rfc3339, one.arm, metric.name] + CSV.cells(estimate))
      }
    }
    return DataTable(header: header, rows: rows, csv: csv)
  }
}

extension CSV {
  /// value, low, high, level, n.
  static func cells(_ estimate: Estimate?) -> [String] {
    [
      number(estimate?.value), number(estimate?.interval?.low), number(estimate?.interval?.high),
      number(estimate?.interval?.level), estimate.map { String($0.n) } ?? "",
    ]
  }
}

extension String {
  /// With an upper-case first letter, where there is one.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

/// What the buckets of the timeline are called.
struct BucketNames {
  let page: PageContext
  init(_ page: PageContext) { self.page = page }

  /// "month"; "30m" is called a span of it.
  var noun: String {
    switch page.findings.timeline.bucket {
    case "hour", "day", "week", "month", "quarter", "year": page.findings.timeline.bucket
    default: "stretch"
    }
  }

  func name(_ index: Int) -> String {
    let start = page.findings.timeline.starts[index]
    guard page.time.hasCalendar else { return page.time.moment(start) }
    let civil = CivilTime(start)
    switch page.findings.timeline.bucket {
    case "month": return "\(civil.monthName) \(civil.year)"
    case "quarter": return "Q\((civil.month + 2) / 3) \(civil.year)"
    case "year": return "\(civil.year)"
    case "day": return page.time.date(start)
    case "week": return "week of " + page.time.date(start)
    default: return page.time.moment(start)
    }
  }
}
