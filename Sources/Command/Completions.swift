/// Completion scripts, made from the verbs' own tables.
enum Completions {
  static func script(for shell: String) -> String? {
    switch shell {
    case "bash": bash
    case "zsh": "autoload -U +X bashcompinit && bashcompinit\n" + bash
    case "fish": fish
    default: nil
    }
  }

  private static var bash: String {
    let verbs = Verb.all.map(\.name).joined(separator: " ")
    let cases = Verb.all.map { verb in
      let flags = verb.specs.map { "--\($0.name)" }.joined(separator: " ")
      return "    \(verb.name)) words=\"\(flags)\" ;;"
    }
    return """
      _understudy() {
        local words current=${COMP_WORDS[COMP_CWORD]}
        if [ "$COMP_CWORD" -eq 1 ]; then
          COMPREPLY=($(compgen -W "\(verbs) --help --version --completions" -- "$current"))
          return
        fi
        case ${COMP_WORDS[1]} in
      \(cases.joined(separator: "\n"))
          *) words="" ;;
        esac
        case $current in
          -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
          *) COMPREPLY=($(compgen -f -- "$current")) ;;
        esac
      }
      complete -o filenames -F _understudy understudy

      """
  }

  private static var fish: String {
    var lines = [
      "complete -c understudy -n __fish_use_subcommand -l help -l version -l completions"
    ]
    for verb in Verb.all {
      lines.append(
        "complete -c understudy -n __fish_use_subcommand -a \(verb.name) -d '\(verb.summary)'")
      for flag in verb.specs {
        let short = flag.short.map { " -s \($0.dropFirst())" } ?? ""
        let value = flag.value == nil ? "" : " -r"
        lines.append(
          "complete -c understudy -n '__fish_seen_subcommand_from \(verb.name)' -l \(flag.name)"
            + "\(short)\(value) -d '\(flag.help.replacing("'", with: "\\'"))'")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
