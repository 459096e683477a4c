import Foundation
import Simulation
import Statistics
import Testing

@testable import Understudy

@Suite("Analysis of ratios over 0") struct AnalysisRatioTests {
  /// Arm A has none of 200, arm B six.
  private static let table =
    "arm,y\n" + (0..<400).map { "\($0 < 200 ? "A" : "B"),\($0 >= 394 ? 1 : 0)\n" }.joined()

  private static let methods = [
    "fisher", "fisher-tails", "fisher-mid-p", "odds-ratio-score", "koopman",
    "miettinen-nurminen-ratio", "poisson-rates", "poisson-rates-tails", "poisson-rates-score",
  ]

  @Test("a ratio over 0 has its p, interval and verdict, and no bound", arguments: methods)
  func infinite(method: String) throws {
    let result = try analysed(Self.table, metrics: ["y"]) {
      ($0.method, $0.baseline, $0.level) = (method, "A", 0.9)
    }
    let finding = try #require(result.findings.comparisons.first)
    #expect(finding.absence == nil && finding.estimate == .infinity)
    let interval = try #require(finding.interval)
    #expect(interval.lower > 1 && interval.lower < 5 && interval.upper == .infinity)
    #expect((finding.p?.value ?? 1) < 0.05 && finding.verdict == .different)
    #expect(result.answer().contains("B's y is beyond any multiple of A's: \u{221E} × ["))
    #expect(result.answer().contains("has no bound: what it is divided by is 0."))
    let json = try JSONSerialization.jsonObject(with: Data(result.answer(.json).utf8))
    let comparisons = try #require((json as? [String: Any])?["comparisons"] as? [[String: Any]])
    #expect(comparisons[0]["estimate"] is NSNull)
    #expect(comparisons[0]["estimateIsInfinite"] as? Bool == true)
    #expect(result.answer(.csv).contains(",different,the estimate is infinite,"))
  }

  @Test("0 over a number is 0 times", arguments: methods)
  func zero(method: String) throws {
    let result = try analysed(Self.table, metrics: ["y"]) {
      ($0.method, $0.baseline, $0.level) = (method, "B", 0.9)
    }
    let finding = try #require(result.findings.comparisons.first)
    let interval = try #require(finding.interval)
    #expect(finding.estimate == 0 && interval.lower == 0)
    #expect(interval.upper < 1 && finding.verdict == .different)
    #expect(result.answer().contains("A's y is 0 times B's [0."))
  }

  @Test("a margin is asked of a ratio over 0 as of any")
  func margin() throws {
    let finding = try analysed(Self.table, metrics: ["y"]) {
      ($0.method, $0.baseline, $0.question) = ("fisher-tails", "A", .notWorse)
      ($0.margin, $0.higherIsBetter) = (0.5, true)
    }.findings.comparisons[0]
    #expect(finding.verdict == .notWorse && (finding.p?.value ?? 1) < 0.025)
  }

  @Test(
    "what cannot be determined has its true reason",
    arguments: [
      ("odds-ratio", Absence.unavailable(.emptyCell)),
      ("relative-lift", Absence.unavailable(.zeroDenominator)),
      ("log-variance", Absence.noVariation),
    ])
  func reasons(method: String, expected: Absence) throws {
    // A second metric that can be compared, so that there is an answer at all.
    let rows = Self.table.split(separator: "\n").enumerated().map { index, row in
      index == 0 ? "\(row),z\n" : "\(row),\(index % 3 == 0 ? 1 : 0)\n"
    }.joined()
    let findings = try analysed(rows, metrics: ["y", "z"]) {
      ($0.method, $0.baseline) = (method, "A")
    }.findings
    #expect(findings.comparisons[0].verdict == .undetermined(expected))
    #expect(findings.comparisons[1].absence == nil)
  }
}
