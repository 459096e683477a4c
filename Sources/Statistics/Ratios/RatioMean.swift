import Probability

/// A ratio of two sums over units, Σ numerators / Σ denominators, with its standard error by the delta method.
///
/// Its residuals are numerator − ratio · denominator, a unit each. With denominators of 1 it is the mean
/// and its usual standard error.
///
/// - Source: Cochran (1977), section 6.4; Deng, Knoblich and Lu (2018).
package struct RatioMean: Sendable, Equatable {
  package let units: Int
  package let value: Double
  package let standardError: Double
  /// A unit's share in the error of `value`: its residual over Σ denominators. They add up to 0.
  package let influences: [Double]

  /// - Parameters:
  ///   - numerators: one a unit; two at least.
  ///   - denominators: one a unit.
  package init(numerators: [Double], denominators: [Double]) throws(Unavailable) {
    precondition(
      numerators.count == denominators.count,
      "\(numerators.count) numerators, \(denominators.count) denominators")
    guard numerators.count > 1 else { throw .tooFew(has: numerators.count, needs: 2) }
    let below = ExactSum.total(denominators)
    guard below != 0 else { throw .zeroDenominator }
    let ratio = ExactSum.total(numerators) / below
    guard ratio.isFinite, below.isFinite else { throw .notFinite }
    units = numerators.count
    influences = numerators.indices.map {
      Self.residual(numerators[$0], ratio, denominators[$0]) / below
    }
    // The rounding of the ratio moves all residuals; Σ influences says how far.
    value = ratio + ExactSum.total(influences)
    var largest = 0.0
    for influence in influences { largest = max(largest, abs(influence)) }
    guard largest > 0 else {
      standardError = 0
      return
    }
    let scale = Centre.scale(largest: largest)
    let column = ScaledColumn(influences, centre: 0, scale: 1 / scale)
    let n = Double(units)
    standardError =
      scale * (n / (n - 1) * ExactSum.total(productsOf: column, column)).squareRoot()
  }

  package var estimate: TEstimate {
    TEstimate(value: value, standardError: standardError, degreesOfFreedom: Double(units - 1))
  }

  /// x − ratio · y with the product's rounding error taken back (Dekker 1971), for residuals that are small
  /// beside both.
  private static func residual(_ x: Double, _ ratio: Double, _ y: Double) -> Double {
    let product = ratio * y
    guard product.magnitude > 0x1p-900, product.magnitude < 0x1p900, y.magnitude < 0x1p900,
      ratio.magnitude < 0x1p900
    else { return x - product }
    let (a, b) = (head(ratio), head(y))
    let (c, d) = (ratio - a, y - b)
    let error = ((a * b - product) + a * d + c * b) + c * d
    return (x - product) - error
  }

  /// The first 26 bits, so that products of heads and rests are exact.
  private static func head(_ value: Double) -> Double {
    Double(bitPattern: value.bitPattern & 0xffff_ffff_f800_0000)
  }
}
