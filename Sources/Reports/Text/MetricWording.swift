import Simulation
import Traffic

/// How a metric is read: its name, what it means, and the unit a person thinks in.
extension Metric {
  /// As a row is headed: "accuracy", "slowest 1 %".
  var title: String {
    switch self {
    case .accuracy: "accuracy"
    case .errorRate: "error rate"
    case .logLoss: "log loss"
    case .brier: "Brier score"
    case .auc: "AUC"
    case .calibrationError: "calibration error"
    case .meanAbsoluteError: "mean absolute error"
    case .rootMeanSquaredError: "root mean squared error"
    case .disagreement: "disagreement"
    case .latencyMean: "mean latency"
    case .latencyQuantile(let q): "latency p" + Self.percentText(q)
    case .within(let limit): "within \(Self.limitText(limit))"
    case .firstTokenMean: "first token"
    case .tokenGapMean: "between two tokens"
    case .timeoutShare: "time-outs"
    case .errorShare: "failures"
    case .shedShare: "turned away"
    case .abandonedShare: "gave up waiting"
    case .costPerThousand: "cost per 1,000"
    }
  }

  /// One line in the reader's words.
  var explanation: String {
    switch self {
    case .accuracy: "share of requests answered right"
    case .errorRate: "share of requests answered wrong"
    case .logLoss: "how badly the stated probabilities fit the labels"
    case .brier: "mean squared distance between probability and label"
    case .auc: "chance that a random request of class 1 ranks above one of class 0"
    case .calibrationError: "mean distance between stated and observed share"
    case .meanAbsoluteError: "how far an answer is off, on average"
    case .rootMeanSquaredError: "how far an answer is off, large misses weighing more"
    case .disagreement: "share of requests answered otherwise than by production"
    case .latencyMean: "time to an answer, on average"
    case .latencyQuantile(let q):
      q == 0.5
        ? "half of the answers take at least this long"
        : "the slowest \(Self.percentText(1 - q)) % take at least this long"
    case .within(let limit): "share of requests answered within \(Self.limitText(limit))"
    case .firstTokenMean: "time to the first token, on average"
    case .tokenGapMean: "time between two tokens of an answer, on average"
    case .timeoutShare: "share of requests that got no answer in time"
    case .errorShare: "share of requests that ended in an error"
    case .shedShare: "share of requests turned away at once"
    case .abandonedShare: "share of requests whose client left the queue"
    case .costPerThousand: "per thousand answered requests"
    }
  }

  var isShare: Bool { unit == .share }
  var isLatency: Bool { unit == .nanoseconds }

  /// Whether an axis of this metric starts at zero: where zero means "none of it".
  var axisStartsAtZero: Bool {
    switch self {
    case .accuracy, .auc, .within: false
    default: true
    }
  }

  /// "200 ms".
  static func limitText(_ limit: SimulatedDuration) -> String {
    let text = limit.text
    let unit = text.firstIndex { $0.isLetter } ?? text.endIndex
    return "\(text[..<unit]) \(text[unit...])"
  }

  /// "99.9" for 0.999, without the noise of binary fractions.
  static func percentText(_ share: Double) -> String {
    Digits.trimmed(share * 100, decimals: 6)
  }
}

/// Turns a metric's own unit into the one that is read.
struct MetricScale: Equatable {
  var factor: Double
  /// Written after a value: "%", "ms", "USD", or nothing.
  var unit: String
  /// Written after a difference: "points", "ms", "USD".
  var differenceUnit: String

  /// - Parameter largest: the largest magnitude shown together, which decides between µs, ms and s.
  init(_ metric: Metric, largest: Double, currency: String) {
    switch metric.unit {
    case .share: self.init(factor: 100, unit: "%", differenceUnit: "points")
    case .nanoseconds: self.init(nanosecondsUpTo: largest)
    case .currency: self.init(factor: 1, unit: currency, differenceUnit: currency)
    case .nats, .number, .label: self.init(factor: 1, unit: "", differenceUnit: "")
    }
  }

  init(factor: Double, unit: String, differenceUnit: String) {
    self.factor = factor
    self.unit = unit
    self.differenceUnit = differenceUnit
  }

  /// For times in nanoseconds.
  init(nanosecondsUpTo largest: Double) {
    let (factor, unit): (Double, String) =
      largest >= 1e10 ? (1e-9, "s") : (largest >= 1e6 || largest == 0 ? (1e-6, "ms") : (1e-3, "µs"))
    self.init(factor: factor, unit: unit, differenceUnit: unit)
  }

