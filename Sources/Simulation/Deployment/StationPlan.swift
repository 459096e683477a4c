import Probability
import Traffic

/// How a queue and its replicas serve.
package struct StationPlan: Sendable, Equatable {
  package var discipline = Discipline.fifo
  package var balancing = Balancing.central
  package var shedding = Shedding.newest
  package var batch: BatchPlan?
  /// How fast each replica is (of several idle ones the first is taken): the service time is divided by it. Replica i has `speeds[i % count]`;
  /// empty is 1 for all.
  package var speeds: [Double] = []
  package var scaling = ScalingPlan.fixed
  /// How long a replica takes from its order until it serves, in seconds; nil is no time.
  package var coldStart: Distribution?
  /// What the first requests after a replica's start or repair cost; those there from the first are cold.
  package var coldCache: ColdCachePlan?
  /// A replica without work is switched off and needs this long (in seconds) to come back; nil is never.
  package var setUp: Distribution?
  package var failures: [FailurePlan] = []
  package var onFailure = OnFailure.fail

  package init() {}

  /// Who is served next.
  package enum Discipline: String, Sendable, CaseIterable, BitwiseCopyable {
    /// First come, first served.
    case fifo
    /// Last come, first served; nobody is interrupted.
    case lifo
    /// The lowest priority number first, then first come; nobody is interrupted.
    case priority
    /// The earliest deadline first; without one last.
    case deadline
    /// All at once, each replica's speed divided evenly among those on it; nobody waits.
    case processorSharing
  }

  /// Which queue a request joins.
  package enum Balancing: Sendable, Equatable {
    /// One queue in front of all replicas.
    case central
    /// A queue a replica; the next in turn.
    case roundRobin
    /// A queue a replica; drawn.
    case random
    /// The replica with the fewest requests waiting and in service, the first of equals.
    case leastLoaded
    /// The less loaded of `choices` drawn replicas.
    case choices(Int)
    /// By the hash of the unit: the k-th of those who live by rendezvous hashing.
    case sticky
  }

  /// Who is turned away at a full queue.
  package enum Shedding: String, Sendable, CaseIterable, BitwiseCopyable {
    /// Who comes.
    case newest
    /// Who has waited longest.
    case oldest
    /// The highest priority number, the last of equals; it may be who comes.
    case leastUrgent
  }

  /// What becomes of requests on a replica that fails.
  package enum OnFailure: String, Sendable, CaseIterable {
    /// They end in an error.
    case fail
    /// They go back to the head of the queue and start anew.
    case requeue
  }
}

/// Several requests in one service.
package struct BatchPlan: Sendable, Equatable {
  /// At least 1.
  package var largest: Int
  /// A batch that is not full starts when its oldest request has waited so long; zero is at once.
  package var longestWait: SimulatedDuration
  /// Sizes that start at once, ascending: the largest that is not above the number who wait. A batch that
  /// is smaller than all of them starts when its oldest request has waited long enough. Empty is
  /// `largest` alone.
  package var preferred: [Int] = []
  package var time: BatchTime

  package init(largest: Int, longestWait: SimulatedDuration = .zero, time: BatchTime = .slowest) {
    self.largest = largest
    self.longestWait = longestWait
    self.time = time
  }

  /// How long a batch takes, from the single times of its requests.
  package enum BatchTime: Sendable, Equatable {
    /// The longest of them.
    case slowest
    /// Their sum.
    case sum
    /// The time of the first, times a factor that is linear between the points (size, factor), the sizes
    /// ascending from 1; beyond the last point the last two go on.
    case curve([CurvePoint])
  }

  package struct CurvePoint: Sendable, Equatable {
    package var size: Int
    package var factor: Double

    package init(size: Int, factor: Double) {
      self.size = size
      self.factor = factor
    }
  }
}

/// Who decides how many replicas there are.
package enum ScalingPlan: Sendable, Equatable {
  /// `ServicePlan.replicas`, always.
  case fixed
  /// From each offset on so many: after the start of the period that holds the first arrival, periods
  /// counted from 1970 on (a day's begins at midnight UTC); without a period after the first arrival.
  case schedule(ReplicaSchedule)
  case automatic(AutoscalerPlan)
}

