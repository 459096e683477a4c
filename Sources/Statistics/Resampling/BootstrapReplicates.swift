import Probability

/// The resamples of an estimate, and the intervals and tests that can be read off them.
package struct BootstrapReplicates: Sendable {
  /// How a distribution of resamples becomes an interval.
  package enum Form: Sendable, CaseIterable { case percentile, basic, bca, studentized }

  package let estimate: Double
  /// Each resample's estimate − the estimate, ascending.
  let deviations: [Double]
  /// Each resample's deviation in its own standard errors; empty where not studentized.
  let pivots: [Double]
  /// The formula's standard error of the estimate; nil where not studentized.
  let plugInError: Double?
  /// Of the accelerated interval, from leaving out one unit at a time; nil where not asked for.
  package let acceleration: Double?

  /// The groups are resampled independently; their estimates add up.
  init(
    _ groups: [ResampledStatistic], sums: [[[Int64]]], form: Form
  ) throws(Unavailable) {
    guard groups.contains(where: { !$0.units.isConstant }) else { throw .noVariation }
    estimate = groups.reduce(0) { $0 + $1.units.estimate }
    let resamples = sums[0][0].count
    var deviations = Array(repeating: 0.0, count: resamples)
    var errors = Array(repeating: 0.0, count: resamples)
    for (group, sums) in zip(groups, sums) {
      let replicates = try group.replicates(sums)
      for (index, replicate) in replicates.enumerated() {
        deviations[index] += replicate.deviation
        errors[index] = rootOfSquares(errors[index], replicate.standardError)
      }
    }
    if form == .studentized {
      var error = 0.0
      for group in groups { error = rootOfSquares(error, try group.standardError()) }
      plugInError = error
      pivots = deviations.indices.map {
        deviations[$0] == 0 ? 0 : deviations[$0] / errors[$0]
      }
    } else {
      plugInError = nil
      pivots = []
    }
    acceleration = form == .bca ? try Self.acceleration(groups) : nil
    self.deviations = deviations.sorted()
    let isLost = deviations.contains { !$0.isFinite } || pivots.contains(where: \.isNaN)
    guard !isLost, estimate.isFinite, plugInError ?? 1 > 0 else { throw .unrepresentable }
    // Blocks, or ratios, that are all alike though the values are not.
    guard self.deviations[0] < self.deviations[resamples - 1] else { throw .noVariation }
  }

  /// Of any statistic: its value, and its values on resamples.
  package init(estimate: Double, replicates: [Double]) {
    self.estimate = estimate
    deviations = replicates.map { $0 - estimate }.sorted()
    pivots = []
    plugInError = nil
    acceleration = nil
  }

  package var count: Int { deviations.count }

  /// The standard deviation of the resampled estimates, n − 1 below.
  package func standardError() throws(Unavailable) -> Double {
    try Moments(of: deviations).standardDeviation
  }

  // MARK: Intervals with interpolated quantiles

  package func percentileInterval(level: Double, _ quantile: SampleQuantile) -> Bounds {
    let tail = (1 - level) / 2
    return Bounds(
      lower: estimate + quantile(tail, ofSorted: deviations),
      upper: estimate + quantile(1 - tail, ofSorted: deviations))
  }

  package func basicInterval(level: Double, _ quantile: SampleQuantile) -> Bounds {
    let tail = (1 - level) / 2
    return Bounds(
      lower: estimate - quantile(1 - tail, ofSorted: deviations),
      upper: estimate - quantile(tail, ofSorted: deviations))
  }

  package func bcaInterval(
    level: Double, _ quantile: SampleQuantile
  ) throws(Unavailable) -> Bounds {
    let bias = try bias()
    let tail = Normal.upperQuantile((1 - level) / 2)
    return Bounds(
      lower: estimate + quantile(share(at: -tail, bias: bias), ofSorted: deviations),
      upper: estimate + quantile(share(at: tail, bias: bias), ofSorted: deviations))
  }

  // MARK: Bias and acceleration

  /// The normal quantile of the share of resamples below the estimate, equal ones counted half.
  package func bias() throws(Unavailable) -> Double {
    let tie = tie
    let below = NullThresholds.count(of: deviations, below: -tie)
    let equal = NullThresholds.count(of: deviations, atMost: tie) - below
    let twice = 2 * below + equal
    guard twice > 0, twice < 2 * count else { throw .tooFew(has: count, needs: 2 * count) }
    return Normal.quantile(Double(twice) / Double(2 * count))
  }

  /// Resampled estimates this close differ by rounding alone.
  var tie: Double {
    let spread = max(abs(deviations.first ?? 0), abs(deviations.last ?? 0))
    return spread * 0x1p-36
  }

  /// Where the accelerated interval reads the resamples' distribution for the normal quantile z.
  ///
  /// - Source: Efron (1987).
  func share(at z: Double, bias: Double) -> Double {
    let sum = bias + z
    let divisor = 1 - (acceleration ?? 0) * sum
    // Beyond the pole the transformation has left the line: everything lies on one side.
    guard divisor > 0 else { return sum > 0 ? 1 : 0 }
    return Normal.cdf(bias + sum / divisor)
  }

  private static func acceleration(_ groups: [ResampledStatistic]) throws(Unavailable) -> Double {
    var influences: [Double] = []
    for group in groups {
      let jackknife = try group.jackknifeDeviations()
      let mean = jackknife.reduce(0, +) / Double(jackknife.count)
      let few = 1 - 1 / Double(jackknife.count)
      influences += jackknife.map { (mean - $0) * few }
    }
    let scale = influences.reduce(0) { max($0, abs($1)) }.binaryScale
    var cubes = ExactSum()
    var squares = ExactSum()
    for influence in influences {
      let u = influence / scale
      squares.add(u * u)
      cubes.add(u * u * u)
    }
    guard squares.value > 0 else { throw .noVariation }
    return cubes.value / (6 * squares.value * squares.value.squareRoot())
  }
}

