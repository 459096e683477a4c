extension Diagnostic {
  /// How the text is to look.
  package enum Ink: Sendable {
    case plain
    /// With the escape sequences of a terminal that has colours.
    case colours
  }

  /// What the person reads: `file:line:column: error: message`, the line with carets, and the help.
  ///
  /// Without a line feed at the end.
  package func rendered(_ ink: Ink = .plain) -> String {
    var lines = [headline(ink)]
    if let place, let line = place.line, let column = place.column, let excerpt = place.excerpt {
      lines += ExcerptLines(line: line, column: column, excerpt: excerpt).rendered(ink, severity)
    }
    if let help { lines.append("  \(ink.bold("help:")) \(help)") }
    return lines.joined(separator: "\n")
  }

  private func headline(_ ink: Ink) -> String {
    var parts = ""
    if let place {
      parts = place.file
      if let line = place.line {
        parts += ":\(line)"
        if let column = place.column { parts += ":\(column)" }
      }
      parts += ": "
    }
    return "\(parts)\(ink.painted("\(severity.rawValue):", severity)) \(message)"
  }
}

extension Diagnostics {
  /// All of them, in order, one below the other.
  package func rendered(_ ink: Diagnostic.Ink = .plain) -> String {
    list.map { $0.rendered(ink) }.joined(separator: "\n")
  }
}

extension Diagnostic.Ink {
  fileprivate func bold(_ text: String) -> String {
    switch self {
    case .plain: text
    case .colours: "\u{1B}[1m\(text)\u{1B}[0m"
    }
  }

  fileprivate func painted(_ text: String, _ severity: Diagnostic.Severity) -> String {
    switch (self, severity) {
    case (.plain, _): text
    case (.colours, .error): "\u{1B}[1;31m\(text)\u{1B}[0m"
    case (.colours, .warning): "\u{1B}[1;33m\(text)\u{1B}[0m"
    case (.colours, .note): "\u{1B}[1;36m\(text)\u{1B}[0m"
    }
  }
}

/// The two lines that show a place: the text behind a gutter, and the carets below it.
private struct ExcerptLines {
  let line: Int
  let column: Int
  let excerpt: Place.Excerpt

  /// A longer line is shown in part, so that a file without line ends stays readable.
  static let longest = 96
  /// How many characters are shown before the carets of a line that is shown in part.
  static let before = 32

  func rendered(_ ink: Diagnostic.Ink, _ severity: Diagnostic.Severity) -> [String] {
    let characters = Array(excerpt.text)
    let start = min(column - 1, characters.count)
    let window = window(of: characters.count, around: start)
    var shown = window.lowerBound > 0 ? "…" : ""
    var padding = shown.isEmpty ? "" : " "
    var carets = 0
    for index in window {
      let (text, width) = Self.cells(of: characters[index])
      shown += text
      if index < start {
        padding += String(repeating: " ", count: width)
      } else if index < start + excerpt.width {
        carets += width
      }
    }
    if window.upperBound < characters.count { shown += "…" }
    let number = String(line)
    let gutter = String(repeating: " ", count: number.count)
    let run = ink.painted(String(repeating: "^", count: max(1, carets)), severity)
    return ["  \(number) | \(shown)", "  \(gutter) | \(padding)\(run)"].map(Self.trimmed)
  }

  private func window(of count: Int, around start: Int) -> Range<Int> {
    guard count > Self.longest else { return 0..<count }
    let first = min(max(0, start - Self.before), count - Self.longest)
    return first..<first + Self.longest
  }

  /// What stands for a character, and how many columns of a terminal that takes.
  private static func cells(of character: Character) -> (text: String, width: Int) {
    if character == "\t" { return ("    ", 4) }
    guard let scalar = character.unicodeScalars.first else { return ("", 0) }
    switch scalar.properties.generalCategory {
    case .control,
      .format where character.unicodeScalars.count == 1:
      return ("\u{FFFD}", 1)
    case .nonspacingMark,
      .enclosingMark where character.unicodeScalars.count == 1:
      return (String(character), 0)
    default: return (String(character), isWide(character, scalar) ? 2 : 1)
    }
  }

  /// - Source: Unicode Standard Annex 11, the blocks of East Asian Width W and F, and emoji.
  private static func isWide(_ character: Character, _ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default:
      scalar.properties.isEmojiPresentation
        || character.unicodeScalars.contains { $0.value == 0xFE0F }
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }
}
