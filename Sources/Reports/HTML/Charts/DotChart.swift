import Simulation

/// Rows of estimates with their intervals on one axis: segments, costs, replications.
struct DotChart {
  struct Row {
    var label: String
    /// Smaller, beneath.
    var detail = ""
    var marks: [Mark]
    /// At the right end; the first mark's number when empty.
    var value: String
  }

  struct Mark {
    var look: ArmLook
    var estimate: Estimate
    var words: String
    var isGrey = false
  }

  struct Reference {
    var value: Double
    var label: String
  }

  var rows: [Row]
  var factor: Double
  var axisTitle: String
  var startsAtZero: Bool
  var drawsZero = false
  var references: [Reference] = []
  let style: NumberStyle

  var wide: Drawing { drawing(width: 960, left: 236, right: 740, isStacked: false) }
  var narrow: Drawing { drawing(width: 360, left: 12, right: 348, isStacked: true) }

  private func drawing(width: Double, left: Double, right: Double, isStacked: Bool) -> Drawing {
    let rowHeight = isStacked ? 62.0 : 40.0
    let top = references.isEmpty ? 10.0 : 26
    let bottom = top + rowHeight * Double(rows.count)
    var drawing = Drawing(width: width, height: bottom + 42)
    let ends = domain
    let x = Scale(ends.low, ends.high, from: left, to: right)
    for tick in Ticks.linear(ends.low, ends.high, count: isStacked ? 3 : 5, style: style) {
      drawing.line(x(tick.value), top, x(tick.value), bottom, "grid")
      let label = drawsZero && tick.value > 0 ? "+" + tick.label : tick.label
      drawing.text(label, x(tick.value), bottom + 17, "tick", anchor: .middle)
    }
    if drawsZero { drawing.line(x(0), top - 2, x(0), bottom, "zero") }
    for reference in references {
      let at = x.clamped(reference.value * factor)
      drawing.line(at, top - 4, at, bottom, "reference")
      drawing.text(
        reference.label, at, top - 10, "tick",
        anchor: at > right - 60 ? .end : (at < left + 60 ? .start : .middle))
    }
    drawing.text(axisTitle, right, bottom + 36, "axistitle", anchor: .end)
    for (index, row) in rows.enumerated() {
      let y = top + rowHeight * (Double(index) + 0.5) + (isStacked ? 14 : 0)
      words(row, &drawing, width: width, right: right, y: y, isStacked: isStacked)
      marks(row, &drawing, x, y)
    }
    return drawing
  }

  private func words(
    _ row: Row, _ drawing: inout Drawing, width: Double, right: Double, y: Double, isStacked: Bool
  ) {
    if isStacked {
      drawing.text(NameText.shortened(row.label, limit: 27), 0, y - 20, "t")
      drawing.text(row.value, width, y - 20, "t", anchor: .end)
      return
    }
    drawing.text(
      NameText.shortened(row.label, limit: 32), 0, row.detail.isEmpty ? y + 4 : y - 2, "t")
    if !row.detail.isEmpty { drawing.text(row.detail, 0, y + 13, "tick") }
    drawing.text(row.value, right + 22, y + 4, "t")
  }

  private func marks(_ row: Row, _ drawing: inout Drawing, _ x: Scale, _ y: Double) {
    let spread = row.marks.count > 1 ? 9.0 : 0
    for (index, mark) in row.marks.enumerated() {
      let at = y + (Double(index) - Double(row.marks.count - 1) / 2) * spread
      let colour = mark.isGrey ? "grey" : PageContext.armClass(mark.look)
      let place = x.clamped(mark.estimate.value * factor)
      if let interval = mark.estimate.interval {
        drawing.line(
          x.clamped(interval.low * factor), at, x.clamped(interval.high * factor), at,
          mark.isGrey ? "grey" : "w2 " + colour)
      }
      drawing.mark(mark.look.mark, place, at, size: 4, mark.isGrey ? "greypin" : "pin " + colour)
      drawing.point(mark.words, x: place - 9, y: at - 9, width: 18, height: 18)
    }
  }

  private var domain: (low: Double, high: Double) {
    var ends = references.map { $0.value * factor }
    for mark in rows.flatMap(\.marks) {
      ends.append(mark.estimate.value * factor)
      if let interval = mark.estimate.interval {
        ends += [interval.low * factor, interval.high * factor]
      }
    }
    let finite = ends.filter(\.isFinite)
    var low = finite.min() ?? 0
    var high = finite.max() ?? 1
    if startsAtZero || drawsZero { (low, high) = (min(0, low), max(0, high)) }
    if high <= low { high = low + 1 }
    let pad = (high - low) * 0.06
    return (startsAtZero && low == 0 ? 0 : low - pad, high + pad)
  }
}
