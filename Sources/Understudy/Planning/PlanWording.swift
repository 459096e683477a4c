import Documents
import Simulation

/// What a plan says of its methods.
enum PlanWording {
  /// A number as short as it reads back.
  static func short(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return JSONValue.text(of: value) }
    var scale = 1.0
    while value.magnitude * scale < 1000, scale < 1e12 { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    let text = JSONValue.text(of: rounded)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  static func method(_ metric: PlanFindings.Metric, isPaired: Bool) -> String {
    switch metric {
    case .mean where isPaired: "paired t test (noncentral t)"
    case .mean: "Welch's t test (noncentral t)"
    case .share where isPaired: "McNemar's test"
    case .share:
      "score test of two shares (the error under the null hypothesis from the pooled share)"
    case .riskRatio: "z test of the logarithm of two shares' ratio"
    case .ratio: "z test of a ratio of sums (delta method)"
    case .rate: "z test of two Poisson rates"
    case .rateRatio: "z test of the logarithm of two Poisson rates' ratio"
    case .quantile: "z test of two quantiles (asymptotic error)"
    case .auc where isPaired: "z test of two AUCs over the same requests (Hanley and McNeil)"
    case .auc: "z test of two AUCs (Hanley and McNeil)"
    case .mannWhitney: "Mann-Whitney U test (Noether)"
    case .sampleRatio: "z test of one share"
    }
  }

  static func assumptions(_ metric: PlanFindings.Metric, isPaired: Bool) -> [String] {
    let independent = "Units are independent of each other, and their values are as they were."
    switch metric {
    case .mean where isPaired:
      return [independent, "The standard deviation is that of a unit's difference."]
    case .mean, .ratio: return [independent, "Both arms vary alike unless said otherwise."]
    case .share where isPaired:
      return [independent, "The two answers differ as often as said, whatever the effect."]
    case .rate, .rateRatio: return [independent, "Events are Poisson, times the dispersion."]
    case .quantile: return [independent, "The density is the same around both quantiles."]
    case .auc: return [independent, "Scores of both classes spread like exponential ones."]
    case .mannWhitney:
      return [independent, "The error is that under no difference, which suits small effects."]
    default: return [independent]
    }
  }
}
