import Probability
import Testing

@testable import Statistics

@Suite("Health of an experiment") struct HealthTests {
  @Test("the exact sample-ratio check agrees with sums of 40 digits")
  func exactSampleRatio() throws {
    func p(_ observed: [Int], _ planned: [Double]) throws -> Double {
      try SampleRatio(observed: observed, planned: planned).exactP?.value ?? .nan
    }
    #expect(abs(try p([7, 1, 2], [1, 1, 1]) / 0.09312604785855815 - 1) < 1e-12)
    #expect(abs(try p([12, 3, 5, 2], [2, 1, 1, 1]) / 0.43639040873038 - 1) < 1e-12)
    #expect(abs(try p([30, 12], [1, 1]) / 0.007915897334896727 - 1) < 1e-12)
    #expect(try p([3, 0, 1], [1, 0, 1]) == 0.625)
    #expect(try p([3, 1], [1, 0]) == 0)
    #expect(try SampleRatio(observed: [5000, 5000, 5000], planned: [1, 1, 1]).exactP == nil)
    #expect(try SampleRatio(observed: [3, 4], planned: [1, 1]).smallestExpected == 3.5)
  }

  @Test("the sequential check keeps its level over thousands of looks, and finds a mismatch")
  func sequential() {
    let runs = 300
    var (alarms, found) = (0, 0)
    for run in 0..<runs {
      var luck = Luck(seed: 71, run: run)
      var fair = SequentialSampleRatio(planned: [1, 1])
      var skewed = SequentialSampleRatio(planned: [1, 1])
      for _ in 0..<200 {
        let batch = (0..<5).reduce(0) { count, _ in count + (luck.unit() < 0.5 ? 1 : 0) }
        fair.add([batch, 5 - batch])
        let lost = (0..<5).reduce(0) { count, _ in count + (luck.unit() < 0.42 ? 1 : 0) }
        skewed.add([lost, 5 - lost])
      }
      if fair.p.value <= 0.05 { alarms += 1 }
      if skewed.p.value <= 0.05 { found += 1 }
    }
    #expect(Double(alarms) / Double(runs) <= plausible(0.05, of: runs).upperBound, "\(alarms)")
    #expect(found > runs * 9 / 10)
  }

  @Test("units on an unplanned arm end the sequential check at once")
  func unplanned() {
    var check = SequentialSampleRatio(planned: [1, 1, 0])
    check.add([10, 10, 0])
    #expect(check.p.value == 1)
    check.add([0, 0, 1])
    #expect(check.p.value == 0)
  }

  @Test("missing outcomes: alike, and not alike")
  func missing() {
    let alike = MissingOutcomes(
      candidate: .init(successes: 12, trials: 1000), production: .init(successes: 13, trials: 1010))
    #expect(alike.p.value > 0.5 && alike.interval.contains(0) && alike.isExact)
    let lost = MissingOutcomes(
      candidate: .init(successes: 60, trials: 1000), production: .init(successes: 13, trials: 1010))
    #expect(lost.p.value < 1e-7 && lost.interval.lowerBound > 0)
  }

  @Test("units of both arms and repeated rows are counted")
  func duplicates() {
    let found = DuplicatedUnits(
      candidate: [3, 1, 1, 7], production: [2, 7, 3, 3],
      rowKeys: ([10, 11, 11, 12], [13, 12, 14, 15]))
    #expect(found.candidateUnits == 3 && found.productionUnits == 3)
    #expect(found.shared == [3, 7] && found.sharedCount == 2)
    #expect(found.sharedShare == 0.5 && found.repeatedRows == 1 && found.rows == 8)
    #expect(DuplicatedUnits(candidate: [], production: []).sharedShare == 0)
  }

  @Test("the assignment's independence: right levels, and a drift is found")
  func independence() throws {
    let runs = 400
    var rejections = [0, 0, 0]
    for run in 0..<runs {
      var luck = Luck(seed: 72, run: run)
      let arm = (0..<120).map { _ in luck.unit() < 0.5 }
      let number = (0..<120).map { _ in luck.normal() }
      let category = (0..<120).map { _ in Int(luck.unit() * 3) }
      func pick<Value>(_ column: [Value], _ which: Bool) -> [Value] {
        arm.indices.filter { arm[$0] == which }.map { column[$0] }
      }
      let p = [
        try AssignmentIndependence.ofNumber(
          candidate: pick(number, true), production: pick(number, false)
        ).p.value,
        try AssignmentIndependence.ofCategory(
          ArmTable(candidate: pick(category, true), production: pick(category, false), count: 4)
        ).p.value,
        try AssignmentIndependence.ofTime(isCandidate: arm, times: arm.indices.map { Double($0) })
          .p.value,
      ]
      for (test, p) in p.enumerated() where p <= 0.05 { rejections[test] += 1 }
    }
    for count in rejections {
      #expect(plausible(0.05, of: runs).contains(Double(count) / Double(runs)), "\(rejections)")
    }
    let drifting = (0..<200).map { $0 > 100 }
    let times = (0..<200).map { 1e9 + Double($0) * 1e-3 }
    let (correlation, p) = try AssignmentIndependence.ofTime(isCandidate: drifting, times: times)
    #expect(correlation > 0.8 && p.value < 1e-20)
    let shifted = try AssignmentIndependence.ofNumber(
      candidate: times.map { $0 + 0.1 }, production: times)
    #expect(abs(shifted.distance - 0.5) < 0.01 && shifted.p.value < 1e-20 && shifted.p.ln < -46)
  }

  @Test("a lift too large to be true is said to be")
  func surprise() throws {
    let history = Surprise.History(standardDeviation: 0.01, largest: 0.03)
    let plain = Surprise(estimate: 0.012, standardError: 0.004, history: history)
    #expect(plain.warnings.isEmpty && plain.shrunk.value < 0.012)
    let wild = Surprise(estimate: 0.2, standardError: 0.02, history: history)
    #expect(wild.warnings == [.tooLargeForHistory, .beyondLargest])
    #expect(wild.shrunk.value < 0.05 && wild.p.value < 1e-15)
    let learned = try Surprise.History(
      estimates: [0.01, -0.02, 0.005, 0.03], standardErrors: [0.004, 0.005, 0.004, 0.006])
    #expect(learned.largest == 0.03 && learned.standardDeviation < 0.021)
    #expect(throws: Unavailable.noVariation) {
      try Surprise.History(estimates: [0.01, 0.011], standardErrors: [0.1, 0.1])
    }
  }
}
