/// The colours of one theme, as "#rrggbb".
///
/// - Source: M. Okabe and K. Ito, Color Universal Design (2008). The dark theme takes the same hues
///   lighter, because the originals fall below WCAG AA's contrast on a dark ground.
struct Theme: Sendable {
  var ground: String
  /// Behind tables' heads and notes.
  var surface: String
  var ink: String
  /// Secondary text.
  var soft: String
  /// Hairlines and grid; decorative, so that no contrast is owed.
  var faint: String
  /// Lines and marks of the arms, production first: 3:1 against the ground.
  var arms: [String]
  /// The same for text: 4.5:1 against the ground and the surface.
  var armTexts: [String]
  var good: String
  var bad: String
  var open: String
  var shift: String
  var link: String

  static let light = Theme(
    ground: "#ffffff", surface: "#f6f7f8", ink: "#17191c", soft: "#565b62", faint: "#dfe2e6",
    arms: ["#4a4e54", "#0072b2", "#d55e00", "#009e73", "#cc79a7"],
    armTexts: ["#3d4147", "#005f96", "#a84a00", "#00694c", "#94406f"],
    good: "#00694c", bad: "#a13d00", open: "#6b5300", shift: "#e69f00", link: "#005f96")

  static let dark = Theme(
    ground: "#14161a", surface: "#1d2025", ink: "#eceef1", soft: "#a7adb6", faint: "#343941",
    arms: ["#c3c8cf", "#4fa9e0", "#f08444", "#35c296", "#dd9cc2"],
    armTexts: ["#d3d7dc", "#7cc0ec", "#f5a06c", "#5bd3ad", "#e6b3d1"],
    good: "#5bd3ad", bad: "#f5a06c", open: "#e3c35f", shift: "#e69f00", link: "#7cc0ec")

  var variables: String {
    var lines = [
      "--ground:\(ground)", "--surface:\(surface)", "--ink:\(ink)", "--soft:\(soft)",
      "--faint:\(faint)", "--good:\(good)", "--bad:\(bad)", "--open:\(open)", "--shift:\(shift)",
      "--link:\(link)",
    ]
    for (index, colour) in arms.enumerated() { lines.append("--arm\(index):\(colour)") }
    for (index, colour) in armTexts.enumerated() { lines.append("--text\(index):\(colour)") }
    return lines.joined(separator: ";")
  }
}

/// Which colour, dash and mark an arm has.
struct ArmLook: Sendable, Equatable {
  /// 0 is production, 1...4 the candidates' colours.
  var colour: Int
  /// Candidates beyond the fourth repeat the colours with another dash.
  var dash: Int
  var mark: Mark

  enum Mark: Int, Sendable { case circle, diamond, square, triangle, wedge }

  /// - Parameter index: 0 for production, then the candidates in order.
  init(index: Int) {
    colour = index == 0 ? 0 : (index - 1) % 4 + 1
    dash = index == 0 ? 0 : (index - 1) % 7 + 1
    mark = Mark(rawValue: index == 0 ? 0 : (index - 1) % 4 + 1) ?? .circle
  }

  static let dashes = ["none", "9 3", "3 3", "12 3 3 3", "6 2 2 2", "14 5", "2 5", "8 2 2 2 2 2"]
}
