/// The reference of the command line, made from the verbs' own tables.
enum CommandReference {
  /// `docs/command-line.md`.
  static var markdown: String {
    ([introduction, overview] + Verb.all.map(section) + [exitCodes]).joined(separator: "\n\n")
      + "\n"
  }

  private static let introduction = """
    # The command line

    Made from the tables that the program works from (`UNDERSTUDY_UPDATE_GOLDEN=1 swift test
    --filter CommandReference`); not edited by hand.

    Options are GNU's: `--name value` or `--name=value`, short ones alone or together, in any
    order; behind `--` everything is an operand. Standard output holds the answer and nothing
    else; notes, mistakes and progress go to standard error, progress and colour only where that
    is a terminal, and colour never with `NO_COLOR`. `-` in a file's place is standard input. A
    reader that goes early (`| head`) is no mistake.

    `understudy --version` prints the version, and `understudy --completions bash` (or `zsh`,
    `fish`) a script that completes verbs, options and their values:

    ```
    source <(understudy --completions bash)
    ```
    """

  private static var overview: String {
    table(
      ["verb", "what it does"],
      Verb.all.map { ["[`\($0.name) \($0.operands)`](#\($0.name))", $0.summary] })
  }

  private static func section(_ verb: Verb) -> String {
    let options = verb.specs.map { spec in
      let short = spec.short.map { "`\($0)`, " } ?? ""
      return ["\(short)`\(spec.call)`", spec.helpWithChoices]
    }
    return """
      ## \(verb.name)

      `understudy \(verb.name) \(verb.operands)`

      \(verb.details)

      \(table(["option", "what it does"], options))

      ```
      \(verb.example)
      ```
      """
  }

  private static var exitCodes: String {
    "## Exit codes\n\n"
      + table(["code", "meaning"], ExitCode.allCases.map { ["\($0.rawValue)", $0.meaning] })
  }

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head, head.map { _ in "---" }] + rows
    return lines.map { "| \($0.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |" }
      .joined(separator: "\n")
  }
}
