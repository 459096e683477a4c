import Statistics

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
  /// Of a policy's log: how far it speaks for another policy.
  package var policies: [PolicyOverlap] = []
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
    /// Whether the method counts with such rows; else they are left out.
    package var isCounted = false

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

  package struct PolicyOverlap: Sendable, Equatable {
    package var policy: String
    package var rounds: Int
    package var effectiveSampleSize: Double
    package var largestWeight: Double
    package var meanWeight: Double
    /// Of "the mean weight is 1", as right propensities give; nil where weights do not vary.
    package var meanWeightP: PValue?
    /// Of rounds whose decision the policy would never take.
    package var unusedShare: Double
    /// Of all weight, what the heaviest hundredth of the rounds carries.
    package var heaviestShare: Double

    package init(
      policy: String, rounds: Int, effectiveSampleSize: Double, largestWeight: Double,
      meanWeight: Double, meanWeightP: PValue?, unusedShare: Double, heaviestShare: Double
    ) {
      self.policy = policy
      self.rounds = rounds
      self.effectiveSampleSize = effectiveSampleSize
      self.largestWeight = largestWeight
      self.meanWeight = meanWeight
      self.meanWeightP = meanWeightP
      self.unusedShare = unusedShare
      self.heaviestShare = heaviestShare
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
