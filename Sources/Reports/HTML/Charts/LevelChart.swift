import Simulation
import Traffic

/// One arm's queue and replicas over time: two panels on one time axis.
struct LevelChart {
  let page: PageContext
  private let arm: String
  private let levels: [ServingFindings.ServiceLevel]
  private let start: SimulatedTime
  private let end: SimulatedTime
  private let text: ServingText

  /// One for each arm that tells of its levels; all have the same time axis.
  static func all(_ page: PageContext) -> [LevelChart] {
    let levels = page.findings.arms.flatMap { $0.serving?.levels ?? [] }
    let timeline = page.findings.timeline
    let starts = levels.map(\.start) + timeline.starts.prefix(1)
    let ends = levels.map(\.end) + (timeline.starts.isEmpty ? [] : [timeline.end])
    guard !levels.isEmpty, let start = starts.min(), let end = ends.max(), start < end else {
      return []
    }
    return page.findings.arms.compactMap { arm in
      guard let own = arm.serving?.levels, !own.isEmpty else { return nil }
      return LevelChart(
        page: page, arm: arm.name, levels: own, start: start, end: end,
        text: ServingText(page.findings, style: page.style))
    }
  }

  /// - Parameter index: of the arm, for the figure's identifier: two names may have the same slug.
  func figure(_ index: Int) -> Figure {
    Figure(
      id: PageContext.slug("levels", String(index + 1), arm), title: "Queue and replicas",
      subtitle: "of " + NameText.plain(arm, limit: 40), words: words, wide: drawing(.wide),
      narrow: drawing(.narrow), table: table,
      note: "Means over stretches of \(stretch). Filled is busy\(orderedNote).")
  }

  private var orderedNote: String {
    hasOrders ? "; ordered are the ready replicas and those that are still starting" : ""
  }

  private var stretch: String {
    let kept = LevelSeries(levels, limit: Layout.wide.stretches).levels
    let lengths = kept.map { ($0.end - $0.start).nanoseconds }
    return TimeText.length(SimulatedDuration(nanoseconds: lengths.max() ?? 0))
  }

  // MARK: Drawing

  private struct Layout {
    var width: Double
    var left: Double
    var right: Double
    var panelHeight: Double
    var tickCount: Int
    /// At most as many are drawn.
    var stretches: Int

    static let wide = Layout(
      width: 960, left: 58, right: 132, panelHeight: 118, tickCount: 10, stretches: 240)
    static let narrow = Layout(
      width: 360, left: 44, right: 90, panelHeight: 100, tickCount: 4, stretches: 120)
  }

  private func drawing(_ layout: Layout) -> Drawing {
    let series = LevelSeries(levels, limit: layout.stretches)
    let shifts = ShiftSpans(page, start: start, end: end)
    let x = Scale(
      Double(start.nanoseconds), Double(end.nanoseconds), from: layout.left,
      to: layout.width - layout.right)
    let names = shifts.rows(x, compact: layout.width < 500)
    let top = Double(names.rowCount) * 17 + 30
    let middle = top + layout.panelHeight
    let second = middle + 40
    let bottom = second + layout.panelHeight
    var drawing = Drawing(width: layout.width, height: bottom + 30)
    let queue = Scale(0, queueTop, from: middle, to: top)
    let replicas = Scale(0, replicaTop, from: bottom, to: second)
    frame(&drawing, queue, x, "requests waiting")
    frame(&drawing, replicas, x, "replicas")
    shifts.draw(
      in: &drawing, x, top: top, bottom: middle, names: names, namesTop: 0)
    shifts.draw(
      in: &drawing, x, top: second, bottom: bottom,
      names: .init(places: names.places.map { _ in nil }, rowCount: 0), namesTop: 0)
    drawing.line(x.from, middle, x.to, middle, "axis")
    TimeAxis(start: start, end: end, tickCount: layout.tickCount, time: page.time)
      .draw(in: &drawing, x, bottom: bottom)
    drawQueue(series, &drawing, x, queue)
    drawReplicas(series, &drawing, x, replicas)
    points(series, &drawing, x, top: top, bottom: bottom)
    return drawing
  }

  private var queueTop: Double {
    max(1, (levels.map(\.waiting).filter(\.isFinite).max() ?? 0) * 1.06)
  }

  private var replicaTop: Double {
    let all = levels.flatMap { [$0.readyReplicas, $0.orderedReplicas, $0.busyReplicas] }
    return max(1, (all.filter(\.isFinite).max() ?? 0) * 1.1)
  }

  /// Replicas are ordered that are not ready somewhere.
  private var hasOrders: Bool {
    levels.contains { $0.orderedReplicas > $0.readyReplicas + 0.005 }
  }

  private func frame(_ drawing: inout Drawing, _ y: Scale, _ x: Scale, _ title: String) {
    for tick in Ticks.linear(0, y.high, count: 4, style: page.style) {
      drawing.line(x.from, y(tick.value), x.to, y(tick.value), "grid")
      drawing.text(tick.label, x.from - 7, y(tick.value) + 4, "tick", anchor: .end)
    }
    drawing.text(title, 0, y.to - 12, "axistitle")
  }

