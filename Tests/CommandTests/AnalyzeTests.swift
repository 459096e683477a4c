import Foundation
import TestSupport
import Testing

@testable import Command

@Suite("Analyze") struct AnalyzeTests {
  private static let table = """
    user,variant,revenue,sessions,bought
    1,A,3.5,1,true
    1,A,4,2,false
    2,B,6,1,true
    3,B,5.5,3,true
    4,A,2,1,false
    5,B,7,2,true
    6,A,3,1,false
    7,B,,1,false

    """

  private static let call = ["analyze", "t.csv", "--arm", "variant", "--metric", "revenue"]

  @Test("says the verdict first, then a line, the method and the health, word for word")
  func wording() throws {
    let ending = try Workspace(["t.csv": Self.table]).run(Self.call)
    #expect(ending.code == 0 && ending.notes.isEmpty)
    #expect(
      ending.answer == """
        B's revenue is 3.0 higher than A's [1.4, 4.6].

        metric     A    B  difference              p      verdict
        revenue  3.1  6.2        +3.0  [1.4, 4.6]  0.005  ≠ different

        Method: Welch's t test (two means of independent rows, whose variances may differ);
          intervals at 95\u{00A0}%.
        A is the baseline (a usual name for one); --baseline names another.

          Sample ratio: A 4, B 4 rows, as equal shares give (p = 1.00; --ratio plans others).
          revenue is missing in rows of A 0 (0 %), B 1 (25 %), which are left out.

        """)
  }

  @Test("JSON Lines, packed files and standard input give the same answer")
  func inputs() throws {
    let lines = Self.table.split(separator: "\n").dropFirst().map { row in
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      let revenue = cells[2].isEmpty ? "null" : String(cells[2])
      return "{\"user\":\(cells[0]),\"variant\":\"\(cells[1])\",\"revenue\":\(revenue)}\n"
    }
    let workspace = try Workspace(["t.csv": Self.table, "t.jsonl": lines.joined()])
    let expected = try workspace.run(Self.call)
    func run(_ name: String) -> [String] { ["analyze", name] + Self.call.dropFirst(2) }
    #expect(try workspace.run(run("t.jsonl")) == expected)
    #expect(try workspace.run(run("-"), input: Data(Self.table.utf8)) == expected)
    #expect(try workspace.run(run("-"), input: Data(lines.joined().utf8)) == expected)
    _ = try workspace.run([], shell: "gzip -k t.csv")
    #expect(try workspace.run(run("t.csv.gz")) == expected)
    let packed = try Data(contentsOf: workspace.folder.appendingPathComponent("t.csv.gz"))
    #expect(try workspace.run(run("-"), input: packed) == expected)
  }

  @Test("mistakes in standard input are told of standard input")
  func standardInput() throws {
    let ending = try Workspace().run(
      ["analyze", "-"] + Self.call.dropFirst(2), input: Data("variant,revenue\nA,x\n".utf8))
    #expect(ending.code == 65)
    #expect(ending.notes.hasPrefix("standard input:2: error: column revenue holds \"x\""))
  }

  @Test("every format holds every comparison", arguments: ["table", "json", "markdown", "csv"])
  func formats(_ format: String) throws {
    let workspace = try Workspace(["t.csv": Self.table])
    let ending = try workspace.run(Self.call + ["--metric", "bought", "--format", format])
    #expect(ending.code == 0 && ending.notes.isEmpty)
    for word in ["revenue", "bought", "different", "no difference found"] {
      #expect(ending.answer.contains(word), "\(format): \(word)")
    }
    #expect(ending.answer.last == "\n")
    if format == "json" {
      let answer = try #require(
        JSONSerialization.jsonObject(with: Data(ending.answer.utf8)) as? [String: Any])
      let comparisons = try #require(answer["comparisons"] as? [[String: Any]])
      #expect(comparisons.count == 2 && answer["schema"] as? Int == 1)
      #expect(comparisons.allSatisfy { $0["lnP"] is Double && $0["interval"] is [Double] })
    }
    if format == "csv" {
      let rows = ending.answer.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).count
      }
      #expect(rows.count == 3 && Set(rows).count == 1)
    }
  }

  @Test("--quiet prints nothing, and an interrupt is heard")
  func quiet() throws {
    let workspace = try Workspace(["t.csv": Self.table])
    #expect(try workspace.run(Self.call + ["-q"]) == .init(code: 0, answer: "", notes: ""))
    let transcript = Transcript()
    let path = workspace.folder.appendingPathComponent("t.csv").path
    let call = ["analyze", path] + Self.call.dropFirst(2)
    #expect(transcript.run(Array(call), isInterrupted: true) == .interrupted)
  }

  @Test("a planned share that was not kept leads the answer")
  func mismatch() throws {
    var rows = "variant,x\n"
    for row in 0..<400 { rows += "\(row % 4 == 0 ? "B" : "A"),\(row % 7)\n" }
    let workspace = try Workspace(["t.csv": rows])
    let call = ["analyze", "t.csv", "--arm", "variant", "--metric", "x"]
    let told = try workspace.run(call + ["--ratio", "A=1,B=1"]).answer
    #expect(told.hasPrefix("Not to be trusted (sample-ratio mismatch): "))
    #expect(told.contains("! The arms did not get what was planned"))
    #expect(
      try workspace.run(call + ["--ratio", "A=3,B=1"]).answer.contains(
        "A 300, B 100 rows, as planned shares give (p = 1.00)"))
    #expect(try workspace.run(call).answer.contains("! The arms are not of equal size"))
  }

  @Test("fifty comparisons stay under 25 lines, and the rest is counted")
  func many() throws {
    var rows = "variant," + (0..<10).map { "m\($0)" }.joined(separator: ",") + "\n"
    for row in 0..<60 {
      rows += "v\(row % 6)," + (0..<10).map { "\((row * (7 + $0)) % 11)" }.joined(separator: ",")
      rows += "\n"
    }
    let metrics = (0..<10).flatMap { ["--metric", "m\($0)"] }
    let ending = try Workspace(["t.csv": rows]).run(
      ["analyze", "t.csv", "--arm", "variant"] + metrics)
    #expect(ending.code == 0)
    #expect(ending.answer.split(separator: "\n", omittingEmptySubsequences: false).count <= 25)
    #expect(ending.answer.contains("more comparisons; --format csv shows all"))
  }

  // MARK: Methods

  @Test("lists all methods in every format", arguments: ["table", "json", "markdown", "csv"])
  func list(_ format: String) throws {
    let ending = try Workspace().run(["analyze", "--list-methods", "--format", format])
    #expect(ending.code == 0)
    for name in ["welch", "tango", "msprt"] { #expect(ending.answer.contains(name)) }
    if format == "json" {
      #expect(try JSONSerialization.jsonObject(with: Data(ending.answer.utf8)) is [Any])
    }
  }

  @Test("the list tells which methods count rows without a value")
  func listOfMissing() throws {
    let table = try Workspace().run(["analyze", "--list-methods"]).answer
    let lines = table.split(separator: "\n").filter { $0.contains("counts empty fields") }
    let names = lines.map { $0.prefix { $0 != " " } }
    #expect(names == ["manski-bounds", "imbens-manski", "lee-bounds", "labelling-weights"])
    let json = try Workspace().run(["analyze", "--list-methods", "--format", "json"]).answer
    let list = try #require(
      JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    #expect(list.count { $0["readsMissing"] as? Bool == true } == 4)
    for (name, kind) in [("switch", "a policy's log"), ("beta-binomial", "arms")] {
      #expect(list.first { $0["name"] as? String == name }?["for"] as? String == kind)
    }
  }

  @Test("explains one method")
  func explain() throws {
    let ending = try Workspace().run(["analyze", "--method", "welch", "--explain"])
    #expect(ending.code == 0)
    #expect(
      ending.answer.hasPrefix("Welch's t test (welch)\n\nestimates   the difference of means"))
    #expect(ending.answer.hasSuffix("source      Welch (1947); Satterthwaite (1946)\n"))
    let wrong = try Workspace().run(["analyze", "--method", "welsh", "--explain"])
    #expect(wrong.code == 64 && wrong.notes.contains("did you mean welch?"))
  }

  // MARK: The guide

  @Test(
    "the answers in the guides are what their commands print", arguments: ["analyze.md", "plan.md"])
  func guide(name: String) throws {
    let root = testFile("").deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "docs/\(name)")
    var text = try String(contentsOf: file, encoding: .utf8)
    let blocks = text.components(separatedBy: "```").filter { $0.hasPrefix("\n$ understudy ") }
    #expect(blocks.count >= 4)
    for block in blocks {
      let command = block.dropFirst("\n$ understudy ".count).prefix { $0 != "\n" }
      let ending = try Workspace().run(
        [], shell: "cd '\(root.path)' && \"$1\" \(command)")
      let printed = "\n$ understudy \(command)\n\(ending.answer)\(ending.notes)"
      if ProcessInfo.processInfo.environment["UNDERSTUDY_UPDATE_GOLDEN"] == "1" {
        text = text.replacing(block, with: printed)
        try Data(text.utf8).write(to: file)
      } else {
        #expect(block == printed)
      }
    }
  }
}
