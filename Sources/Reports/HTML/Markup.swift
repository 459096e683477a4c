import Simulation

/// A tree of elements that is well-formed by construction, in XML's syntax and HTML's vocabulary.
indirect enum Markup: Sendable {
  case text(String)
  case element(String, [Attribute], [Markup])
  case fragment([Markup])
  /// Written as it stands: our own style sheet and script, which hold no markup characters.
  case verbatim(String)

  struct Attribute: Sendable {
    var name: String
    var value: String
  }

  /// - Parameter attributes: in order; those with an empty value are left out, except "alt".
  static func el(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Markup] = []
  ) -> Markup {
    let kept = attributes.filter { !$0.value.isEmpty || $0.key == "alt" }
    return .element(name, kept.map { Attribute(name: $0.key, value: $0.value) }, children)
  }

  static func el(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ text: String
  ) -> Markup {
    el(name, attributes, [.text(text)])
  }

  /// A name from outside: isolated, so that a right-to-left name does not turn its neighbours.
  static func name(_ name: String, limit: Int = 40) -> Markup {
    let plain = NameText.plain(name, limit: 10_000)
    let short = NameText.shortened(plain, limit: limit)
    return el("bdi", ["title": short == plain ? "" : plain], short)
  }

  var text: String {
    var result = ""
    write(into: &result)
    return result
  }

  /// How many elements it holds.
  var count: Int {
    switch self {
    case .text, .verbatim: 0
    case .fragment(let children): children.reduce(0) { $0 + $1.count }
    case .element(_, _, let children): children.reduce(1) { $0 + $1.count }
    }
  }

  /// HTML knows these as empty; all others get an end tag.
  private static let void: Set<String> = ["meta", "br", "hr", "col", "img", "link", "input", "wbr"]
  /// SVG's shapes, written "<path …/>" when empty.
  private static let shapes: Set<String> = [
    "path", "line", "rect", "circle", "polyline", "polygon", "use",
  ]
  /// Begin on a line of their own, so that a diff of two reports can be read.
  private static let blocks: Set<String> = [
    "html", "head", "body", "title", "meta", "style", "script", "header", "main", "footer",
    "section", "nav", "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "table",
    "thead", "tbody", "tr", "figure", "figcaption", "details", "summary", "div", "pre", "svg", "g",
    "path", "line", "rect", "circle", "text", "polygon", "caption",
  ]

  private func write(into result: inout String) {
    switch self {
    case .text(let text): result += Self.escaped(text)
    case .verbatim(let text): result += text
    case .fragment(let children): for child in children { child.write(into: &result) }
    case .element(let name, let attributes, let children):
      if Self.blocks.contains(name), !result.isEmpty, result.utf8.last != 0x0A { result += "\n" }
      result += "<" + name
      for attribute in attributes {
        result += " " + attribute.name + "=\"" + Self.escaped(attribute.value) + "\""
      }
      if children.isEmpty, Self.void.contains(name) || Self.shapes.contains(name) {
        result += "/>"
        return
      }
      result += ">"
      for child in children { child.write(into: &result) }
      result += "</" + name + ">"
    }
  }

  /// For text and for attributes in double quotes. What XML does not allow, and what turns the
  /// direction of text, becomes "�".
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      default:
        result.unicodeScalars.append(NameText.isSafe(scalar) ? scalar : "\u{FFFD}")
      }
    }
    return result
  }
}
