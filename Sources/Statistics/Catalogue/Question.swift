/// What is asked of a method: at which confidence, against which value, in which direction.
package struct Question: Sendable, Equatable {
  package enum Alternative: Sendable, Equatable, CaseIterable {
    /// The truth is not `null`.
    case different
    /// The truth is greater than `null`.
    case greater
    /// The truth is less than `null`.
    case less
  }

  /// The two numbers of a prior: the parameters of a beta law, shape and rate of a gamma law, or mean and standard
  /// deviation of a normal one.
  package struct Prior: Sendable, Equatable {
    package var first: Double
    package var second: Double

    package init(_ first: Double, _ second: Double) { (self.first, self.second) = (first, second) }
  }

  /// The confidence of the interval, in (0, 1).
  package var level: Double
  package var alternative: Alternative
  /// Further confidences whose intervals are wanted from the same work; a method may pass over them.
  package var furtherLevels: [Double] = []
  /// The value of the estimand under the null hypothesis; nil is the estimand's own "no difference" (0, or 1
  /// for a ratio, or ½ for a probability to be larger).
  package var null: Double?
  /// Where a method draws: its draws are a function of this seed.
  package var seed: UInt64
  /// How many resamples a method draws that draws.
  package var resamples: Int
  /// The probability of the quantile that is compared, in (0, 1).
  package var probability: Double
  /// Where every value lies, known before the data (0...1 for a share); nil where nothing is known.
  package var range: ClosedRange<Double>?
  /// Up to which time a restricted mean of times looks; nil is the last time that both arms saw.
  package var horizon: Double?
  /// Beyond which weight a policy's log is not trusted (clipping, switching, shrinkage); nil is √n of n rounds.
  package var weightLimit: Double?
  /// What is believed of an arm before the data; nil is the method's own.
  package var prior: Prior?
  /// What was fixed before the data, for methods that are read while rows still come.
  package var monitoring = Monitoring()

  package init(
    level: Double = 0.95, alternative: Alternative = .different, null: Double? = nil,
    seed: UInt64 = 0, resamples: Int = 9_999, probability: Double = 0.5,
    range: ClosedRange<Double>? = nil, monitoring: Monitoring = Monitoring()
  ) {
    precondition(level > 0 && level < 1, "a level of \(level)")
    self.level = level
    self.alternative = alternative
    self.null = null
    self.seed = seed
    self.resamples = resamples
    self.probability = probability
    self.range = range
    self.monitoring = monitoring
  }
}
