import Testing

@testable import Command

@Suite("Calibrate") struct CalibrateTests {
  /// Times of a lognormal by its own quantiles, in an order without a trend.
  private static let latencies =
    "ms,size,tokens\n"
    + (0..<400).map { row in
      let share = (Double(row * 149 % 400) + 0.5) / 400
      // A logistic's quantiles: near enough to a lognormal's logarithm.
      let ratio = share / (1 - share)
      return "\(8 * ratio.squareRoot().squareRoot()),\(1 + row % 8),\(row % 5 * 100)\n"
    }.joined()

  @Test("the piece that is written is read by a scenario")
  func piece() throws {
    let workspace = try Workspace(["m.csv": Self.latencies])
    let call = ["calibrate", "m.csv", "--time", "ms", "--write", "piece.json5", "--quiet"]
    let ending = try workspace.run(call)
    #expect(ending == .init(code: 0, answer: "", notes: ""))
    let piece = try workspace.read("piece.json5")
    #expect(piece.contains("service"))
    // The members of an arm, beside its model.
    let inside = try #require(piece.firstIndex(of: "{"))
    let arm = "{ model: \"new.json\"," + piece[piece.index(after: inside)...]
    let text = Workspace.scenario.replacing("{ model: \"new.json\" }", with: arm)
    let with = try Workspace(["t.json5": text])
    let check = try with.run(["check", "t.json5"])
    #expect(check.code == 0, "\(check.notes)\(text)")
  }

  @Test(
    "each family's piece is read by a scenario",
    arguments: [
      "exponential", "gamma", "weibull", "lognormal", "shifted-gamma", "shifted-lognormal",
      "two-lognormals", "quantiles",
    ])
  func families(_ family: String) throws {
    let workspace = try Workspace(["m.csv": Self.latencies])
    let call = ["calibrate", "m.csv", "--time", "ms", "--family", family, "--write", "p.json5"]
    let ending = try workspace.run(call)
    #expect(ending.code == 0, "\(ending.notes)")
    let piece = try workspace.read("p.json5")
    let inside = try #require(piece.firstIndex(of: "{"))
    let arm = "{ model: \"new.json\"," + piece[piece.index(after: inside)...]
    let text = Workspace.scenario.replacing("{ model: \"new.json\" }", with: arm)
    let check = try Workspace(["t.json5": text]).run(["check", "t.json5"])
    #expect(check.code == 0, "\(check.notes)\(text)")
  }

  @Test("the piece of a regression follows a feature of the traffic")
  func regression() throws {
    let rows = (0..<60).map { row in
      "\(2 + 0.5 * Double(row % 12) + 0.05 * Double(row % 7)),\(row % 12)\n"
    }
    let workspace = try Workspace(["m.csv": "ms,a\n" + rows.joined()])
    let ending = try workspace.run([
      "calibrate", "m.csv", "--time", "ms", "--by", "a", "--write", "p.json5",
    ])
    #expect(ending.code == 0, "\(ending.notes)")
    let piece = try workspace.read("p.json5")
    #expect(piece.contains("per: { a: \"") && piece.contains("noise: "), "\(piece)")
    let inside = try #require(piece.firstIndex(of: "{"))
    let arm = "{ model: \"new.json\"," + piece[piece.index(after: inside)...]
    let text = Workspace.scenario.replacing("{ model: \"new.json\" }", with: arm)
    let checked = try Workspace(["t.json5": text]).run(["check", "t.json5"])
    #expect(checked.code == 0, "\(checked.notes)\(text)")
  }

  @Test("a piece never goes over a file that is there")
  func noOverwriting() throws {
    let workspace = try Workspace(["m.csv": Self.latencies, "piece.json5": "mine"])
    let call = ["calibrate", "m.csv", "--time", "ms", "--write", "piece.json5"]
    let ending = try workspace.run(call)
    #expect(ending.code == 74)
    #expect(ending.notes == "piece.json5: error: cannot be written: file exists\n")
    #expect(try workspace.read("piece.json5") == "mine")
  }

  @Test("the unit changes the scale and nothing else")
  func unit() throws {
    let workspace = try Workspace(["m.csv": Self.latencies])
    let answers = try ["ms", "us"].map { unit in
      try workspace.run(["calibrate", "m.csv", "--time", "ms", "--family", "gamma", "--unit", unit])
    }
    #expect(answers.allSatisfy { $0.code == 0 })
    #expect(answers[0].answer.contains("scale: \""))
    #expect(answers[1].answer.replacing("us\"", with: "ms\"").contains("scale: \""))
    let scale = answers.map { $0.answer.split(separator: "scale: \"").last?.prefix(4) }
    #expect(scale[0] == scale[1])
  }
}
