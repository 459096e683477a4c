import Probability
import Traffic

/// What is asked of replicas, in parts of what they can serve in the long run.
package struct ServiceLoad: Sendable, Equatable {
  package var place: Place
  package var verdict: Verdict
  /// What the number leaves out, or is true of.
  package var notes: [Note] = []

  package enum Place: Sendable, Equatable {
    /// The arm whose replicas they are, with those who share them.
    case arm(String)
    case station(String)

    package var name: String {
      switch self {
      case .arm(let name), .station(let name): name
      }
    }
  }

  package enum Verdict: Sendable, Equatable {
    /// Below 1: queues end.
    case stable(load: Double)
    /// From 1 up, and nobody is ever turned away: the queue grows for as long as traffic comes.
    case unstable(load: Double)
    /// From 1 up, and some are turned away or leave: at least this share of them.
    case overloaded(load: Double, lost: Double, Loss)
    case notDeterminable(Reason)
    /// Users in a closed loop wait for it: no more than so many requests a second are answered, all arms
    /// together, because the users send no more or its replicas serve no more.
    case closed(most: Double, Bound)
  }

  package enum Bound: Sendable, Equatable { case users, replicas }

  /// How an overload ends.
  package enum Loss: Sendable, Equatable { case turnedAway, withoutAnswer }

  package enum Reason: Sendable, Equatable {
    case unknownRate, loggedTimes, sizedTimes, noMean, languageEngine, slowestOfBatch, held
    /// A failure whose times have no mean.
    case failuresWithoutMean
  }

  package enum Note: Sendable, Equatable {
    /// The load while traffic is at its most.
    case atPeak(Double)
    /// The load while the schedule has its fewest replicas.
    case atFewest(Double)
    case atMost(replicas: Int)
    case fullBatches(of: Int)
    case afterRateLimit(turnedAway: Double)
    case retries
    case hedges
    case evenUnits
    /// Users in a closed loop send no more than so many requests a second.
    case whileUsersSend(most: Double)
  }

  package init(_ place: Place, _ verdict: Verdict, notes: [Note] = []) {
    self.place = place
    self.verdict = verdict
    self.notes = notes
  }
}

/// How many requests come in a second: over the long run, and while most come.
package struct TrafficRate: Sendable, Equatable {
  package var mean: Double
  package var peak: Double

  package init(mean: Double, peak: Double) {
    self.mean = mean
    self.peak = peak
  }
}

extension TrafficPlan {
  /// nil where the rate stands in a recording, or is that of groups whose size has no mean in closed form.
  package var rate: TrafficRate? {
    switch self {
    case .synthetic(let plan) where plan.isPaced: return nil
    case .replay(let plan):
      guard plan.timeColumn == nil, let rate = plan.rate else { return nil }
      let own = rate * plan.speed * plan.shareOfUnits
      return TrafficRate(mean: own, peak: own)
    case .synthetic(let plan):
      let (rate, size) = (plan.arrivals.rate, plan.meanGroup)
      return size.map { TrafficRate(mean: rate.mean * $0, peak: rate.peak * $0) }
    }
  }
}

extension SyntheticPlan {
  /// How many requests come at each arrival: rounded, and at least one.
  fileprivate var meanGroup: Double? {
    switch groups {
    case nil: 1
    case .constant(let size): max(1, size.rounded())
    case .empirical(let sizes):
      sizes.reduce(0) { $0 + max(1, $1.rounded()) } / Double(sizes.count)
    default: nil
    }
  }
}

extension SyntheticPlan.Arrivals {
  fileprivate var rate: TrafficRate {
    switch self {
    case .constant(let rate), .poisson(let rate), .hawkes(let rate, _, _):
      return TrafficRate(mean: rate, peak: rate)
    case .users: return TrafficRate(mean: 0, peak: 0)
    case .piecewise(_, let rates):
      return TrafficRate(mean: rates.reduce(0, +) / Double(rates.count), peak: rates.max() ?? 0)
    case .wave(let wave):
      return TrafficRate(mean: wave.mean, peak: wave.mean * (1 + wave.amplitude))
    case .states(let states):
      // In proportion to how long states last.
      let stays = states.map { Double($0.stay.nanoseconds) }
      let requests = zip(states, stays).reduce(0) { $0 + $1.0.rate * $1.1 }
      return TrafficRate(
        mean: requests / stays.reduce(0, +), peak: states.map(\.rate).max() ?? 0)
    }
  }
}
