/// Independent estimates of one number, a group each, and what their spread says of it: Student's t of the groups.
///
/// It needs no error of any estimate, so that it holds for every estimate that is nearly normal and free of bias in a
/// group, however the rows within the group depend on each other. Where the groups' errors differ in size, the test
/// rejects less often than it says, up to a level of 8.3 %.
///
/// - Source: Ibragimov and Müller (2010).
package struct GroupContrast: Sendable, Equatable {
  /// One a group.
  package let values: [Double]
  /// Their mean, with one degree of freedom less than there are groups.
  package let estimate: TEstimate

  /// - Throws: `notFinite` for values that are not numbers; `noVariation` where all are equal.
  package init(_ values: [Double]) throws(Unavailable) {
    guard values.allSatisfy(\.isFinite) else { throw .notFinite }
    self.values = values
    estimate = try TTests.oneMean(Moments(of: values))
  }

  /// Of candidate − production in each group.
  package init(candidate: [Double], production: [Double]) throws(Unavailable) {
    try self.init(zip(candidate, production).map { $0 - $1 })
  }
}