package struct ReplicaSchedule: Sendable, Equatable {
  /// Ascending offsets, the first 0.
  package var steps: [Step]
  /// After which it begins anew; nil is never.
  package var period: SimulatedDuration?

  package struct Step: Sendable, Equatable {
    package var from: SimulatedDuration
    package var replicas: Int

    package init(from: SimulatedDuration, replicas: Int) {
      self.from = from
      self.replicas = replicas
    }
  }

  package init(steps: [Step], period: SimulatedDuration? = nil) {
    self.steps = steps
    self.period = period
  }
}

/// The control loop of Knative's pod autoscaler or Kubernetes' horizontal pod autoscaler.
///
/// Starts with `ServicePlan.replicas`, held to `fewest...most`.
package struct AutoscalerPlan: Sendable, Equatable {
  package var kind: Kind
  /// What `signal` shall be for each replica: requests in service and waiting (concurrency), the busy share
  /// (utilisation, in (0, 1]), or requests that wait (queue length).
  package var target: Double
  package var signal: Signal
  package var fewest = 1
  package var most: Int
  /// How often it looks.
  package var interval: SimulatedDuration

  package init(kind: Kind, signal: Signal, target: Double, most: Int, interval: SimulatedDuration) {
    self.kind = kind
    self.signal = signal
    self.target = target
    self.most = most
    self.interval = interval
  }

  package enum Signal: String, Sendable, CaseIterable { case concurrency, utilisation, queue }

  package enum Kind: Sendable, Equatable {
    /// Replicas = ceil(replicas · signal / target), unless the ratio is within `tolerance` of 1; going
    /// down, the largest wish of the last `stabilisation`; at most `growth` times or `growthBy` more, and
    /// at most `shrinkBy` fewer, a `ratePeriod`.
    case horizontal(HorizontalPlan)
    /// The mean over `stableWindow`, or over `panicWindow` while that asks for `panicThreshold` times the
    /// replicas there are; in panic it never goes down.
    case knative(KnativePlan)
  }

  /// - Source: Kubernetes documentation, "Horizontal Pod Autoscaling": algorithm and default behaviour.
  package struct HorizontalPlan: Sendable, Equatable {
    package var tolerance = 0.1
    package var stabilisation = SimulatedDuration(seconds: 300)
    package var growth = 2.0
    package var growthBy = 4
    package var shrinkBy = Int.max
    package var ratePeriod = SimulatedDuration(seconds: 15)

    package init() {}
  }

  /// - Source: Knative Serving documentation, "Autoscaling": windows, panic mode, rates, scale to zero.
  package struct KnativePlan: Sendable, Equatable {
    package var stableWindow = SimulatedDuration(seconds: 60)
    /// A share of the stable window.
    package var panicShare = 0.1
    package var panicThreshold = 2.0
    package var maximumGrowth = 1000.0
    package var maximumShrink = 2.0
    package var scaleDownDelay = SimulatedDuration.zero
    /// How long the last replica stays once nothing is asked of it; only with `fewest` 0.
    package var graceToZero = SimulatedDuration(seconds: 30)

    package init() {}
  }
}

/// The first requests on a new replica are slower.
package struct ColdCachePlan: Sendable, Equatable {
  /// The first request's time is multiplied by it; at least 1.
  package var factor: Double
  /// The number of requests over which what is above 1 falls to a half.
  package var halvedAfter: Double

  package init(factor: Double, halvedAfter: Double) {
    self.factor = factor
    self.halvedAfter = halvedAfter
  }
}

/// What goes wrong with replicas by itself.
package enum FailurePlan: Sendable, Equatable {
  /// Each replica fails after a time of work and idleness, and is repaired, in seconds.
  case breakdowns(lasting: Distribution, every: Distribution)
  /// A share of the replicas is gone at once, the nearest whole number: drawn intervals between outages, or at stated times.
  case outages(OutageTimes, lasting: Distribution, share: Double)
  /// Like breakdowns or outages, but the replicas are slower by `factor` instead.
  case slowness(lasting: Distribution, every: Distribution, factor: Double)

  package enum OutageTimes: Sendable, Equatable {
    /// Seconds from the end of one to the start of the next.
    case every(Distribution)
    /// From the first arrival on.
    case at([SimulatedDuration])
  }
}
