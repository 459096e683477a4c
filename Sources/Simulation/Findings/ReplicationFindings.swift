/// The distribution over replications.
package struct ReplicationFindings: Sendable, Equatable {
  package var count: Int
  package var comparisons: [Row]

  package struct Row: Sendable, Equatable {
    package var metric: Metric
    package var arm: String
    /// Mean of the estimates over replications, with its interval.
    package var mean: Estimate
    /// Standard deviation of the estimates.
    package var standardDeviation: Double
    package var meanIntervalWidth: Double
    /// Share of replications with p <= 1 − level before Holm.
    package var rejections: Estimate
    /// The same for the independent version, where there is one.
    package var independentRejections: Estimate?
    /// Share of replications whose interval covers `truthEstimate`, where the truth is known.
    package var coverage: Estimate?
    /// The true difference, itself an estimate from many requests.
    package var truthEstimate: Estimate?
    /// Count of each verdict, in the order of `Verdict.allWords`.
    package var verdicts: [VerdictCount]

    package init(
      metric: Metric, arm: String, mean: Estimate, standardDeviation: Double,
      meanIntervalWidth: Double, rejections: Estimate
    ) {
      self.metric = metric
      self.arm = arm
      self.mean = mean
      self.standardDeviation = standardDeviation
      self.meanIntervalWidth = meanIntervalWidth
      self.rejections = rejections
      independentRejections = nil
      coverage = nil
      truthEstimate = nil
      verdicts = []
    }
  }

  package struct VerdictCount: Sendable, Equatable {
    package var word: String
    package var count: Int

    package init(word: String, count: Int) {
      self.word = word
      self.count = count
    }
  }

  package init(count: Int, comparisons: [Row]) {
    self.count = count
    self.comparisons = comparisons
  }
}
