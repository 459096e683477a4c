import Foundation

/// The standard normal distribution.
package enum Normal {
  /// P(Z <= z).
  package static func cdf(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }
  /// P(Z > z), without cancellation in the tail.
  package static func survival(_ z: Double) -> Double { 0.5 * erfc(z / 2.0.squareRoot()) }
  /// The z with P(Z <= z) = p, for p in (0, 1).
  package static func quantile(_ p: Double) -> Double { preconditionFailure("not yet \(p)") }
}
