/// Completion scripts, made from the verbs' own tables.
enum Completions {
  static let shells = ["bash", "zsh", "fish"]

  static func script(for shell: String) -> String? {
    switch shell {
    case "bash": bash
    case "zsh": "#compdef understudy\nautoload -U +X bashcompinit && bashcompinit\n" + bash
    case "fish": fish
    default: nil
    }
  }

  // MARK: bash

  /// "--name=value" reaches the function as three words.
  private static var bash: String {
    """
    _understudy() {
      local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words=
      COMPREPLY=()
      if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "\(firstWords)" -- "$current"))
        return
      fi
      if [ "$current" = "=" ]; then
        current=
      elif [ "$previous" = "=" ]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
      fi
      case "${COMP_WORDS[1]} $previous" in
    \(bashValues)
      esac
      case ${COMP_WORDS[1]} in
    \(bashFlags)
      esac
      case $current in
        -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
        *) COMPREPLY=($(compgen -f -- "$current")) ;;
      esac
    }
    complete -o filenames -F _understudy understudy

    """
  }

  private static var firstWords: String {
    (Verb.all.map(\.name) + ["help"] + Program.options).joined(separator: " ")
  }

  private static var bashFlags: String {
    let verbs = Verb.all.map { verb in
      "    \(verb.name)) words=\"\(verb.specs.map { "--\($0.name)" }.joined(separator: " "))\" ;;"
    }
    let help =
      "    help) COMPREPLY=($(compgen -W \"\(Verb.all.map(\.name).joined(separator: " "))\""
    let shells = "    --completions) COMPREPLY=($(compgen -W \"\(shells.joined(separator: " "))\""
    return (verbs + [help, shells].map { "\($0) -- \"$current\")); return ;;" })
      .joined(separator: "\n")
  }

  /// Options that have a value: its words, files, or nothing that could be known.
  private static var bashValues: String {
    Verb.all.flatMap { verb in
      verb.specs.compactMap { spec -> String? in
        guard spec.value != nil else { return nil }
        let names = ["--\(spec.name)"] + [spec.short].compactMap { $0 }
        let patterns = names.map { "\"\(verb.name) \($0)\"" }.joined(separator: "|")
        let reply =
          !spec.choices.isEmpty
          ? "COMPREPLY=($(compgen -W \"\(spec.choices.joined(separator: " "))\" -- \"$current\")); "
          : spec.isPath ? "COMPREPLY=($(compgen -f -- \"$current\")); " : ""
        return "    \(patterns)) \(reply)return ;;"
      }
    }.joined(separator: "\n")
  }

  // MARK: fish

  private static var fish: String {
    let start = "complete -c understudy -n __fish_use_subcommand"
    let shells = shells.joined(separator: " ")
    var lines = [
      "complete -c understudy -n __fish_use_subcommand -f",
      "\(start) -s h -l help -d 'shows what the program does'",
      "\(start) -l version -d 'shows the version'",
      "\(start) -l completions -x -a '\(shells)' -d 'writes a completion script'",
    ]
    for verb in Verb.all {
      lines.append("\(start) -a \(verb.name) -d '\(escaped(verb.summary))'")
      lines += verb.specs.map { spec in
        let short = spec.short.map { " -s \($0.dropFirst())" } ?? ""
        return "complete -c understudy -n '__fish_seen_subcommand_from \(verb.name)' "
          + "-l \(spec.name)\(short)\(fishValue(spec)) -d '\(escaped(spec.help))'"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func fishValue(_ spec: FlagSpec) -> String {
    if spec.value == nil { return "" }
    if !spec.choices.isEmpty { return " -x -a '\(spec.choices.joined(separator: " "))'" }
    return spec.isPath ? " -r -F" : " -x"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
  }
}
