import Probability

/// A difference of means among the rows that would have a value in either arm, where the arms have values for
/// different shares of their rows.
///
/// The arm with more values holds rows that would have none in the other; which ones is not known, so the surplus is
/// cut from its top for one end and from its bottom for the other. It assumes that the arm moves rows in one
/// direction alone: no row has a value only in the arm with fewer.
///
/// - Source: Lee (2009), Proposition 3 for the errors.
package struct TrimmingBounds: Sendable, Equatable {
  package let set: IdentifiedSet
  /// The part of the fuller arm's values that is cut, in 0..<1.
  package let trimmedShare: Double
  package let trimsCandidate: Bool

  /// - Parameters:
  ///   - candidate: a value a row, NaN where it is missing.
  ///   - production: likewise.
  /// - Complexity: O(n log n).
  package init(candidate: [Double], production: [Double]) throws(Unavailable) {
    let one = candidate.filter { !$0.isNaN }
    let other = production.filter { !$0.isNaN }
    for values in [one, other] {
      guard values.count > 1 else { throw .tooFew(has: values.count, needs: 2) }
      guard values.allSatisfy(\.isFinite) else { throw .notFinite }
    }
    let (first, second) = (
      Double(one.count) / Double(candidate.count), Double(other.count) / Double(production.count)
    )
    let trimsCandidate = first >= second
    self.trimsCandidate = trimsCandidate
    let (full, scarce) = trimsCandidate ? (first, second) : (second, first)
    let (rows, otherRows) =
      trimsCandidate
      ? (candidate.count, production.count) : (production.count, candidate.count)
    let kept = scarce / full
    trimmedShare = (full - scarce) / full
    // Of the logarithm of the share kept, a ratio of two shares.
    let relative = rootOfSquares(
      ((1 - full) / full / Double(rows)).squareRoot(),
      ((1 - scarce) / scarce / Double(otherRows)).squareRoot())
    let sorted = RadixSort.sorted(trimsCandidate ? one : other)
    let rest = try Moments(of: trimsCandidate ? other : one)
    let low = Self.kept(sorted, share: kept, relativeError: relative)
    let high = Self.kept(sorted.reversed().map { -$0 }, share: kept, relativeError: relative)
    func difference(_ mean: Double, _ error: Double) -> TEstimate {
      TEstimate(
        value: trimsCandidate ? mean - rest.mean : rest.mean - mean,
        standardError: rootOfSquares(error, rest.standardError), degreesOfFreedom: .infinity)
    }
    let (small, large) = (difference(low.mean, low.error), difference(-high.mean, high.error))
    set = try IdentifiedSet(
      lower: trimsCandidate ? small : large, upper: trimsCandidate ? large : small)
  }

  /// The mean of the smallest values that make up `share` of all, the last one in part, and its error.
  private static func kept(
    _ sorted: [Double], share: Double, relativeError: Double
  ) -> (mean: Double, error: Double) {
    let wanted = Double(sorted.count) * share
    let whole = min(sorted.count, Int(wanted.rounded(.down)))
    let part = whole < sorted.count ? wanted - Double(whole) : 0
    let edge = sorted[min(whole, sorted.count - 1)]
    let origin = Centre(of: sorted).value
    var sum = ExactSum()
    for row in 0..<whole { sum.add(sorted[row] - origin) }
    sum.add(part * (edge - origin))
    let mean = sum.value / wanted
    var squares = ExactSum()
    for row in 0..<whole {
      let distance = sorted[row] - origin - mean
      squares.add(distance * distance)
    }
    let distance = edge - origin - mean
    squares.add(part * (distance * distance))
    // The values' own variance, that of the edge, and that of the share that is cut.
    let variance = squares.value / wanted + distance * distance * (1 - share)
    let moved = share < 1 ? abs(distance) * relativeError : 0
    return (origin + mean, rootOfSquares((variance / wanted).squareRoot(), moved))
  }
}
