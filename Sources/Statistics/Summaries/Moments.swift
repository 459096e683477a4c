import Probability

/// Count, mean and standard deviation (n − 1 below) of values.
package struct Moments: Sendable, Equatable {
  package let count: Int
  package let mean: Double
  package let standardDeviation: Double

  package init(count: Int, mean: Double, standardDeviation: Double) {
    self.count = count
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// In two passes with exact sums, scaled so that neither huge nor tiny values are lost; needs two values.
  package init(of values: [Double]) throws(Unavailable) {
    guard values.count > 1 else { throw .tooFew(has: values.count, needs: 2) }
    let n = Double(values.count)
    var total = ExactSum()
    for value in values { total.add(value) }
    let mean = total.value / n
    let largest = values.reduce(0) { max($0, abs($1 - mean)) }
    // A power of two, so that scaling rounds nothing.
    let scale = largest > 0 ? Double(sign: .plus, exponent: largest.exponent, significand: 1) : 1
    var squares = ExactSum()
    for value in values {
      let deviation = (value - mean) / scale
      squares.add(deviation * deviation)
    }
    self.init(
      count: values.count, mean: mean,
      standardDeviation: scale * (squares.value / (n - 1)).squareRoot())
  }

  package var standardError: Double { standardDeviation / Double(count).squareRoot() }
}
