import Probability

/// Bayesian online change-point detection: the probabilities of all numbers of values since the last change.
///
/// Values between changes are normal with unknown mean and variance, under a normal-inverse-gamma prior: given r values, the
/// next is Student's t with 2a₀ + r degrees of freedom. A change comes before each value with chance `hazard`. Drift is announced
/// where the probability of a change since the last alarm exceeds `level`. At most `mostRuns` run lengths are kept, and the least
/// probable of more is dropped, so that memory is constant; with fewer values than that the answer is exact.
///
/// - Source: Adams and MacKay (2007), "Bayesian online changepoint detection"; Fearnhead and Liu (2007) for dropping.
package struct Bocpd: DriftDetector {
  /// Of the mean and the variance of the values between changes.
  package struct Prior: Sendable, Equatable {
    /// The mean, worth `weight` values.
    package var mean: Double
    package var weight: Double
    /// The variance is inverse gamma with this shape and rate (variance near rate / shape).
    package var shape: Double
    package var rate: Double

    package init(mean: Double, weight: Double = 0.01, shape: Double = 1, rate: Double) {
      precondition(weight > 0 && shape > 0 && rate > 0, "\(weight), \(shape), \(rate)")
      self.mean = mean
      self.weight = weight
      self.shape = shape
      self.rate = rate
    }
  }

  package let prior: Prior
  package let hazard: Double
  package let level: Double
  package let mostRuns: Int
  private var runs: [Run] = []
  /// ln of the density at 0 of Student's t with 2 shape + k degrees of freedom, k = 0, 1, 2, …, up to 1,024 of them.
  private var heights: [Double] = []

  /// Values since a change that may have been.
  struct Run: Sendable, Equatable {
    var probability: Double
    var count: Int
    var mean: Double
    /// The rate of the posterior of the variance.
    var rate: Double
  }

  package init(prior: Prior, hazard: Double = 0.004, level: Double = 0.5, mostRuns: Int = 200) {
    precondition(hazard > 0 && hazard < 1, "hazard \(hazard)")
    precondition(level > 0 && level < 1, "level \(level)")
    precondition(mostRuns > 2, "\(mostRuns) runs")
    self.prior = prior
    self.hazard = hazard
    self.level = level
    self.mostRuns = mostRuns
  }

  package mutating func reset() { runs.removeAll(keepingCapacity: true) }

  /// The probability of a change since the last alarm, in 0...1.
  package var changeProbability: Double {
    runs.dropFirst().reduce(0) { $0 + $1.probability }
  }

  /// The number of values since the last change, and its probability, for every run length that is kept, longest first.
  package var runLengths: [(count: Int, probability: Double)] {
    runs.map { ($0.count, $0.probability) }
  }

  package mutating func add(_ value: Double) -> DriftState {
    // The first run is "no change"; the others are in the order of their starts.
    let fresh = Run(
      probability: runs.isEmpty ? 1 : hazard, count: 0, mean: prior.mean, rate: prior.rate)
    for index in runs.indices { runs[index].probability *= 1 - hazard }
    runs.append(fresh)
    var total = 0.0
    for index in runs.indices {
      runs[index].probability *= density(value, runs[index])
      total += runs[index].probability
      update(&runs[index], value)
    }
    for index in runs.indices { runs[index].probability /= total }
    if runs.count > mostRuns { dropLeast() }
    guard runs[0].probability < 1 - level else { return .stable }
    reset()
    return .drift
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInPlace(values, to: &record)
  }

  private mutating func density(_ value: Double, _ run: Run) -> Double {
    let freedom = 2 * prior.shape + Double(run.count)
    let weight = prior.weight + Double(run.count)
    // The square of the scale of Student's t.
    let square = run.rate / (0.5 * freedom) * (weight + 1) / weight
    let deviation = value - run.mean
    let bend = Elementary.log1p(deviation * (deviation / square) / freedom)
    return Elementary.exp(
      height(run.count) - 0.5 * Elementary.log(square) - 0.5 * (freedom + 1) * bend)
  }

  private mutating func height(_ count: Int) -> Double {
    let freedom = 2 * prior.shape + Double(count)
    // Stirling's series; the next term is below 10⁻¹⁷. So the table stays short.
    if freedom > 1_024 {
      let inverse = 1 / freedom
      return -0.5 * Elementary.log(2 * .pi) - inverse * (0.25 - inverse * inverse / 24)
    }
    while heights.count <= count {
      let freedom = 2 * prior.shape + Double(heights.count)
      heights.append(
        GammaFunction.log(0.5 * (freedom + 1)) - GammaFunction.log(0.5 * freedom)
          - 0.5 * Elementary.log(freedom * .pi))
    }
    return heights[count]
  }

  private func update(_ run: inout Run, _ value: Double) {
    let weight = prior.weight + Double(run.count)
    let deviation = value - run.mean
    run.mean += deviation / (weight + 1)
    run.rate += 0.5 * weight / (weight + 1) * deviation * deviation
    run.count += 1
  }

  /// "No change" and the newest run stay.
  private mutating func dropLeast() {
    var least = 1
    for index in 2..<runs.count - 1 where runs[index].probability < runs[least].probability {
      least = index
    }
    let lost = runs[least].probability
    runs.remove(at: least)
    for index in runs.indices { runs[index].probability /= 1 - lost }
  }
}
