import Probability

/// The ratio of two variances, candidate over production.
package struct VarianceRatio: Sendable, Equatable {
  package let value: Double
  private let candidate: Shape
  private let production: Shape

  package init(candidate: [Double], production: [Double]) throws(Unavailable) {
    self.candidate = try Shape(candidate)
    self.production = try Shape(production)
    let root = self.candidate.standardDeviation / self.production.standardDeviation
    value = root * root
    guard value > 0, value.isFinite else { throw .unrepresentable }
  }

  /// The F test, right for normal values alone: heavy tails make it reject far too often at any sample size.
  ///
  /// - Source: Fisher (1924); Box (1953) for its fragility.
  package func pF(_ alternative: Question.Alternative, against null: Double = 1) -> PValue {
    let f = value / null
    let greater = PValue(f: f, numerator: degrees.0, denominator: degrees.1)
    let less = PValue(f: 1 / f, numerator: degrees.1, denominator: degrees.0)
    switch alternative {
    case .greater: return greater
    case .less: return less
    case .different: return (greater.ln < less.ln ? greater : less).doubled
    }
  }

  /// The lower end of the F test's interval that leaves `tail` below.
  package func lowerBoundF(tail: Double) -> Double {
    value / FDistribution(numerator: degrees.0, denominator: degrees.1).upperQuantile(tail)
  }

  package func upperBoundF(tail: Double) -> Double {
    value * FDistribution(numerator: degrees.1, denominator: degrees.0).upperQuantile(tail)
  }

  /// The logarithm of the ratio, normal, with an error from each arm's own kurtosis around its trimmed mean.
  ///
  /// - Source: Layard (1973); Bonett (2006) for the trimmed centre and the small-sample terms.
  package func logEstimate() throws(Unavailable) -> TEstimate {
    let squared = try candidate.logVarianceError() + production.logVarianceError()
    return TEstimate(
      // Of the ratio of the deviations, which is the same in every unit.
      value: 2 * Elementary.log(candidate.standardDeviation / production.standardDeviation),
      standardError: squared.squareRoot(), degreesOfFreedom: .infinity)
  }

  private var degrees: (Double, Double) {
    (Double(candidate.count - 1), Double(production.count - 1))
  }

  /// What one arm's values say about their spread.
  private struct Shape: Sendable, Equatable {
    let count: Int
    let standardDeviation: Double
    let kurtosis: Double

    init(_ values: [Double]) throws(Unavailable) {
      let moments = try Moments(of: values)
      guard moments.standardDeviation > 0 else { throw .noVariation }
      guard moments.standardDeviation.isFinite else { throw .notFinite }
      let n = Double(values.count)
      // The share that is trimmed at either end.
      let share = values.count > 4 ? min(0.5, 1 / (2 * (n - 4).squareRoot())) : 0
      let sorted = RadixSort.sorted(values)
      let cut = min(Int(share * n), (values.count - 1) / 2)
      var total = ExactSum()
      for value in sorted[cut..<(values.count - cut)] { total.add(value - moments.mean) }
      let offset = total.value / Double(values.count - 2 * cut)
      var (squares, fourths) = (ExactSum(), ExactSum())
      for value in values {
        let z = (value - moments.mean) / moments.standardDeviation
        let around = z - offset / moments.standardDeviation
        squares.add(z * z)
        fourths.add(around * around * (around * around))
      }
      count = values.count
      standardDeviation = moments.standardDeviation
      kurtosis = n * (fourths.value / squares.value / squares.value)
    }

    func logVarianceError() throws(Unavailable) -> Double {
      guard count > 3 else { throw .tooFew(has: count, needs: 4) }
      let n = Double(count)
      let variance = (kurtosis - (n - 3) / n) / (n - 1)
      guard variance > 0 else { throw .noVariation }
      return variance
    }
  }
}
