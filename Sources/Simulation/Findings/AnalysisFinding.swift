import Statistics

/// One metric of one arm against the baseline: arm − baseline, unless the estimand says otherwise.
package struct AnalysisFinding: Sendable, Equatable {
  /// As it was asked for: "revenue/sessions".
  package var metric: String
  /// The segment whose rows alone were compared; nil of all rows.
  package var segment: String?
  package var baseline: String
  package var arm: String
  package var direction: Metric.Direction
  package var question: ComparisonPlan.Question
  package var alternative: Question.Alternative
  package var estimand: Estimand
  /// The values are 0 or 1, so that a mean is a share.
  package var isShare: Bool
  package var method: MethodFacts
  /// Why this method, as a clause; nil where the person named it.
  package var reason: String?
  package var baselineValue: Double?
  package var armValue: Double?
  package var estimate: Double?
  package var interval: Bounds?
  /// Whose interval it is, where the method has none of its own.
  package var intervalMethod: String?
  package var p: PValue?
  package var adjustedP: PValue?
  package var statistic: Double?
  package var standardError: Double?
  package var degreesOfFreedom: Double?
  /// Rows of the baseline and of the arm that the numbers rest on; of pairs, both are the pairs.
  package var baselineCount: Int
  package var armCount: Int
  package var effectiveSampleSize: Double?
  package var cautions: [String]
  package var verdict: Verdict
  /// Why there is no number, where the verdict is that it cannot be determined.
  package var absence: String?
  /// How many times the data it would take to decide, where these could not.
  package var dataFactorToDecide: Double?
  /// All values that the data leave open even in endless number, where they do not say one.
  package var identified: Bounds?
  package var flips: Flips?
  package var belief: Belief?

  /// How two answers fall against what was true.
  package struct Flips: Sendable, Equatable {
    package struct Part: Sendable, Equatable {
      package var count: Int
      package var share: Double
      /// Wilson's, at the analysis's level.
      package var interval: Bounds

      package init(count: Int, share: Double, interval: Bounds) {
        self.count = count
        self.share = share
        self.interval = interval
      }
    }

    /// Right before, wrong now.
    package var harmful: Part
    /// Wrong before, right now.
    package var beneficial: Part
    /// Wrong before and now, with another answer.
    package var neutral: Part
    package var bothRight: Int
    package var bothWrongAlike: Int

    package init(
      harmful: Part, beneficial: Part, neutral: Part, bothRight: Int, bothWrongAlike: Int
    ) {
      self.harmful = harmful
      self.beneficial = beneficial
      self.neutral = neutral
      self.bothRight = bothRight
      self.bothWrongAlike = bothWrongAlike
    }
  }

  /// What is believed of the difference.
  package struct Belief: Sendable, Equatable {
    /// P(arm > baseline).
    package var probabilityLarger: Double
    /// P(the difference lies within the margin), the region of practical equivalence; nil without a margin.
    package var probabilityWithinMargin: Double?
    package var prior: String

    package init(probabilityLarger: Double, probabilityWithinMargin: Double?, prior: String) {
      self.probabilityLarger = probabilityLarger
      self.probabilityWithinMargin = probabilityWithinMargin
      self.prior = prior
    }
  }

  /// What a reader is told of the method.
  package struct MethodFacts: Sendable, Equatable {
    package var name: String
    package var title: String
    package var guarantee: Method.Guarantee
    package var assumptions: [String]
    package var failsWhen: String
    package var source: String

    package init(_ method: Method) {
      name = method.name
      title = method.title
      guarantee = method.guarantee
      assumptions = method.assumptions
      failsWhen = method.failsWhen
      source = method.source
    }
  }

  package init(
    metric: String, baseline: String, arm: String, direction: Metric.Direction,
    question: ComparisonPlan.Question, alternative: Question.Alternative, method: Method
  ) {
    self.metric = metric
    self.baseline = baseline
    self.arm = arm
    self.direction = direction
    self.question = question
    self.alternative = alternative
    self.method = MethodFacts(method)
    estimand = method.estimand
    isShare = false
    (baselineCount, armCount) = (0, 0)
    cautions = []
    verdict = .undetermined(.noOutcomes)
  }
}

extension AnalysisFinding {
  /// The same question without any answer.
  package var withoutNumbers: Self {
    var finding = self
    (finding.baselineValue, finding.armValue, finding.estimate) = (nil, nil, nil)
    (finding.interval, finding.intervalMethod, finding.identified) = (nil, nil, nil)
    (finding.p, finding.adjustedP, finding.statistic) = (nil, nil, nil)
    (finding.standardError, finding.degreesOfFreedom) = (nil, nil)
    (finding.effectiveSampleSize, finding.dataFactorToDecide) = (nil, nil)
    (finding.flips, finding.belief, finding.cautions) = (nil, nil, [])
    (finding.baselineCount, finding.armCount) = (0, 0)
    return finding
  }
}
