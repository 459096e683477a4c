import Documents
import Understudy

/// The command line from the outside: which verb, which help, which exit code.
struct Program {
  var console: Console

  func run(_ arguments: [String]) -> ExitCode {
    do {
      return try dispatch(arguments)
    } catch let error as UsageError {
      console.writeNote(error.text)
      console.writeNote("  try: understudy --help\n")
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
    switch first {
    case "-h", "--help", "help":
      return showHelp(Array(arguments.dropFirst()))
    case "--version":
      console.writeAnswer("understudy \(Understudy.version)\n")
      return .done
    case "--completions":
      guard let text = Completions.script(for: arguments.dropFirst().first ?? "") else {
        throw UsageError(message: "--completions needs one of bash, zsh, fish")
      }
      console.writeAnswer(text)
      return .done
    default:
      return try perform(first, Array(arguments.dropFirst()))
    }
  }

  private func perform(_ name: String, _ arguments: [String]) throws -> ExitCode {
    guard let verb = Verb.all.first(where: { $0.name == name }) else {
      throw UsageError(
        message: "there is no verb \"\(name)\"",
        help: NearestName.of(name, among: Verb.all.map(\.name)).map { "did you mean \($0)?" })
    }
    let flags = try Flags(arguments, specs: verb.specs)
    if flags.has("help") {
      console.writeAnswer(verb.helpText)
      return .done
    }
    return try verb.perform(flags, console)
  }

  private func showHelp(_ topics: [String]) -> ExitCode {
    let verb = Verb.all.first { $0.name == topics.first }
    console.writeAnswer(verb?.helpText ?? Self.helpText)
    return .done
  }

  static var helpText: String {
    let width = Verb.all.map { $0.name.count + $0.operands.count + 1 }.max() ?? 0
    let verbs = Verb.all.map { verb in
      let call = "\(verb.name) \(verb.operands)"
      return "  \(call)\(String(repeating: " ", count: width - call.count + 2))\(verb.summary)"
    }
    return """
      Understudy plays a model's traffic through candidates in parallel, bends it, and says what
      would have happened.

      usage: understudy VERB …

      \(verbs.joined(separator: "\n"))

        -h, --help                     this text; after a verb, that verb's
        --version                      the program's version
        --completions bash|zsh|fish    a completion script for the shell

      exit codes: 0 done, 1 a gate said no (with --gate), 2 verify found a difference,
        64 usage, 65 bad data, 66 a file is missing, 69 a model did not answer, 70 a fault of ours,
        74 input or output, 130 interrupted

      example:
        understudy run scenarios/first-shadow.json5

      """
  }
}

extension ExitCode {
  init(_ error: StudyError) {
    self =
      switch error.kind {
      case .badData: .badData
      case .fileMissing: .fileMissing
      case .inputOutput: .inputOutput
      case .interrupted: .interrupted
      case .fault: .fault
      }
  }
}
