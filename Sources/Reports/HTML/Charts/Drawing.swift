/// A chart being drawn: shapes in a box of `width` × `height` user units.
struct Drawing: Sendable {
  let width: Double
  let height: Double
  private(set) var shapes: [Markup] = []

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  enum Anchor: String { case start, middle, end }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
    add(
      .el(
        "line",
        [
          "class": style, "x1": at(x1), "y1": at(y1), "x2": at(x2), "y2": at(y2),
        ]))
  }

  mutating func rect(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String,
    opacity: Double? = nil
  ) {
    add(
      .el(
        "rect",
        [
          "class": style, "x": at(x), "y": at(y), "width": at(max(0, width)),
          "height": at(max(0, height)),
          "fill-opacity": opacity.map { Digits.trimmed($0, decimals: 2) } ?? "",
        ]))
  }

  mutating func path(_ path: Path, _ style: String, opacity: Double? = nil) {
    guard !path.isEmpty else { return }
    add(
      .el(
        "path",
        [
          "class": style, "d": path.text,
          "fill-opacity": opacity.map { Digits.trimmed($0, decimals: 2) } ?? "",
        ]))
  }

  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ style: String = "t", anchor: Anchor = .start
  ) {
    add(
      .el(
        "text",
        [
          "class": style, "x": at(x), "y": at(y),
          "text-anchor": anchor == .start ? "" : anchor.rawValue,
        ], text))
  }

  /// The mark of an arm, `size` from its middle to its edge.
  mutating func mark(_ mark: ArmLook.Mark, _ x: Double, _ y: Double, size: Double, _ style: String)
  {
    switch mark {
    case .circle:
      add(.el("circle", ["class": style, "cx": at(x), "cy": at(y), "r": at(size)]))
    case .square:
      let half = size * 0.88
      rect(x - half, y - half, 2 * half, 2 * half, style)
    case .diamond:
      let reach = size * 1.3
      path(Path(closed: [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]), style)
    case .triangle:
      let reach = size * 1.2
      path(
        Path(closed: [(x, y - reach), (x + reach, y + reach * 0.8), (x - reach, y + reach * 0.8)]),
        style)
    case .wedge:
      let reach = size * 1.2
      path(
        Path(closed: [(x, y + reach), (x + reach, y - reach * 0.8), (x - reach, y - reach * 0.8)]),
        style)
    }
  }

  /// An invisible area that shows `words` on hover, focus or with the arrow keys.
  mutating func point(
    _ words: String, x: Double, y: Double, width: Double, height: Double, guide: Double? = nil
  ) {
    var children: [Markup] = [
      .el("title", [:], words),
      .el(
        "rect",
        ["x": at(x), "y": at(y), "width": at(max(0.5, width)), "height": at(max(0.5, height))]),
    ]
    if let guide {
      children.append(
        .el("line", ["x1": at(guide), "x2": at(guide), "y1": at(y), "y2": at(y + height)]))
    }
    add(.el("g", ["class": "pt", "tabindex": "-1"], children))
  }

  mutating func add(_ shape: Markup) { shapes.append(shape) }

  /// - Parameter words: what the chart shows, for those who do not see it.
  func markup(_ words: String, style: String) -> Markup {
    .el(
      "svg",
      [
        "class": style, "viewBox": "0 0 \(at(width)) \(at(height))", "role": "img",
        "aria-label": words,
      ], shapes)
  }

  var elementCount: Int { shapes.reduce(1) { $0 + $1.count } }

  private func at(_ x: Double) -> String { Digits.trimmed(x, decimals: 1) }
}

/// The data of an SVG path.
struct Path: Sendable {
  private(set) var text = ""

  init() {}

  init(_ points: [(Double, Double)]) {
    for (index, point) in points.enumerated() {
      if index == 0 { move(point.0, point.1) } else { line(point.0, point.1) }
    }
  }

  init(closed points: [(Double, Double)]) {
    self.init(points)
    text += "Z"
  }

  var isEmpty: Bool { text.isEmpty }

  mutating func move(_ x: Double, _ y: Double) { append("M", x, y) }
  mutating func line(_ x: Double, _ y: Double) { append("L", x, y) }
  /// From (`fromX`, `fromY`), where the path stands, level at both ends: a strand of a flow.
  mutating func swing(fromX: Double, fromY: Double, toX: Double, toY: Double) {
    let middle = (fromX + toX) / 2
    append("C", middle, fromY)
    append(" ", middle, toY)
    append(" ", toX, toY)
  }
  mutating func close() { text += "Z" }
  mutating func append(_ other: Path) { text += other.text }

  private mutating func append(_ command: String, _ x: Double, _ y: Double) {
    text += command + Digits.trimmed(x, decimals: 1) + " " + Digits.trimmed(y, decimals: 1)
  }
}
