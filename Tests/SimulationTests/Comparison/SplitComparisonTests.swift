import Probability
import Simulation
import Statistics
import Testing
import Traffic

@Suite("A/B comparisons") struct SplitComparisonTests {
  @Test("shares of independent users have Newcombe's interval and the pooled z test")
  func newcombe() throws {
    // Newcombe (1998), table II, example (a): 56 of 70 against 48 of 80, 0.0524 to 0.3339.
    let play = split(
      production: (0..<80).map { [$0 < 48 ? 1 : 0] }, candidate: (0..<70).map { [$0 < 56 ? 1 : 0] })
    let finding = try #require(try play.findings().comparisons.first)
    let estimate = try #require(finding.main.estimate.estimate)
    let interval = try #require(estimate.interval)
    #expect(abs(estimate.value - 0.2) < 1e-15)
    #expect(abs(interval.low - 0.0524) < 5e-5 && abs(interval.high - 0.3339) < 5e-5)
    let share = 104.0 / 150
    let z = 0.2 / (share * (1 - share) * (1 / 70.0 + 1 / 80.0)).squareRoot()
    #expect(finding.main.statistic?.name == "z")
    #expect(abs(try #require(finding.main.statistic).value - z) < 1e-12)
    #expect(abs(try #require(finding.main.p) - 2 * Normal.survival(z)) < 1e-12)
    #expect(finding.main.degreesOfFreedom == nil)
    #expect(finding.verdict == .better)
    #expect(finding.independent == nil)
    #expect(finding.unitOfAnalysis == "request (each unit made one)")
  }

  @Test("arms that never differ from one another have an interval all the same")
  func noFailures() throws {
    let play = split(production: (0..<30).map { _ in [1] }, candidate: (0..<30).map { _ in [1] })
    let finding = try #require(try play.findings().comparisons.first)
    let interval = try #require(finding.main.estimate.estimate?.interval)
    #expect(interval.low < -0.05 && interval.high > 0.05)
    #expect(finding.main.p == 1 && finding.verdict == .noDifferenceFound)
  }

