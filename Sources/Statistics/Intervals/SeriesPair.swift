import Probability

/// Two values of each request in order, for statistics that are smooth functions of their two means: a
/// difference of root mean squares, a ratio.
package struct SeriesPair: Sendable {
  package private(set) var first = SeriesAccumulator()
  package private(set) var second = SeriesAccumulator()
  private var products = ExactSum()

  package init() {}

  /// Adds the two values of the request `ordinal`; bounds as for `SeriesAccumulator`.
  package mutating func add(first x: Double, second y: Double, at ordinal: UInt64) {
    first.add(x, at: ordinal)
    second.add(y, at: ordinal)
    products.add(x * y)
  }

  package mutating func merge(_ other: SeriesPair) {
    first.merge(other.first)
    second.merge(other.second)
    products.merge(other.products)
  }

  /// The statistic's value with its standard error to first order (the delta method), under serial
  /// dependence.
  ///
  /// - Parameters:
  ///   - value: the statistic at the two means.
  ///   - slopes: its derivatives by the first and the second mean, there.
  package func inference(
    value: Double, slopes: (first: Double, second: Double)
  ) throws(Unavailable) -> SeriesInference {
    guard let x = first.mean, let y = second.mean, let ofX = first.independentVariance,
      let ofY = second.independentVariance
    else { throw .tooFew(has: first.count, needs: CosineVariance.fewestBlocks) }
    let n = Double(first.count)
    let together = (products.value - n * x * y) / (n - 1)
    let fromX = first.deviations(from: x)
    let fromY = second.deviations(from: y)
    return try SeriesAccumulator.inference(
      mean: value,
      independentVariance: max(
        0,
        slopes.first * slopes.first * ofX + 2 * slopes.first * slopes.second * together
          + slopes.second * slopes.second * ofY),
      n: first.count,
      variance: CosineVariance(
        deviations: fromX.indices.map { slopes.first * fromX[$0] + slopes.second * fromY[$0] },
        counts: first.occupied))
  }
}
