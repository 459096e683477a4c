/// A difference of means where some rows have no value, for whatever reason: each may be anything in the known range.
///
/// - Source: Manski (1990); Horowitz and Manski (2000).
package enum WorstCaseBounds {
  /// Candidate − production: at the lower end all of the candidate's missing values are the smallest possible and all
  /// of production's the largest.
  ///
  /// - Parameters:
  ///   - candidate: a value a row, NaN where it is missing.
  ///   - production: likewise.
  ///   - range: where every value lies, known before the data.
  /// - Throws: `outsideRange` for a value outside of it.
  /// - Complexity: O(n).
  package static func difference(
    candidate: [Double], production: [Double], range: ClosedRange<Double>
  ) throws(Unavailable) -> IdentifiedSet {
    func filled(_ values: [Double], _ value: Double) throws(Unavailable) -> Moments {
      var filled = values
      for row in values.indices {
        if values[row].isNaN {
          filled[row] = value
        } else if !range.contains(values[row]) {
          throw .outsideRange(values[row])
        }
      }
      return try Moments(of: filled)
    }
    func normal(_ one: Moments, _ other: Moments) -> TEstimate {
      TEstimate(
        value: one.minus(other),
        standardError: rootOfSquares(one.standardError, other.standardError),
        degreesOfFreedom: .infinity)
    }
    return try IdentifiedSet(
      lower: normal(
        filled(candidate, range.lowerBound), filled(production, range.upperBound)),
      upper: normal(
        filled(candidate, range.upperBound), filled(production, range.lowerBound)))
  }
}
