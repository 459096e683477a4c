import Testing
import Understudy

@testable import Command

@Suite("Program") struct ProgramTests {
  @Test("help is an answer: of the program, and of each verb by either way")
  func help() {
    for arguments in [["--help"], ["-h"], ["help"]] {
      let transcript = Transcript()
      #expect(transcript.run(arguments) == .done)
      #expect(transcript.answer == Program.helpText)
      #expect(transcript.notes.isEmpty)
    }
    for verb in Verb.all {
      for arguments in [["help", verb.name], [verb.name, "--help"], [verb.name, "x", "-h"]] {
        let transcript = Transcript()
        #expect(transcript.run(arguments) == .done)
        #expect(transcript.answer == verb.helpText)
      }
    }
  }

  @Test("every verb's help has an example that is a call of it with options that it has")
  func examples() throws {
    for verb in Verb.all {
      let words = verb.example.split(separator: " ").map(String.init)
      #expect(words.starts(with: ["understudy", verb.name]))
      _ = try Flags(Array(words.dropFirst(2)), specs: verb.specs)
      #expect(verb.helpText.contains("example:\n  \(verb.example)\n"))
    }
  }

  @Test("help fits on a terminal of 100 columns")
  func width() {
    for text in [Program.helpText] + Verb.all.map(\.helpText) {
      for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    }
  }

  @Test("the version is an answer")
  func version() {
    let transcript = Transcript()
    #expect(transcript.run(["--version"]) == .done)
    #expect(transcript.answer == "understudy \(Understudy.version)\n")
  }

  @Test(
    "a command line that is not understood ends with 64, and says how to find out",
    arguments: [
      (
        ["rum", "x"],
        """
        understudy: error: there is no verb "rum"
          help: did you mean run?
          try: understudy --help

        """
      ),
      (
        ["--versoin"],
        """
        understudy: error: there is no option --versoin before a verb
          help: did you mean --version?
          try: understudy --help

        """
      ),
      (
        ["help", "chekc"],
        """
        understudy: error: there is no verb "chekc"
          help: did you mean check?
          try: understudy --help

        """
      ),
      (
        ["run"],
        """
        understudy: error: which scenario?
          help: name one file, as in scenarios/first-shadow.json5
          try: understudy run --help

        """
      ),
      (
        ["check", "a", "b"],
        """
        understudy: error: one scenario at a time, not 2
          help: name one file, as in scenarios/first-shadow.json5
          try: understudy check --help

        """
      ),
      (
        ["run", "a", "--out", "-"],
        """
        understudy: error: --out is "-", but a result is a folder of files
          help: --format json prints the answer, and --out names the folder
          try: understudy run --help

        """
      ),
      (
        ["run", "a", "--seed", "-1"],
        """
        understudy: error: --seed is "-1", not a whole number from 0 to 2⁶³ − 1
          try: understudy run --help

        """
      ),
      (
        ["compare", "a"],
        """
        understudy: error: compare takes two results, not 1
          help: name two folders, as in results/first-shadow results/sensor-drift
          try: understudy compare --help

        """
      ),
      (
        ["score", "--model", "m"],
        """
        understudy: error: score needs --model FILE and --data FILE
          try: understudy score --help

        """
      ),
      (
        ["score", "--model", "m", "--data", "d", "x"],
        """
        understudy: error: score takes no "x"
          help: name the files with --model and --data
          try: understudy score --help

        """
      ),
      (
        ["--completions", "tcsh"],
        """
        understudy: error: --completions needs one of bash, zsh, fish
          help: for example: source <(understudy --completions bash)
          try: understudy --help

        """
      ),
    ])
  func usage(_ arguments: [String], notes: String) {
    let transcript = Transcript()
    #expect(transcript.run(arguments) == .usage)
    #expect(transcript.notes == notes)
    #expect(transcript.answer.isEmpty)
  }

  @Test("without arguments the help is a note, and the call a mistake")
  func nothing() {
    let transcript = Transcript()
    #expect(transcript.run([]) == .usage)
    #expect(transcript.notes == Program.helpText)
  }

  @Test("the exit codes are those that scripts rely on")
  func codes() {
    #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 2, 64, 65, 66, 69, 70, 74, 130])
  }

  @Test("colour never comes with NO_COLOR, nor on a terminal that has none")
  func colour() {
    #expect(Console.allowsColour([:]))
    #expect(Console.allowsColour(["NO_COLOR": "", "TERM": "xterm"]))
    #expect(!Console.allowsColour(["NO_COLOR": "1"]))
    #expect(!Console.allowsColour(["TERM": "dumb"]))
  }
}
