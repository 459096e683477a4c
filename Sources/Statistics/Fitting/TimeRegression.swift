import Probability

/// A time as a base and so much more for each unit of what a request or a step consists of, no part below 0.
///
/// Errors count relative to the time: a row's weight is 1/fitted², so that long times do not decide alone. A row whose relative
/// error lies far out counts less (Huber's weights, 1.345 deviations by the median), so that a pause does not pass for work.
///
/// - Source: Huber (1964); Wedderburn (1974) for weights from the fitted values; both by iterated least squares.
package struct TimeRegression: Sendable {
  /// Seconds, and seconds for each unit of a column; each at least 0.
  package let base: Double
  package let coefficients: [Double]

  private static let mostRounds = 200

  /// - Parameters:
  ///   - columns: at most 7, of n numbers of at least 0 each.
  ///   - times: n, above 0, in seconds.
  /// - Throws: `tooFew` rows.
  package init(_ columns: [[Double]], times: [Double]) throws(Unavailable) {
    guard times.count > columns.count + 1 else {
      throw .tooFew(has: times.count, needs: columns.count + 2)
    }
    let design = [[Double](repeating: 1, count: times.count)] + columns
    // A fitted time near 0 must not have all the weight.
    let floor = 1e-3 * RadixSort.sorted(times)[times.count / 2]
    var weights = times.map { 1 / ($0 * $0) }
    var found = NonnegativeLeastSquares.coefficients(design, target: times, weights: weights)
    for _ in 0..<Self.mostRounds {
      let fitted = Self.fitted(design, found).map { max($0, floor) }
      weights = Self.weights(fitted, times)
      let next = NonnegativeLeastSquares.coefficients(design, target: times, weights: weights)
      let isSettled = zip(found, next).allSatisfy { ($0 - $1).magnitude <= 1e-10 * $1 }
      found = next
      if isSettled { break }
    }
    base = found[0].stated()
    coefficients = found.dropFirst().map { $0.stated() }
  }

  private static func fitted(_ design: [[Double]], _ coefficients: [Double]) -> [Double] {
    var fitted = [Double](repeating: 0, count: design[0].count)
    for (column, coefficient) in zip(design, coefficients) {
      for row in fitted.indices { fitted[row] += coefficient * column[row] }
    }
    return fitted
  }

  private static func weights(_ fitted: [Double], _ times: [Double]) -> [Double] {
    let errors = zip(times, fitted).map { $0 / $1 - 1 }
    let sizes = RadixSort.sorted(errors.map(\.magnitude))
    // The median size of a normal error is 0.6745 deviations.
    let reach = 1.345 * sizes[sizes.count / 2] / 0.6744897501960817
    return zip(errors, fitted).map { error, time in
      let share = reach > 0 && error.magnitude > reach ? reach / error.magnitude : 1
      return share / (time * time)
    }
  }

  /// The time of each row of such columns, in seconds.
  package func times(of columns: [[Double]]) -> [Double] {
    let count = columns.first?.count ?? 0
    return Self.fitted(
      [[Double](repeating: 1, count: count)] + columns, [base] + coefficients)
  }
}
