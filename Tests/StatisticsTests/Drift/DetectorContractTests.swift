import Probability
import Testing

@testable import Statistics

@Suite("Contract of drift detectors") struct DetectorContractTests {
  /// Every detector, on errors: all take values of 0 and 1.
  static let detectors: [(name: String, detector: any DriftDetector)] = [
    ("adwin", Adwin()), ("adwin river", Adwin(dialect: .river)),
    ("adwin moa", Adwin(dialect: .moa)),
    ("page-hinkley", PageHinkley(threshold: 20)),
    ("page-hinkley river", PageHinkley(threshold: 20, dialect: .river)),
    ("page-hinkley moa", PageHinkley(threshold: 20, dialect: .moa)),
    ("page-hinkley scikit-multiflow", PageHinkley(threshold: 20, dialect: .scikitMultiflow)),
    ("cusum", Cusum(.known(mean: 0.2), allowance: 0.1, threshold: 6)),
    ("cusum moa", Cusum.moa(allowance: 0.02, threshold: 15)),
    ("cusum of likelihoods", Cusum(.bernoulli(before: 0.2, after: 0.5), threshold: 6)),
    ("shiryaev-roberts", ShiryaevRoberts(.bernoulli(before: 0.2, after: 0.5), threshold: 2_000)),
    ("ewma", EwmaChart(mean: 0.2, standardDeviation: 0.4, weight: 0.05, width: 3.5)),
    ("moving average", GeometricMovingAverage(threshold: 0.25, forgetting: 0.97)),
    ("ecdd", Ecdd()), ("ddm", Ddm()), ("rddm", Rddm()),
    ("eddm", Eddm(warningShare: 0.75, driftShare: 0.7)), ("hddm-a", HddmA(isTwoSided: true)),
    ("hddm-w", HddmW(isTwoSided: true)), ("fhddm", Fhddm()),
    ("fhddm stacked", Fhddm(shortCount: 25)), ("stepd", Stepd()), ("kswin", Kswin(level: 0.005)),
    ("bocpd", Bocpd(prior: .init(mean: 0.2, rate: 0.16), hazard: 1e-4, mostRuns: 40)),
    ("e-detector", EDetector(mean: 0.25, level: 1e-3)),
    ("e-detector of sums", EDetector(mean: 0.25, level: 1e-3, form: .cumulativeSum)),
  ]

  static let stream: [Double] = {
    var luck = Luck(seed: 4, run: 1)
    return (0..<1_200).map { luck.unit() < ($0 < 600 ? 0.2 : 0.65) ? 1 : 0 }
  }()

  @Test("one call for all values says what a call a value says", arguments: detectors.indices)
  func split(index: Int) {
    let (name, detector) = Self.detectors[index]
    check(name, detector)
  }

  private func check(_ name: String, _ fresh: some DriftDetector) {
    var (whole, single, parts) = (fresh, fresh, fresh)
    let record = whole.record(of: Self.stream)
    var drifts: [Int] = []
    var warnings = 0
    for (place, value) in Self.stream.enumerated() {
      let state = single.add(value)
      if state == .drift { drifts.append(place) }
      if state == .warning { warnings += 1 }
    }
    #expect(record.drifts == drifts, "\(name)")
    #expect(record.warningCount == warnings, "\(name)")
    var joined = DriftRecord()
    for start in stride(from: 0, to: Self.stream.count, by: 77) {
      let end = min(start + 77, Self.stream.count)
      parts.add(Self.stream.span.extracting(start..<end), to: &joined)
    }
    #expect(joined == record, "\(name)")
    parts.reset()
    #expect(parts.record(of: Self.stream).drifts == drifts, "\(name): after a reset")
  }

  @Test("a large rise of errors is announced soon after it", arguments: detectors.indices)
  func rise(index: Int) {
    let (name, detector) = Self.detectors[index]
    var copy = detector
    let drifts = copy.record(of: Self.stream).drifts
    #expect(drifts.contains { (600..<850).contains($0) }, "\(name): \(drifts)")
  }

  @Test("no errors at all give no alarm", arguments: detectors.indices)
  func silence(index: Int) {
    let (name, detector) = Self.detectors[index]
    // Charts with a known error rate announce its fall, rightly.
    guard !["cusum", "ewma"].contains(name) else { return }
    var copy = detector
    let record = copy.record(of: [Double](repeating: 0, count: 500))
    #expect(record.drifts.isEmpty, "\(name): \(record.drifts)")
  }
}

