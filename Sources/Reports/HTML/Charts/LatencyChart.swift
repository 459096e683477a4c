import Probability
import Simulation

/// How many answers are slower than a given time: both axes logarithmic, so that the tail is as
/// wide as the rest.
struct LatencyTailChart {
  let page: PageContext
  private let arms: [(name: String, latency: LatencyFindings)]
  private let scale: MetricScale

  init?(_ page: PageContext) {
    self.page = page
    arms = page.findings.arms.compactMap { arm in
      arm.latency.flatMap { $0.histogram.isEmpty ? nil : (arm.name, $0) }
    }
    let largest = arms.flatMap(\.latency.quantiles).filter { $0.p <= 0.5 }.map(\.estimate.value)
      .max()
    scale = MetricScale(nanosecondsUpTo: largest ?? 1e6)
    if arms.isEmpty { return nil }
  }

  var figure: Figure {
    Figure(
      id: "latency-tail", title: "Latency", subtitle: "share of answers that take longer",
      words: words, wide: drawing(width: 960, labels: 132, height: 300),
      narrow: drawing(width: 360, labels: 20, height: 290), table: table,
      note:
        "Both axes are logarithmic: each line down is a tenth of the requests. Marks are quantiles with their intervals\(error)."
    )
  }

  private var error: String {
    let largest = arms.map(\.latency.relativeError).max() ?? 0
    guard largest > 0 else { return "" }
    return "; times are exact to \(page.style.percent(largest)) of themselves"
  }

  private func drawing(width: Double, labels: Double, height: Double) -> Drawing {
    var drawing = Drawing(width: width, height: height + 48)
    let isNarrow = width < 500
    let ends = range
    let floor = lowestShare
    let x = Scale(
      ends.low, ends.high, from: isNarrow ? 62 : 108, to: width - labels, isLogarithmic: true)
    let y = Scale(floor, 1, from: height, to: PlotFrame.top, isLogarithmic: true)
    PlotFrame(
      x: x, y: y, xTicks: Ticks.logarithmic(ends.low, ends.high, style: page.style),
      yTicks: shareTicks(floor, withQuantile: !isNarrow),
      xTitle: "latency, \(scale.unit)", yTitle: "answers slower than this"
    ).draw(in: &drawing)
    var labelPlaces: [(x: Double, y: Double)] = []
    for arm in arms {
      let style = page.armClass(arm.name)
      let points = survival(arm.latency).filter { $0.share >= floor }
      drawing.path(
        Path(points.map { (x.clamped($0.time * scale.factor), y.clamped($0.share)) }),
        "line " + style)
      for quantile in arm.latency.quantiles where 1 - quantile.p >= floor * 0.99 {
        marker(quantile, arm.name, &drawing, x, y)
      }
      let last = points.last ?? (time: 0, share: 1)
      labelPlaces.append((x.clamped(last.time * scale.factor), y.clamped(last.share)))
    }
    let order = labelPlaces.indices.sorted { (labelPlaces[$0].x, $0) < (labelPlaces[$1].x, $1) }
    let gaps = zip(order, order.dropFirst()).map { labelPlaces[$1].x - labelPlaces[$0].x }
    guard !isNarrow, gaps.allSatisfy({ $0 > 110 }) else {
      // Few answers are both fast and among the slowest: the lower left is always free.
      drawing.key(
        arms.map {
          (page.shortName($0.name, limit: 16), page.armClass($0.name), page.look($0.name).mark)
        }, left: x.from + 10, bottom: height - 14)
      return drawing
    }
    for index in order {
      let end = labelPlaces[index]
      drawing.text(
        page.shortName(arms[index].name, limit: 16), end.x + 10, end.y - 8,
        "name " + page.armClass(arms[index].name))
    }
    return drawing
  }

