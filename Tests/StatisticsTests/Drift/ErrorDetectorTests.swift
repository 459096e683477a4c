import Testing

@testable import Statistics

@Suite("Drift detectors of errors") struct ErrorDetectorTests {
  @Test("DDM's alarms stand where river's stand", arguments: DriftCase.detectors("river", "DDM"))
  func riverDdm(drift: DriftCase) {
    let parameters = drift.parameters
    var detector = Ddm(
      dialect: .river, minimumCount: Int(parameters["warm_start"].optionalNumber ?? 30),
      warningLevel: parameters["warning_threshold"].optionalNumber ?? 2,
      driftLevel: parameters["drift_threshold"].optionalNumber ?? 3)
    check(drift, &detector)
  }

  @Test(
    "DDM's alarms stand where frouros's stand", arguments: DriftCase.detectors("frouros", "DDM"))
  func frourosDdm(drift: DriftCase) {
    var detector = Ddm(dialect: .frouros)
    check(drift, &detector)
  }

  private func check(_ drift: DriftCase, _ detector: inout Ddm) {
    let record = detector.record(of: drift.values)
    drift.expect(
      record,
      final: [
        ("p", detector.errorRate), ("n", Double(detector.count)), ("p_min", detector.bestRate),
        ("s_min", detector.bestDeviation),
      ])
  }

  @Test("EDDM's alarms stand where river's stand", arguments: DriftCase.detectors("river", "EDDM"))
  func riverEddm(drift: DriftCase) {
    let parameters = drift.parameters
    var detector = Eddm(
      dialect: .river, minimumErrors: Int(parameters["warm_start"].optionalNumber ?? 30),
      warningShare: parameters["alpha"].optionalNumber ?? 0.95,
      driftShare: parameters["beta"].optionalNumber ?? 0.9)
    let record = detector.record(of: drift.values)
    // river leaves its warning standing at the drift that follows it.
    let zones = record.warnings.map {
      record.drifts.contains($0.upperBound) ? $0.lowerBound..<$0.upperBound + 1 : $0
    }
    drift.expect(
      record, warnings: zones.flatMap { Array($0) },
      final: [
        ("n", Double(detector.count)), ("n_errors", Double(detector.errors)),
        ("mean_distance", detector.meanDistance),
        ("var_distance_ddof1", detector.distanceVariance), ("p2s_max", detector.longest),
      ])
  }

  @Test(
    "EDDM's alarms stand where frouros's stand", arguments: DriftCase.detectors("frouros", "EDDM"))
  func frourosEddm(drift: DriftCase) {
    let parameters = drift.parameters
    var detector = Eddm(
      dialect: .frouros, warningShare: parameters["alpha"].optionalNumber ?? 0.95,
      driftShare: parameters["beta"].optionalNumber ?? 0.9)
    let record = detector.record(of: drift.values)
    drift.expect(
      record,
      final: [
        ("n", Double(detector.count)), ("errors", Double(detector.errors)),
        ("mean", detector.meanDistance), ("max", detector.longest),
      ])
  }

  @Test(
    "HDDM-A's alarms stand where river's stand", arguments: DriftCase.detectors("river", "HDDM_A"))
  func riverHddmA(drift: DriftCase) {
    let parameters = drift.parameters
    var detector = HddmA(
      driftLevel: parameters["drift_confidence"].optionalNumber ?? 0.001,
      warningLevel: parameters["warning_confidence"].optionalNumber ?? 0.005,
      isTwoSided: parameters["two_sided_test"].flag)
    let record = detector.record(of: drift.values)
    drift.expect(
      record,
      final: [
        ("n", Double(detector.count)), ("mean", detector.mean),
        ("n_min", Double(detector.lowest.count)), ("mean_min", detector.lowest.mean),
        ("n_max", Double(detector.highest.count)), ("mean_max", detector.highest.mean),
      ])
  }

  /// river 0.23.0's warnings at the weight 0.05 come at another bound than its documented one (5 of 32 and 1 of 12 fewer),
  /// and its two-sided alarms too; the alarms and the state of the one-sided test are held to.
  @Test(
    "HDDM-W's alarms of a rise stand where river's stand",
    arguments: DriftCase.detectors("river", "HDDM_W").filter {
      !$0.parameters["two_sided_test"].flag
    })
  func riverHddmW(drift: DriftCase) {
    let parameters = drift.parameters
    var detector = HddmW(weight: parameters["lambda_val"].optionalNumber ?? 0.05)
    let record = detector.record(of: drift.values)
    #expect(record.drifts == drift.expected["drifts"].numbers.map { Int($0) }, "\(drift.id)")
    let final = drift.expected["final"]
    drift.expect("ewma", detector.all.mean, final["ewma"].number, tolerance: 1e-9)
    drift.expect("ibc", detector.all.squares, final["ibc"].number, tolerance: 1e-9)
    drift.expect("incr_cut", detector.riseCut, final["incr_cut"].number, tolerance: 1e-9)
    drift.expect("decr_cut", detector.fallCut, final["decr_cut"].number, tolerance: 1e-9)
  }

  @Test(
    "ECDD's alarms stand where frouros's stand",
    arguments: DriftCase.detectors("frouros", "ECDDWT"))
  func frourosEcdd(drift: DriftCase) {
    let widths: [Int: Ecdd.Width] = [100: .every100, 400: .every400, 1000: .every1000]
    let length = Int(drift.parameters["average_run_length"].optionalNumber ?? 400)
    var detector = Ecdd(
      width: widths[length] ?? .every400,
      weight: drift.parameters["lambda_"].optionalNumber ?? 0.2)
    let record = detector.record(of: drift.values)
    drift.expect(
      record,
      final: [
        ("n", Double(detector.count)), ("p", detector.errorRate), ("z", detector.average),
      ])
  }

  @Test(
    "RDDM's alarms stand where frouros's stand", arguments: DriftCase.detectors("frouros", "RDDM"))
  func frourosRddm(drift: DriftCase) {
    let parameters = drift.parameters
    var detector = Rddm(
      dialect: .frouros,
      memory: .init(
        longConcept: Int(parameters["max_concept_size"].optionalNumber ?? 40_000),
        shortConcept: Int(parameters["min_concept_size"].optionalNumber ?? 7_000),
        longestWarning: Int(parameters["max_num_instances_warning"].optionalNumber ?? 1_400)))
    let record = detector.record(of: drift.values)
    drift.expect(
      record, final: [("n", Double(detector.count)), ("p", detector.errorRate)])
  }
}
