import Probability

/// A probability under the null hypothesis, with its logarithm for where it underflows.
package struct PValue: Sendable, Equatable {
  /// In [0, 1].
  package let value: Double
  /// The natural logarithm of `value`, finite far beyond the smallest double.
  package let ln: Double

  package init(value: Double, ln: Double) {
    self.value = value
    self.ln = ln
  }

  /// A p-value that is known as a number alone.
  package init(_ value: Double) {
    let bounded = min(1, max(0, value))
    self.init(value: bounded, ln: bounded > 0 ? min(0, Elementary.log(bounded)) : -.infinity)
  }

  static let one = PValue(value: 1, ln: 0)
  static let zero = PValue(value: 0, ln: -.infinity)

  /// The larger of the two: both hypotheses must fall (intersection-union).
  func both(_ other: PValue) -> PValue { ln >= other.ln ? self : other }

  /// Twice this one-sided p-value, at most 1.
  var doubled: PValue {
    PValue(value: min(1, 2 * value), ln: min(0, ln + 0.693_147_180_559_945_3))
  }
}
