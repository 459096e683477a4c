import Probability

// Signatures that arrive with Probability's functions.
enum StudentT {
  static func survival(_ t: Double, degreesOfFreedom: Double) -> Double {
    preconditionFailure("not yet \(t) \(degreesOfFreedom)")
  }
  static func logSurvival(_ t: Double, degreesOfFreedom: Double) -> Double {
    preconditionFailure("not yet \(t) \(degreesOfFreedom)")
  }
  static func upperQuantile(_ p: Double, degreesOfFreedom: Double) -> Double {
    preconditionFailure("not yet \(p) \(degreesOfFreedom)")
  }
}
enum ChiSquare {
  static func survival(_ x: Double, degreesOfFreedom: Double) -> Double {
    preconditionFailure("not yet \(x) \(degreesOfFreedom)")
  }
  static func logSurvival(_ x: Double, degreesOfFreedom: Double) -> Double {
    preconditionFailure("not yet \(x) \(degreesOfFreedom)")
  }
}
enum Binomial {
  static func cdf(_ k: Int, trials: Int, probability: Double) -> Double {
    preconditionFailure("not yet \(k) \(trials) \(probability)")
  }
  static func mass(_ k: Int, trials: Int, probability: Double) -> Double {
    preconditionFailure("not yet \(k) \(trials) \(probability)")
  }
}
extension Normal {
  static func logSurvival(_ z: Double) -> Double { preconditionFailure("not yet \(z)") }
}
