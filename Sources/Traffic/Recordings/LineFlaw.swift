/// What is wrong with a line of JSON Lines, and where.
struct LineFlaw: Error, Equatable {
  var kind: Kind
  /// The byte of the buffer at which it stands.
  var place: Int

  init(_ kind: Kind, at place: Int) {
    self.kind = kind
    self.place = place
  }

  enum Kind: Equatable {
    case notAnObject
    /// The line ends inside of its object.
    case endsEarly
    case unclosedText
    case noKey, noColon, noComma, noValue
    case badEscape
    case controlCharacter
    case wrongBracket
    case tooDeep
    case textAfterObject
  }

  func problem(_ bytes: [UInt8], lineStart: Int) -> RecordingProblem {
    let rest = bytes[place...]
    let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
    return .brokenObject(kind, text: String(decoding: bytes[place..<end], as: UTF8.self))
  }
}

extension LineFlaw.Kind {
  /// - Parameter text: the line from the place of the flaw on.
  func message(_ text: String) -> String {
    switch self {
    case .notAnObject: "the line begins with \(quoted(text)), where an object was expected"
    case .endsEarly: "the line ends inside of its object"
    case .unclosedText: "the text \(quoted(text)) is never closed"
    case .noKey: "\(quoted(text)) stands where a key in quotes was expected"
    case .noColon: "\(quoted(text)) stands where a colon was expected"
    case .noComma: "\(quoted(text)) stands where a comma or the object's end was expected"
    case .noValue: "\(quoted(text)) stands where a value was expected"
    case .badEscape: "\(quoted(text)) begins with no escape of JSON"
    case .controlCharacter: "a text holds a control character, at \(quoted(text))"
    case .wrongBracket: "\(quoted(text)) closes another bracket than the one that is open"
    case .tooDeep: "lists and objects stand more than \(ObjectScanner.deepest) deep in each other"
    case .textAfterObject: "\(quoted(text)) follows the object, where the line must end"
    }
  }

  var help: String {
    switch self {
    case .notAnObject, .endsEarly, .unclosedText:
      "each line holds one whole object; `jq -c` writes them so, and `jq -c '.[]'` from a list"
    case .controlCharacter: "write it as an escape, such as \\t"
    default: "set onBadValue: \"skip\" to count and skip such lines"
    }
  }
}