  private func marker(
    _ quantile: QuantileFinding, _ arm: String, _ drawing: inout Drawing, _ x: Scale, _ y: Scale
  ) {
    let style = page.armClass(arm)
    let at = x.clamped(quantile.estimate.value * scale.factor)
    let height = y.clamped(1 - quantile.p)
    if let interval = quantile.estimate.interval {
      let low = x.clamped(interval.low * scale.factor)
      let high = x.clamped(interval.high * scale.factor)
      drawing.line(low, height, high, height, "whisker " + style)
      drawing.line(low, height - 4, low, height + 4, "whisker " + style)
      drawing.line(high, height - 4, high, height + 4, "whisker " + style)
    }
    drawing.mark(page.look(arm).mark, at, height, size: 3.4, "dot " + style)
    drawing.point(
      "\(NameText.plain(arm, limit: 24)), p\(Metric.percentText(quantile.p))\n\(reading(quantile.estimate))",
      x: at - 8, y: height - 8, width: 16, height: 16)
  }

  private func reading(_ estimate: Estimate) -> String {
    EstimateText(estimate, factor: scale.factor).full(page.style, unit: scale.unit)
  }

  private var range: (low: Double, high: Double) {
    let low = arms.compactMap { arm in
      survival(arm.latency).last { $0.share > 0.995 }?.time ?? arm.latency.histogram.first?.low
    }
    let high = arms.compactMap { arm in
      survival(arm.latency).first { $0.share < lowestShare }?.time
        ?? arm.latency.histogram.last?.high
    }
    let quantiles = arms.flatMap(\.latency.quantiles).filter { 1 - $0.p >= lowestShare * 0.99 }
    let farthest = (high + quantiles.map(\.estimate.value).filter(\.isFinite)).max() ?? 10
    let from = max(1, low.filter { $0 > 0 }.min() ?? 1) * scale.factor
    let to = farthest * scale.factor
    return (from, max(to, from * 1.5) * 1.05)
  }

  private var lowestShare: Double {
    let n = arms.map { arm in arm.latency.histogram.reduce(0) { $0 + $1.count } }.max() ?? 1
    return n >= 10_000 ? 1e-4 : (n >= 1_000 ? 1e-3 : 1e-2)
  }

  private func shareTicks(_ floor: Double, withQuantile: Bool) -> [Tick] {
    var ticks: [Tick] = []
    var share = 1.0
    while share >= floor * 0.99 {
      let label = Metric.percentText(share) + page.style.space + "%"
      let quantile = share < 1 && withQuantile ? "p" + Metric.percentText(1 - share) + " · " : ""
      ticks.append(Tick(value: share, label: quantile + label))
      share /= 10
    }
    return ticks
  }

  /// (time, share of answers slower than it), thinned to at most 400 points.
  private func survival(_ latency: LatencyFindings) -> [(time: Double, share: Double)] {
    let total = Double(max(1, latency.histogram.reduce(0) { $0 + $1.count }))
    var left = total
    var points: [(time: Double, share: Double)] = []
    if let first = latency.histogram.first { points.append((max(1, first.low), 1)) }
    for bin in latency.histogram {
      left -= Double(bin.count)
      if left > 0 { points.append((bin.high, left / total)) }
    }
    guard points.count > 400 else { return points }
    let step = points.count / 300
    return points.enumerated().filter { index, point in
      index.isMultiple(of: step) || point.share < 0.02
    }.map(\.element).suffix(700)
  }

  private var words: String {
    arms.map { arm in
      let parts = arm.latency.quantiles.filter { [0.5, 0.99, 0.9999].contains($0.p) }.map {
        let text = EstimateText($0.estimate, factor: scale.factor)
        let amount = page.style.unit(text.number(page.style), scale.unit)
        return $0.p == 0.5
          ? "half of the answers take more than \(amount)"
          : "the slowest \(Metric.percentText(1 - $0.p)) % more than \(amount)"
      }
      return "\(NameText.plain(arm.name).capitalizedFirst): \(parts.joined(separator: ", "))."
    }.joined(separator: " ")
  }

  private var table: DataTable {
    let ps = arms.flatMap { $0.latency.quantiles.map(\.p) }.reduce(into: [Double]()) {
      if !$0.contains($1) { $0.append($1) }
    }.sorted()
    let rows = ps.map { p in
      ["p" + Metric.percentText(p)]
        + arms.map { arm in
          arm.latency.quantiles.first { $0.p == p }.map { reading($0.estimate) } ?? "too few"
        }
    }
    var csv = [["arm", "kind", "p_or_low", "high", "value_or_count", "low_end", "high_end"]]
    for arm in arms {
      for quantile in arm.latency.quantiles {
        csv.append([
          arm.name, "quantile", CSV.number(quantile.p), "", CSV.number(quantile.estimate.value),
          CSV.number(quantile.estimate.interval?.low), CSV.number(quantile.estimate.interval?.high),
        ])
      }
      for bin in arm.latency.histogram {
        csv.append([
          arm.name, "bin", CSV.number(bin.low), CSV.number(bin.high), String(bin.count), "", "",
        ])
      }
    }
    return DataTable(
      header: ["Quantile"] + arms.map { NameText.plain($0.name, limit: 24) }, rows: rows, csv: csv)
  }
}

