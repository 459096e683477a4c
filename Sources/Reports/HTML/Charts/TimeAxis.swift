import Traffic

/// The line below a chart over time, with its ticks; labels that would touch are left out.
struct TimeAxis {
  var start: SimulatedTime
  var end: SimulatedTime
  /// About how many.
  var tickCount: Int
  var time: TimeText

  func draw(in drawing: inout Drawing, _ x: Scale, bottom: Double) {
    drawing.line(x.from, bottom, x.to, bottom, "axis")
    var free = -Double.infinity
    for tick in TimeTicks(start, end, count: tickCount, time: time).ticks {
      let at = x(tick.value)
      drawing.line(at, bottom, at, bottom + 4, "axis")
      let half = Double(tick.label.count) * 3.3
      let place = max(at, half + 4)
      guard place - half > free, place + half < drawing.width else { continue }
      drawing.text(tick.label, place, bottom + 19, "tick", anchor: .middle)
      free = place + half + 6
    }
  }
}
