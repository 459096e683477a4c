import Probability
import Simulation
import Statistics
import TestSupport
import Testing
import Traffic

@Suite("Shadow comparisons") struct PairComparisonTests {
  @Test(
    "McNemar's and Tango's numbers are those of the table",
    arguments: [Metric.accuracy, .errorRate])
  func table(metric: Metric) throws {
    // Right or wrong: (production, candidate), 60 both, 8 production alone, 19 the candidate alone, 13 neither.
    let cells = [(1, 1, 60), (1, 0, 8), (0, 1, 19), (0, 0, 13)]
    var answers = cells.flatMap { before, after, times in
      Array(repeating: [Double(before), Double(after)], count: times)
    }
    var luck = RandomStream(seed: 1, StreamName("test/table"), entity: 0)
    for index in answers.indices.dropFirst() {
      answers.swapAt(index, Int(luck.below(UInt32(index + 1))))
    }
    var play = shadow(answers, metrics: [metric])
    play.comparisons.append(ComparisonPlan(metric: metric, question: .notWorse(margin: 0.02)))
    let findings = try play.findings()
    let finding = findings.comparisons[0]
    let table = findings.disagreements[0]
    #expect(
      [table.bothRight, table.onlyProductionRight, table.onlyCandidateRight, table.bothWrong]
        == [60, 8, 19, 13])
    let independent = try #require(finding.independent)
    #expect(independent.p == McNemar(onlyFirst: 19, onlySecond: 8).midP.value)
    let tango = PairedProportions(both: 60, onlyFirst: 19, onlySecond: 8, neither: 13)
      .tangoInterval(level: 0.95)
    let sign = metric == .accuracy ? 1.0 : -1.0
    let interval = try #require(independent.estimate.estimate?.interval)
    #expect([interval.low, interval.high].sorted() == [interval.low, interval.high])
    #expect(interval.low == (sign > 0 ? tango.lowerBound : -tango.upperBound))
    #expect(abs(try #require(finding.main.estimate.estimate).value - sign * 0.11) < 1e-12)
    #expect(independent.statistic == nil)
    // Tango's interval ends on the right side of the margin at 95 % where the one-sided p is below 2.5 %.
    let p = try #require(findings.comparisons[1].independent?.p)
    #expect((p < 0.025) == (tango.lowerBound > -0.02))
  }

  @Test("the rows shown are those with the largest gaps, equal ones by ordinal")
  func rows() throws {
    var luck = RandomStream(seed: 3, StreamName("test/rows"), entity: 0)
    let answers = (0..<300).map { _ in [Double(luck.below(9)) / 8, Double(luck.below(9)) / 8] }
    for blockSize in [1, 7, 4096] {
      var play = shadow(answers, metrics: [.accuracy])
      play.blockSize = blockSize
      let shown = try play.findings().disagreements[0].rows.map { Int($0.ordinal) }
      let expected = answers.indices.filter { answers[$0][0] != answers[$0][1] }.sorted {
        let gaps = (
          (answers[$0][1] - answers[$0][0]).magnitude,
          (answers[$1][1] - answers[$1][0]).magnitude
        )
        return gaps.0 == gaps.1 ? $0 < $1 : gaps.0 > gaps.1
      }
      #expect(shown == Array(expected.prefix(20)))
    }
  }

  @Test("of several classes, the gap is that of the class on which the arms differ most")
  func classGaps() throws {
    var play = Play(
      arms: ["production", "candidate"], task: .classes(names: ["a", "b", "c"]),
      metrics: [.accuracy])
    // Neither names class 0, and yet they differ.
    play.traffic.rows = [
      TableTraffic.Row(time: .seconds(0), label: 1, logged: [1, 1]),
      TableTraffic.Row(time: .seconds(1), label: 1, logged: [1, 2]),
    ]
    let shown = try play.findings().disagreements[0].rows
    #expect(shown.map(\.ordinal) == [1])
  }

  @Test("without a mirrored request the mirror costs exactly nothing")
  func twin() throws {
    var play = Play(
      arms: ["production", "candidate", "production"], task: Play.binary,
      metrics: [.latencyMean, .latencyQuantile(0.9), .timeoutShare, .shedShare])
    var service = ServicePlan(time: .drawn(.exponential(mean: 1)))
    service.timeout = SimulatedDuration(seconds: 4)
    service.luck = .own
    play.ledger.arms[0].service = service
    play.ledger.arms[2].service = service
    service.sharedWith = "production"
    play.ledger.arms[1].service = service
    play.ledger.hasTwin = true
    var luck = RandomStream(seed: 8, StreamName("test/twin"), entity: 0)
    var now = 0.0
    play.traffic.rows = (0..<600).map { _ in
      now += 1.3 * luck.nextExponential()
      return TableTraffic.Row(time: .seconds(now), label: 1, logged: [0.7, 0.6, 0.7])
    }
    for share in [0.0, 0.5, 1] {
      play.deployment = .shadow(mirror: share)
      let run = try play.run()
      let pair = try #require(run.ledger.twinPair)
      #expect((pair.production == pair.candidate) == (share == 0))
      #expect(pair.production[2].count == 600)
      let cost = play.findings(of: run).mirrorCost
      #expect(cost.count == 4)
      if share == 0 {
        #expect(cost.allSatisfy { $0.baselineValue == $0.armValue || $0.baselineValue.isNaN })
        #expect(cost.allSatisfy { $0.main.estimate.estimate.map { $0.value == 0 } ?? true })
      } else {
        #expect(cost[0].armValue > cost[0].baselineValue)
      }
    }
  }

  @Test("two models of equal quality are told apart in at most 5 % of shadows")
  func calibration() throws {
    let rejections = try trials(200, seed: 40) { luck in
      let answers = (0..<400).map { _ in
        [luck.nextUnit() < 0.8 ? 1.0 : 0, luck.nextUnit() < 0.8 ? 1.0 : 0]
      }
      let finding = FindingsBuilder(try shadow(answers, metrics: [.accuracy]).run())
        .comparisons([ComparisonPlan(metric: .accuracy)])[0]
      return try #require(finding.main.p) <= 0.05
    }
    #expect(rejections.isPlausible(under: 0.05))
  }

  @Test("users who are each always right or always wrong do not fool a shadow")
  func repeatedUsers() throws {
    let rejections = try trials(200, seed: 42) { luck in
      var play = Play(
        arms: ["production", "candidate"], task: Play.binary, metrics: [.accuracy],
        hasUnits: true)
      let skills = (0..<50).map { _ in
        (luck.nextUnit() < 0.7 ? 1.0 : 0, luck.nextUnit() < 0.7 ? 1.0 : 0)
      }
      // A user's requests lie all over the run: neighbours in time are strangers.
      play.traffic.rows = (0..<400).map { request in
        let user = Int(luck.nextUnit() * 50)
        return TableTraffic.Row(
          time: .seconds(Double(request)), unit: UInt64(user), label: 1,
          logged: [skills[user].0, skills[user].1])
      }
      let finding = FindingsBuilder(try play.run()).comparisons(play.comparisons)[0]
      #expect(finding.unitOfAnalysis == "unit")
      return try #require(finding.main.p) <= 0.05
    }
    #expect(rejections.isPlausible(under: 0.05))
  }

  @Test("two equal groups of users are told apart in at most 5 % of A/B tests")
  func splitCalibration() throws {
    let rejections = try trials(200, seed: 41) { luck in
      var play = Play(
        arms: ["production", "candidate"], task: Play.binary, metrics: [.accuracy], isSplit: true,
        hasUnits: true)
      play.deployment = .split(shares: [0.5, 0.5], salt: "\(luck.nextWord())", by: .unit)
      for user in 0..<80 {
        // Users differ in how hard they are, so that their requests depend on each other.
        let skill = 0.6 + 0.4 * luck.nextUnit()
        for _ in 0..<5 {
          let answer = luck.nextUnit() < skill ? 1.0 : 0
          play.traffic.rows.append(
            TableTraffic.Row(
              time: .seconds(Double(play.traffic.rows.count)), unit: UInt64(user), label: 1,
              logged: [answer, answer]))
        }
      }
      let finding = FindingsBuilder(try play.run()).comparisons(play.comparisons)[0]
      return try #require(finding.main.p) <= 0.05
    }
    #expect(rejections.isPlausible(under: 0.05))
  }

  private func shadow(_ answers: [[Double]], metrics: [Metric]) -> Play {
    var play = Play(arms: ["production", "candidate"], task: Play.binary, metrics: metrics)
    play.traffic.rows = answers.enumerated().map { index, answer in
      TableTraffic.Row(time: .seconds(Double(index)), label: 1, logged: answer)
    }
    return play
  }
}
