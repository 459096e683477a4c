import Probability

/// A chi-square statistic with its p-value.
package struct ChiSquareResult: Sendable, Equatable {
  package let statistic: Double
  package let degreesOfFreedom: Int
  package let p: PValue

  /// - Parameter degreesOfFreedom: 0 where nothing can differ; p is 1 then.
  init(statistic: Double, degreesOfFreedom: Int) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    guard degreesOfFreedom > 0 else {
      p = .one
      return
    }
    let law = ChiSquare(degreesOfFreedom: Double(degreesOfFreedom))
    p = PValue(value: law.survival(statistic), ln: law.logSurvival(statistic))
  }
}
