import Probability

extension RequestDraws {
  /// Writes one value a request to `column[places]`: the distribution's quantile at the request's u,
  /// but for a normal the single-precision one of the request's word.
  func fill(
    _ distribution: Distribution, into column: inout [Float], _ places: Range<Int>,
    from first: UInt64, space: inout DrawSpace
  ) {
    switch distribution {
    case .constant(let value):
      for place in places { column[place] = Float(value) }
    case .normal(let mean, let standardDeviation):
      fillNormals(&space.normals, from: first)
      Self.write(space.normals, to: &column, places) {
        Float(mean) + Float(standardDeviation) * $0
      }
    case .uniform(let low, let high):
      let width = high - low
      fillUnits(&space.units, from: first)
      Self.write(space.units, to: &column, places) { Float(low + $0 * width) }
    case .bernoulli(let probability):
      fillUnits(&space.units, from: first)
      Self.write(space.units, to: &column, places) { $0 > 1 - probability ? 1 : 0 }
    case .exponential(let mean):
      fillExponentials(&space.units, from: first)
      Self.write(space.units, to: &column, places) { Float(mean * $0) }
    case .lognormal(let mu, let sigma):
      fillNormals(&space.units, from: first)
      Self.exponentiate(&space.units, mu: mu, sigma: sigma)
      Self.write(space.units, to: &column, places) { Float($0) }
    case .gamma, .weibull, .pareto, .categorical, .empirical, .mixture:
      fillUnits(&space.units, from: first)
      Self.write(space.units, to: &column, places) { Float(distribution.quantile($0)) }
    }
  }

  @inline(__always)
  private static func write<Draw>(
    _ draws: [Draw], to column: inout [Float], _ places: Range<Int>, _ value: (Draw) -> Float
  ) {
    let draws = draws.span
    var column = column.mutableSpan
    for place in places { column[place] = value(draws[place - places.lowerBound]) }
  }

  private static func exponentiate(_ normals: inout [Double], mu: Double, sigma: Double) {
    var values = normals.mutableSpan
    for row in 0..<values.count { values[row] = mu + sigma * values[row] }
    Elementary.exp(inPlace: &values)
  }
}
