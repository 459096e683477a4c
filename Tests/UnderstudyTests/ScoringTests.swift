import Foundation
import TestSupport
import Testing
import Understudy

@Suite("Scoring") struct ScoringTests {
  @Test(
    "agrees with the libraries that trained the models to 1e-6 relative",
    arguments: [("elec2_lr.json", 7), ("elec2_xgb.ubj", 8)])
  func electricity(model: String, column: Int) throws {
    let root = testFile("").deletingLastPathComponent().deletingLastPathComponent()
    let rows = testFile("Vectors/elec2_scores.csv")
    let expected = try String(contentsOf: rows, encoding: .utf8).split(separator: "\n").dropFirst()
      .map { try #require(Double($0.split(separator: ",")[column])) }
    // The trees name no features; the coefficients do.
    let features =
      column == 7
      ? nil : ["day", "period", "nswprice", "nswdemand", "vicprice", "vicdemand", "transfer"]
    var text = ""
    try Scoring(
      model: root.appending(path: "scenarios/models/\(model)").path, data: rows.path,
      features: features, blockSize: 17
    ).write {
      text += $0
      return true
    }
    let lines = text.split(separator: "\n")
    #expect(lines.first == "prediction")
    #expect(lines.count == expected.count + 1 && expected.count == 100)
    for (line, value) in zip(lines.dropFirst(), expected) {
      let score = try #require(Double(line))
      #expect(abs(score - value) <= 1e-6 * abs(value))
    }
  }

  @Test("asks for the columns of a model that names none")
  func unnamed() throws {
    let root = testFile("").deletingLastPathComponent().deletingLastPathComponent()
    let rows = testFile("Vectors/elec2_scores.csv").path
    let scoring = Scoring(
      model: root.appending(path: "scenarios/models/elec2_xgb.ubj").path, data: rows, features: nil)
    do {
      try scoring.write { _ in true }
      Issue.record("nine columns were taken for seven")
    } catch {
      #expect(
        error.message() == """
          \(rows):1: error: the model names no features and takes 7 columns, but the table has 9: day, \
          period, nswprice, nswdemand, vicprice, vicdemand, transfer, linear, boosted
            help: name the 7 with --features, in the order of training

          """)
    }
  }

  @Test("stops when nobody wants more")
  func stops() throws {
    let root = testFile("").deletingLastPathComponent().deletingLastPathComponent()
    var count = 0
    try Scoring(
      model: root.appending(path: "scenarios/models/elec2_lr.json").path,
      data: testFile("Vectors/elec2_scores.csv").path, features: nil, blockSize: 10
    ).write { _ in
      count += 1
      return count < 3
    }
    #expect(count == 3)
  }
}
