import Documents
import Understudy

/// The command line from the outside: which verb, which help, which exit code.
struct Program {
  var console: Console

  func run(_ arguments: [String]) -> ExitCode {
    do {
      return try dispatch(arguments)
    } catch let error as UsageError {
      let verb = Verb.all.first { $0.name == arguments.first }
      console.writeNote(error.text)
      console.writeNote("  try: understudy \(verb.map { "\($0.name) " } ?? "")--help\n")
      return .usage
    } catch let error as StudyError {
      console.writeNote(error.message(colour: console.usesColour))
      return ExitCode(error)
    } catch {
      console.writeNote("understudy: error: a fault of ours: \(error)\n")
      return .fault
    }
  }

  private func dispatch(_ arguments: [String]) throws -> ExitCode {
    guard let first = arguments.first else {
      console.writeNote(Self.helpText)
      return .usage
    }
    let rest = Array(arguments.dropFirst())
    switch first {
    case "-h", "--help", "help": return try showHelp(rest)
    case "--version":
      try console.answer("understudy \(Understudy.version)\n")
      return .done
    case "--completions": return try showCompletions(rest.first ?? "")
    case _ where first.hasPrefix("--completions="):
      return try showCompletions(String(first.dropFirst("--completions=".count)))
    case _ where first.hasPrefix("-"):
      throw UsageError(
        message: "there is no option \(first) before a verb",
        help: NearestName.of(first, among: Self.options).map { "did you mean \($0)?" })
    default: return try verb(first).run(rest, console)
    }
  }

  private func verb(_ name: String) throws(UsageError) -> Verb {
    if let verb = Verb.all.first(where: { $0.name == name }) { return verb }
    throw UsageError(
      message: "there is no verb \"\(name)\"",
      help: NearestName.of(name, among: Verb.all.map(\.name)).map { "did you mean \($0)?" })
  }

  private func showHelp(_ topics: [String]) throws -> ExitCode {
    try console.answer(try topics.first.map { try verb($0).helpText } ?? Self.helpText)
    return .done
  }

  private func showCompletions(_ shell: String) throws -> ExitCode {
    guard let text = Completions.script(for: shell) else {
      throw UsageError(
        message: "--completions needs one of \(Completions.shells.joined(separator: ", "))",
        help: "for example: source <(understudy --completions bash)")
    }
    try console.answer(text)
    return .done
  }

  static let options = ["--help", "--version", "--completions"]

  static var helpText: String {
    let width = Verb.all.map { $0.name.count + $0.operands.count + 1 }.max() ?? 0
    let verbs = Verb.all.map { verb in
      let call = "\(verb.name) \(verb.operands)"
      return "  \(call)\(String(repeating: " ", count: width - call.count + 2))\(verb.summary)"
    }
    let codes = ExitCode.allCases.map { code in
      let number = String(code.rawValue)
      return "\(String(repeating: " ", count: 5 - number.count))\(number)  \(code.meaning)"
    }
    return """
      Understudy plays a model's traffic through candidates in parallel, bends it, and says what
      would have happened.

      usage: understudy VERB …

      \(verbs.joined(separator: "\n"))

      options:
        -h, --help                     this text; after a verb, that verb's
            --version                  the program's version
            --completions bash|zsh|fish
                                       a completion script for the shell

      exit codes:
      \(codes.joined(separator: "\n"))

      example:
        understudy run scenarios/first-shadow.json5

      """
  }
}
