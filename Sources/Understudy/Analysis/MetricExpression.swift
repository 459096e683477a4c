import Documents
import Simulation

/// What is compared, as a person writes it: `revenue`, `revenue/sessions`, `p99(latency)`, `share(latency > 200)`,
/// `time(days, event)`; with a label `auc(score)`, or, of pairs, `auc`.
package struct MetricExpression: Sendable, Equatable {
  package enum Form: Sendable, Equatable {
    /// The mean of a column; of pairs, of the two columns (then without a name).
    case mean(String?)
    /// Σ of a column over Σ of another.
    case ratio(String, String)
    /// With p in (0, 1).
    case quantile(String?, p: Double)
    /// The share of the rows whose value compares so.
    case share(String?, Comparison, Double)
    /// Of a score or an answer against the label: of arms in this column, of pairs in the two columns.
    case quality(Quality, of: String?)
    /// Of pairs: Σ of either column over Σ of its denominators.
    case ratioOfPairs
    /// Of pairs: the answers as classes, by their texts.
    case classes
    /// Of pairs: right answers that the candidate makes wrong, and wrong ones that it makes right.
    case flips
    /// How long until an event, and whether it came (1) or the row was only followed so far (0).
    case time(String, event: String)
  }

  package enum Comparison: String, Sendable, CaseIterable {
    // Longer ones first, because reading takes the first that fits.
    case atMost = "<="
    case atLeast = ">="
    case notEqual = "!="
    case equalTwice = "=="
    case less = "<"
    case greater = ">"
    case equal = "="

    package func holds(_ value: Double, _ bound: Double) -> Bool {
      switch self {
      case .atMost: value <= bound
      case .atLeast: value >= bound
      case .notEqual: value != bound
      case .equal, .equalTwice: value == bound
      case .less: value < bound
      case .greater: value > bound
      }
    }
  }

  package enum Quality: String, Sendable, CaseIterable {
    case auc, logLoss, brier, accuracy, mae, rmse

    package var direction: Metric.Direction {
      switch self {
      case .auc, .accuracy: .higherIsBetter
      case .logLoss, .brier, .mae, .rmse: .lowerIsBetter
      }
    }

    /// Whether the label has to be 0 or 1.
    package var isOfClasses: Bool {
      switch self {
      case .auc, .logLoss, .brier: true
      case .accuracy, .mae, .rmse: false
      }
    }

    /// Whether the answers have to be probabilities.
    package var isOfProbabilities: Bool { self == .logLoss || self == .brier }
  }

  /// As it was written.
  package let text: String
  package let form: Form

  /// What cannot be read, and what could.
  package struct Mistake: Error, Equatable {
    package var message: String
    package var help: String?
  }

  /// - Parameters:
  ///   - isOfPairs: the columns are those of the pairs, and are not named again.
  ///   - isLone: it is of one column's own values, without labels or events beside them.
  package init(_ text: String, isOfPairs: Bool, isLone: Bool = false) throws(Mistake) {
    self.text = text
    form = try isOfPairs ? Self.pairsForm(text) : Self.armsForm(text, isLone: isLone)
  }

  /// Whether it is the mean of one number a row.
  package var isOfMean: Bool {
    switch form {
    case .mean, .share: true
    default: false
    }
  }

  /// Whether it asks what was true of each row.
  package var needsLabel: Bool {
    switch form {
    case .quality, .flips: true
    default: false
    }
  }

  /// Whether its answers, and the label, may be texts.
  package var takesTexts: Bool {
    switch form {
    case .quality(.accuracy, _), .classes, .flips: true
    default: false
    }
  }

  /// The columns that it reads, beside those of pairs.
  package var columns: [String] {
    switch form {
    case .mean(let name), .quantile(let name, _), .share(let name, _, _): name.map { [$0] } ?? []
    case .ratio(let numerator, let denominator): [numerator, denominator]
    case .quality(_, let name): name.map { [$0] } ?? []
    case .time(let duration, let event): [duration, event]
    case .ratioOfPairs, .classes, .flips: []
    }
  }
}
