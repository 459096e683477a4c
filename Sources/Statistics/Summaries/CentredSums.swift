import Probability

/// Exact sums of squares and products of columns about their centres.
///
/// A product of two deviations is rounded once, the sum never, and the rest of a centre is taken into
/// account at the end, so that an answer depends on the set of rows alone.
enum CentredSums {
  /// With n − 1 below.
  static func standardDeviation(_ values: [Double], _ centre: Centre) -> Double {
    let squares = products(values, centre, values, centre, scales: (centre.scale, centre.scale))
    return centre.scale * (max(0, squares) / Double(values.count - 1)).squareRoot()
  }

  /// Σ (x − centre)(y − centre) / (scale of x · scale of y).
  static func products(
    _ x: [Double], _ xCentre: Centre, _ y: [Double], _ yCentre: Centre,
    scales: (x: Double, y: Double)
  ) -> Double {
    let sum = ExactSum.total(
      productsOf: ScaledColumn(x, centre: xCentre.value, scale: 1 / scales.x),
      ScaledColumn(y, centre: yCentre.value, scale: 1 / scales.y))
    return sum - Double(x.count) * ((xCentre.rest / scales.x) * (yCentre.rest / scales.y))
  }
}
