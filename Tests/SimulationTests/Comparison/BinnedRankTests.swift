import Probability
import Statistics
import Testing
import Traffic

@testable import Simulation

@Suite("Ranks in bounded memory") struct BinnedRankTests {
  @Test("a shadow's binned areas are within their bound, with nearly the exact intervals")
  func shadow() throws {
    let (exact, binned) = try both(isSplit: false)
    try compare(exact, binned, effective: true)
  }

  @Test("an A/B test's too")
  func split() throws {
    let (exact, binned) = try both(isSplit: true)
    try compare(exact, binned, effective: false)
  }

  @Test("no answers are kept", arguments: [false, true])
  func memory(isSplit: Bool) throws {
    var play = play(isSplit: isSplit)
    play.ledger.options.auc = .binned
    let ledger = try play.run().ledger
    #expect(ledger.rows == nil)
    #expect(ledger.rowUnits.isEmpty)
  }

  @Test("scores with a bin each have DeLong's error exactly")
  func delong() throws {
    var luck = RandomStream(seed: 1, StreamName("test/delong"), entity: 0)
    var scores: [Double] = []
    var labels: [Bool] = []
    var bins = BinnedAUC()
    for _ in 0..<300 {
      scores.append(Double(luck.below(65)) / 64)
      labels.append(luck.nextUnit() < 0.2 + 0.6 * (scores.last ?? 0))
      bins.add(scores.last ?? 0, isPositive: labels.last ?? false)
    }
    let exact = try AreaUnderCurve(scores: scores, labels: labels).independentEstimate
    let binned = try bins.independentEstimate()
    #expect(abs(binned.value - exact.value) < 1e-14)
    #expect(abs(binned.standardError / exact.standardError - 1) < 1e-12)
  }

  @Test("the bound is told in plain decimals, rounded up")
  func sentence() {
    #expect(RankBins.boundSentence([BinnedAUC()]).contains("within 0.000000 of"))
    var bins = BinnedAUC()
    for index in 0..<3 { bins.add(0.5, isPositive: index == 0) }
    #expect(RankBins.boundSentence([bins]).contains("within 0.500000 of"))
  }

  private func compare(_ exact: StudyFindings, _ binned: StudyFindings, effective: Bool) throws {
    let first = exact.comparisons[0]
    let second = binned.comparisons[0]
    let a = try #require(first.main.estimate.estimate)
    let b = try #require(second.main.estimate.estimate)
    #expect(abs(a.value - b.value) < 1e-3 && a.n == b.n)
    let widths = try [a, b].map { try width($0) }
    #expect(abs(widths[1] / widths[0] - 1) < 0.35)
    #expect(second.main.assumptions.contains { $0.contains("of the exact one") })
    #expect((first.effectiveSampleSize != nil) == effective)
    for (arm, other) in zip(exact.arms, binned.arms) {
      let area = try #require(arm[.auc]?.estimate)
      let near = try #require(other[.auc]?.estimate)
      #expect(abs(area.value - near.value) < 1e-3)
      #expect(abs(try width(near) / width(area) - 1) < 0.35)
      #expect(other[.calibrationError]?.estimate?.interval == nil)
      #expect(
        abs(
          try #require(arm[.calibrationError]?.estimate).value
            - #require(other[.calibrationError]?.estimate).value) < 1e-9)
      #expect(other.roc.count > 50 && other.roc.count <= 200)
      #expect(other.roc.last == CurvePoint(x: 1, y: 1))
    }
    for (series, other) in zip(exact.timeline.series, binned.timeline.series) {
      for (point, near) in zip(series.points, other.points) {
        let value = try #require(point.estimate).value
        #expect(abs(value - (try #require(near.estimate).value)) < 2e-3)
      }
    }
  }

  private func width(_ estimate: Estimate) throws -> Double {
    let interval = try #require(estimate.interval)
    return interval.high - interval.low
  }

  private func both(isSplit: Bool) throws -> (StudyFindings, StudyFindings) {
    var play = play(isSplit: isSplit)
    let exact = try play.findings()
    play.ledger.options.auc = .binned
    return (exact, try play.findings())
  }

  private func play(isSplit: Bool) -> Play {
    var play = Play(
      arms: ["production", "candidate"], task: Play.binary, metrics: [.auc, .calibrationError],
      isSplit: isSplit, hasUnits: true)
    play.ledger.buckets = .every(SimulatedDuration(seconds: 1_000))
    var luck = RandomStream(seed: 4, StreamName("test/ranks"), entity: 0)
    play.traffic.rows = (0..<3_000).map { row in
      let chance = luck.nextUnit()
      return TableTraffic.Row(
        time: .seconds(Double(row)), unit: UInt64(luck.below(900)),
        label: luck.nextUnit() < chance ? 1 : 0,
        logged: [0.5 * chance + 0.5 * luck.nextUnit(), 0.7 * chance + 0.3 * luck.nextUnit()])
    }
    return play
  }
}
