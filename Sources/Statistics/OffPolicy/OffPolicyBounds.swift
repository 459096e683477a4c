import Probability

/// Lower bounds of a policy's value that hold for finitely many rounds, for terms that are known to lie in 0...`most`.
///
/// - Note: `most` has to come from the design (the largest reward over the smallest logged propensity), not from
///   the data: the largest term that was seen is smaller than the largest that can come.
package struct OffPolicyBounds: Sendable, Equatable {
  private let terms: Moments
  private let most: Double

  /// - Parameters:
  ///   - terms: one a round, each in 0...most, as from `OffPolicyEstimator.inversePropensity`.
  package init(terms: [Double], most: Double) throws(Unavailable) {
    self.terms = try Moments(of: terms)
    self.most = most
  }

  /// mean − most · √(ln(1/α) / 2n).
  ///
  /// - Source: Hoeffding (1963).
  package func hoeffding(level: Double) -> Double {
    let n = Double(terms.count)
    return terms.mean - most * (-Elementary.log(1 - level) / (2 * n)).squareRoot()
  }

  /// mean − √(2 s² ln(2/α) / n) − 7 most ln(2/α) / (3(n − 1)).
  ///
  /// - Source: Maurer and Pontil (2009), Theorem 4.
  package func empiricalBernstein(level: Double) -> Double {
    let n = Double(terms.count)
    let depth = Elementary.log(2 / (1 - level))
    let spread = terms.standardDeviation * (2 * depth / n).squareRoot()
    return terms.mean - spread - 7 * most * depth / (3 * (n - 1))
  }
}
