/// The nine definitions of a sample's quantile.
///
/// Each reads it off the order statistics x₁ <= … <= xₙ at a place h that p decides, between two of them
/// in proportion; the first three take one (or the mean of two).
///
/// - Source: Hyndman and Fan (1996).
package enum SampleQuantile: Int, Sendable, CaseIterable {
  case inverseOfDistribution = 1
  case averagedInverse = 2
  case nearestEven = 3
  case linearOfDistribution = 4
  case hazen = 5
  case weibull = 6
  /// The default of most software.
  case linear = 7
  case medianUnbiased = 8
  case normalUnbiased = 9

  /// Between which two order statistics the quantile lies, and how far on the way.
  struct Place: Sendable, Equatable {
    /// From 0; the other one is the next.
    var lower: Int
    /// In 0..<1.
    var fraction: Double
  }

  /// - Parameters:
  ///   - p: in 0...1.
  ///   - count: how many values there are, at least 1.
  func place(_ p: Double, count: Int) -> Place {
    precondition(p >= 0 && p <= 1, "a quantile at \(p)")
    let n = Double(count)
    let h =
      switch self {
      case .inverseOfDistribution, .averagedInverse, .linearOfDistribution: n * p
      case .nearestEven: n * p - 0.5
      case .hazen: n * p + 0.5
      case .weibull: (n + 1) * p
      case .linear: (n - 1) * p + 1
      case .medianUnbiased: (n + 1 / 3.0) * p + 1 / 3.0
      case .normalUnbiased: (n + 0.25) * p + 0.375
      }
    // n·p of a whole number may come out a little beside it.
    let nearest = h.rounded()
    let isWhole = abs(h - nearest) <= 4 * max(1, abs(h)).ulp
    let floor = isWhole ? nearest : h.rounded(.down)
    var fraction = isWhole ? 0 : h - floor
    switch self {
    case .inverseOfDistribution: fraction = fraction > 0 ? 1 : 0
    case .averagedInverse: fraction = fraction > 0 ? 1 : 0.5
    case .nearestEven:
      fraction = fraction > 0 || floor.truncatingRemainder(dividingBy: 2) != 0 ? 1 : 0
    default: break
    }
    if floor < 1 { return Place(lower: 0, fraction: 0) }
    if floor >= n { return Place(lower: count - 1, fraction: 0) }
    return fraction == 1
      ? Place(lower: Int(floor), fraction: 0) : Place(lower: Int(floor) - 1, fraction: fraction)
  }

  /// The quantile of ascending values; p in 0...1, at least one value.
  package func callAsFunction(_ p: Double, ofSorted values: [Double]) -> Double {
    let place = place(p, count: values.count)
    let low = values[place.lower]
    return place.fraction == 0
      ? low : Self.between(low, values[place.lower + 1], place.fraction)
  }

  /// The quantiles of values in any order, one a probability.
  ///
  /// - Complexity: O(n) time.
  package func callAsFunction(
    _ probabilities: [Double], of values: [Double]
  ) throws(Unavailable) -> [Double] {
    guard !values.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    let places = probabilities.map { place($0, count: values.count) }
    let ranks = places.flatMap { $0.fraction == 0 ? [$0.lower] : [$0.lower, $0.lower + 1] }
    let found = Selection.orderStatistics(values, ranks: ranks)
    var next = 0
    return places.map { place in
      defer { next += place.fraction == 0 ? 1 : 2 }
      return place.fraction == 0
        ? found[next] : Self.between(found[next], found[next + 1], place.fraction)
    }
  }

  static func between(_ low: Double, _ high: Double, _ fraction: Double) -> Double {
    low == high ? low : low + fraction * (high - low)
  }
}
