import Foundation
import Testing

/// What shows only when the program runs as people run it: signals, pipes, limits, standard input.
@Suite("Process") struct ProcessTests {
  // MARK: Input

  @Test("a UBJ model that was cut says where it ends")
  func truncatedTrees() throws {
    let workspace = try Workspace([
      "s.json5": Workspace.scenario.replacing("new.json", with: "new.ubj")
    ])
    // An object with the key "learner" whose value never comes.
    try workspace.write(Data("{L".utf8) + Data([0, 0, 0, 0, 0, 0, 0, 7]), to: "new.ubj")
    let ending = try workspace.run(["check", "s.json5"])
    #expect(ending.code == 65)
    #expect(
      ending.notes == """
        new.ubj: error: the file ends after 10 bytes, inside the value that begins at byte 1
          help: the file was cut or changed; save or copy the model again

        """)
  }

  @Test("time that steps back is put in order, or moved on, where the scenario says so")
  func timeReversal() throws {
    let requests = Workspace.requests.replacing("00:02:00", with: "00:00:30")
    for rule in [#""reorder", reorderWindow: "1m""#, #""shift""#] {
      let workspace = try Workspace([
        "requests.csv": requests,
        "s.json5": Workspace.scenario.replacing(
          "replay:", with: "onTimeReversal: \(rule), replay:"),
      ])
      let ending = try workspace.run(["run", "s.json5", "-q"])
      #expect(ending == .init(code: 0, answer: "", notes: ""))
      #expect(try workspace.read("results/s/manifest.json").contains("\"count\": 1"))
    }
  }

  @Test("a scenario from standard input names its files from where the person stands")
  func scenarioFromStandardInput() throws {
    let workspace = try Workspace()
    let text = Data(Workspace.scenario.utf8)
    let ending = try workspace.run(["run", "-", "-q"], input: text)
    #expect(ending == .init(code: 0, answer: "", notes: ""))
    let manifest = try workspace.read("results/standard-input/manifest.json")
    #expect(manifest.contains("\"command\": \"understudy run -\""))
    #expect(try workspace.run(["run", "s.json5", "-q"]).code == 0)
    #expect(
      try workspace.read("results/s/summary.json")
        == workspace.read("results/standard-input/summary.json"))
  }

  @Test("what came from standard input cannot be verified, and says so")
  func verifyStandardInput() throws {
    let workspace = try Workspace()
    let calls = [
      ("scenario", ["-"], Workspace.scenario),
      ("traffic", ["s.json5", "--set", "traffic.replay=-"], Workspace.requests),
    ]
    for (part, operands, input) in calls {
      _ = try workspace.run(
        ["run"] + operands + ["-q", "--out", "r"], input: Data(input.utf8))
      let ending = try workspace.run(["verify", "r", "--scenarios", "."])
      #expect(ending.code == 65)
      #expect(
        ending.notes == """
          r/manifest.json: error: the \(part) was read from standard input, so the result cannot be \
          made again
            help: make the result from files

          """)
    }
  }

  @Test("traffic from standard input gives the answer of the file, and nothing of it stays behind")
  func trafficFromStandardInput() throws {
    let workspace = try Workspace()
    try workspace.write(Data(), to: "temporary/keep")
    let temporary = ["TMPDIR": workspace.folder.appendingPathComponent("temporary").path]
    let call = ["run", "s.json5", "-q", "--replications", "3", "--set", "traffic.replay=-"]
    let piped = try workspace.run(
      call + ["--out", "piped"], input: Data(Workspace.requests.utf8), environment: temporary)
    #expect(piped == .init(code: 0, answer: "", notes: ""))
    let packed = try workspace.run(
      call + ["--out", "packed"], shell: "gzip -c requests.csv | \"$@\"", environment: temporary)
    #expect(packed == .init(code: 0, answer: "", notes: ""))
    _ = try workspace.run(["run", "s.json5", "-q", "--replications", "3", "--out", "file"])
    func answer(_ folder: String) throws -> Substring {
      let summary = try workspace.read("\(folder)/summary.json")
      return summary[try #require(summary.range(of: "\"seed\"")).lowerBound...]
    }
    #expect(try answer("piped") == answer("file"))
    #expect(try answer("packed") == answer("file"))
    #expect(try workspace.names(in: "temporary") == ["keep"])
  }

  @Test("a mistake in traffic from standard input is told in its name")
  func badTrafficFromStandardInput() throws {
    let workspace = try Workspace()
    let requests = Workspace.requests.replacing("2.5", with: "abc")
    let ending = try workspace.run(
      ["run", "s.json5", "--set", "traffic.replay=-"], input: Data(requests.utf8))
    #expect(ending.code == 65)
    #expect(
      ending.notes == """
        standard input:4: error: column a holds "abc", not a number
          help: set onBadValue: "skip" to count and skip such rows

        """)
  }

  @Test("a recording that is a pipe with a name is refused, and the way out is told")
  func namedPipe() throws {
    let workspace = try Workspace()
    let ending = try workspace.run(
      ["check", "s.json5", "--set"],
      shell: "\"$@\" traffic.replay=<(cat requests.csv) 2>&1 | sed -E 's|/[a-z]+/fd/[0-9]+|PIPE|g'")
    #expect(
      ending.answer.contains(
        """
        error: PIPE is a pipe, and a recording is read more than once
        """))
    #expect(
      ending.answer.hasSuffix(
        "  help: give it to standard input, and name the recording \"-\"\n"))
    let scored = try workspace.run(
      ["score", "--model", "old.json"], shell: "\"$@\" --data <(cat requests.csv) | wc -l")
    #expect(scored.answer.filter { $0 != " " } == "5\n" && scored.notes.isEmpty)
  }

  @Test("a scenario may be a pipe that a shell made of a command")
  func scenarioPipe() throws {
    let ending = try Workspace().run(
      ["check"], shell: "\"$@\" <(sed \"s|requests.csv|$PWD/&|; s|[a-z]*.json|$PWD/&|\" s.json5)")
    #expect(ending.code == 0 && ending.notes.isEmpty, "\(ending.notes)")
  }

  @Test("standard input cannot be the scenario and the traffic")
  func standardInputTwice() throws {
    let ending = try Workspace().run(
      ["run", "-", "--set", "traffic.replay=-"], input: Data(Workspace.scenario.utf8))
    #expect(ending.code == 65)
    #expect(
      ending.notes == """
        --set:1:16: error: standard input is the scenario already, and cannot be the traffic too
          1 | traffic.replay=-
            |                ^
          help: write one of the two to a file

        """)
  }

  // MARK: Output

  @Test("a file-size limit ends with 74; an old result stays whole, and no new one begins")
  func fullDisk() throws {
    let workspace = try Workspace()
    _ = try workspace.run(["run", "s.json5", "-q", "--out", "old"])
    let names = try workspace.names()
    let old = try workspace.names(in: "old").map { try workspace.read("old/\($0)") }
    for folder in ["old", "new", "deep/er/new"] {
      let ending = try workspace.run(
        ["run", "s.json5", "--seed", "2", "--out", folder], shell: "ulimit -f 8; \"$@\"")
      #expect(
        ending
          == .init(
            code: 74, answer: "",
            notes: """
              \(folder): error: the result cannot be written: file too large
                help: free the path or the disk, or name another folder with --out

              """))
    }
    #expect(try workspace.names() == names)
    #expect(try workspace.names(in: "old").map { try workspace.read("old/\($0)") } == old)
  }

  @Test("an answer that cannot be written ends with 74", .enabled(if: hasFullDevice))
  func fullOutput() throws {
    let ending = try Workspace().run(
      ["score", "--model", "old.json", "--data", "requests.csv"], shell: "\"$@\" > /dev/full")
    #expect(
      ending
        == .init(
          code: 74, answer: "",
          notes: "standard output: error: cannot be written: no space left on device\n"))
  }

  private static let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")

  @Test("a reader that goes early ends the program quietly, whoever minds the signal of a pipe")
  func brokenPipe() throws {
    let rows = (0..<20_000).map { "\($0),1\n" }.joined()
    let workspace = try Workspace(["rows.csv": "a,b\n" + rows])
    for start in ["", "trap '' PIPE; "] {
      let ending = try workspace.run(
        ["score", "--model", "old.json", "--data", "rows.csv"],
        shell: start + "\"$@\" | head -n 1; exit ${PIPESTATUS[0]}")
      #expect(ending == .init(code: 0, answer: "prediction\n", notes: ""))
    }
  }

  @Test("what a verb found is its exit code, also when nobody reads the answer")
  func unreadAnswer() throws {
    let workspace = try Workspace()
    for seed in ["1", "2"] {
      _ = try workspace.run(["run", "s.json5", "-q", "--seed", seed, "--out", "r\(seed)"])
    }
    let ending = try workspace.run(
      ["compare", "r1", "r2"], shell: "\"$@\" | true; exit ${PIPESTATUS[0]}")
    #expect(ending == .init(code: 2, answer: "", notes: ""))
  }

  @Test("neither progress nor colour reaches what is no terminal")
  func plainNotes() throws {
    let ending = try Workspace().run(["run", "s.json5", "--format", "csv"])
    #expect(ending.code == 0)
    #expect(ending.notes == "report: results/s/report.html\n")
    #expect(ending.answer.hasPrefix("metric,"))
    #expect(!(try Workspace().run(["check", "t.json5"])).notes.contains("\u{1B}"))
  }

  @Test("a result's permissions follow the umask")
  func permissions() throws {
    let workspace = try Workspace()
    _ = try workspace.run(["run", "s.json5", "-q", "--out", "r"], shell: "umask 027; \"$@\"")
    for name in ["r", "r/summary.json", "r/report.html", "r/manifest.json"] {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: workspace.folder.appendingPathComponent(name).path)
      #expect(attributes[.posixPermissions] as? Int == (name == "r" ? 0o750 : 0o640), "\(name)")
    }
  }

  // MARK: Signals

  @Test(
    "an interrupt ends a run with 130 and leaves no part of a result", arguments: [SIGINT, SIGTERM])
  func interrupted(_ signal: Int32) throws {
    let workspace = try Workspace()
    let endless = """
      {
        traffic: { synthetic: { requests: 1000000000, arrivals: { poisson: 5 }, features: { a: 1, b: 2 }, label: { probability: 0.5 } } },
        arms: { production: { model: "old.json" }, candidate: { model: "new.json" } },
      }
      """
    let names = try workspace.names()
    let scenario = try NamedPipe(in: workspace, "pipe.json5")
    let ending = try workspace.run(["run", "pipe.json5", "--out", "out"]) { process in
      // Whoever reads the scenario has begun to watch for signals.
      try scenario.write(endless)
      kill(process.processIdentifier, signal)
    }
    try scenario.remove()
    #expect(
      ending
        == .init(
          code: 130, answer: "",
          notes: "error: interrupted; no result was written\n  help: run it again\n"))
    #expect(try workspace.names() == names)
  }

  @Test("an interrupt is heard while standard input is waited for")
  func interruptedWhileWaiting() throws {
    let workspace = try Workspace()
    try workspace.write(Data(), to: "temporary/keep")
    let scenario = try NamedPipe(in: workspace, "pipe.json5")
    let endless = Pipe()
    let ending = try workspace.run(
      ["run", "pipe.json5"], source: endless.fileHandleForReading,
      environment: ["TMPDIR": workspace.folder.appendingPathComponent("temporary").path]
    ) { process in
      try scenario.write(Workspace.scenario.replacing("requests.csv", with: "-"))
      kill(process.processIdentifier, SIGINT)
    }
    try endless.fileHandleForWriting.close()
    #expect(ending.code == 130 && !ending.wasKilled)
    #expect(try workspace.names(in: "temporary") == ["keep"])
  }
}

/// A pipe with a name: to write to it waits until somebody reads.
private struct NamedPipe {
  private let path: String

  init(in workspace: Workspace, _ name: String) throws {
    path = workspace.folder.appendingPathComponent(name).path
    guard unsafe mkfifo(path, 0o600) == 0 else { throw POSIXError(.EIO) }
  }

  func write(_ text: String) throws {
    let handle = FileHandle(
      fileDescriptor: unsafe open(path, O_WRONLY), closeOnDealloc: true)
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  func remove() throws { try FileManager.default.removeItem(atPath: path) }
}
