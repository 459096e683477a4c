import Probability

/// What XGBoost's objective makes of the sum of the trees, all in Float32 as XGBoost does it.
struct XGBoostObjective: Sendable, Equatable {
  /// How the margin becomes the answer.
  enum Link: Sendable, Equatable {
    case identity
    case logistic
    case exponential
    case softmax
    /// 1 above 0, else 0.
    case step
  }

  /// How the base score, which is told in the answer's unit, becomes a margin.
  enum BaseLink: Sendable, Equatable { case identity, logit, logarithm }

  let name: String
  let link: Link
  let baseLink: BaseLink

  /// nil for an objective that is not known.
  ///
  /// - Parameter majorVersion: of the XGBoost that wrote the model. Since 2.0 the base score of
  ///   binary:logitraw is a margin; before it was a probability.
  init?(name: String, majorVersion: Int) {
    self.name = name
    switch name {
    case "binary:logistic", "reg:logistic": (link, baseLink) = (.logistic, .logit)
    case "binary:logitraw": (link, baseLink) = (.identity, majorVersion < 2 ? .logit : .identity)
    case "binary:hinge": (link, baseLink) = (.step, .identity)
    case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft":
      (link, baseLink) = (.exponential, .logarithm)
    case "multi:softprob", "multi:softmax": (link, baseLink) = (.softmax, .identity)
    case "reg:squarederror", "reg:linear", "reg:squaredlogerror", "reg:pseudohubererror",
      "reg:absoluteerror", "reg:quantileerror", "rank:pairwise", "rank:ndcg", "rank:map":
      (link, baseLink) = (.identity, .identity)
    default: return nil
    }
  }

  /// What an answer is; reg:logistic gives the mean of a label in [0, 1], which is a value.
  func output(groups: Int) -> ModelOutput {
    switch link {
    case .softmax: .classProbabilities(count: groups)
    case .logistic where name == "binary:logistic": .probability
    case .step: .probability
    default: .value
    }
  }

  /// The margin at which the sum of the trees starts; probabilities are kept 10⁻⁶ away from 0 and 1.
  func margin(baseScore: Float) -> Float {
    switch baseLink {
    case .identity: return baseScore
    case .logarithm: return Float(Elementary.log(Double(baseScore)))
    case .logit:
      let probability = min(max(baseScore, 1e-6), 1 - 1e-6)
      return -Float(Elementary.log(Double(1 / probability - 1)))
    }
  }

  /// Which base scores have a margin, in words; nil where this one has.
  func flaw(ofBaseScore baseScore: Float) -> String? {
    switch baseLink {
    case .identity: baseScore.isFinite ? nil : "to be finite"
    case .logit: 0...1 ~= baseScore ? nil : "to be from 0 to 1"
    case .logarithm: baseScore >= 0 && baseScore.isFinite ? nil : "to be 0 or more"
    }
  }

  static func exponential(_ x: Float) -> Float { Float(Elementary.exp(Double(x))) }

  /// 1 / (1 + e⁻ˣ), with the bound on the exponent that XGBoost has against overflow.
  static func logistic(_ x: Float) -> Float { 1 / (exponential(min(-x, 88.7)) + 1) }
}
