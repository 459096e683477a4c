import Statistics

/// What an arm's latency is in the long run, as far as one run can tell.
package enum SteadyStateFindings: Sendable, Equatable {
  /// It takes replications.
  case unavailable(SteadyGround.Obstacle)
  case found(Found)

  package struct Found: Sendable, Equatable {
    package var length: Length
    /// nil where answers are too few for it.
    package var warmUp: WarmUp?
    /// Of the latency in nanoseconds, after the warm-up; without an interval where the run is too short. nil
    /// where answers are too few.
    package var mean: Estimate?
    package var quantiles: [QuantileFinding] = []

    package init(length: Length) { self.length = length }
  }

  /// How long the run is for its load.
  package struct Length: Sendable, Equatable {
    /// Of the queue.
    package var load: OfferedLoad
    /// Of the queue, in this run, and how many would do; nil where no number does.
    package var customers: Int
    package var neededCustomers: Double?
    /// The same in requests of the traffic.
    package var neededRequests: Double?
    package var verdict: RunLength.Verdict

    package var isEnough: Bool { verdict == .enough }

    package init(_ run: RunLength, customersPerRequest: Double) {
      load = run.load
      customers = Int(run.customers)
      neededCustomers = run.needed
      neededRequests = run.needed.map { ($0 / customersPerRequest).rounded(.up) }
      verdict = run.verdict
    }
  }

  package struct WarmUp: Sendable, Equatable {
    /// Answers at the beginning that are left out.
    package var requests: Int
    /// False: the level has not been found to settle.
    package var isSettled: Bool

    package init(requests: Int, isSettled: Bool) {
      self.requests = requests
      self.isSettled = isSettled
    }
  }
}

extension SteadyStateFindings.Found {
  static let quantiles = [0.5, 0.95, 0.99]

  /// - Parameter level: of the intervals.
  init(_ output: SteadyOutput, length: SteadyStateFindings.Length, level: Double) {
    self.init(length: length)
    guard let warmUp = try? WarmUp(output.series) else { return }
    self.warmUp = .init(requests: Int(warmUp.length), isSettled: warmUp.isSettled)
    func interval(_ range: ClosedRange<Double>) -> Interval? {
      length.isEnough ? Interval(range, level: level) : nil
    }
    if let found = try? SteadyMean(output.series.batches, after: warmUp) {
      mean = Estimate(
        value: found.value, interval: interval(found.interval(level: level)),
        n: Int(found.length))
    }
    quantiles = Self.quantiles.compactMap { p in
      guard let found = try? output.quantiles.quantile(p, after: warmUp.length),
        Double(found.count) * (1 - p) >= 1
      else { return nil }
      return QuantileFinding(
        p: p,
        estimate: Estimate(
          value: found.value, interval: interval(found.interval(level: level)), n: found.count))
    }
  }
}
