import Statistics

/// What the outcomes that somebody already has say: the answer of `analyze`.
package struct AnalysisFindings: Sendable, Equatable {
  package enum Layout: String, Sendable { case arms, pairs, policies }

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
  /// The column of segments; nil without.
  package var segmentColumn: String?
  /// Whether segments differ in their differences, metric by metric and arm by arm.
  package var interactions: [Interaction] = []
  /// Of methods that give each arm a posterior: how all arms stand beside each other.
  package var contests: [Contest] = []
  package var health: AnalysisHealth

  /// Whether the difference is another in another segment.
  package struct Interaction: Sendable, Equatable {
    package var metric: String
    package var arm: String
    /// Segments that it rests on.
    package var segmentCount: Int
    /// Cochran's Q.
    package var q: Double
    package var p: PValue

    package init(metric: String, arm: String, segmentCount: Int, q: Double, p: PValue) {
      self.metric = metric
      self.arm = arm
      self.segmentCount = segmentCount
      self.q = q
      self.p = p
    }
  }

  /// All arms' posteriors against each other.
  package struct Contest: Sendable, Equatable {
    package var metric: String
    package var arms: [String]
    /// That an arm's value is the largest of all (the smallest, where small values are good).
    package var probabilityBest: [Double]
    /// What choosing an arm costs in expectation, in the metric's unit.
    package var expectedLoss: [Double]
    package var smallestIsBest: Bool
    /// "Beta(1, 1), the uniform one".
    package var prior: String

    package init(
      metric: String, arms: [String], probabilityBest: [Double], expectedLoss: [Double],
      smallestIsBest: Bool, prior: String
    ) {
      self.metric = metric
      self.arms = arms
      self.probabilityBest = probabilityBest
      self.expectedLoss = expectedLoss
      self.smallestIsBest = smallestIsBest
      self.prior = prior
    }
  }

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
