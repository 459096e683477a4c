import Documents
import Statistics

/// The catalogue of methods for a person or a program.
struct MethodText {
  private static let header = ["name", "title", "for", "estimand", "needs", "guarantee"]
  let methods: [Method]

  var table: String {
    let rows = [Self.header] + methods.map(Self.cells)
    return TerminalText.aligned(rows, right: []).joined(separator: "\n") + "\n"
  }

  var markdown: String {
    let lines = [Self.header, Self.header.map { _ in "---" }] + methods.map(Self.cells)
    return lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n") + "\n"
  }

  var csv: String { ([Self.header] + methods.map(Self.cells)).map(CSV.row).joined() }

  var json: String {
    let list = methods.map { method -> JSONValue in
      .object([
        ("name", .string(method.name)), ("title", .string(method.title)),
        ("for", .string(Self.layout(method))), ("estimand", .string(method.estimand.rawValue)),
        ("needs", .array(Self.needs(method).map(JSONValue.string))),
        ("readsMissing", .bool(method.readsMissing)),
        ("guarantee", .string(method.guarantee.word)),
        ("assumptions", .array(method.assumptions.map(JSONValue.string))),
        ("failsWhen", .string(method.failsWhen)), ("source", .string(method.source)),
      ])
    }
    return JSONValue.array(list).written(.pretty) + "\n"
  }

  private static func cells(_ method: Method) -> [String] {
    let needs = needs(method)
    return [
      method.name, method.title, layout(method), method.estimand.words,
      needs.isEmpty ? "–" : needs.joined(separator: ", "), method.guarantee.word,
    ]
  }

  private static func needs(_ method: Method) -> [String] {
    Method.Need.allCases.filter(method.needs.contains).map(\.words)
      + (method.readsMissing ? ["counts empty fields"] : [])
  }

  private static func layout(_ method: Method) -> String {
    switch method.body {
    case .arms: "arms"
    case .pairs: "pairs"
    case .ownCall where method.isOfPolicies: "a policy's log"
    case .ownCall where method.isOfBeliefs: "arms"
    case .ownCall: "own data"
    }
  }

  /// One method, whole.
  static func explanation(_ method: Method) -> String {
    let needs = needs(method)
    let facts: [(String, String)] = [
      ("estimates", "the \(method.estimand.words), for \(layout(method))"),
      ("needs", needs.isEmpty ? "values" : needs.joined(separator: ", ")),
      ("guarantee", "\(method.guarantee.word): \(method.guarantee.meaning)"),
      (
        "interval",
        method.isDual ? "holds what the test does not reject" : "need not agree with the test"
      ),
      ("assumes", method.assumptions.joined(separator: "; ")),
      ("fails when", method.failsWhen),
      ("source", method.source),
    ]
    let lines = facts.flatMap { name, text in
      NameText.wrapped(
        text, width: 92, first: NameText.padded(name, to: 12),
        indent: String(repeating: " ", count: 12))
    }
    return (["\(method.title) (\(method.name))", ""] + lines).joined(separator: "\n") + "\n"
  }
}
