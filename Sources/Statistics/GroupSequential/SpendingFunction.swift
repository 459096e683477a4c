import Probability

/// How much of the error may have been spent when a fraction of the information is in.
///
/// - Source: Lan and DeMets (1983); Hwang, Shih and DeCani (1990); Kim and DeMets (1987) for the power family.
package enum SpendingFunction: Sendable, Equatable {
  /// 2 − 2 Φ(z(alpha/2)/√t): almost nothing at first.
  case obrienFleming
  /// alpha ln(1 + (e − 1) t): nearly even.
  case pocock
  /// alpha (1 − e^(−gamma t))/(1 − e^(−gamma)); gamma −4 is near O'Brien and Fleming's, 1 near Pocock's, 0 is alpha t.
  case hwangShihDeCani(gamma: Double)
  /// alpha t^rho, rho > 0.
  case power(rho: Double)

  /// - Parameters:
  ///   - time: the fraction of the information, >= 0; all is spent from 1 on.
  ///   - alpha: the error of one side, in (0, 1).
  package func spent(at time: Double, of alpha: Double) -> Double {
    precondition(time >= 0, "an information of \(time)")
    if time >= 1 || time == 0 { return time >= 1 ? alpha : 0 }
    switch self {
    case .obrienFleming:
      return 2 * Normal.survival(Normal.upperQuantile(alpha / 2) / time.squareRoot())
    case .pocock: return alpha * Elementary.log1p(1.718_281_828_459_045 * time)
    case .hwangShihDeCani(let gamma):
      guard gamma != 0 else { return alpha * time }
      return alpha * (Elementary.expm1(-gamma * time) / Elementary.expm1(-gamma))
    case .power(let rho):
      precondition(rho > 0, "a power of \(rho)")
      return alpha * Elementary.pow(time, rho)
    }
  }
}

/// Boundaries that are fixed up to a constant, which makes the error alpha.
package enum ClassicalShape: Sendable, Equatable {
  /// C/√t.
  case obrienFleming
  /// C.
  case pocock
  /// C t^(delta − ½): the two above at 0 and ½.
  ///
  /// - Source: Wang and Tsiatis (1987).
  case wangTsiatis(delta: Double)

  /// The critical value at `time` (a fraction of the last look's information) over that of the last look.
  func factor(at time: Double) -> Double {
    switch self {
    case .obrienFleming: 1 / time.squareRoot()
    case .pocock: 1
    case .wangTsiatis(let delta): Elementary.pow(time, delta - 0.5)
    }
  }
}
