/// Stacked bars, one a row, each with its parts named and numbered below it.
struct StackPanel {
  struct Part {
    var name: String
    /// In the unit of the axis; above 0.
    var length: Double
    /// The length with its unit.
    var words: String
    /// Of the arm's colour.
    var opacity: Double
  }

  struct Row {
    var name: String
    /// Class of the arm.
    var look: String
    var parts: [Part]
    var total: String
  }

  /// Above the rows, with the unit.
  var title: String
  var rows: [Row]
  var width: Double
  var style: NumberStyle

  private static let barHeight = 20.0
  private static let lineHeight = 18.0
  private static let axisHeight = 26.0
  private static let top = 26.0

  var height: Double {
    Self.top + rows.reduce(0) { $0 + rowHeight($1) } + Self.axisHeight
  }

  private func rowHeight(_ row: Row) -> Double {
    let lines = (placed(row.parts).map(\.line).max() ?? 0) + 1
    return 21 + Self.barHeight + 4 + Double(lines) * Self.lineHeight + 16
  }

  func draw(in drawing: inout Drawing, left: Double, top: Double) {
    let longest = rows.map { $0.parts.reduce(0) { $0 + $1.length } }.max() ?? 0
    let x = Scale(0, longest > 0 ? longest * 1.02 : 1, from: left, to: left + width - 6)
    let bottom = top + height - Self.axisHeight
    drawing.text(title, left, top + 13, "axistitle")
    for tick in Ticks.linear(0, x.high, count: 4, style: style) {
      drawing.line(x(tick.value), top + Self.top - 2, x(tick.value), bottom, "grid")
      drawing.text(
        tick.label, x(tick.value), bottom + 16, "tick",
        anchor: tick.value == 0 ? .start : .middle)
    }
    var y = top + Self.top
    for row in rows {
      draw(row, in: &drawing, x, left: left, top: y)
      y += rowHeight(row)
    }
  }

  private func draw(
    _ row: Row, in drawing: inout Drawing, _ x: Scale, left: Double, top: Double
  ) {
    drawing.text(row.name, left, top + 13, "name " + row.look)
    drawing.text(row.total, left + width - 6, top + 13, "t", anchor: .end)
    var from = 0.0
    for part in row.parts {
      let start = x(from)
      from += part.length
      // A hairline of ground between neighbours tells them apart.
      let length = max(0.6, x(from) - start - 1)
      drawing.rect(
        start, top + 21, length, Self.barHeight, "full " + row.look, opacity: part.opacity)
      drawing.point(
        "\(part.name)\n\(part.words)", x: start, y: top + 21, width: length,
        height: Self.barHeight)
    }
    for (part, place) in zip(row.parts, placed(row.parts)) {
      let y = top + 21 + Self.barHeight + 4 + Double(place.line) * Self.lineHeight
      drawing.rect(
        left + place.x, y + 3, 11, 11, "full " + row.look, opacity: part.opacity)
      drawing.text("\(part.name) \(part.words)", left + place.x + 16, y + 13, "t")
    }
  }

  /// Where the words of each part stand: broken into lines as text is.
  private func placed(_ parts: [Part]) -> [(x: Double, line: Int)] {
    var places: [(x: Double, line: Int)] = []
    var x = 0.0
    var line = 0
    for part in parts {
      let own = 16 + Double(part.name.count + 1 + part.words.count) * 6.7 + 12
      if x > 0, x + own > width {
        x = 0
        line += 1
      }
      places.append((x, line))
      x += own
    }
    return places
  }
}
