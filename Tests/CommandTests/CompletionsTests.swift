import Foundation
import Testing

@testable import Command

@Suite("Completions") struct CompletionsTests {
  @Test("bash finds no mistake in the scripts for bash and zsh", arguments: ["bash", "zsh"])
  func syntax(_ shell: String) throws {
    let workspace = try Workspace(["script": try #require(Completions.script(for: shell))])
    let ending = try workspace.run([], shell: "bash -n script")
    #expect(ending.code == 0 && ending.notes.isEmpty, "\(ending.notes)")
  }

  @Test(
    "bash completes verbs, options, the words of a value and files",
    arguments: [
      ("understudy ver", "verify"), ("understudy --ver", "--version"),
      ("understudy help sco", "score"), ("understudy --completions f", "fish"),
      ("understudy run --form", "--format"), ("understudy run s.json5 --bl", "--block-size"),
      ("understudy run --format j", "json junit"), ("understudy run --format = m", "markdown"),
      ("understudy compare --format ", "table json"), ("understudy check s.j", "s.json5"),
      ("understudy score --model new", "new.json"), ("understudy run --seed s", ""),
      ("understudy run -o ol", "old.json"), ("understudy check --gate", ""),
    ])
  func completes(_ line: String, reply: String) throws {
    let workspace = try Workspace(["script": try #require(Completions.script(for: "bash"))])
    let last = line.split(separator: " ", omittingEmptySubsequences: false).count - 1
    let ending = try workspace.run(
      [],
      shell: """
        source ./script
        COMP_WORDS=(\(line)); [ ${#COMP_WORDS[@]} -gt \(last) ] || COMP_WORDS+=("")
        COMP_CWORD=\(last)
        _understudy
        echo "${COMPREPLY[*]}"
        """)
    #expect(ending.answer == reply + "\n", "\(ending.notes)")
  }

  @Test("fish is told of every verb and option, with balanced quotes")
  func fish() throws {
    let script = try #require(Completions.script(for: "fish"))
    for verb in Verb.all {
      #expect(script.contains(" -a \(verb.name) -d '"))
      for spec in verb.specs {
        #expect(
          script.contains("-n '__fish_seen_subcommand_from \(verb.name)' -l \(spec.name) ")
            || script.contains("-n '__fish_seen_subcommand_from \(verb.name)' -l \(spec.name)\n"))
      }
    }
    for line in script.split(separator: "\n") {
      let quotes = line.replacing("\\'", with: "").filter { $0 == "'" }
      #expect(quotes.count % 2 == 0, "\(line)")
    }
  }
}
