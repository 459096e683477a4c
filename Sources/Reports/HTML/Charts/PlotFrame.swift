/// The axes of a chart of numbers against numbers: grid, ticks, titles with units.
struct PlotFrame {
  var x: Scale
  var y: Scale
  var xTicks: [Tick]
  var yTicks: [Tick]
  var xTitle: String
  var yTitle: String

  /// The half-width box that calibration, ROC, residuals and densities share.
  static let width = 440.0
  static let left = 52.0
  static let top = 28.0

  func draw(in drawing: inout Drawing) {
    for tick in yTicks {
      drawing.line(x.from, y(tick.value), x.to, y(tick.value), "grid")
      drawing.text(tick.label, x.from - 7, y(tick.value) + 4, "tick", anchor: .end)
    }
    drawing.line(x.from, y.from, x.to, y.from, "axis")
    var free = -Double.infinity
    for tick in xTicks {
      let at = x(tick.value)
      drawing.line(at, y.from, at, y.from + 4, "axis")
      let half = Double(tick.label.count) * 3.4
      let place = min(at, drawing.width - half)
      guard place - half > free else { continue }
      drawing.text(tick.label, place, y.from + 18, "tick", anchor: .middle)
      free = place + half + 4
    }
    drawing.text(xTitle, x.to, y.from + 36, "axistitle", anchor: .end)
    drawing.text(yTitle, 0, y.to - 14, "axistitle")
  }
}

extension Drawing {
  /// Names of the arms with a stretch of their line, inside the plot.
  mutating func key(
    _ entries: [(name: String, style: String, mark: ArmLook.Mark)], right: Double, bottom: Double
  ) {
    for (index, entry) in entries.enumerated() {
      let y = bottom - Double(entries.count - 1 - index) * 18
      line(right - 26, y - 4, right, y - 4, "line " + entry.style)
      mark(entry.mark, right - 13, y - 4, size: 3.2, "dot " + entry.style)
      text(entry.name, right - 34, y, "name " + entry.style, anchor: .end)
    }
  }

  /// The same, from the left.
  mutating func key(
    _ entries: [(name: String, style: String, mark: ArmLook.Mark)], left: Double, bottom: Double
  ) {
    for (index, entry) in entries.enumerated() {
      let y = bottom - Double(entries.count - 1 - index) * 18
      line(left, y - 4, left + 26, y - 4, "line " + entry.style)
      mark(entry.mark, left + 13, y - 4, size: 3.2, "dot " + entry.style)
      text(entry.name, left + 34, y, "name " + entry.style)
    }
  }
}