  init(_ comparison: ComparisonFinding, currency: String) {
    let values = [comparison.baselineValue, comparison.armValue].filter(\.isFinite)
    let largest = values.map(\.magnitude).max() ?? 0
    self.init(comparison.metric, largest: largest, currency: currency)
  }

  /// "1 point", "10 ms".
  func margin(_ margin: Double, _ style: NumberStyle) -> String {
    let number = Digits.trimmed(margin * factor, decimals: 6)
    let unit = differenceUnit == "points" && number == "1" ? "point" : differenceUnit
    return style.unit(number, unit)
  }
}

/// What a difference means, as a clause: "answers 1.9 points more requests right [0.8, 3.0]".
struct DifferenceClause {
  enum Form {
    /// "the candidate" + text, or "it" + text.
    case verb
    /// "the candidate's" + text, or "its" + text.
    case possession
    /// Stands on its own.
    case sentence
  }

  var form: Form
  var text: String

  /// A difference whose direction is known.
  init(_ metric: Metric, _ estimate: EstimateText, scale: MetricScale, style: NumberStyle) {
    let up = estimate.value >= 0
    let turned = estimate.turnedPositive()
    let amount = style.unit(turned.number(style), scale.differenceUnit)
    let bracket = turned.interval == nil ? "" : " " + turned.bracket(style)
    let more = up ? "more" : "fewer"
    switch metric {
    case .accuracy:
      (form, text) = (.verb, "answers \(amount) \(more) requests right\(bracket)")
    case .errorRate:
      (form, text) = (.verb, "answers \(amount) \(more) requests wrong\(bracket)")
    case .logLoss:
      let fit = up ? "fit the labels worse" : "fit the labels better"
      let side = up ? "higher" : "lower"
      (form, text) = (.possession, "probabilities \(fit) (log loss \(amount) \(side)\(bracket))")
    case .brier:
      let fit = up ? "further from" : "closer to"
      let side = up ? "higher" : "lower"
      text = "probabilities are \(fit) what happened (Brier score \(amount) \(side)\(bracket))"
      form = .possession
    case .auc:
      let fit = up ? "better" : "worse"
      let side = up ? "higher" : "lower"
      (form, text) = (.verb, "ranks requests \(fit) (AUC \(amount) \(side)\(bracket))")
    case .calibrationError:
      let side = up ? "more" : "less"
      text = "stated probabilities are off by \(amount) \(side)\(bracket)"
      form = .possession
    case .meanAbsoluteError:
      let side = up ? "more" : "less"
      (form, text) = (.possession, "answers are off by \(amount) \(side) on average\(bracket)")
    case .rootMeanSquaredError:
      let side = up ? "larger" : "smaller"
      text = "root mean squared error is \(amount) \(side)\(bracket)"
      form = .possession
    case .disagreement:
      (form, text) = (.verb, "answers \(amount) \(more) requests otherwise\(bracket)")
    case .latencyMean:
      let side = up ? "longer" : "less"
      (form, text) = (.verb, "takes \(amount) \(side) on average\(bracket)")
    case .latencyQuantile(let q):
      let side = up ? "longer" : "less"
      let who =
        q == 0.5
        ? "typical answer takes" : "slowest \(Metric.percentText(1 - q))\(style.space)% take"
      (form, text) = (.possession, "\(who) \(amount) \(side)\(bracket)")
    case .firstTokenMean:
      let side = up ? "later" : "sooner"
      (form, text) = (.verb, "begins to answer \(amount) \(side) on average\(bracket)")
    case .tokenGapMean:
      let side = up ? "longer" : "less"
      (form, text) = (.verb, "takes \(amount) \(side) for each further token\(bracket)")
    case .within(let limit):
      let within = "within \(Metric.limitText(limit))"
      (form, text) = (.verb, "answers \(amount) \(more) requests \(within)\(bracket)")
    case .timeoutShare:
      (form, text) = (.verb, "times out on \(amount) \(more) requests\(bracket)")
    case .errorShare:
      (form, text) = (.verb, "fails on \(amount) \(more) requests\(bracket)")
    case .shedShare:
      (form, text) = (.verb, "turns away \(amount) \(more) requests\(bracket)")
    case .abandonedShare:
      (form, text) = (.verb, "loses \(amount) \(more) requests to impatience\(bracket)")
    case .costPerThousand:
      let side = up ? "more" : "less"
      (form, text) = (.verb, "costs \(amount) \(side) per thousand requests\(bracket)")
    }
  }

  init(sentence: String) {
    form = .sentence
    text = sentence
  }

  init(possession: String) {
    form = .possession
    text = possession
  }
}
