import Statistics
import Traffic

/// What an arm's service went through, for the report; nil parts were not there to see.
package struct ServingFindings: Sendable, Equatable {
  /// Where clients ask more than once.
  package var attempts: AttemptCounts?
  /// Stretches of time, in order, without gaps.
  package var levels: [ServiceLevel] = []
  /// What an answer's latency is made of, in the order of a request's way.
  package var causes: [LatencyCause] = []
  /// Copies that the mirror meant to send and did not, because it was told to spare production.
  package var droppedCopies = 0
  package var language: LanguageFindings?
  /// Whether the service and the requests' own records agree on how long requests were there.
  package var littleLaw: LittleLaw.Verdict?
  package var steadyState: SteadyStateFindings?

  package init() {}

  /// Every attempt has one beginning and one end:
  /// first + retries + hedges = answered + late + timedOut + failed + shed + abandoned + cancelled + inFlight.
  package struct AttemptCounts: Sendable, Equatable {
    package var first = 0
    package var retries = 0
    package var hedges = 0
    /// The answer counted.
    package var answered = 0
    /// Answered after the client had stopped waiting for it, or had another answer.
    package var late = 0
    /// Given up by the client, and taken back from the queue or the replica.
    package var timedOut = 0
    package var failed = 0
    package var shed = 0
    package var abandoned = 0
    /// Taken back because another attempt was answered.
    package var cancelled = 0
    package var inFlight = 0
    /// Retries that a budget, a rate limit or an open breaker did not let go.
    package var retriesRefused = 0

    package init() {}
  }

  /// Means over a stretch of time.
  package struct ServiceLevel: Sendable, Equatable {
    package var start: SimulatedTime
    package var end: SimulatedTime
    package var waiting: Double
    package var busyReplicas: Double
    /// Replicas that could serve.
    package var readyReplicas: Double
    /// Replicas that were ordered: those that are still starting, too.
    package var orderedReplicas: Double

    package init(
      start: SimulatedTime, end: SimulatedTime, waiting: Double, busyReplicas: Double,
      readyReplicas: Double, orderedReplicas: Double
    ) {
      self.start = start
      self.end = end
      self.waiting = waiting
      self.busyReplicas = busyReplicas
      self.readyReplicas = readyReplicas
      self.orderedReplicas = orderedReplicas
    }
  }

  /// A part of the latency of answered requests.
  package struct LatencyCause: Sendable, Equatable {
    package var kind: Kind
    /// Nanoseconds, over all answered requests.
    package var mean: Double
    /// Nanoseconds, over the slowest hundredth of them; nil where they are fewer than 20.
    package var meanOfSlowest: Double?

    package enum Kind: String, Sendable, CaseIterable {
      /// Attempts before the one that was answered, and the pauses between.
      case retry
      case queue
      /// Waiting in an open batch for others.
      case batch
      case service
      /// Other stations on the way: their queues and services.
      case stations
    }

    package init(kind: Kind, mean: Double, meanOfSlowest: Double?) {
      self.kind = kind
      self.mean = mean
      self.meanOfSlowest = meanOfSlowest
    }
  }

  /// Of a language model's engine.
  package struct LanguageFindings: Sendable, Equatable {
    package var promptTokens = 0
    package var generatedTokens = 0
    /// Prompt tokens whose keys and values were found in the cache.
    package var cachedTokens = 0
    /// Prompt and generated tokens computed anew after a preemption.
    package var recomputedTokens = 0
    package var preemptions = 0
    package var steps = 0
    package var generatedPerSecond: Double?
    /// The largest share of the memory that was in use on a replica.
    package var peakMemory: Double?
    /// In the scenario's currency; nil where no price is given.
    package var costPerMillionTokens: Double?
    /// Nanoseconds.
    package var firstToken: [QuantileFinding] = []
    /// Nanoseconds between two tokens of an answer, the mean of each answer.
    package var tokenGap: [QuantileFinding] = []

    package init() {}
  }
}
