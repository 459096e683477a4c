import Probability

/// Counts of two samples over categories, with the tests that their shares are alike.
package struct CategoryTable: Sendable, Equatable {
  /// Ascending numbers of the categories that occur.
  package let categories: [Double]
  package let reference: [Int]
  package let current: [Int]

  package init(reference: [Double], current: [Double]) {
    let first = RadixSort.sorted(reference)
    let second = RadixSort.sorted(current)
    var (categories, ones, others) = ([Double](), [Int](), [Int]())
    var (i, j) = (0, 0)
    while i < first.count || j < second.count {
      let category =
        i == first.count
        ? second[j] : j == second.count ? first[i] : min(first[i], second[j])
      let (iStart, jStart) = (i, j)
      while i < first.count, first[i] == category { i += 1 }
      while j < second.count, second[j] == category { j += 1 }
      categories.append(category)
      ones.append(i - iStart)
      others.append(j - jStart)
    }
    self.categories = categories
    self.reference = ones
    self.current = others
  }

  package var referenceCount: Int { reference.reduce(0, +) }
  package var currentCount: Int { current.reduce(0, +) }

  /// Pearson's test of homogeneity, both samples with their own error.
  package func chiSquare() throws(Unavailable) -> ChiSquareResult {
    try ArmTable(candidate: reference, production: current).chiSquare()
  }

  /// The same with Yates's correction: each |observed − expected| smaller by ½, not below 0; for two categories.
  ///
  /// - Source: Yates (1934). It makes the test conservative.
  package func chiSquareCorrected() throws(Unavailable) -> ChiSquareResult {
    guard categories.count == 2 else { return try chiSquare() }
    let statistic = try sum { observed, expected in
      let distance = max(0, abs(observed - expected) - 0.5)
      return distance * distance / expected
    }
    return ChiSquareResult(statistic: statistic, degreesOfFreedom: 1)
  }

  /// The likelihood-ratio test of homogeneity: G = 2 Σ observed ln(observed / expected).
  ///
  /// - Source: Wilks (1935).
  package func likelihoodRatio() throws(Unavailable) -> ChiSquareResult {
    let statistic = try sum { observed, expected in
      observed > 0 ? 2 * observed * Elementary.log(observed / expected) : 0
    }
    return ChiSquareResult(
      statistic: max(0, statistic), degreesOfFreedom: categories.count - 1)
  }

  /// Over both samples and all categories.
  private func sum(
    _ term: (_ observed: Double, _ expected: Double) -> Double
  ) throws(Unavailable) -> Double {
    let (n, m) = (Double(referenceCount), Double(currentCount))
    guard n > 0, m > 0 else { throw .tooFew(has: 0, needs: 1) }
    var sum = ExactSum()
    for category in categories.indices {
      let (a, b) = (Double(reference[category]), Double(current[category]))
      sum.add(term(a, (a + b) * n / (n + m)))
      sum.add(term(b, (a + b) * m / (n + m)))
    }
    return sum.value
  }
}