// MARK: - Tests and their intervals

extension BootstrapReplicates {
  /// The null values at which each resample turns from less to more extreme than the data.
  package func thresholds(_ form: Form) -> NullThresholds {
    switch form {
    case .percentile, .bca:
      return NullThresholds(deviations.map { estimate + $0 }, tie: tie)
    case .basic: return NullThresholds(deviations.map { estimate - $0 }, tie: tie)
    case .studentized:
      let error = plugInError ?? 0
      return NullThresholds(pivots.map { estimate - $0 * error }, tie: tie)
    }
  }

  /// What a form of the bootstrap answers to `question`.
  package func answer(
    _ form: Form, to question: Question, null: Double
  ) throws(Unavailable) -> Answer {
    if form == .bca { return try acceleratedAnswer(to: question, null: null) }
    var answer = Answer(
      thresholds(form), estimate: estimate, standardError: try standardError(), to: question,
      null: null)
    if let plugInError {
      answer.standardError = plugInError
      answer.statistic = (estimate - null) / plugInError
    }
    return answer
  }

  private func acceleratedAnswer(
    to question: Question, null: Double
  ) throws(Unavailable) -> Answer {
    let bias = try bias()
    let thresholds = thresholds(.bca)
    var answer = Answer(estimate: estimate, standardError: try standardError())
    let tail = question.alternative == .different ? (1 - question.level) / 2 : 1 - question.level
    let z = Normal.upperQuantile(tail)
    // The share above the upper end, without the cancellation of 1 − share.
    let below = share(at: -z, bias: bias)
    let above = 1 - share(at: z, bias: bias)
    let lower = question.alternative == .less ? -.infinity : thresholds.lower(tail: below)
    let upper = question.alternative == .greater ? .infinity : thresholds.upper(tail: above)
    answer.interval = Bounds(lower: min(lower, upper), upper: max(lower, upper))
    let greater = tailBelow(share: thresholds.pGreater(than: null).value, bias: bias)
    let less = tailAbove(share: thresholds.pLess(than: null).value, bias: bias)
    answer.p =
      switch question.alternative {
      case .greater: greater
      case .less: less
      case .different: (greater.ln < less.ln ? greater : less).doubled
      }
    answer.cautions = [.resolution(oneIn: thresholds.total)]
    return answer
  }

  /// The one-sided level at which the accelerated interval's lower end has this share of resamples below it.
  private func tailBelow(share: Double, bias: Double) -> PValue {
    let z = place(Normal.quantile(share), bias: bias)
    return PValue(value: Normal.cdf(z), ln: Normal.logCdf(z))
  }

  private func tailAbove(share: Double, bias: Double) -> PValue {
    let z = place(Normal.upperQuantile(share), bias: bias)
    return PValue(value: Normal.survival(z), ln: Normal.logSurvival(z))
  }

  /// The inverse of `share(at:)` on the normal scale.
  private func place(_ z: Double, bias: Double) -> Double {
    guard z.isFinite else { return z }
    let distance = z - bias
    let divisor = 1 + (acceleration ?? 0) * distance
    guard divisor > 0 else { return distance > 0 ? .infinity : -.infinity }
    return distance / divisor - bias
  }
}
