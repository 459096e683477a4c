import Testing

@testable import Statistics

@Suite("Drift detectors of windows") struct WindowDetectorTests {
  @Test(
    "ADWIN's alarms stand where river's stand", arguments: DriftCase.detectors("river", "ADWIN"))
  func riverAdwin(drift: DriftCase) {
    var detector = adwin(drift, .river)
    let record = detector.record(of: drift.values)
    drift.expect(record, final: final(detector) + [("estimation", detector.mean)])
  }

  @Test(
    "ADWIN that keeps the newer part cuts where river's window does",
    arguments: DriftCase.detectors("river", "AdaptiveWindowing"))
  func riverWindow(drift: DriftCase) {
    var detector = adwin(drift, .riverWindow)
    let record = detector.record(of: drift.values)
    drift.expect(
      record, final: final(detector) + [("n_detections", Double(record.drifts.count))])
  }

  private func adwin(_ drift: DriftCase, _ dialect: Adwin.Dialect) -> Adwin {
    let parameters = drift.parameters
    return Adwin(
      delta: parameters["delta"].optionalNumber ?? 0.002,
      clock: Int(parameters["clock"].optionalNumber ?? 32),
      shape: .init(
        bucketsPerRow: Int(parameters["max_buckets"].optionalNumber ?? 5),
        shortestWindow: Int(parameters["grace_period"].optionalNumber ?? 10),
        shortestSide: Int(parameters["min_window_length"].optionalNumber ?? 5)),
      dialect: dialect)
  }

  private func final(_ detector: Adwin) -> [(field: String, value: Double)] {
    [
      ("width", Double(detector.width)), ("total", detector.total),
      ("variance_sum", detector.deviations),
    ]
  }

  @Test(
    "KSWIN's alarms stand where river's stand", arguments: DriftCase.detectors("river", "KSWIN"))
  func riverKswin(drift: DriftCase) {
    let parameters = drift.parameters
    let seed = UInt64(parameters["seed"].int)
    var detector = Kswin(
      level: parameters["alpha"].number,
      windowCount: Int(parameters["window_size"].optionalNumber ?? 100),
      recentCount: Int(parameters["stat_size"].optionalNumber ?? 30), dialect: .river)
    var places = DriftStream(seed: seed)
    var drifts: [Double] = []
    for (index, value) in drift.values.enumerated()
    where detector.add(value, drawing: &places) == .drift {
      drifts.append(Double(index))
      places = DriftStream(seed: seed)
    }
    #expect(drifts == drift.expected["drifts"].numbers, "\(drift.id)")
    drift.expect(
      "p_value", detector.p ?? 0, drift.expected["final"]["p_value"].number, tolerance: 1e-9)
  }

  @Test(
    "FHDDM's alarms stand where river's stand", arguments: DriftCase.detectors("river", "FHDDM"))
  func riverFhddm(drift: DriftCase) {
    let parameters = drift.parameters
    let count = Int(parameters["sliding_window_size"].optionalNumber ?? 100)
    var detector = Fhddm(
      windowCount: count, level: parameters["confidence_level"].optionalNumber ?? 1e-6,
      shortCount: parameters["short_window_size"].optionalNumber.map { Int($0) }, dialect: .river)
    let record = detector.record(of: drift.values)
    drift.expect(
      record,
      final: [
        ("u_max", Double(detector.mostRight) / Double(count)), ("n_one", Double(detector.right)),
      ])
  }

  @Test(
    "STEPD's alarms stand where frouros's stand",
    arguments: DriftCase.detectors("frouros", "STEPD"))
  func frourosStepd(drift: DriftCase) {
    let parameters = drift.parameters
    var detector = Stepd(
      dialect: .frouros, driftLevel: parameters["alpha_d"].optionalNumber ?? 0.003,
      warningLevel: parameters["alpha_w"].optionalNumber ?? 0.05,
      windowCount: Int(parameters["min_num_instances"].optionalNumber ?? 30))
    // The stream has 1 for a right answer.
    let record = detector.record(of: drift.values.map { 1 - $0 })
    drift.expect(
      record,
      final: [
        ("n", Double(detector.count)), ("correct", Double(detector.count - detector.errors)),
      ])
  }
}
