/// One thing that the program does.
struct Verb: Sendable {
  var name: String
  var operands: String
  var summary: String
  var details: String
  var flags: [FlagSpec]
  var example: String
  var perform: @Sendable (Flags, Console) throws -> ExitCode

  static let all: [Verb] = [
    .run, .check, .size, .plan, .analyze, .calibrate, .compare, .verify, .score, .audit,
  ]

  func run(_ arguments: [String], _ console: Console) throws -> ExitCode {
    let flags = try Flags(arguments, specs: specs)
    if flags.has("help") {
      try console.answer(helpText)
      return .done
    }
    return try perform(flags, console)
  }

  static let help = FlagSpec(name: "help", short: "-h", help: "shows this text")

  var specs: [FlagSpec] { flags + [Verb.help] }

  var helpText: String {
    let named = specs.map { ($0, "  \($0.short.map { "\($0), " } ?? "    ")\($0.call)") }
    let width = named.map { $0.1.count }.max() ?? 0
    let options = named.map { spec, text in
      text + String(repeating: " ", count: width - text.count + 2)
        + Self.wrapped(spec.helpWithChoices, indent: width + 2)
    }
    return
      (["usage: understudy \(name) \(operands)", "", details, "", "options:"] + options
      + ["", "example:", "  \(example)", ""]).joined(separator: "\n")
  }
}

extension Verb {
  /// A terminal has this many columns.
  private static let terminalWidth = 100

  /// A text that begins at a column, broken at spaces, with its further lines under its first.
  fileprivate static func wrapped(_ text: String, indent: Int) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      let last = lines[lines.count - 1]
      if !last.isEmpty, indent + last.count + 1 + word.count > terminalWidth {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] = last.isEmpty ? String(word) : last + " " + word
      }
    }
    return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
  }
}

extension FlagSpec {
  /// "--out DIR".
  var call: String { "--\(name)\(value.map { " \($0)" } ?? "")" }

  var helpWithChoices: String {
    choices.isEmpty ? help : "\(help) (\(choices.joined(separator: ", ")))"
  }
}

/// Options that several verbs share.
enum SharedFlags {
  static let set = FlagSpec(
    name: "set", value: "PATH=VALUE",
    help: "changes a value of the scenario, as in shifts[0].by=1.5; may be given again")
  static let seed = FlagSpec(name: "seed", value: "N", help: "takes this seed instead")
  static let threads = FlagSpec(
    name: "threads", value: "N", help: "threads; never changes an answer (default: all cores)")
  static let blockSize = FlagSpec(
    name: "block-size", value: "N",
    help: "requests a block; never changes an answer (default: 4096)")
  static let replications = FlagSpec(
    name: "replications", value: "R", help: "runs R replications, each with a seed of its own")
  static let scenarios = FlagSpec(
    name: "scenarios", value: "DIR", help: "where the scenarios are (default: scenarios)",
    isPath: true)
  static let quiet = FlagSpec(name: "quiet", short: "-q", help: "prints no progress and no table")
  static let format = FlagSpec(
    name: "format", value: "FORMAT", help: "how the answer is printed",
    choices: ["table", "json", "markdown", "csv", "junit"])
}
