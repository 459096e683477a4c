/// Sums over consecutive batches of equal length, and what does not fill a batch at the end.
///
/// The length counts values where the sums are of values, and nanoseconds where they are areas under a level, so that a
/// sum over its length is a mean either way. Sums are whole numbers: nothing is rounded before the first division.
package struct BatchSums: Sendable, Equatable {
  /// In order; each |sum| is at most 2⁶³ times the length.
  package let sums: [Int128]
  /// > 0.
  package let length: Int64
  package let restSum: Int128
  /// In 0..<length.
  package let restLength: Int64

  package init(sums: [Int128], length: Int64, restSum: Int128 = 0, restLength: Int64 = 0) {
    precondition(length > 0 && (0..<length).contains(restLength), "batches of \(length)")
    self.sums = sums
    self.length = length
    self.restSum = restSum
    self.restLength = restLength
  }

  package var totalLength: Int128 {
    Int128(sums.count) * Int128(length) + Int128(restLength)
  }

  package var totalSum: Int128 { sums.reduce(restSum, +) }

  /// The exact mean, rounded: of everything, the rest at the end too; nil where there is nothing.
  package var mean: Double? {
    let length = totalLength
    guard length > 0 else { return nil }
    let (whole, rest) = totalSum.quotientAndRemainder(dividingBy: length)
    return Double(whole) + Double(rest) / Double(length)
  }

  /// Without the first `batches`.
  package func dropping(_ batches: Int) -> BatchSums {
    BatchSums(
      sums: Array(sums.dropFirst(batches)), length: length, restSum: restSum,
      restLength: restLength)
  }

  /// Each batch's mean less the mean of everything; a common offset of any size costs no digits.
  package var deviations: [Double] {
    let total = totalLength
    guard total > 0 else { return [] }
    let (whole, rest) = totalSum.quotientAndRemainder(dividingBy: total)
    let offset = Double(rest) / Double(total)
    let size = Double(length)
    return sums.map { ($0 - whole * Int128(length)).nearest / size - offset }
  }
}

extension Int128 {
  /// `Double(self)`, a hundred times as fast where it fits into 64 bits, as nearly all batches do.
  var nearest: Double {
    self >= -0x7FFF_FFFF_FFFF_FFFF && self <= 0x7FFF_FFFF_FFFF_FFFF
      ? Double(Int64(truncatingIfNeeded: self)) : Double(self)
  }
}
