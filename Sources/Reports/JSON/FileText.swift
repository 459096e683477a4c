import Documents

extension JSONValue {
  /// Two spaces of indentation, short arrays and objects on one line, a line break at the end.
  var fileText: String {
    var text = ""
    write(into: &text, indent: 0)
    return text + "\n"
  }

  private func write(into text: inout String, indent: Int) {
    switch self {
    case .array(let values) where !values.isEmpty:
      writeList(values.map { ("", $0) }, open: "[", close: "]", into: &text, indent: indent)
    case .object(let members) where !members.isEmpty:
      let keyed = members.map { (Self.quoted($0.0) + ": ", $0.1) }
      writeList(keyed, open: "{", close: "}", into: &text, indent: indent)
    default: text += inline
    }
  }

  private func writeList(
    _ members: [(String, JSONValue)], open: String, close: String, into text: inout String,
    indent: Int
  ) {
    let short = inline
    if short.count + indent <= 120 {
      text += short
      return
    }
    text += open + "\n"
    let pad = String(repeating: " ", count: indent + 2)
    for (index, member) in members.enumerated() {
      text += pad + member.0
      member.1.write(into: &text, indent: indent + 2)
      text += index + 1 < members.count ? ",\n" : "\n"
    }
    text += String(repeating: " ", count: indent) + close
  }

  private var inline: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): value.isFinite ? "\(value)" : "null"
    case .string(let value): Self.quoted(value)
    case .array(let values): "[" + values.map(\.inline).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.0) + ": " + $0.1.inline }.joined(separator: ", ") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
