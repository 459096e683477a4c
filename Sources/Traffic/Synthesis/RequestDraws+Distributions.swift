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
    case .bernoulli(let probability):
      fillUnits(&space.units, from: first)
      Self.write(space.units, to: &column, places) { $0 > 1 - probability ? 1 : 0 }
    default:
      fillUnits(&space.units, from: first)
      var values = space.units.mutableSpan
      distribution.replaceUnits(&values)
      Self.write(space.units, to: &column, places) { Float($0) }
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
}
