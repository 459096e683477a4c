import Foundation
import Testing

@testable import Command

@Suite("Verbs") struct VerbTests {
  // MARK: run and check

  @Test("a gate that says no ends with 1, only when it is asked")
  func gates() throws {
    let workspace = try Workspace([
      "s.json5": Workspace.scenario.replacing(
        "  arms:", with: "  gate: { accuracy: { candidate: \"at least 0.99\" } },\n  arms:")
    ])
    #expect(try workspace.run(["run", "s.json5", "-q"]).code == 0)
    #expect(try workspace.run(["run", "s.json5", "-q", "--gate"]).code == 1)
  }

  @Test("--gate for a scenario without gates is told")
  func noGates() throws {
    let ending = try Workspace().run(["run", "s.json5", "-q", "--gate"])
    #expect(
      ending
        == .init(
          code: 0, answer: "",
          notes: "understudy: warning: --gate asks for nothing, the scenario has no gate\n"))
  }

  @Test("check says what would be run, and with --resolved a scenario of the same answer")
  func check() throws {
    let workspace = try Workspace()
    let ending = try workspace.run(["check", "s.json5"])
    #expect(ending.code == 0 && ending.notes.isEmpty)
    #expect(ending.answer.contains("traffic      requests.csv, 2 features\n"))
    let resolved = try workspace.run(["check", "s.json5", "--resolved"])
    try workspace.write(Data(resolved.answer.utf8), to: "again.json5")
    #expect(try workspace.run(["check", "again.json5", "--resolved"]).answer == resolved.answer)
    for name in ["s", "again"] { _ = try workspace.run(["run", "\(name).json5", "-q"]) }
    #expect(
      try workspace.read("results/s/summary.json") == workspace.read("results/again/summary.json"))
  }

  @Test("--trace writes the requests, and a scenario that comes to the same answer")
  func trace() throws {
    let workspace = try Workspace()
    let run = try workspace.run(["run", "s.json5", "--trace", "--format", "csv"])
    let replay = try workspace.run(["run", "results/s/replay.json5", "--format", "csv"])
    #expect(run.code == 0 && replay.code == 0)
    #expect(replay.answer == run.answer && !run.answer.isEmpty)
    #expect(try workspace.read("results/s/requests.csv").hasPrefix("time,"))
  }

  @Test("an interrupt before the first request is heard")
  func interrupted() throws {
    let workspace = try Workspace()
    let transcript = Transcript()
    let path = workspace.folder.appendingPathComponent("s.json5").path
    #expect(transcript.run(["run", path, "--out", "unused"], isInterrupted: true) == .interrupted)
    #expect(transcript.answer.isEmpty)
  }

  // MARK: verify

  @Test("verify finds a fresh result the same, by name and among all")
  func verifySame() throws {
    let workspace = try Workspace()
    _ = try workspace.run(["run", "s.json5", "-q", "--set", "labels.delay=1h", "--seed", "9"])
    for operands in [["results/s"], ["results/s/"], []] {
      let ending = try workspace.run(["verify"] + operands + ["--scenarios", "."])
      #expect(ending == .init(code: 0, answer: "results/s: same\n", notes: ""))
    }
  }

  @Test("verify names the file, the line and the byte of a difference, and what stands there")
  func verifyDifferent() throws {
    let workspace = try Workspace()
    _ = try workspace.run(["run", "s.json5", "-q"])
    let summary = try workspace.read("results/s/summary.json")
    #expect(summary.contains("\n  \"seed\": 1,\n"))
    let changed = summary.replacing("\n  \"seed\": 1,\n", with: "\n  \"seed\": 2,\n")
    try workspace.write(Data(changed.utf8), to: "results/s/summary.json")
    try FileManager.default.removeItem(
      at: workspace.folder.appendingPathComponent("results/s/report.html"))
    let ending = try workspace.run(["verify", "results/s", "--scenarios", "."])
    let offset = zip(summary.utf8, changed.utf8).prefix { $0 == $1 }.count
    let line = summary.utf8.prefix(offset).reduce(1) { $0 + ($1 == 10 ? 1 : 0) }
    #expect(ending.code == 2)
    #expect(
      ending.answer == """
        results/s/summary.json:\(line): differs from byte \(offset) on
          committed:   "seed": 2,
          now:         "seed": 1,
        results/s/report.html: missing

        """)
  }

  @Test("verify shows a difference without tearing a character")
  func verifyCharacters() throws {
    let title = String(repeating: "−", count: 60)
    let workspace = try Workspace([
      "s.json5": Workspace.scenario.replacing(
        "{\n  traffic", with: "{ title: '\(title)a',\n  traffic")
    ])
    _ = try workspace.run(["run", "s.json5", "-q"])
    let old = try workspace.read("results/s/scenario.resolved.json5")
    try workspace.write(
      Data(old.replacing("−a", with: "−b\(title)").utf8), to: "results/s/scenario.resolved.json5")
    let ending = try workspace.run(["verify", "results/s", "--scenarios", "."])
    #expect(ending.code == 2)
    #expect(!ending.answer.contains("\u{FFFD}"))
    #expect(ending.answer.contains("committed: …−"))
  }

  @Test("verify tells of every result, also behind one that cannot be run")
  func verifyAll() throws {
    let workspace = try Workspace(["t.json5": Workspace.scenario])
    for name in ["s", "t"] { _ = try workspace.run(["run", "\(name).json5", "-q"]) }
    try FileManager.default.removeItem(at: workspace.folder.appendingPathComponent("s.json5"))
    let ending = try workspace.run(["verify", "--scenarios", "."])
    #expect(ending.code == 66)
    #expect(ending.answer == "results/t: same\n")
    #expect(
      ending.notes == """
        ./s.json5: error: there is no such file
          help: did you mean ./t.json5?

        """)
  }

  // MARK: compare

  @Test("compare finds a result the same as itself")
  func compareSame() throws {
    let workspace = try Workspace()
    _ = try workspace.run(["run", "s.json5", "-q"])
    let ending = try workspace.run(["compare", "results/s", "results/s/"])
    #expect(ending == .init(code: 0, answer: "results/s and results/s: the same\n", notes: ""))
  }

  @Test("compare tells what changed in the scenario, its files and the answer, and ends with 2")
  func compareDifferent() throws {
    let workspace = try Workspace()
    _ = try workspace.run(["run", "s.json5", "-q", "--out", "one"])
    try workspace.write(
      Data(Workspace.model.replacing("0.1}", with: "-3}").utf8), to: "new.json")
    _ = try workspace.run(
      ["run", "s.json5", "-q", "--out", "two", "--set", "metrics=['logLoss']", "--set"]
        + ["shifts=[{missing:'a',rate:0.5}]"])
    let ending = try workspace.run(["compare", "one", "two"])
    #expect(ending.code == 2 && ending.notes.isEmpty)
    let lines = ending.answer.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.prefix(3) == ["old  one", "new  two", ""])
    #expect(lines.contains("files"))
    #expect(lines.contains("  model of candidate: new.json holds something else"))
    #expect(lines.contains { $0.hasPrefix("  shifts[0]: (none) → { missing: \"a\"") })
    let undetermined = "–                   cannot be determined"
    #expect(lines.contains("  logLoss, candidate           both  \(undetermined)"))
    #expect(lines.contains("  accuracy, candidate          old   \(undetermined)"))
    #expect(lines.contains("                               new   (none)"))
    #expect(lines.contains { $0.hasPrefix("  logLoss, candidate   0.6") })
    #expect(lines.allSatisfy { $0.last != " " })
    #expect(
      try workspace.run(["compare", "one", "two", "-q"]) == .init(code: 2, answer: "", notes: ""))
  }

  @Test("compare gives the same to programs")
  func compareJSON() throws {
    let workspace = try Workspace()
    for seed in ["1", "2"] {
      _ = try workspace.run(["run", "s.json5", "-q", "--seed", seed, "--out", "r\(seed)"])
    }
    let ending = try workspace.run(["compare", "r1", "r2", "--format", "json"])
    let answer = try #require(
      JSONSerialization.jsonObject(with: Data(ending.answer.utf8)) as? [String: Any])
    #expect(answer["same"] as? Bool == false)
    let scenario = try #require(answer["scenario"] as? [[String: Any]])
    #expect(scenario.count == 1)
    #expect(scenario.first?["path"] as? String == "seed")
    #expect(scenario.first?["old"] as? Int == 1 && scenario.first?["new"] as? Int == 2)
  }

  // MARK: score

  @Test("score writes a header and one row for each row, from a file or from standard input")
  func score() throws {
    let workspace = try Workspace()
    let call = ["score", "--model", "old.json", "--data"]
    let ending = try workspace.run(call + ["requests.csv"])
    #expect(ending.code == 0 && ending.notes.isEmpty)
    // 1 / (1 + exp(-(0.1 + 0.5 a - 0.25 b)))
    let expected = [0.1, 0.35, 0.6, 0.85].map { 1 / (1 + exp(-$0)) }
    let lines = ending.answer.split(separator: "\n")
    #expect(lines.first == "prediction")
    for (line, value) in zip(lines.dropFirst(), expected) {
      #expect(abs((Double(line) ?? .nan) - value) < 1e-7)
    }
    #expect(lines.count == 5)
    #expect(try workspace.run(call + ["-"], input: Data(Workspace.requests.utf8)) == ending)
    #expect(try workspace.run(call + ["requests.csv", "--block-size", "1"]) == ending)
  }
}
