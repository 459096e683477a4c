import Probability

/// Several estimates of one thing (segments, replications, sites), put together, with how far they differ.
package struct MetaAnalysis: Sendable, Equatable {
  /// In units of `unit`, a power of two, so that no square of a weight overflows; variances in its square.
  private let values: [Double]
  private let variances: [Double]
  private let unit: Double

  /// - Parameters:
  ///   - values: at least two.
  ///   - variances: of each value, > 0.
  package init(values: [Double], variances: [Double]) throws(Unavailable) {
    precondition(values.count == variances.count, "\(values.count), \(variances.count)")
    guard values.count > 1 else { throw .tooFew(has: values.count, needs: 2) }
    guard variances.allSatisfy({ $0 > 0 && $0.isFinite }) else { throw .noVariation }
    let smallest = variances.reduce(Double.infinity, min)
    let unit = Double(sign: .plus, exponent: smallest.exponent >> 1, significand: 1)
    self.unit = unit
    self.values = values.map { $0 / unit }
    self.variances = variances.map { $0 / unit / unit }
  }

  private var count: Int { values.count }

  // MARK: Do they differ?

  /// Cochran's Q with its chi-square p-value: the test of an interaction between effect and segment.
  ///
  /// - Source: Cochran (1954).
  package var heterogeneity: (q: Double, degreesOfFreedom: Int, p: PValue) {
    let q = weightedSquares(spread: 0)
    let half = Double(count - 1) / 2
    return (
      q, count - 1,
      PValue(
        value: IncompleteGamma.upper(half, q / 2), ln: IncompleteGamma.logUpper(half, q / 2))
    )
  }

  /// The share of the variation that is not the estimates' own noise, in [0, 1].
  ///
  /// - Source: Higgins and Thompson (2002).
  package var inconsistency: Double {
    let q = weightedSquares(spread: 0)
    return q > 0 ? max(0, (q - Double(count - 1)) / q) : 0
  }

  // MARK: The variance between them

  package enum Spread: Sendable, CaseIterable {
    /// From Q's expectation. DerSimonian and Laird (1986).
    case dersimonianLaird
    /// Where the generalised Q equals its degrees of freedom. Paule and Mandel (1982).
    case pauleMandel
    /// Restricted maximum likelihood. Viechtbauer (2005).
    case restrictedLikelihood
  }

  /// The variance of the true values, >= 0, in squared units of the values.
  package func spread(by method: Spread) -> Double { relativeSpread(method) * unit * unit }

  private func relativeSpread(_ method: Spread) -> Double {
    switch method {
    case .dersimonianLaird:
      let weights = variances.map { 1 / $0 }
      let sum = weights.reduce(0, +)
      let squares = weights.reduce(0) { $0 + $1 * $1 }
      return max(
        0, (weightedSquares(spread: 0) - Double(count - 1)) / (sum - squares / sum))
    case .pauleMandel:
      return root { weightedSquares(spread: $0) - Double(count - 1) }
    case .restrictedLikelihood:
      return root { restrictedScore(spread: $0) }
    }
  }

  /// The slope of the restricted likelihood in the spread, times 2.
  private func restrictedScore(spread: Double) -> Double {
    let mean = pooledMean(spread: spread)
    var (sum, squares, score) = (0.0, 0.0, 0.0)
    for index in values.indices {
      let weight = 1 / (variances[index] + spread)
      let distance = values[index] - mean
      sum += weight
      squares += weight * weight
      score += weight * weight * distance * distance
    }
    return score - sum + squares / sum
  }

  /// Where a function that starts above zero first falls to it; 0 where it starts below. The steps are relative to the
  /// data's own scale, never absolute.
  private func root(_ f: (Double) -> Double) -> Double {
    guard f(0) > 0 else { return 0 }
    let smallest = variances.reduce(Double.infinity, min)
    var high = smallest
    while f(high) > 0, high < .greatestFiniteMagnitude / 4 { high *= 2 }
    var low = high == smallest ? 0 : high / 2
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return middle }
      if f(middle) > 0 { low = middle } else { high = middle }
    }
  }

  // MARK: What they say together

  /// The common value, where there is one: weights 1/v, normal.
  package var fixed: TEstimate {
    TEstimate(
      value: pooledMean(spread: 0) * unit,
      standardError: unit / totalWeight(spread: 0).squareRoot(), degreesOfFreedom: .infinity)
  }

  /// The mean of the true values: weights 1/(v + τ²), normal.
  package func random(_ method: Spread) -> TEstimate {
    let spread = relativeSpread(method)
    return TEstimate(
      value: pooledMean(spread: spread) * unit,
      standardError: unit / totalWeight(spread: spread).squareRoot(),
      degreesOfFreedom: .infinity)
  }

  /// The same with the standard error from the weighted residuals and Student's t, which holds with few estimates.
  ///
  /// - Source: Hartung and Knapp (2001); Sidik and Jonkman (2002).
  package func hartungKnapp(_ method: Spread) -> TEstimate {
    let spread = relativeSpread(method)
    let residual = weightedSquares(spread: spread) / Double(count - 1)
    return TEstimate(
      value: pooledMean(spread: spread) * unit,
      standardError: unit * (residual / totalWeight(spread: spread)).squareRoot(),
      degreesOfFreedom: Double(count - 1))
  }

  /// Where the true value of one more estimate of the kind would lie; needs three.
  ///
  /// - Source: Higgins, Thompson and Spiegelhalter (2009), t with k − 2 degrees of freedom.
  package func prediction(
    _ method: Spread, level: Double
  ) throws(Unavailable) -> ClosedRange<Double> {
    guard count > 2 else { throw .tooFew(has: count, needs: 3) }
    let mean = random(method)
    return TEstimate(
      value: mean.value,
      standardError: rootOfSquares(mean.standardError, unit * relativeSpread(method).squareRoot()),
      degreesOfFreedom: Double(count - 2)
    ).interval(level: level)
  }

  /// Each value drawn toward the mean by as much as its noise outweighs the spread: the best guess of each true value
  /// when all are looked at, so that the largest is not taken at its word.
  ///
  /// - Source: empirical Bayes (Morris 1983), with the doubt of the mean in the standard errors.
  package func shrunken(_ method: Spread) -> [TEstimate] {
    let spread = relativeSpread(method)
    let mean = random(method)
    return values.indices.map { index in
      let toward = variances[index] / (variances[index] + spread)
      let own = (1 - toward) * variances[index]
      return TEstimate(
        value: values[index] * unit + toward * (mean.value - values[index] * unit),
        standardError: rootOfSquares(unit * own.squareRoot(), toward * mean.standardError),
        degreesOfFreedom: .infinity)
    }
  }

  private func totalWeight(spread: Double) -> Double {
    variances.reduce(0) { $0 + 1 / ($1 + spread) }
  }

  private func pooledMean(spread: Double) -> Double {
    let origin = values[0]
    let sum = values.indices.reduce(0) {
      $0 + (values[$1] - origin) / (variances[$1] + spread)
    }
    return origin + sum / totalWeight(spread: spread)
  }

  /// Σ (y − mean)² / (v + τ²).
  private func weightedSquares(spread: Double) -> Double {
    let mean = pooledMean(spread: spread)
    return values.indices.reduce(0) {
      let distance = values[$1] - mean
      return $0 + distance / (variances[$1] + spread) * distance
    }
  }
}
