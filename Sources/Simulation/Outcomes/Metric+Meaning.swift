import Traffic

extension Metric {
  /// What it is, in one sentence, for the reference.
  package var meaning: String {
    switch self {
    case .accuracy: "The share of labelled answers that name the label's class."
    case .errorRate: "The share that do not: 1 − accuracy."
    case .logLoss: "The mean of −ln of the probability given to the label's class, clipped."
    case .brier: "The mean squared distance between the stated probability and the label."
    case .auc: "The chance that an answer to class 1 ranks above one to class 0; ties count half."
    case .calibrationError:
      "The mean distance between stated and observed share, over bins of probability."
    case .meanAbsoluteError: "The mean of |answer − label|."
    case .rootMeanSquaredError: "The root of the mean of (answer − label)²."
    case .disagreement: "The share of requests that a candidate answers otherwise than production."
    case .latencyMean: "The mean time from arrival to answer."
    case .latencyQuantile(let p):
      "The time from arrival to answer that \(Percent.text(of: p)) % of answers stay within."
    case .within(let limit): "The share of requests that were answered within \(limit.text)."
    case .firstTokenMean: "The mean time from arrival to a language model's first token."
    case .tokenGapMean: "The mean gap between two tokens of an answer, each answer counting once."
    case .timeoutShare: "The share of requests that got no answer in time."
    case .errorShare: "The share of requests that ended in an error."
    case .shedShare: "The share of requests turned away at once."
    case .abandonedShare: "The share of requests whose client left the queue."
    case .costPerThousand: "The cost of a thousand answers."
    }
  }
}

extension Metric.Direction {
  package var words: String {
    switch self {
    case .higherIsBetter: "higher is better"
    case .lowerIsBetter: "lower is better"
    case .neither: "neither way is better"
    }
  }
}

extension Metric.Unit {
  package var words: String {
    switch self {
    case .share: "share, 0 to 1"
    case .nats: "nats"
    case .number: "0 to 1"
    case .label: "the label's"
    case .nanoseconds: "time; a duration in scenarios, nanoseconds in results"
    case .currency: "`currency`"
    }
  }
}
