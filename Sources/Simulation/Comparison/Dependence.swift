import Probability
import Statistics

/// The error of a mean of pairs where requests may depend on each other in two ways: near ones in time, and those of one
/// unit. The larger of the two errors is taken.
package struct Dependence {
  let estimate: TEstimate
  let n: Int
  let effectiveSampleSize: Double
  /// Whether it is the units that decide.
  let isByUnit: Bool

  init(_ inference: SeriesInference, units: TEstimate?) {
    n = inference.n
    if let units, units.standardError > inference.standardError {
      let ratio = inference.independentStandardError / units.standardError
      estimate = TEstimate(
        value: inference.mean, standardError: units.standardError,
        degreesOfFreedom: units.degreesOfFreedom)
      effectiveSampleSize = Double(n) * ratio * ratio
      isByUnit = true
    } else {
      estimate = inference.dependent
      effectiveSampleSize = inference.effectiveSampleSize
      isByUnit = false
    }
  }

  /// Said where the dependence costs more than a fifth of the information, and more than independent requests would
  /// show in one run of a thousand.
  var warning: String? {
    Self.isClear(effectiveSampleSize, of: n, degreesOfFreedom: estimate.degreesOfFreedom)
      ? Self.warning(effectiveSampleSize, of: n) : nil
  }

  package static func isClear(
    _ effective: Double, of n: Int, degreesOfFreedom: Double
  ) -> Bool {
    SeriesInference.isClearlyDependent(effective, of: n, degreesOfFreedom: degreesOfFreedom)
  }

  static func warning(_ effective: Double, of n: Int) -> String {
    "The interval that takes \(n.grouped) requests for independent is too narrow: they carry the "
      + "information of about \(Int(effective.rounded()).grouped)."
  }
}

extension Evidence {
  mutating func take(_ error: Dependence, unitMethod: String, assumptions: [String]) {
    main = .mean(error.estimate)
    effectiveSampleSize = error.effectiveSampleSize
    guard error.isByUnit else { return }
    method = unitMethod
    self.assumptions = assumptions
    unitOfAnalysis = "unit"
  }
}