  @Test("users with several requests are compared by the delta method, by hand")
  func clustered() throws {
    let play = split(
      production: [[1, 0], [1], [1, 1, 0]], candidate: [[0], [1, 0], [0, 1]], metric: .errorRate)
    let finding = try #require(try play.findings().comparisons.first)
    // Errors of production: 1 of 2, 0 of 1, 1 of 3; mean 1/3; residuals 1/3, −1/3, 0.
    // Errors of the candidate: 1 of 1, 1 of 2, 1 of 2; mean 3/5; residuals 2/5, −1/5, −1/5.
    let variances = (1.5 * (2.0 / 9) / 36, 1.5 * 0.24 / 25)
    let error = (variances.0 + variances.1).squareRoot()
    let difference = 3.0 / 5 - 1.0 / 3
    let degrees =
      error * error * error * error
      / ((variances.0 * variances.0 + variances.1 * variances.1) / 2)
    let t = TEstimate(value: difference, standardError: error, degreesOfFreedom: degrees)
    let interval = try #require(finding.main.estimate.estimate?.interval)
    let expected = t.interval(level: 0.95)
    #expect(abs(interval.low - expected.lowerBound) < 1e-12)
    #expect(abs(interval.high - expected.upperBound) < 1e-12)
    #expect(abs(try #require(finding.main.degreesOfFreedom) - degrees) < 1e-9)
    #expect(abs(try #require(finding.main.p) - t.pTwoSided().value) < 1e-12)
    #expect(finding.main.statistic?.name == "t")
    #expect(finding.unitOfAnalysis == "unit")
    let textbook = TwoProportions(
      candidate: .init(successes: 3, trials: 5), production: .init(successes: 2, trials: 6))
    #expect(
      finding.independent?.estimate.estimate?.interval
        == textbook.newcombeInterval(level: 0.95).asInterval)
    #expect(finding.independentWarning != nil)
  }

  @Test("a split by request takes requests for independent, whatever user they come from")
  func byRequest() throws {
    var play = Play(
      arms: ["production", "candidate"], task: Play.binary, metrics: [.accuracy], isSplit: true,
      hasUnits: true)
    play.ledger.splitsRequests = true
    play.deployment = .split(shares: [0.5, 0.5], salt: "test", by: .request)
    play.traffic.rows = (0..<200).map { row in
      TableTraffic.Row(
        time: .seconds(Double(row)), unit: UInt64(row % 3), label: 1,
        logged: [row % 4 == 0 ? 0.1 : 0.9, 0.9])
    }
    let findings = try play.findings()
    #expect(findings.comparisons[0].unitOfAnalysis == "request")
    #expect(findings.health.sampleRatio?.observed.reduce(0, +) == 200)
  }

  @Test("the difference of root mean squares takes each arm's error by its own slope")
  func rootMeanSquare() throws {
    var luck = RandomStream(seed: 2, StreamName("test/rmse"), entity: 0)
    let sides = [1.0, 6].map { size in (0..<60).map { _ in [size * luck.nextNormal()] } }
    let play = split(
      production: sides[0], candidate: sides[1], metric: .rootMeanSquaredError, task: .regression)
    let finding = try #require(try play.findings().comparisons.first)
    let arms = sides.map { side in
      let squares = side.map { $0[0] * $0[0] }
      let mean = squares.reduce(0, +) / 60
      let variance = squares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59
      return (
        root: mean.squareRoot(), error: (variance / 60).squareRoot() / (2 * mean.squareRoot())
      )
    }
    let value = arms[1].root - arms[0].root
    #expect(abs(try #require(finding.main.estimate.estimate).value - value) < 1e-9)
    let error = (arms[0].error * arms[0].error + arms[1].error * arms[1].error).squareRoot()
    #expect(abs(try #require(finding.main.statistic).value - value / error) < 1e-6)
  }

  @Test("the sample ratio counts the units that were sent, labels or none")
  func sampleRatio() throws {
    let rows = split(
      production: (0..<40).map { _ in [1, 1, 0] }, candidate: (0..<50).map { _ in [0, 1] })
    var unlabelled = rows
    unlabelled.traffic.rows = unlabelled.traffic.rows.map { row in
      var row = row
      row.label = .nan
      return row
    }
    for play in [rows, unlabelled] {
      let ratio = try #require(try play.findings().health.sampleRatio)
      #expect(ratio.observed == [40, 50])
      let test = try SampleRatio(observed: [40, 50], planned: [0.5, 0.5])
      #expect(ratio.p == test.p.value)
    }
    var latencyOnly = unlabelled
    latencyOnly.ledger.task = .unlabelled
    latencyOnly.ledger.metrics = [.latencyMean, .latencyQuantile(0.9)]
    latencyOnly.comparisons = [ComparisonPlan(metric: .latencyMean)]
    for arm in 0..<2 {
      latencyOnly.ledger.arms[arm].service = ServicePlan(time: .drawn(.exponential(mean: 0.1)))
    }
    #expect(try latencyOnly.findings().health.sampleRatio?.observed == [40, 50])
  }

  /// One user a list of values, each right (1) or wrong (0), or the residual of a regression.
  private func split(
    production: [[Double]], candidate: [[Double]], metric: Metric = .accuracy,
    task: StudyFindings.Task = Play.binary
  ) -> Play {
    var play = Play(
      arms: ["production", "candidate"], task: task, metrics: [metric], isSplit: true,
      hasUnits: true)
    let hash = UnitHash(salt: "test")
    var next: UInt64 = 0
    func unit(isProduction: Bool) -> UInt64 {
      while (hash.position(of: next) < 0.5) != isProduction { next += 1 }
      next += 1
      return next - 1
    }
    for (isProduction, users) in [(true, production), (false, candidate)] {
      for user in users {
        let unit = unit(isProduction: isProduction)
        for value in user {
          play.traffic.rows.append(
            TableTraffic.Row(
              time: .seconds(Double(play.traffic.rows.count)), unit: unit,
              label: task == .regression ? 0 : 1, logged: [value, value]))
        }
      }
    }
    return play
  }
}

extension ClosedRange<Double> {
  fileprivate var asInterval: Interval {
    Interval(low: lowerBound, high: upperBound, level: 0.95)
  }
}
