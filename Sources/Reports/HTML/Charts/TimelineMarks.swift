import Simulation
import Traffic

/// Shifts as shaded spans with a name above.
struct ShiftSpans {
  private var spans: [(name: String, start: Double, end: Double)] = []
  private let first: Double
  private let last: Double

  init(_ page: PageContext, start: SimulatedTime, end: SimulatedTime) {
    first = Double(start.nanoseconds)
    last = Double(end.nanoseconds)
    for shift in page.findings.shifts {
      for span in shift.spans {
        let from = max(first, Double(span.start.nanoseconds))
        let to = min(last, Double(span.end.nanoseconds))
        if to > from { spans.append((NameText.plain(shift.name, limit: 60), from, to)) }
      }
    }
    spans = Array(spans.prefix(60))
  }

  /// Names in as many rows as it takes that none covers another.
  struct Rows {
    var places: [(row: Int, x: Double, text: String)?]
    var rowCount: Int
  }

  func rows(_ x: Scale, compact: Bool) -> Rows {
    var ends: [Double] = []
    var places: [(row: Int, x: Double, text: String)?] = []
    var named: Set<String> = []
    for span in spans {
      // A recurring shift is named once.
      guard named.insert(span.name).inserted else {
        places.append(nil)
        continue
      }
      let text = NameText.shortened(span.name, limit: compact ? 30 : 44)
      let width = Double(text.count) * 6.5
      let left = max(4, min(x(span.start), x.to - width))
      let row = ends.firstIndex { $0 + 8 < left } ?? ends.count
      if row >= 4 {
        places.append(nil)
        continue
      }
      if row == ends.count { ends.append(0) }
      ends[row] = left + width
      places.append((row, left, text))
    }
    return Rows(places: places, rowCount: ends.count)
  }

  func draw(
    in drawing: inout Drawing, _ x: Scale, top: Double, bottom: Double, names: Rows,
    namesTop: Double
  ) {
    for (span, place) in zip(spans, names.places) {
      let left = x(span.start)
      let right = x(span.end)
      drawing.rect(left, top, right - left, bottom - top, "shift")
      drawing.line(left, top, right, top, "shiftedge")
      if let place {
        drawing.text(place.text, place.x, namesTop + Double(place.row) * 17 + 12, "shiftname")
      }
    }
  }
}

/// Alarms and decisions as ticks on a rail above the plot.
struct AlarmRail {
  private var ticks: [(time: Double, isAlarm: Bool, words: String)] = []

  init(_ page: PageContext, start: SimulatedTime, end: SimulatedTime) {
    for event in page.findings.events where !event.kind.hasPrefix("shift") {
      guard event.time >= start, event.time <= end else { continue }
      let words =
        "\(NameText.plain(event.source)), \(page.time.moment(event.time))\n\(NameText.plain(event.detail, limit: 120))"
      ticks.append((Double(event.time.nanoseconds), event.kind == "alarm", words))
    }
  }

  var isEmpty: Bool { ticks.isEmpty }

  func draw(in drawing: inout Drawing, _ x: Scale, y: Double, bottom: Double) {
    guard !ticks.isEmpty else { return }
    drawing.line(x.from, y + 6, x.to, y + 6, "rail")
    drawing.text(
      ticks.allSatisfy(\.isAlarm) ? "alarms" : "events", x.to + 10, y + 6, "tick")
    for group in grouped(x) {
      let at = group.at
      if group.isAlarm {
        drawing.path(Path(closed: [(at - 5, y - 5), (at + 5, y - 5), (at, y + 5)]), "alarm")
      } else {
        drawing.mark(.diamond, at, y, size: 4, "decision")
      }
      drawing.point(group.words, x: at - 8, y: y - 9, width: 16, height: 18)
    }
  }

  /// Ticks nearer than their own width are drawn as one, so that many alarms stay countable.
  private func grouped(_ x: Scale) -> [(at: Double, isAlarm: Bool, words: String)] {
    var groups: [(at: Double, isAlarm: Bool, words: String, count: Int)] = []
    for tick in ticks {
      let at = x(tick.time)
      if let last = groups.last, at - last.at < 9, last.isAlarm == tick.isAlarm {
        groups[groups.count - 1].count += 1
      } else {
        groups.append((at, tick.isAlarm, tick.words, 1))
      }
    }
    return groups.map { group in
      let more = group.count > 1 ? "\nand \(group.count - 1) more close by" : ""
      return (group.at, group.isAlarm, group.words + more)
    }
  }
}