  private func drawQueue(
    _ series: LevelSeries, _ drawing: inout Drawing, _ x: Scale, _ y: Scale
  ) {
    let style = page.armClass(arm)
    drawing.path(series.area(\.waiting, x, y), "full " + style, opacity: 0.28)
    drawing.path(series.steps(\.waiting, x, y), "line thin d0 " + style)
  }

  private func drawReplicas(
    _ series: LevelSeries, _ drawing: inout Drawing, _ x: Scale, _ y: Scale
  ) {
    let style = page.armClass(arm)
    drawing.path(series.area(\.busyReplicas, x, y), "full " + style, opacity: 0.28)
    if hasOrders {
      drawing.path(series.steps(\.orderedReplicas, x, y), "line thin d2 " + style)
    }
    drawing.path(series.steps(\.readyReplicas, x, y), "line thin d0 " + style)
    guard let last = series.levels.last else { return }
    var ends = [("busy", last.busyReplicas), ("ready", last.readyReplicas)]
    if hasOrders { ends.append(("ordered", last.orderedReplicas)) }
    let wanted = ends.map { y.clamped($0.1) + 4 }
    let places = EndLabels.spread(wanted, gap: 15, top: y.to + 8, bottom: y.from)
    let edge = x(Double(last.end.nanoseconds))
    for ((name, value), place) in zip(ends, places) {
      drawing.line(edge, y.clamped(value), x.to + 6, place - 4, "lead " + style)
      drawing.text(name, x.to + 10, place, "name " + style)
    }
  }

  private func points(
    _ series: LevelSeries, _ drawing: inout Drawing, _ x: Scale, top: Double, bottom: Double
  ) {
    for level in LevelSeries(series.levels, limit: 120).levels {
      let left = x(Double(level.start.nanoseconds))
      let right = x(Double(level.end.nanoseconds))
      drawing.point(
        page.time.moment(level.start) + "\n" + reading(level), x: left, y: top,
        width: right - left, height: bottom - top, guide: (left + right) / 2)
    }
  }

  private func reading(_ level: ServingFindings.ServiceLevel) -> String {
    var lines = [
      "\(text.amount(level.waiting)) waiting", "\(text.amount(level.busyReplicas)) busy",
      "\(text.amount(level.readyReplicas)) ready",
    ]
    if hasOrders { lines.append("\(text.amount(level.orderedReplicas)) ordered") }
    return lines.joined(separator: "\n")
  }

  // MARK: Words and numbers

  private var words: String {
    var sentences: [String] = []
    let longest = levels.filter(\.waiting.isFinite).max { $0.waiting < $1.waiting }
    if let longest, longest.waiting >= 0.05 {
      sentences.append(
        "The queue is longest from \(page.time.moment(longest.start)) on: \(text.waiting(longest.waiting)), on average over \(TimeText.length(longest.end - longest.start))."
      )
    } else {
      sentences.append("Hardly ever does a request wait.")
    }
    let ready = levels.map(\.readyReplicas).filter(\.isFinite)
    if let low = ready.min(), let high = ready.max() {
      let (least, most) = (text.amount(low), text.amount(high))
      sentences.append(
        least == most
          ? "\(most) \(most == "1" ? "replica is" : "replicas are") ready all the time."
          : "Between \(least) and \(most) replicas are ready.")
    }
    if let busiest { sentences.append(busiest) }
    return sentences.joined(separator: " ")
  }

  /// In how much of the time every replica is busy, or nearly.
  private var busiest: String? {
    var full = 0.0
    var all = 0.0
    for level in levels where level.readyReplicas.isFinite && level.busyReplicas.isFinite {
      let length = (level.end - level.start).seconds
      all += length
      if level.readyReplicas > 0, level.busyReplicas >= 0.95 * level.readyReplicas {
        full += length
      }
    }
    guard all > 0 else { return nil }
    return full == 0
      ? "There is never a stretch with 95 % of them busy."
      : "At least 95 % of them are busy during \(page.style.percent(full / all)) of the time."
  }

  private var table: DataTable {
    let rows = LevelSeries(levels, limit: 240).levels.map { level in
      [
        page.time.moment(level.start), text.amount(level.waiting),
        text.amount(level.busyReplicas), text.amount(level.readyReplicas),
        text.amount(level.orderedReplicas),
      ]
    }
    let csv =
      [["start", "end", "arm", "waiting", "busy", "ready", "ordered"]]
      + levels.map {
        [
          $0.start.rfc3339, $0.end.rfc3339, arm, CSV.number($0.waiting),
          CSV.number($0.busyReplicas), CSV.number($0.readyReplicas),
          CSV.number($0.orderedReplicas),
        ]
      }
    return DataTable(
      header: ["From", "Waiting", "Busy", "Ready", "Ordered"], rows: rows, csv: csv)
  }
}
