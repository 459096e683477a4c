import Probability

/// Exact sums of squares and products of columns about their centres.
///
/// A product of two deviations is rounded once, the sum never, and the rest of a centre is taken into
/// account at the end, so that an answer depends on the set of rows alone. Columns are scaled by powers
/// of two, which rounds nothing: 1e-150 and 1e140 keep their digits.
enum CentredSums {
  /// With n − 1 below.
  static func standardDeviation(_ values: [Double], _ centre: Centre) -> Double {
    let scale = scale(values, centre)
    var squares = ExactSum()
    squares.add(productsOf: values, centre, values, centre, scales: (scale, scale))
    let n = Double(values.count)
    let shift = centre.rest / scale
    return scale * (max(0, squares.value - n * (shift * shift)) / (n - 1)).squareRoot()
  }

  /// The power of two at or below the largest deviation from the centre; 1 where all are 0. Its inverse is finite.
  static func scale(_ values: [Double], _ centre: Centre) -> Double {
    var largest = 0.0
    for value in values { largest = max(largest, abs(value - centre.value)) }
    guard largest > 0, largest.isFinite else { return 1 }
    return Double(sign: .plus, exponent: max(-1000, largest.exponent), significand: 1)
  }

  /// Σ (x − centre)(y − centre) / (scale of x · scale of y).
  static func products(
    _ x: [Double], _ xCentre: Centre, _ y: [Double], _ yCentre: Centre,
    scales: (x: Double, y: Double)
  ) -> Double {
    var sum = ExactSum()
    sum.add(productsOf: x, xCentre, y, yCentre, scales: scales)
    let n = Double(x.count)
    return sum.value - n * ((xCentre.rest / scales.x) * (yCentre.rest / scales.y))
  }
}

extension ExactSum {
  /// Adds (x − centre)(y − centre) / (scale of x · scale of y) of each row, rounded once.
  mutating func add(
    productsOf x: [Double], _ xCentre: Centre, _ y: [Double], _ yCentre: Centre,
    scales: (x: Double, y: Double)
  ) {
    let (xScale, yScale) = (1 / scales.x, 1 / scales.y)
    for row in x.indices {
      add(((x[row] - xCentre.value) * xScale) * ((y[row] - yCentre.value) * yScale))
    }
  }
}
