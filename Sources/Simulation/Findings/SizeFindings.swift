/// How large something has to be for an arm to keep a promise.
package struct SizeFindings: Sendable, Equatable {
  package var title: String
  package var seed: UInt64
  package var arm: String
  /// The path in the scenario that was varied: "arms.production.service.replicas".
  package var path: String
  package var condition: SizeCondition
  /// Of the intervals, in (0, 1).
  package var level: Double
  /// Every size that was tried, ascending.
  package var tries: [Try]
  /// The smallest and largest size that could be tried.
  package var range: ClosedRange<Int>
  package var currency: String

  package init(
    title: String, seed: UInt64, arm: String, path: String, condition: SizeCondition,
    level: Double, range: ClosedRange<Int>, currency: String
  ) {
    self.title = title
    self.seed = seed
    self.arm = arm
    self.path = path
    self.condition = condition
    self.level = level
    self.range = range
    self.currency = currency
    tries = []
  }

  /// One size, over its replications.
  package struct Try: Sendable, Equatable {
    package var size: Int
    package var replications: Int
    /// The mean over replications; nil where a replication had no value (nothing was answered).
    package var value: Double?
    package var interval: Interval?
    /// The share of requests that were answered.
    package var answered: Double
    /// Requests answered as promised, a second; nil where the promise is about no time.
    package var goodput: Double?
    package var outcome: Outcome

    package init(
      size: Int, replications: Int, value: Double?, interval: Interval?, answered: Double,
      goodput: Double?, outcome: Outcome
    ) {
      self.size = size
      self.replications = replications
      self.value = value
      self.interval = interval
      self.answered = answered
      self.goodput = goodput
      self.outcome = outcome
    }
  }

  package enum Outcome: String, Sendable, CaseIterable {
    /// The whole interval keeps the promise.
    case keeps
    /// The whole interval breaks it, or nothing was answered.
    case breaks
    /// The promise lies inside the interval, after all replications that were allowed.
    case unclear
  }

  /// The smallest size that was tried and keeps the promise, above which none was seen not to; nil is none.
  package var answer: Try? {
    let firstGood = tries.lastIndex { $0.outcome != .keeps }.map { $0 + 1 } ?? 0
    return firstGood < tries.count ? tries[firstGood] : nil
  }

  /// Whether a size was seen to keep the promise while a larger one was not.
  package var isUneven: Bool {
    guard let last = tries.lastIndex(where: { $0.outcome != .keeps }) else { return false }
    return tries[..<last].contains { $0.outcome == .keeps }
  }
}

/// A promise about one metric of one arm: "latency.p99 < 200ms".
package struct SizeCondition: Sendable, Equatable {
  package var metric: Metric
  package var relation: Relation
  /// In the metric's unit; latencies in nanoseconds.
  package var bound: Double
  /// As it was written.
  package var text: String

  package enum Relation: String, Sendable, CaseIterable {
    case atMost = "<="
    case atLeast = ">="
    case below = "<"
    case above = ">"
  }

  package init(metric: Metric, relation: Relation, bound: Double, text: String) {
    self.metric = metric
    self.relation = relation
    self.bound = bound
    self.text = text
  }

  package func holds(_ value: Double) -> Bool {
    switch relation {
    case .atMost: value <= bound
    case .atLeast: value >= bound
    case .below: value < bound
    case .above: value > bound
    }
  }

  /// What a mean with an interval says of it; without one, the mean alone.
  package func outcome(_ value: Double, _ interval: Interval?) -> SizeFindings.Outcome {
    let ends = interval.map { [$0.low, $0.high] } ?? [value]
    if ends.allSatisfy(holds) { return .keeps }
    return ends.contains(where: holds) ? .unclear : .breaks
  }
}
