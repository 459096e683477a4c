/// A sum of doubles without any rounding until it is read: any order and any grouping gives the same bits.
package struct ExactSum: Sendable, Equatable {
  package init() {}
  package mutating func add(_ value: Double) { preconditionFailure("not yet \(value)") }
  package mutating func merge(_ other: ExactSum) { preconditionFailure("not yet \(other)") }
  /// The exact sum, rounded once to the nearest double.
  package var value: Double { 0 }
}
