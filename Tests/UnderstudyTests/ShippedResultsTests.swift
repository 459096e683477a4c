import Documents
import Foundation
import TestSupport
import Testing

/// What the committed results say; `understudy verify` holds them to what the program says now.
@Suite("Results that ship") struct ShippedResultsTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  private static func summary(_ name: String) throws -> JSONNode {
    let path = "results/\(name)/summary.json"
    return try JSONNode.read(
      SourceText(name: path, text: try text(path)), dialect: .json)
  }

  /// The scenario's metrics by quarter, as scikit-learn computed them from the same predictions.
  struct Quarter: Sendable, CustomTestStringConvertible {
    var arm: String
    var index: Int
    var name: String
    var rows: Int
    /// As printed, by the metric's name.
    var printed: [String: String]

    var testDescription: String { "\(arm) in \(name)" }
  }

  static let quarters: [Quarter] = {
    let lines = ((try? text("scenarios/data/elec2_metrics_by_quarter.csv")) ?? "")
      .split(whereSeparator: \.isNewline).dropFirst().map {
        $0.split(separator: ",").map(String.init)
      }
    return [("lr_p", "production"), ("xgb_p", "candidate")].flatMap { column, arm in
      lines.filter { $0[0] == column }.enumerated().map { index, fields in
        Quarter(
          arm: arm, index: index, name: fields[1], rows: Int(fields[2]) ?? 0,
          printed: ["accuracy": fields[3], "auc": fields[4], "logLoss": fields[5]])
      }
    }
  }()

  @Test("the reference has seven quarters an arm") func reference() {
    #expect(Self.quarters.count == 14)
  }

  @Test("first-shadow has the reference's metrics by quarter, to its digits", arguments: quarters)
  func firstShadow(quarter: Quarter) throws {
    let timeline = try #require(try Self.summary("first-shadow")["timeline"])
    let series = try #require(timeline["series"]?.elements)
    for (metric, printed) in quarter.printed {
      let points = try #require(
        series.first {
          $0["arm"]?.string == quarter.arm && $0["metric"]?.string == metric
        }?["points"]?.elements)
      let point = points[quarter.index]
      #expect(point["n"]?.integer == Int64(quarter.rows))
      let value = try #require(point["value"]?.number)
      let reference = try #require(Double(printed))
      let digits = printed.split(separator: ".").last?.count ?? 0
      let half = 0.5 * pow(10, -Double(digits))
      #expect((value - reference).magnitude <= half * 1.000_001, "\(metric) \(value) \(printed)")
    }
  }

  private static func replicated(_ name: String, _ metric: String) throws -> JSONNode {
    let rows = try summary(name)["replications"]?["comparisons"]?.elements ?? []
    return try #require(rows.first { $0["metric"]?.string == metric })
  }

  @Test(
    "the default finds a difference between equal models in 3.5 to 6.5 of 100 runs",
    arguments: [
      ("aa", "accuracy", 0.0), ("aa-persistent-loss", "mae", 0.5),
      ("aa-persistent-errors", "accuracy", 0.5), ("aa-repeated-users", "accuracy", 0.5),
    ])
  func falseAlarms(name: String, metric: String, independentAbove: Double) throws {
    let row = try Self.replicated(name, metric)
    let rate = try #require(row["rejections"]?["value"]?.number)
    #expect(row["rejections"]?["n"]?.integer == 2000)
    #expect((0.035...0.065).contains(rate))
    let independent = try #require(row["independentRejections"]?["value"]?.number)
    #expect(independent > independentAbove)
  }

  @Test(
    "an A/B test and a shadow cover the truth at the nominal rate",
    arguments: ["first-ab", "first-ab-in-shadow"], ["accuracy", "logLoss"])
  func coverage(name: String, metric: String) throws {
    let row = try Self.replicated(name, metric)
    let coverage = try #require(row["coverage"]?["value"]?.number)
    let n = try #require(row["coverage"]?["n"]?.integer)
    #expect(n == 500)
    let missed = TrialCount(
      hits: Int((Double(n) * (1 - coverage)).rounded()), trials: Int(n), seed: 3)
    #expect(missed.isPlausible(under: 0.05, missing: 1e-6))
    #expect(row["truth"]?["n"]?.integer == 10_000_000)
    #expect(row["truth"]?["interval"]?.elements?.count == 2)
  }

  @Test("pairs are narrower than an A/B test by what theory gives, within 5 %")
  func widths() throws {
    let split = try Self.replicated("first-ab", "accuracy")
    let pairs = try Self.replicated("first-ab-in-shadow", "accuracy")
    let ratio =
      try #require(pairs["meanIntervalWidth"]?.number)
      / #require(split["meanIntervalWidth"]?.number)
    let table = try #require(
      try Self.summary("first-ab-in-shadow")["disagreements"]?.elements?.first)
    func count(_ key: String) -> Double { table[key]?.number ?? .nan }
    let n =
      count("bothRight") + count("onlyProductionRight") + count("onlyCandidateRight")
      + count("bothWrong")
    let production = (count("bothRight") + count("onlyProductionRight")) / n
    let candidate = (count("bothRight") + count("onlyCandidateRight")) / n
    let covariance = count("bothRight") / n - production * candidate
    let spreads =
      (production * (1 - production)).squareRoot() * (candidate * (1 - candidate)).squareRoot()
    let theory = ((1 - covariance / spreads) / 2).squareRoot()
    #expect((ratio / theory - 1).magnitude < 0.05, "\(ratio) against \(theory)")
  }
}
