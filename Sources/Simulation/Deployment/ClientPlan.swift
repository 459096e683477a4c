import Probability
import Traffic

/// What the clients of an arm do beside waiting for `ServicePlan.timeout`.
///
/// With retries or hedges, `ServicePlan.timeout` is the time for each attempt, and `deadline` the time
/// for all of them.
package struct ClientPlan: Sendable, Equatable {
  /// From arrival; nil is none.
  package var deadline: SimulatedDuration?
  /// How long a client waits in a queue before it leaves, in seconds; who is in service stays.
  package var patience: Distribution?
  package var retry: RetryPlan?
  package var hedge: HedgePlan?
  /// Attempts a second that may be sent; others are shed at once.
  package var rateLimit: RateLimitPlan?
  package var breaker: BreakerPlan?
  /// 0 is the most urgent; below 16. A priority of the traffic's own comes before it.
  package var priority = 0

  package init() {}
}

/// When an attempt is made again.
package struct RetryPlan: Sendable, Equatable {
  /// With the first; at least 1.
  package var attempts: Int
  package var delay: Delay
  package var budget: RetryBudget?
  package var onTimeout = true
  package var onError = true
  package var onShed = true

  package init(attempts: Int, delay: Delay, budget: RetryBudget? = nil) {
    self.attempts = attempts
    self.delay = delay
    self.budget = budget
  }

  package enum Delay: Sendable, Equatable {
    /// In seconds.
    case drawn(Distribution)
    /// `first` · `factor`^k before retry k + 1, at most `longest`, with jitter.
    case backoff(Backoff)
  }

  package struct Backoff: Sendable, Equatable {
    package var first: SimulatedDuration
    package var factor: Double
    package var longest: SimulatedDuration
    package var jitter: Jitter

    package init(
      first: SimulatedDuration, factor: Double = 2, longest: SimulatedDuration,
      jitter: Jitter = .full
    ) {
      self.first = first
      self.factor = factor
      self.longest = longest
      self.jitter = jitter
    }
  }

  /// - Source: Brooker (2015), "Exponential backoff and jitter".
  package enum Jitter: String, Sendable, CaseIterable, BitwiseCopyable {
    case none
    /// Uniform between 0 and the delay.
    case full
    /// Half of it, and uniform between 0 and the other half.
    case equal
    /// Uniform between the first delay and three times the last one drawn.
    case decorrelated
  }
}

/// How many retries an arm's clients may send together.
package enum RetryBudget: Sendable, Equatable {
  /// A retry needs a token; each first attempt earns `share` of one, up to `burst`, and `perSecond` come
  /// by themselves (as Finagle).
  case earned(share: Double, perSecond: Double, burst: Double)
  /// Tokens up to `most`: a failure takes 1, a success gives `perSuccess`; retries stop at half (as gRPC).
  case tokens(most: Double, perSuccess: Double)
  /// Retries in flight at most this share of all attempts in flight, and at least `atLeast` (as Envoy).
  case concurrent(share: Double, atLeast: Int)
}

/// A second attempt beside a slow first one; the first answer counts. Retries come when no attempt is
/// out any more; an attempt is a hedge only while fewer than `attempts` were sent.
package struct HedgePlan: Sendable, Equatable {
  /// From the start of the attempt before.
  package var after: SimulatedDuration
  /// With the first; at least 2.
  package var attempts: Int
  /// Whether the others are taken back at the first answer.
  package var cancelsOthers = true

  package init(after: SimulatedDuration, attempts: Int = 2) {
    self.after = after
    self.attempts = attempts
  }
}

/// A token bucket.
package struct RateLimitPlan: Sendable, Equatable {
  package var perSecond: Double
  /// Tokens at most, and at the start; at least 1.
  package var burst: Double

  package init(perSecond: Double, burst: Double) {
    self.perSecond = perSecond
    self.burst = burst
  }
}

/// A circuit breaker: closed, open, half open.
package struct BreakerPlan: Sendable, Equatable {
  /// It opens when, of at least `fewest` attempts that ended in the last `window`, this share failed or timed out.
  package var failureShare: Double
  package var fewest: Int
  package var window: SimulatedDuration
  /// How long it stays open.
  package var rest: SimulatedDuration
  /// Attempts let through half open; all must succeed for it to close.
  package var probes = 1

  package init(
    failureShare: Double, fewest: Int, window: SimulatedDuration, rest: SimulatedDuration
  ) {
    self.failureShare = failureShare
    self.fewest = fewest
    self.window = window
    self.rest = rest
  }
}
