import Testing

@testable import Statistics

@Suite("Drift detectors of cumulative sums") struct SumDetectorTests {
  @Test(
    "Page-Hinkley's alarms stand where river's stand",
    arguments: DriftCase.detectors("river", "PageHinkley"))
  func riverPageHinkley(drift: DriftCase) {
    let parameters = drift.parameters
    let directions: [String: PageHinkley.Direction] = ["up": .up, "down": .down]
    var detector = PageHinkley(
      delta: parameters["delta"].optionalNumber ?? 0.005,
      threshold: parameters["threshold"].optionalNumber ?? 50, dialect: .river,
      direction: directions[parameters["mode"].string] ?? .both,
      forgetting: parameters["alpha"].optionalNumber,
      minimumCount: Int(parameters["min_instances"].optionalNumber ?? 30))
    let record = detector.record(of: drift.values)
    drift.expect(
      record,
      final: [
        ("mean", detector.mean), ("n", Double(detector.count)), ("sum_inc", detector.rise),
        ("sum_dec", detector.fall), ("min_inc", detector.lowestRise),
        ("max_dec", detector.highestFall),
      ])
  }

  @Test(
    "Page-Hinkley's alarms stand where frouros's stand",
    arguments: DriftCase.detectors("frouros", "PageHinkley"))
  func frourosPageHinkley(drift: DriftCase) {
    var detector = PageHinkley(
      threshold: drift.parameters["lambda_"].number, dialect: .moa)
    let record = detector.record(of: drift.values)
    drift.expect(
      record,
      final: [
        ("n", Double(detector.count)), ("mean", detector.mean), ("sum", detector.rise),
      ])
  }

  @Test(
    "CUSUM's alarms stand where frouros's stand",
    arguments: DriftCase.detectors("frouros", "CUSUM"))
  func frourosCusum(drift: DriftCase) {
    var detector = Cusum.moa(
      allowance: drift.parameters["delta"].optionalNumber ?? 0.005,
      threshold: drift.parameters["lambda_"].optionalNumber ?? 50)
    let record = detector.record(of: drift.values)
    drift.expect(
      record,
      final: [
        ("n", Double(detector.count)), ("mean", detector.mean), ("sum", detector.upper),
      ])
  }

  @Test(
    "the geometric moving average's alarms stand where frouros's stand",
    arguments: DriftCase.detectors("frouros", "GeometricMovingAverage"))
  func frourosGeometric(drift: DriftCase) {
    var detector = GeometricMovingAverage(
      threshold: drift.parameters["lambda_"].number,
      forgetting: drift.parameters["alpha"].optionalNumber ?? 0.99)
    let record = detector.record(of: drift.values)
    drift.expect(
      record,
      final: [
        ("n", Double(detector.count)), ("mean", detector.mean), ("sum", detector.statistic),
      ])
  }
}
