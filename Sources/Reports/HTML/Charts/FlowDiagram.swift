/// A flow from its sources, at the left, to its ends, at the right: widths are counts.
struct FlowDiagram {
  /// What a strand means for those who sent it, which decides its colour.
  enum Tone { case kept, lost, open }

  struct Strand {
    var name: String
    var count: Int
    var tone: Tone = .kept
  }

  /// Above the flow.
  var title: String
  var sources: [Strand]
  var ends: [Strand]
  /// Class of the arm.
  var look: String
  var style: NumberStyle
  /// Whether there is room for counts beside the shares of the ends.
  var hasCounts = true

  /// Room for the words beside the ends.
  private var labelWidth: Double { hasCounts ? 196 : 140 }
  private static let titleHeight = 24.0
  private static let lineHeight = 17.0
  private static let gap = 5.0
  private static let bar = 9.0

  private var total: Int { sources.reduce(0) { $0 + $1.count } }
  private var shownEnds: [Strand] { ends.filter { $0.count > 0 } }
  private var shownSources: [Strand] { sources.filter { $0.count > 0 } }

  /// - Parameter unit: height of one request.
  func height(unit: Double) -> Double {
    let flow = Double(total) * unit + Self.gap * Double(max(0, shownEnds.count - 1))
    let words = Self.lineHeight * Double(max(shownEnds.count, shownSources.count))
    return Self.titleHeight + max(flow, words) + 6
  }

  func draw(in drawing: inout Drawing, left: Double, top: Double, width: Double, unit: Double) {
    drawing.text(title, left, top + 13, "t")
    let body = top + Self.titleHeight
    let right = left + width - labelWidth
    let hasSources = shownSources.count > 1
    let trunk = hasSources ? left + (right - left) * 0.62 : left
    if hasSources { drawSources(in: &drawing, left: left, trunk: trunk, top: body, unit: unit) }
    drawing.rect(trunk, body, Self.bar, Double(total) * unit, "full " + look)
    drawEnds(in: &drawing, trunk: trunk + Self.bar, right: right, top: body, unit: unit)
  }

  private func drawSources(
    in drawing: inout Drawing, left: Double, trunk: Double, top: Double, unit: Double
  ) {
    var outer = top
    var inner = top
    var middles: [Double] = []
    for strand in shownSources {
      let thickness = Double(strand.count) * unit
      drawing.rect(left, outer, Self.bar, max(1.5, thickness), "full " + look)
      drawing.path(
        ribbon(
          from: left + Self.bar, outer, max(1, thickness), to: trunk, inner, thickness),
        "full " + look, opacity: 0.2)
      middles.append(outer + thickness / 2 + 4)
      outer += max(1.5, thickness) + Self.gap
      inner += thickness
    }
    let places = EndLabels.spread(
      middles, gap: Self.lineHeight, top: top + 12, bottom: max(outer, top + 12))
    for (strand, place) in zip(shownSources, places) {
      drawing.text(
        "\(strand.name) \(style.count(strand.count))", left + Self.bar + 6, place, "t")
    }
  }

  private func drawEnds(
    in drawing: inout Drawing, trunk: Double, right: Double, top: Double, unit: Double
  ) {
    var inner = top
    var outer = top
    var middles: [Double] = []
    for strand in shownEnds {
      let thickness = Double(strand.count) * unit
      let colour = Self.colour(strand.tone, look)
      drawing.path(
        ribbon(from: trunk, inner, thickness, to: right, outer, max(1, thickness)), colour,
        opacity: strand.tone == .kept ? 0.28 : 0.38)
      drawing.rect(right, outer, Self.bar, max(1.5, thickness), colour)
      middles.append(outer + thickness / 2 + 4)
      inner += thickness
      outer += max(1.5, thickness) + Self.gap
    }
    let places = EndLabels.spread(
      middles, gap: Self.lineHeight, top: top + 12, bottom: max(outer, top + 12))
    for (index, strand) in shownEnds.enumerated() {
      if abs(places[index] - middles[index]) > 3 {
        drawing.line(
          right + Self.bar, middles[index] - 4, right + Self.bar + 7, places[index] - 4, "grid")
      }
      drawing.text(words(strand), right + Self.bar + 10, places[index], "t")
      drawing.point(
        "\(strand.name)\n\(style.count(strand.count)) of \(style.count(total))", x: right - 6,
        y: places[index] - 14, width: labelWidth, height: Self.lineHeight)
    }
  }

  /// "timed out 1 234 (4 %)", or "timed out 4 %".
  private func words(_ strand: Strand) -> String {
    let share = Double(strand.count) / Double(max(1, total))
    let percent = share < 0.001 ? "< 0.1\(style.space)%" : style.percent(share)
    return hasCounts
      ? "\(strand.name) \(style.count(strand.count)) (\(percent))" : "\(strand.name) \(percent)"
  }

  private static func colour(_ tone: Tone, _ look: String) -> String {
    switch tone {
    case .kept: "full " + look
    case .lost: "alarm"
    case .open: "soft"
    }
  }

  /// A band whose upper edges are `y0` and `y1`.
  private func ribbon(
    from x0: Double, _ y0: Double, _ height0: Double, to x1: Double, _ y1: Double,
    _ height1: Double
  ) -> Path {
    var path = Path()
    path.move(x0, y0)
    path.swing(fromX: x0, fromY: y0, toX: x1, toY: y1)
    path.line(x1, y1 + height1)
    path.swing(fromX: x1, fromY: y1 + height1, toX: x0, toY: y0 + height0)
    path.close()
    return path
  }
}
