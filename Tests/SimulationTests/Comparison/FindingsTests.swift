import Probability
import Simulation
import Testing
import Traffic

@Suite("Findings") struct FindingsTests {
  @Test("an answer too far from its label to be added up is left out and counted")
  func hugeErrors() throws {
    var play = Play(
      arms: ["production", "candidate"], task: .regression,
      metrics: [.meanAbsoluteError, .rootMeanSquaredError])
    play.ledger.monitors = [
      MonitorPlan(
        name: "m", detector: .adwin(delta: 0.1), arm: "candidate", signal: .error)
    ]
    play.traffic.rows = (0..<60).map { row -> TableTraffic.Row in
      let time = SimulatedTime.seconds(Double(row))
      let answers: [Double] = [Double(row) + 1, Double(row) + 2]
      return TableTraffic.Row(time: time, label: Float(row), logged: answers)
    }
    play.traffic.rows[5].logged[1] = 1e300
    play.traffic.rows[6].logged[1] = -.infinity
    let findings = try play.findings()
    #expect(findings.arm("candidate")?[.meanAbsoluteError]?.estimate?.value == 2)
    #expect(findings.arm("candidate")?[.rootMeanSquaredError]?.estimate?.n == 58)
    let count = try #require(findings.health.counts.first)
    #expect(count.key == "candidate.errorTooLarge" && count.count == 2)
    #expect(findings.comparisons[0].baselineValue == 1)
  }

  @Test("requests without an answer of the model count apart and have no label")
  func withoutAnswer() throws {
    var play = Play(arms: ["production"], task: Play.binary, metrics: [.accuracy])
    play.traffic.rows = (0..<40).map { row in
      TableTraffic.Row(
        time: .seconds(Double(row)), label: row < 30 ? 1 : .nan, logged: [row % 4 == 0 ? .nan : 1])
    }
    let findings = try play.findings()
    #expect(findings.arms[0].fates.labelled == 22)
    #expect(findings.arms[0][.accuracy]?.estimate?.n == 22)
    #expect(findings.health.counts.map(\.count) == [10])
  }

  @Test(
    "an arm with too few answers to show dependence says that its intervals ignore it",
    arguments: [(15, true), (16, false)])
  func tooShort(requests: Int, warns: Bool) throws {
    var play = Play(arms: ["production"], task: Play.binary, metrics: [.accuracy])
    play.traffic.rows = (0..<requests).map { row in
      TableTraffic.Row(time: .seconds(Double(row)), label: Float(row % 3 / 2), logged: [1])
    }
    let findings = try play.findings()
    #expect(findings.arms[0][.accuracy]?.estimate?.interval != nil)
    let warning =
      "production has 15 answers, fewer than the 16 that show whether they depend on each "
      + "other; its own intervals take them for independent."
    #expect(findings.health.warnings == (warns ? [warning] : []))
  }

  @Test("an arm of a split with one unit says that its intervals take requests for independent")
  func singleUnit() throws {
    var play = Play(
      arms: ["production", "candidate"], task: Play.binary, metrics: [.accuracy], isSplit: true,
      hasUnits: true)
    play.traffic.rows = (0..<60).map { row in
      TableTraffic.Row(
        time: .seconds(Double(row)), unit: 7, label: Float(row % 3 / 2), logged: [1, 1])
    }
    let warnings = try play.findings().health.warnings
    #expect(warnings.contains { $0.hasPrefix("All requests of ") && $0.contains("one unit") })
  }

  @Test("the AUC and the calibration error of a segment are those of its requests alone")
  func segmentRanks() throws {
    var play = Play(
      arms: ["production"], task: Play.binary, metrics: [.auc, .calibrationError, .accuracy],
      segments: ["colour"])
    play.traffic.rows = (0..<120).map { row in
      // Of the two colours, the first is ranked without a mistake, the second the wrong way round.
      let label = Float(row / 2 % 2)
      let score = row % 2 == 0 ? 0.2 + 0.6 * Double(label) : 0.8 - 0.6 * Double(label)
      return TableTraffic.Row(time: .seconds(Double(row)), label: label, logged: [score])
    }
    for row in play.traffic.rows.indices { play.traffic.rows[row].segments = [UInt32(row % 2)] }
    let segments = try play.findings().segments
    #expect(segments.map(\.requests) == [60, 60])
    let rows = segments.map { $0.arms[0].metrics }
    func value(_ segment: Int, _ metric: Metric) -> Double? {
      rows[segment].first { $0.metric == metric }?.finding.estimate?.value
    }
    #expect(value(0, .auc) == 1)
    #expect(value(1, .auc) == 0)
    #expect(abs((value(0, .calibrationError) ?? 0) - 0.2) < 1e-12)
    #expect(abs((value(1, .calibrationError) ?? 0) - 0.8) < 1e-12)
  }

  @Test("a bucket in which an arm answered nothing says so")
  func emptyBucket() throws {
    var play = Play(
      arms: ["production"], task: Play.binary, metrics: [.accuracy, .latencyQuantile(0.5)])
    var service = ServicePlan(time: .drawn(.constant(2)))
    service.queueLimit = 0
    play.ledger.arms[0].service = service
    play.ledger.buckets = .every(SimulatedDuration(seconds: 1))
    play.traffic.rows = (0..<6).map { row in
      TableTraffic.Row(time: .seconds(Double(row)), label: 1, logged: [1])
    }
    let timeline = try play.findings().timeline
    for series in timeline.series {
      #expect(series.points.map { $0.estimate == nil } == [false, true, false, true, false, true])
      #expect(series.points[1] == .absent(.noOutcomes))
    }
  }
}