@Suite("Laws of drift detectors") struct DetectorLawTests {
  @Test("the Shiryaev-Roberts statistic less the count is a martingale")
  func martingale() {
    var sum = 0.0
    let (runs, count) = (4_000, 10)
    for run in 0..<runs {
      var luck = Luck(seed: 8, run: run)
      var detector = ShiryaevRoberts(
        .normal(mean: 0, shift: 0.3, standardDeviation: 1), threshold: .infinity)
      for _ in 0..<count { _ = detector.add(luck.normal()) }
      sum += detector.statistic
    }
    // The standard deviation of R after 10 values is about 6.
    #expect(abs(sum / Double(runs) - Double(count)) < 4.9 * 8 / Double(runs).squareRoot())
  }

  @Test("an e-detector's mean time to a false alarm is above its promise")
  func promise() throws {
    for form in [EDetector.Form.shiryaevRoberts, .cumulativeSum] {
      let detector = EDetector(mean: 0.3, level: 0.02, form: form)
      let mean = try SimulatedRunLengths(
        of: detector, on: .bernoulli(0.3), runs: 300, most: 2_000, seed: 2
      ).mean()
      #expect(mean.value + 4.9 * mean.standardError > 50, "\(form): \(mean.value)")
    }
  }

  @Test("run-length probabilities are those of all segmentations")
  func segmentations() {
    let values = [0.1, -0.4, 0.3, 2.9, 3.3, 2.7, 3.1]
    let prior = Bocpd.Prior(mean: 0, weight: 0.5, shape: 2, rate: 1.5)
    let hazard = 0.2
    var detector = Bocpd(prior: prior, hazard: hazard, level: 1 - 1e-12)
    for value in values { _ = detector.add(value) }
    // Brute force: bit i of a pattern says that a segment begins at value i + 1.
    var masses = [Double](repeating: 0, count: values.count + 1)
    for pattern in 0..<1 << (values.count - 1) {
      var (probability, start) = (1.0, 0)
      for end in 1...values.count {
        let isCut = end < values.count && pattern >> (end - 1) & 1 == 1
        if end < values.count { probability *= isCut ? hazard : 1 - hazard }
        if isCut || end == values.count {
          probability *= evidence(Array(values[start..<end]), prior)
          if end < values.count { start = end }
        }
      }
      masses[values.count - start] += probability
    }
    let total = masses.reduce(0, +)
    for (count, probability) in detector.runLengths {
      #expect(abs(probability - masses[count] / total) < 1e-10, "\(count)")
    }
  }

  /// The density of values under the normal-inverse-gamma prior, in closed form.
  private func evidence(_ values: [Double], _ prior: Bocpd.Prior) -> Double {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let weight = prior.weight + n
    let gap = mean - prior.mean
    let rate = prior.rate + 0.5 * squares + 0.5 * prior.weight * n * gap * gap / weight
    let shape = prior.shape + n / 2
    return Elementary.exp(
      GammaFunction.log(shape) - GammaFunction.log(prior.shape)
        + prior.shape * Elementary.log(prior.rate) - shape * Elementary.log(rate)
        + 0.5 * Elementary.log(prior.weight / weight) - n / 2 * Elementary.log(2 * .pi))
  }

  @Test("KSWIN's exact p is that of the two-sample test", arguments: [(1, 5), (3, 8), (6, 9)])
  func exactP(d: Int, n: Int) throws {
    // The first d values of one sample lie below all others, the last d of the other above them; pairs lie between.
    let low = (0..<n).map { Double($0 < d ? $0 - 100 : 2 * ($0 - d) + 1) }
    let high = (0..<n).map { Double($0 < n - d ? 2 * $0 : 1_000 + $0) }
    let test = Statistics.KolmogorovSmirnov(try TieBlocks(candidate: low, production: high))
    #expect(abs(test.distance() - Double(d) / Double(n)) < 1e-12)
    let exact = try #require(test.pExact())
    #expect(abs(Kswin.pExact(d, of: n) - exact.value) < 1e-12)
  }

  @Test("the mean discrepancy's permutations keep the level")
  func level() throws {
    var rejections = 0
    let runs = 60
    for run in 0..<runs {
      var luck = Luck(seed: 21, run: run)
      let test = try MeanDiscrepancy(
        reference: RowMatrix((0..<12).map { _ in luck.normal() }, columns: 2),
        current: RowMatrix((0..<10).map { _ in luck.normal() }, columns: 2), permutations: 99,
        seed: UInt64(run))
      #expect(test.isExact)
      if test.p.value <= 0.2 { rejections += 1 }
    }
    #expect(plausible(0.2, of: runs).contains(Double(rejections) / Double(runs)))
  }
}