/// Where the time goes: waiting in the queue, and being served.
struct LatencySplitChart {
  let page: PageContext
  private let arms: [(name: String, latency: LatencyFindings)]
  private let scale: MetricScale

  init?(_ page: PageContext) {
    self.page = page
    arms = page.findings.arms.compactMap { arm in arm.latency.map { (arm.name, $0) } }
    let largest =
      arms.map { $0.latency.meanWait + $0.latency.meanService }.filter(\.isFinite).max() ?? 0
    scale = MetricScale(nanosecondsUpTo: largest)
    if arms.isEmpty || largest <= 0 { return nil }
  }

  var figure: Figure {
    Figure(
      id: "latency-split", title: "Where the time goes", subtitle: "mean per answer", words: words,
      wide: drawing, narrow: nil, table: table,
      note:
        "Pale is waiting in the queue, full is being served; both are means over all answers, without an interval."
    )
  }

  private var drawing: Drawing {
    var drawing = Drawing(width: PlotFrame.width, height: 26 + 58 * Double(arms.count) + 34)
    let largest = arms.map { $0.latency.meanWait + $0.latency.meanService }.max() ?? 1
    let x = Scale(0, largest * scale.factor * 1.02, from: 0, to: PlotFrame.width - 12)
    let bottom = 12 + 58 * Double(arms.count)
    for tick in Ticks.linear(0, x.high, count: 4, style: page.style) {
      drawing.line(x(tick.value), 8, x(tick.value), bottom, "grid")
      drawing.text(
        tick.label, x(tick.value), bottom + 16, "tick", anchor: tick.value == 0 ? .start : .middle)
    }
    drawing.text("latency, \(scale.unit)", x.to, bottom + 34, "axistitle", anchor: .end)
    for (index, arm) in arms.enumerated() {
      let top = 12 + 58 * Double(index)
      let wait = x(arm.latency.meanWait * scale.factor)
      let end = x((arm.latency.meanWait + arm.latency.meanService) * scale.factor)
      let style = page.armClass(arm.name)
      drawing.text(page.shortName(arm.name, limit: 16), 0, top + 13, "name " + style)
      drawing.text(detail(arm.latency), PlotFrame.width - 12, top + 13, "soft", anchor: .end)
      drawing.rect(0, top + 21, wait, 20, "pale " + style)
      drawing.rect(wait, top + 21, end - wait, 20, "full " + style)
    }
    return drawing
  }

  private func amount(_ nanoseconds: Double) -> String {
    let value = nanoseconds * scale.factor
    return page.style.unit(
      page.style.number(value, decimals: Digits.decimals(significant: 2, of: value)), scale.unit)
  }

  private func detail(_ latency: LatencyFindings) -> String {
    "wait \(amount(latency.meanWait)), service \(amount(latency.meanService)), busy \(page.style.percent(latency.utilisation, decimals: 0))"
  }

  private var words: String {
    arms.map { "\(NameText.plain($0.name).capitalizedFirst): \(detail($0.latency)) of the time." }
      .joined(separator: " ")
  }

  private var table: DataTable {
    let rows = arms.map {
      [
        NameText.plain($0.name, limit: 24), amount($0.latency.meanWait),
        amount($0.latency.meanService),
        page.style.percent($0.latency.utilisation, decimals: 1),
      ]
    }
    let csv =
      [["arm", "mean_wait_ns", "mean_service_ns", "utilisation"]]
      + arms.map {
        [
          $0.name, CSV.number($0.latency.meanWait), CSV.number($0.latency.meanService),
          CSV.number($0.latency.utilisation),
        ]
      }
    return DataTable(header: ["Arm", "Wait", "Service", "Busy"], rows: rows, csv: csv)
  }
}
