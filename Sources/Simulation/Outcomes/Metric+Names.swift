import Documents
import Traffic

extension Metric {
  /// The word for it in scenarios and results: "accuracy", "latency.p99.9", "within.200ms".
  package var name: String {
    switch self {
    case .accuracy: "accuracy"
    case .errorRate: "errorRate"
    case .logLoss: "logLoss"
    case .brier: "brier"
    case .auc: "auc"
    case .calibrationError: "calibrationError"
    case .meanAbsoluteError: "mae"
    case .rootMeanSquaredError: "rmse"
    case .disagreement: "disagreement"
    case .latencyMean: "latency.mean"
    case .latencyQuantile(let p): "latency.p\(Percent.text(of: p))"
    case .within(let limit): "within.\(limit.text)"
    case .firstTokenMean: "firstToken.mean"
    case .tokenGapMean: "tokenGap.mean"
    case .timeoutShare: "timeoutShare"
    case .errorShare: "errorShare"
    case .shedShare: "shedShare"
    case .abandonedShare: "abandonedShare"
    case .costPerThousand: "costPerThousand"
    }
  }

  /// The metric that a word names; nil when none does.
  package init?(name: String) {
    if name.hasPrefix("latency.p"), let p = Percent.share(of: name.dropFirst(9)) {
      self = .latencyQuantile(p)
      return
    }
    if name.hasPrefix("within."), let limit = SimulatedDuration(text: name.dropFirst(7)),
      limit > .zero
    {
      self = .within(limit)
      return
    }
    guard let metric = Self.listed.first(where: { $0.name == name }) else { return nil }
    self = metric
  }

  /// Every metric, with the usual quantiles of the latency, in the order of the reference.
  package static let listed: [Metric] = [
    .accuracy, .errorRate, .logLoss, .brier, .auc, .calibrationError, .meanAbsoluteError,
    .rootMeanSquaredError, .disagreement, .latencyMean, .latencyQuantile(0.5),
    .latencyQuantile(0.9), .latencyQuantile(0.95), .latencyQuantile(0.99),
    .latencyQuantile(0.999), .within(SimulatedDuration(seconds: 0.2)), .firstTokenMean,
    .tokenGapMean, .timeoutShare, .errorShare, .shedShare, .abandonedShare, .costPerThousand,
  ]

  /// Which way is better.
  package var direction: Direction {
    switch self {
    case .accuracy, .auc, .within: .higherIsBetter
    case .disagreement: .neither
    default: .lowerIsBetter
    }
  }

  /// What its values are counted in.
  package var unit: Unit {
    switch self {
    case .accuracy, .errorRate, .calibrationError, .disagreement, .within, .timeoutShare,
      .errorShare, .shedShare, .abandonedShare:
      .share
    case .logLoss: .nats
    case .brier, .auc: .number
    case .meanAbsoluteError, .rootMeanSquaredError: .label
    case .latencyMean, .latencyQuantile, .firstTokenMean, .tokenGapMean: .nanoseconds
    case .costPerThousand: .currency
    }
  }

  package enum Unit: Sendable {
    /// A part of one, in 0...1.
    case share
    case nats
    /// A bare number in 0...1.
    case number
    /// What the label is counted in.
    case label
    /// Scenarios write it as a duration ("5ms").
    case nanoseconds
    /// `MetricOptions.currency`.
    case currency
  }

  /// Whether a candidate's value may be set against production's; a disagreement is already between
  /// the two.
  package var isComparable: Bool { self != .disagreement }
}

/// Shares written in percent, digit by digit, so that 0.999 is "99.9" and back.
enum Percent {
  /// The share in (0, 1) that a text such as "99.9" means; nil when it is no plain decimal in (0, 100).
  static func share(of text: Substring) -> Double? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
      text.first != ".", text.last != ".",
      let share = Double("\(text)e-2"), share > 0, share < 1
    else { return nil }
    return share
  }

  static func text(of share: Double) -> String {
    let (digits, point) = decimals(of: share)
    let whole = point + 2
    let padded = digits + String(repeating: "0", count: max(0, whole - digits.count))
    guard whole > 0 else { return "0." + String(repeating: "0", count: -whole) + digits }
    let fraction = padded.dropFirst(whole)
    return padded.prefix(whole) + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// The shortest digits that mean the number, and where its point stands: 0.05 is ("5", −1).
  private static func decimals(of number: Double) -> (digits: String, point: Int) {
    let text = JSONValue.text(of: number)
    let parts = text.split(separator: "e")
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let sides = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let fraction = sides.count > 1 ? String(sides[1]) : ""
    let all = String(sides[0]) + fraction
    let leading = all.prefix { $0 == "0" }.count
    let digits = String(all.dropFirst(leading))
    return (digits.isEmpty ? "0" : digits, sides[0].count + exponent - leading)
  }
}
