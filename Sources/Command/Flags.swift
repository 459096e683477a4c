import Documents

/// One option of a verb.
struct FlagSpec: Sendable, Equatable {
  var name: String
  var short: String?
  /// What its value is called in the help; nil for a switch.
  var value: String?
  var help: String
  var choices: [String] = []
  /// What stands behind it is a file or a folder, for completions.
  var isPath = false
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

  /// Reads GNU long options ("--name value", "--name=value"), short ones ("-o DIR", "-oDIR", "-qo
  /// DIR") and "--", behind which everything is an operand; "-" alone is an operand too.
  init(_ arguments: [String], specs: [FlagSpec]) throws(UsageError) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        operands += rest
        return
      }
      if argument.hasPrefix("--") {
        try readLong(argument, specs, &rest)
      } else if argument.hasPrefix("-"), argument != "-" {
        try readShort(argument, specs, &rest)
      } else {
        operands.append(argument)
      }
    }
  }

  private mutating func readLong(
    _ argument: String, _ specs: [FlagSpec], _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    let equals = argument.firstIndex(of: "=")
    let name = String(argument[..<(equals ?? argument.endIndex)])
    let attached = equals.map { String(argument[argument.index(after: $0)...]) }
    guard let spec = specs.first(where: { "--\($0.name)" == name }) else {
      throw Self.unknown(name, specs)
    }
    if spec.value == nil, let attached {
      throw UsageError(message: "\(name) takes no value, but got \"\(attached)\"")
    }
    values[spec.name, default: []].append(try Self.value(of: spec, name, attached, &rest))
  }

  /// Switches may stand together; what follows an option with a value is its value.
  private mutating func readShort(
    _ argument: String, _ specs: [FlagSpec], _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    var letters = argument.dropFirst()
    while let letter = letters.popFirst() {
      let name = "-\(letter)"
      guard let spec = specs.first(where: { $0.short == name }) else {
        throw Self.unknown(letters.isEmpty ? name : argument, specs)
      }
      let attached = spec.value == nil || letters.isEmpty ? nil : String(letters)
      values[spec.name, default: []].append(try Self.value(of: spec, name, attached, &rest))
      if attached != nil { return }
    }
  }

  private static func unknown(_ name: String, _ specs: [FlagSpec]) -> UsageError {
    let known = specs.map { "--\($0.name)" }
    let wanted = name.hasPrefix("--") ? name : "-\(name)"
    return UsageError(
      message: "there is no option \(name)",
      help: NearestName.of(wanted, among: known).map { "did you mean \($0)?" })
  }

  private static func value(
    of spec: FlagSpec, _ name: String, _ attached: String?, _ rest: inout ArraySlice<String>
  ) throws(UsageError) -> String {
    guard let valueName = spec.value else { return "" }
    guard let value = attached ?? rest.popFirst(), !value.isEmpty else {
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
