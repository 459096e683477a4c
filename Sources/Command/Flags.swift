import Documents

/// One option of a verb.
struct FlagSpec: Sendable, Equatable {
  var name: String
  var short: String?
  /// What its value is called in the help; nil for a switch.
  var value: String?
  var help: String
  var choices: [String] = []
}

/// The options and operands that a person gave.
struct Flags: Equatable {
  private(set) var values: [String: [String]] = [:]
  private(set) var operands: [String] = []

  func has(_ name: String) -> Bool { values[name] != nil }
  func last(_ name: String) -> String? { values[name]?.last }
  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// A whole number of at least `least`.
  func number(_ name: String, least: Int) throws(UsageError) -> Int? {
    guard let text = last(name) else { return nil }
    guard let number = Int(text), number >= least else {
      throw UsageError(
        message: "--\(name) is \"\(text)\", not a whole number of at least \(least)")
    }
    return number
  }

  /// Reads GNU long options ("--name value", "--name=value"), their short forms and "--".
  init(_ arguments: [String], specs: [FlagSpec]) throws(UsageError) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        operands += rest
        return
      }
      guard argument.hasPrefix("-"), argument != "-" else {
        operands.append(argument)
        continue
      }
      let (name, attached) = Self.split(argument)
      guard let spec = specs.first(where: { "--\($0.name)" == name || $0.short == name }) else {
        let known = specs.map { "--\($0.name)" }
        throw UsageError(
          message: "there is no option \(name)",
          help: NearestName.of(name, among: known).map { "did you mean \($0)?" })
      }
      values[spec.name, default: []].append(try Self.value(of: spec, name, attached, &rest))
    }
  }

  private static func split(_ argument: String) -> (name: String, value: String?) {
    guard argument.hasPrefix("--"), let equals = argument.firstIndex(of: "=") else {
      return (argument, nil)
    }
    return (String(argument[..<equals]), String(argument[argument.index(after: equals)...]))
  }

  private static func value(
    of spec: FlagSpec, _ name: String, _ attached: String?, _ rest: inout ArraySlice<String>
  ) throws(UsageError) -> String {
    guard let valueName = spec.value else {
      if let attached {
        throw UsageError(message: "\(name) takes no value, but got \"\(attached)\"")
      }
      return ""
    }
    guard let value = attached ?? rest.popFirst() else {
      throw UsageError(message: "\(name) needs a value: \(name) \(valueName)")
    }
    if !spec.choices.isEmpty, !spec.choices.contains(value) {
      throw UsageError(
        message: "\(name) is \"\(value)\", not one of \(spec.choices.joined(separator: ", "))",
        help: NearestName.of(value, among: spec.choices).map { "did you mean \($0)?" })
    }
    return value
  }
}

/// A mistake on the command line.
struct UsageError: Error, Equatable {
  var message: String
  var help: String?

  init(message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }

  var text: String {
    "understudy: error: \(message)\n" + (help.map { "  help: \($0)\n" } ?? "")
  }
}
