import Probability

/// Where a detector's values come from in a simulation: independent, from one distribution.
package enum DriftValues: Sendable, Equatable {
  case normal(mean: Double, standardDeviation: Double)
  case bernoulli(Double)
  /// In 0...1.
  case uniform

  func fill(_ column: inout [Double], _ stream: inout RandomStream) {
    switch self {
    case .normal(let mean, let deviation):
      for index in column.indices { column[index] = mean + deviation * stream.nextNormal() }
    case .bernoulli(let p):
      for index in column.indices { column[index] = stream.nextUnit() < p ? 1 : 0 }
    case .uniform:
      for index in column.indices { column[index] = stream.nextUnit() }
    }
  }
}

/// Run lengths of a detector from its start to its first alarm, over simulated runs.
///
/// Run r draws its values from the stream "drift/run-length", entity r: another threshold meets the same values.
package struct SimulatedRunLengths: Sendable, Equatable {
  /// In the order of the runs; a run without an alarm has `most`.
  package let lengths: [Int]
  /// How many values a run has at most.
  package let most: Int
  /// Runs without an alarm.
  package let unfinished: Int

  /// - Parameters:
  ///   - detector: fresh; each run begins with a copy.
  ///   - after: values of `before` that every run begins with; its length counts from there, and runs that alarm before are
  ///     left out.
  package init(
    of detector: some DriftDetector, on values: DriftValues, runs: Int, most: Int, seed: UInt64,
    after: (before: DriftValues, count: Int)? = nil
  ) {
    let key = DrawKey(seed: seed, StreamName("drift/run-length"))
    var lengths: [Int] = []
    lengths.reserveCapacity(runs)
    var unfinished = 0
    for run in 0..<runs {
      var stream = RandomStream(key, entity: UInt64(run))
      var detector = detector
      if let after {
        var column = [Double](repeating: 0, count: after.count)
        after.before.fill(&column, &stream)
        guard detector.record(of: column).drifts.isEmpty else { continue }
      }
      let length = Self.length(&detector, values, &stream, most)
      if length == nil { unfinished += 1 }
      lengths.append(length ?? most)
    }
    self.lengths = lengths
    self.most = most
    self.unfinished = unfinished
  }

  private static func length(
    _ detector: inout some DriftDetector, _ values: DriftValues, _ stream: inout RandomStream,
    _ most: Int
  ) -> Int? {
    var (size, seen) = (16, 0)
    while seen < most {
      var column = [Double](repeating: 0, count: min(size, most - seen))
      values.fill(&column, &stream)
      if let first = detector.record(of: column).drifts.first { return seen + first + 1 }
      seen += column.count
      size = min(1_024, 2 * size)
    }
    return nil
  }

  /// The mean of the lengths; a lower bound where runs are unfinished.
  package func mean() throws(Unavailable) -> TEstimate {
    let moments = try Moments(of: lengths.map(Double.init))
    return TEstimate(
      value: moments.mean, standardError: moments.standardError,
      degreesOfFreedom: Double(moments.count - 1))
  }

  /// The share of the runs that alarm within so many values, with Wilson's interval.
  package func probability(
    within count: Int, level: Double = 0.95
  ) -> (value: Double, interval: ClosedRange<Double>) {
    precondition(count < most || unfinished == 0, "\(count) values of runs of \(most)")
    let early = lengths.count { $0 <= count }
    return (
      Double(early) / Double(lengths.count),
      Wilson.interval(successes: early, trials: lengths.count, level: level)
    )
  }
}
