import Statistics

/// What the outcomes that somebody already has say: the answer of `analyze`.
package struct AnalysisFindings: Sendable, Equatable {
  package enum Layout: String, Sendable { case arms, pairs }

  /// The table as the person named it.
  package var table: String
  package var rowCount: Int
  package var layout: Layout
  /// The column that names a row's arm; nil of pairs.
  package var armColumn: String?
  /// The column of units; nil where every row is one.
  package var unitColumn: String?
  /// The column that the rows' order comes from.
  package var timeColumn: String?
  package var baseline: String
  /// Why this arm is the baseline, where nobody said.
  package var baselineReason: String?
  /// The baseline first.
  package var arms: [Arm]
  package var level: Double
  package var comparisons: [AnalysisFinding]
  /// How p-values were adjusted over the comparisons; nil where one stands alone.
  package var adjustment: String?
  package var health: AnalysisHealth

  package struct Arm: Sendable, Equatable {
    package var name: String
    package var rowCount: Int
    package var unitCount: Int?

    package init(name: String, rowCount: Int, unitCount: Int? = nil) {
      self.name = name
      self.rowCount = rowCount
      self.unitCount = unitCount
    }
  }

  package init(
    table: String, rowCount: Int, layout: Layout, arms: [Arm], level: Double
  ) {
    self.table = table
    self.rowCount = rowCount
    self.layout = layout
    self.arms = arms
    self.level = level
    baseline = arms.first?.name ?? ""
    comparisons = []
    health = AnalysisHealth()
  }
}

/// One metric of one arm against the baseline: arm − baseline, unless the estimand says otherwise.
package struct AnalysisFinding: Sendable, Equatable {
  /// As it was asked for: "revenue/sessions".
  package var metric: String
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

/// What lessens the trust in the numbers of a table.
package struct AnalysisHealth: Sendable, Equatable {
  package var sampleRatio: SampleRatio?
  package var missing: [Missing] = []
  /// Rows that name no arm (of pairs, rows without a label) and were left out.
  package var rowsLeftOut = 0
  /// Units with rows in two arms, which were left out.
  package var crossedUnits = 0
  /// Whether the rows had to be put in order of time.
  package var wasSorted = false
  /// Columns that held true and false, which were read as 1 and 0.
  package var columnsOfWords: [String] = []
  /// How many independent rows say as much as the rows do, as near in time as they are; nil without a time.
  package var dependence: Dependence?
  /// Weights leave the information of so many rows.
  package var overlap: [Overlap] = []

  package struct SampleRatio: Sendable, Equatable {
    package var arms: [String]
    package var observed: [Int]
    package var planned: [Double]
    /// Whether somebody said what was planned; else equal shares.
    package var isPlanned: Bool
    package var p: PValue

    package init(
      arms: [String], observed: [Int], planned: [Double], isPlanned: Bool, p: PValue
    ) {
      self.arms = arms
      self.observed = observed
      self.planned = planned
      self.isPlanned = isPlanned
      self.p = p
    }
  }

  /// Rows of a metric's column without a value, arm by arm.
  package struct Missing: Sendable, Equatable {
    package var metric: String
    package var arms: [String]
    package var missing: [Int]
    package var rows: [Int]
    /// Of "outcomes are missing alike in all arms"; nil where it cannot be asked.
    package var p: PValue?

    package init(metric: String, arms: [String], missing: [Int], rows: [Int], p: PValue?) {
      self.metric = metric
      self.arms = arms
      self.missing = missing
      self.rows = rows
      self.p = p
    }
  }

  package struct Dependence: Sendable, Equatable {
    package var metric: String
    package var count: Int
    package var effectiveSampleSize: Double
    package var isClear: Bool

    package init(metric: String, count: Int, effectiveSampleSize: Double, isClear: Bool) {
      self.metric = metric
      self.count = count
      self.effectiveSampleSize = effectiveSampleSize
      self.isClear = isClear
    }
  }

  package struct Overlap: Sendable, Equatable {
    package var arm: String
    package var count: Int
    package var effectiveSampleSize: Double

    package init(arm: String, count: Int, effectiveSampleSize: Double) {
      self.arm = arm
      self.count = count
      self.effectiveSampleSize = effectiveSampleSize
    }
  }

  package init() {}
}
