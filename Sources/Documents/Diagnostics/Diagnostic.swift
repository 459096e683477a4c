/// One thing a person is told about their input: where, what was found, what was expected, the way out.
package struct Diagnostic: Sendable, Equatable, Error {
  package enum Severity: String, Sendable { case error, warning, note }

  package var severity: Severity
  package var place: Place?
  /// What was found and what was expected; one sentence without a full stop.
  package var message: String
  /// The way out, or nil where there is none to name.
  package var help: String?

  package init(
    _ severity: Severity = .error, at place: Place? = nil, _ message: String, help: String? = nil
  ) {
    self.severity = severity
    self.place = place
    self.message = message
    self.help = help
  }
}

extension Diagnostic {
  /// An error that has no place.
  package init(_ message: String, help: String? = nil) {
    self.init(.error, at: nil, message, help: help)
  }
}

/// Where something stands: a file, and in it a line and column (from 1; the column counts characters).
package struct Place: Sendable, Equatable {
  package var file: String
  package var line: Int?
  package var column: Int?
  /// The line's text with the stretch to underline, where a caret helps.
  package var excerpt: Excerpt?

  package struct Excerpt: Sendable, Equatable {
    package var text: String
    /// How many characters are underlined, from `column` on; at least 1.
    package var width: Int

    package init(text: String, width: Int) {
      self.text = text
      self.width = width
    }
  }

  package init(file: String, line: Int? = nil, column: Int? = nil, excerpt: Excerpt? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.excerpt = excerpt
  }
}

/// All that is wrong with an input, reported at once.
package struct Diagnostics: Error, Sendable, Equatable {
  package var list: [Diagnostic]

  package init(_ list: [Diagnostic] = []) { self.list = list }

  package var hasErrors: Bool { list.contains { $0.severity == .error } }
}
