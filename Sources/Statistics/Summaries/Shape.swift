import Probability

/// How a column leans and how heavy its tails are: the third and fourth standardised moments, with n below.
///
/// - Source: Joanes and Gill (1998), g₁ and g₂.
package struct Shape: Sendable, Equatable {
  /// 0 for a symmetric column.
  package let skewness: Double
  /// 0 for the normal distribution.
  package let excessKurtosis: Double

  /// - Parameter values: two at least, not all equal.
  package init(of values: [Double]) throws(Unavailable) {
    guard values.count > 1 else { throw .tooFew(has: values.count, needs: 2) }
    let centre = Centre(of: values)
    let deviation = CentredSums.standardDeviation(values, centre)
    guard deviation > 0 else { throw .noVariation }
    let scale = Double(sign: .plus, exponent: max(-1000, deviation.exponent), significand: 1)
    var (second, third, fourth) = (ExactSum(), ExactSum(), ExactSum())
    for value in values {
      let deviation = (value - centre.value) / scale
      let square = deviation * deviation
      second.add(square)
      third.add(square * deviation)
      fourth.add(square * square)
    }
    let n = Double(values.count)
    let shift = centre.rest / scale
    let raw = (second.value / n, third.value / n, fourth.value / n)
    let square = shift * shift
    let variance = raw.0 - square
    guard variance > 0 else { throw .noVariation }
    // About the centre's rest instead of 0.
    let m3 = raw.1 - 3 * shift * raw.0 + 2 * shift * square
    let m4 = raw.2 - 4 * shift * raw.1 + 6 * square * raw.0 - 3 * square * square
    skewness = m3 / (variance * variance.squareRoot())
    excessKurtosis = m4 / (variance * variance) - 3
  }
}
