/// One thing that the program does.
struct Verb: Sendable {
  var name: String
  var operands: String
  var summary: String
  var details: String
  var flags: [FlagSpec]
  var example: String
  var perform: @Sendable (Flags, Console) throws -> ExitCode

  static let all: [Verb] = [.run, .check, .verify, .score]

  static let help = FlagSpec(name: "help", short: "-h", help: "shows this text")

  var specs: [FlagSpec] { flags + [Verb.help] }

  var helpText: String {
    var lines = [
      "usage: understudy \(name) \(operands)", "", details, "", "options:",
    ]
    let named = specs.map {
      (
        $0,
        "  \($0.short.map { "\($0), " } ?? "    ")--\($0.name)\($0.value.map { " \($0)" } ?? "")"
      )
    }
    let width = named.map { $0.1.count }.max() ?? 0
    for (spec, text) in named {
      let choices = spec.choices.isEmpty ? "" : " (\(spec.choices.joined(separator: ", ")))"
      lines.append(
        text + String(repeating: " ", count: width - text.count + 2) + spec.help + choices)
    }
    return (lines + ["", "example:", "  \(example)", ""]).joined(separator: "\n")
  }
}

/// Options that several verbs share.
enum SharedFlags {
  static let set = FlagSpec(
    name: "set", value: "PATH=VALUE",
    help: "changes one value of the scenario, as in shifts[0].by=1.5; may be given again")
  static let seed = FlagSpec(name: "seed", value: "N", help: "takes this seed instead")
  static let threads = FlagSpec(
    name: "threads", value: "N", help: "threads; never changes an answer (default: all cores)")
  static let blockSize = FlagSpec(
    name: "block-size", value: "N",
    help: "requests a block; never changes an answer (default: 4096)")
  static let replications = FlagSpec(
    name: "replications", value: "R", help: "runs R replications, each with a seed of its own")
  static let quiet = FlagSpec(name: "quiet", short: "-q", help: "prints no progress and no table")
  static let format = FlagSpec(
    name: "format", value: "FORMAT", help: "how the answer is printed",
    choices: ["table", "json", "markdown", "csv", "junit"])
}
