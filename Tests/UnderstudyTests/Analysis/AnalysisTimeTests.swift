import Probability
import Simulation
import Statistics
import Testing

@testable import Understudy

@Suite("Analysis of times and of missing values") struct AnalysisTimeTests {
  private static let rows: [(arm: String, days: Double, event: Int, region: String)] = {
    var luck = RandomStream(seed: 6, StreamName("days"), entity: 0)
    return (0..<100).map { row in
      let days = -Elementary.log(luck.nextUnit()) * (row % 2 == 0 ? 30 : 15)
      return (row % 2 == 0 ? "B" : "A", min(days, 25), days < 25 ? 1 : 0, row % 3 == 0 ? "x" : "y")
    }
  }()

  private static let table =
    "arm,days,event,region\n"
    + rows.map { "\($0.arm),\($0.days),\($0.event),\($0.region)\n" }.joined()

  private static let arms: TwoArms = {
    func arm(_ name: String) -> ArmSample {
      let own = rows.filter { $0.arm == name }
      return ArmSample(values: own.map(\.days), censored: own.map { $0.event == 0 })
    }
    return TwoArms(candidate: arm("B"), production: arm("A"))
  }()

  private func time(
    _ change: (inout AnalysisRequest) -> Void = { _ in }
  ) throws -> AnalysisFinding {
    try analysed(Self.table, metrics: ["time(days, event)"], change).findings.comparisons[0]
  }

  @Test(
    "durations with their events reach the methods that know of rows without one",
    arguments: ["log-rank", "cox", "restricted-mean-ratio", "median-time"])
  func methods(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    guard case .arms(let run) = method.body else { throw Unavailable.undefined }
    let expected = try run(Self.arms, Statistics.Question())
    let finding = try time { $0.method = name }
    #expect(finding.estimate == expected.estimate && finding.interval == expected.interval)
    #expect(finding.p == expected.p)
  }

  @Test("the default is the log-rank test, within strata where there are any")
  func choice() throws {
    #expect(try time().method.name == "log-rank")
    #expect(try time { $0.stratum = "region" }.method.name == "log-rank-stratified")
  }

  @Test("a horizon ends the mean; times that are long are good where larger is better")
  func horizon() throws {
    let finding = try time { ($0.method, $0.horizon) = ("restricted-mean-difference", 10) }
    let contrast = try SurvivalContrast(Self.arms)
    #expect(finding.estimate == (try contrast.restrictedMeanDifference(to: 10).value))
    let hazard = try time { $0.higherIsBetter = true }
    #expect((hazard.estimate ?? 1) < 1 && hazard.verdict == .better)
    #expect(try time { $0.higherIsBetter = false }.verdict == .worse)
  }

  // MARK: Missing values

  private static let lacking: String = {
    var luck = RandomStream(seed: 9, StreamName("lacking"), entity: 0)
    return "arm,x,s\n"
      + (0..<120).map { row in
        let isGone = row % 2 == 0 ? row % 12 == 0 : row % 5 == 0
        return "\(row % 2 == 0 ? "A" : "B"),\(isGone ? "" : "\(luck.nextUnit())"),\(row % 3)\n"
      }.joined()
  }()

  @Test(
    "methods that count with missing values are given them",
    arguments: ["manski-bounds", "imbens-manski", "lee-bounds", "labelling-weights"])
  func missing(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    #expect(method.readsMissing)
    var arms = (ArmSample(values: [], strata: []), ArmSample(values: [], strata: []))
    let codes = ["0": 0, "1": 1, "2": 2]
    for row in Self.lacking.split(separator: "\n").dropFirst() {
      let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let (value, stratum) = (Double(cells[1]) ?? .nan, codes[cells[2]] ?? 0)
      if cells[0] == "B" {
        arms.0.values.append(value)
        arms.0.strata?.append(stratum)
      } else {
        arms.1.values.append(value)
        arms.1.strata?.append(stratum)
      }
    }
    guard case .arms(let run) = method.body else { throw Unavailable.undefined }
    let expected = try run(
      TwoArms(candidate: arms.0, production: arms.1), Statistics.Question(range: 0...1))
    let result = try analysed(Self.lacking, metrics: ["x"]) {
      ($0.method, $0.range, $0.stratum) = (name, 0...1, "s")
    }
    let finding = result.findings.comparisons[0]
    #expect(finding.interval == expected.interval && finding.interval != nil)
    #expect(finding.identified == expected.identified && finding.armCount == 60)
    #expect(result.answer().contains("which the method counts with."))
    #expect(result.findings.health.missing.first?.isCounted == true)
  }

  @Test("other methods leave rows without a value out")
  func leftOut() throws {
    let result = try analysed(Self.lacking, metrics: ["x"])
    #expect(result.findings.comparisons[0].armCount == 48)
    #expect(Catalogue.all.count(where: \.readsMissing) == 4)
    #expect(result.answer().contains("which are left out."))
  }
}
