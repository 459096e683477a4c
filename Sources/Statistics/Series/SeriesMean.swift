import Probability

/// The mean of a short or long series of dependent values with two standard errors, of which the one that says less
/// counts; and whether the series says anything at all.
///
/// One error takes the series as an AR(1) whose autocorrelation ρ is freed from its bias by Kendall's
/// formula (and is never below 0); it is sharp in short series and blind to a memory that hides below noise.
/// The other is the cosine variance, which assumes no model and is too small where the memory is as long as the
/// series. An interval is the wider one of the two.
///
/// `effectiveSize` is n over the AR(1)'s variance inflation. Where it is small, neither error can be trusted, and
/// `require` refuses an answer. What it asks for was found by simulation of AR(1)s with ρ from 0 to 0.95, alike or
/// different in the two arms, 10,000 runs each: two arms of 30 or 60 values alarm at 0.1, 0.05 and 0.01 at most as
/// often as the level plus three standard errors allows (at most 5.0 % at 0.05), and 30 independent values are refused in
/// 24 of 10,000 runs. A series alone, or one that makes most of a difference's error, needs more. A memory that
/// lies below noise of its own size is met from some hundred values on, not in 30.
///
/// - Source: Marriott and Pope (1954), Kendall (1954) for the bias; Priestley (1981), section 5.3, for the variance of an
///   AR(1)'s mean; `CosineVariance` for the other.
package struct SeriesMean: Sendable, Equatable {
  package let count: Int
  package let moments: Moments
  /// In 0...0.999, of neighbours.
  package let autocorrelation: Double
  /// As many independent values as vary as much in their mean.
  package let effectiveSize: Double
  package let autoregressive: TEstimate
  package let cosine: TEstimate

  /// How few values are looked at.
  package static let fewest = CosineVariance.fewestBlocks

  /// - Parameter values: in the order of time, at equal distances.
  package init(_ values: [Double]) throws(Unavailable) {
    let n = Double(values.count)
    guard values.count >= Self.fewest else {
      throw .tooFew(has: values.count, needs: Self.fewest)
    }
    let moments = try Moments(of: values)
    try self.init(
      deviations: values.map { ($0 - moments.mean) - moments.meanRest }, moments: moments,
      errorOfMean: { $0 / n })
  }

  /// The difference of two arms on one clock.
  package init(_ arms: ArmsInTime) throws(Unavailable) {
    try self.init(value: arms.value, terms: arms.terms)
  }

  /// A value whose error is the sum of `terms`, in the order of time, each about 0.
  package init(value: Double, terms: [Double]) throws(Unavailable) {
    guard terms.count >= Self.fewest else {
      throw .tooFew(has: terms.count, needs: Self.fewest)
    }
    let spread = try Moments(of: terms)
    try self.init(
      deviations: terms,
      moments: Moments(
        count: spread.count, mean: value, standardDeviation: spread.standardDeviation),
      errorOfMean: { $0 })
  }

  /// - Parameter errorOfMean: from the standard error of Σ deviations.
  private init(
    deviations: [Double], moments: Moments, errorOfMean: (Double) -> Double
  ) throws(Unavailable) {
    guard moments.standardDeviation > 0 else { throw .noVariation }
    let n = Double(deviations.count)
    let scale = Double(
      sign: .plus, exponent: max(-1000, moments.standardDeviation.exponent), significand: 1)
    let scaled = deviations.map { $0 / scale }
    let rho = Self.autocorrelation(scaled)
    let inflation = Self.inflation(rho, n)
    effectiveSize = n / inflation
    guard effectiveSize >= 2 else { throw .tooFewIndependent(has: effectiveSize, needs: 2) }
    count = deviations.count
    self.moments = moments
    autocorrelation = rho
    // The degrees of freedom count the doubt in ρ too: 2 / degrees is the variance of the logarithm of the estimate to
    // first order. Dependent values are nearer to their own mean than to the truth.
    let spread = (n - 1) / (n - inflation)
    autoregressive = TEstimate(
      value: moments.mean,
      standardError: errorOfMean(
        moments.standardDeviation * (spread * inflation * n).squareRoot()),
      degreesOfFreedom: min(effectiveSize - 1, n * (1 - rho * rho) / (3 + rho * rho)))
    let variance = Self.cosineVariance(scaled)
    let cosines = min(variance.cosines, max(6, Int(0.4 * Elementary.pow(n, 2.0 / 3))))
    let ofSum = variance.varianceOfSum(cosines: cosines)
    cosine = TEstimate(
      value: moments.mean, standardError: errorOfMean(scale * ofSum.squareRoot()),
      degreesOfFreedom: Double(cosines))
  }

  /// How many effectively independent values an answer needs at `level`: more where it is asked to be surer.
  ///
  /// - Parameter share: of the answer's variance that comes from this series, in 0...1; a series alone has 1.
  package static func needed(level: Double, share: Double) -> Double {
    let decades = max(0, Elementary.log(0.05 / (1 - level)) / 2.302_585_092_994_046)
    let alone = max(0, 2 * share - 1)
    return 7 + 3 * alone + (3.5 + 1.5 * alone) * decades
  }

  /// Refuses an answer where too few values are effectively independent.
  package func require(level: Double, share: Double = 1) throws(Unavailable) {
    let needed = Self.needed(level: level, share: share)
    guard effectiveSize >= needed else {
      throw .tooFewIndependent(has: effectiveSize, needs: needed)
    }
  }

  /// Refuses a difference where either series says too little.
  package static func require(
    candidate: SeriesMean, production: SeriesMean, level: Double
  ) throws(Unavailable) {
    let errors = (
      candidate.autoregressive.standardError, production.autoregressive.standardError
    )
    let whole = rootOfSquares(errors.0, errors.1)
    let share = (errors.0 / whole) * (errors.0 / whole)
    try candidate.require(level: level, share: share)
    try production.require(level: level, share: 1 - share)
  }

  /// A difference in both ways.
  package struct Difference: Sendable, Equatable {
    package var autoregressive: TEstimate
    package var cosine: TEstimate

    package var estimates: [TEstimate] { [autoregressive, cosine] }
  }

  /// Candidate − production of two series that share nothing.
  package static func difference(
    candidate: SeriesMean, production: SeriesMean
  ) throws(Unavailable) -> Difference {
    let value = candidate.moments.minus(production.moments)
    func joined(_ one: TEstimate, _ other: TEstimate) throws(Unavailable) -> TEstimate {
      try TTests.difference(
        estimate: value, errors: (one.standardError, other.standardError),
        degreesOfFreedom: (one.degreesOfFreedom, other.degreesOfFreedom))
    }
    return Difference(
      autoregressive: try joined(candidate.autoregressive, production.autoregressive),
      cosine: try joined(candidate.cosine, production.cosine))
  }

  /// Both ways.
  package var estimates: [TEstimate] { [autoregressive, cosine] }

  /// r₁ without most of its bias −(1 + 3ρ) / n.
  private static func autocorrelation(_ deviations: [Double]) -> Double {
    var squares = 0.0
    var products = 0.0
    var before = 0.0
    for deviation in deviations {
      squares += deviation * deviation
      products += deviation * before
      before = deviation
    }
    let n = Double(deviations.count)
    let raw = squares > 0 ? products / squares : 0
    return min(0.999, max(0, (n * raw + 1) / (n - 3)))
  }

  /// n · Var(mean) / Var(value) of an AR(1): 1 + 2 Σ (1 − k/n) ρᵏ.
  private static func inflation(_ rho: Double, _ n: Double) -> Double {
    let rest = 1 - rho
    return (1 + rho) / rest - 2 * rho * (1 - Elementary.pow(rho, n)) / (n * rest * rest)
  }

  /// Of at most 8,192 sums of neighbours.
  private static func cosineVariance(_ deviations: [Double]) -> CosineVariance {
    let most = SeriesAccumulator.maximumBlocks
    let length = (deviations.count + most - 1) / most
    guard length > 1 else {
      return CosineVariance(
        deviations: deviations, counts: Array(repeating: 1, count: deviations.count))
    }
    var (sums, counts): ([Double], [Double]) = ([], [])
    for start in stride(from: 0, to: deviations.count, by: length) {
      let end = min(deviations.count, start + length)
      var sum = 0.0
      for index in start..<end { sum += deviations[index] }
      sums.append(sum)
      counts.append(Double(end - start))
    }
    return CosineVariance(deviations: sums, counts: counts)
  }
}

extension Answer {
  /// What several estimates of one value say together: the widest interval, and the largest p.
  package init(leastOf estimates: [TEstimate], to question: Question) {
    let answers = estimates.map { Answer($0, to: question) }
    var widest = answers[0]
    for answer in answers.dropFirst() {
      guard let interval = answer.interval, let other = widest.interval else { continue }
      if interval.isBeyond(other) { widest = answer }
    }
    // Which is the widest may change with the level: the degrees of freedom differ.
    widest.furtherIntervals = question.furtherLevels.indices.map { place in
      answers.dropFirst().reduce(answers[0].furtherIntervals[place]) { widest, answer in
        answer.furtherIntervals[place].isBeyond(widest) ? answer.furtherIntervals[place] : widest
      }
    }
    widest.p = answers.compactMap(\.p).reduce(widest.p) { $0?.both($1) }
    self = widest
  }
}

extension Bounds {
  fileprivate func isBeyond(_ other: Bounds) -> Bool { lower < other.lower || upper > other.upper }
}
