import Models
import Probability
import Simulation
import Traffic

@testable import Scenarios

/// Draws plans that a scenario can write, with awkward numbers in them.
struct PlanLuck {
  private var stream: RandomStream

  init(entity: UInt64) {
    stream = RandomStream(seed: 4, StreamName("test/plans"), entity: entity)
  }

  /// From 0 up to below `count`.
  mutating func below(_ count: Int) -> Int { Int(stream.nextWord() % UInt32(count)) }
  mutating func coin() -> Bool { below(2) == 0 }
  mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }

  mutating func maybe<Value>(_ make: (inout PlanLuck) -> Value) -> Value? {
    coin() ? make(&self) : nil
  }

  /// A number above 0 and below 1, sometimes a round one.
  mutating func share() -> Double {
    coin() ? 0.25 : (Double(stream.nextWord()) + 0.5) / 4_294_967_296
  }

  mutating func duration() -> SimulatedDuration {
    SimulatedDuration(
      nanoseconds: 1 + Int64(stream.nextWord()) * one(of: [1, 1000, 1_000_000, 7]))
  }

  /// A law of durations that has a mean above zero.
  mutating func law(depth: Int = 1) -> Distribution {
    let scale = share() * one(of: [1e-9, 1e-3, 1, 86_400])
    switch below(depth > 0 ? 8 : 7) {
    case 0: return .constant(scale)
    case 1: return .uniform(low: scale, high: scale * 3)
    case 2: return .exponential(mean: scale)
    case 3: return .lognormal(mu: -8 * share(), sigma: 1 + share())
    case 4: return .gamma(shape: share(), scale: scale)
    case 5: return .weibull(shape: 1 + share(), scale: scale)
    case 6:
      return coin()
        ? .pareto(minimum: scale, shape: 1 + share())
        : .empirical(values: [scale, scale * 2, scale * 2])
    default:
      let parts = [law(depth: 0), law(depth: 0)]
      return .mixture(parts.map { .init(weight: share(), distribution: $0) })
    }
  }

  // MARK: Stations

  mutating func service() -> ServicePlan {
    var plan = ServicePlan(time: .drawn(law()))
    plan.replicas = 1 + below(1000)
    plan.queueLimit = maybe { 100 + $0.below(1000) }
    plan.errorRate = coin() ? 0 : share()
    plan.luck = one(of: ServicePlan.Luck.allCases)
    var station = StationPlan()
    station.discipline = one(of: [.fifo, .lifo, .priority, .processorSharing])
    station.balancing = one(
      of: [.central, .roundRobin, .random, .leastLoaded, .choices(2), .choices(7), .sticky])
    if station.discipline == .processorSharing { plan.queueLimit = nil }
    if plan.queueLimit != nil { station.shedding = one(of: StationPlan.Shedding.allCases) }
    if station.discipline != .processorSharing { station.batch = maybe { $0.batch() } }
    station.speeds = coin() ? [] : [1, share(), 1 / share()]
    station.setUp = maybe { $0.law() }
    station.coldCache = maybe {
      ColdCachePlan(factor: 1 + $0.share(), halvedAfter: 1 / $0.share())
    }
    station.failures = (0..<below(4)).map { _ in failure() }
    if !station.failures.isEmpty, coin() { station.onFailure = .requeue }
    plan.station = station
    scale(&plan)
    return plan
  }

  private mutating func batch() -> BatchPlan {
    var plan = BatchPlan(largest: 8 + below(90), longestWait: coin() ? .zero : duration())
    plan.preferred = coin() ? [] : [1 + below(3), 4 + below(4)]
    plan.time = one(
      of: [
        .slowest, .sum,
        .curve([.init(size: 1, factor: share()), .init(size: 2 + below(9), factor: 1 + share())]),
      ])
    return plan
  }

  private mutating func failure() -> FailurePlan {
    switch below(4) {
    case 0: .breakdowns(lasting: law(), every: law())
    case 1: .outages(.every(law()), lasting: law(), share: share())
    case 2:
      .outages(
        .at([.zero, duration()]), lasting: law(), share: 1)
    default: .slowness(lasting: law(), every: law(), factor: 1 + share())
    }
  }

  private mutating func scale(_ plan: inout ServicePlan) {
    switch below(4) {
    case 0: return
    case 1:
      let period = duration()
      let steps = [
        ReplicaSchedule.Step(from: .zero, replicas: plan.replicas),
        .init(from: period, replicas: 1 + below(9)),
      ]
      plan.station.scaling = .schedule(
        ReplicaSchedule(
          steps: steps,
          period: maybe { SimulatedDuration(nanoseconds: period.nanoseconds * ($0.coin() ? 2 : 5)) }
        ))
    case 2: plan.station.scaling = .automatic(horizontal(plan.replicas))
    default: plan.station.scaling = .automatic(knative(plan.replicas))
    }
    plan.station.coldStart = maybe { $0.law() }
  }

  private mutating func horizontal(_ replicas: Int) -> AutoscalerPlan {
    var own = AutoscalerPlan.HorizontalPlan()
    own.tolerance = coin() ? 0 : share()
    own.stabilisation = coin() ? .zero : duration()
    own.growth = 1 + share()
    own.growthBy = 1 + below(9)
    if coin() { own.shrinkBy = 1 + below(9) }
    own.ratePeriod = duration()
    var plan = AutoscalerPlan(
      kind: .horizontal(own), signal: one(of: AutoscalerPlan.Signal.allCases), target: share(),
      most: replicas + below(9), interval: duration())
    plan.fewest = 1 + below(replicas)
    return plan
  }

  private mutating func knative(_ replicas: Int) -> AutoscalerPlan {
    var own = AutoscalerPlan.KnativePlan()
    own.stableWindow = duration()
    own.panicShare = share()
    own.panicThreshold = 1 + share()
    own.maximumGrowth = 1 + share()
    own.maximumShrink = 1 + share()
    own.scaleDownDelay = coin() ? .zero : duration()
    let fewest = below(2) * (1 + below(replicas))
    if fewest == 0 { own.graceToZero = duration() }
    var plan = AutoscalerPlan(
      kind: .knative(own), signal: one(of: AutoscalerPlan.Signal.allCases), target: share(),
      most: replicas + below(9), interval: duration())
    plan.fewest = fewest
    return plan
  }

  // MARK: Clients

  mutating func client() -> ClientPlan {
    var plan = ClientPlan()
    plan.deadline = maybe { $0.duration() }
    plan.patience = maybe { $0.law() }
    plan.retry = maybe { $0.retry() }
    plan.hedge = maybe {
      var hedge = HedgePlan(after: $0.duration(), attempts: 2 + $0.below(4))
      hedge.cancelsOthers = $0.coin()
      return hedge
    }
    plan.rateLimit = maybe { RateLimitPlan(perSecond: 1 / $0.share(), burst: 1 / $0.share()) }
    plan.breaker = maybe {
      var breaker = BreakerPlan(
        failureShare: $0.share(), fewest: 1 + $0.below(99), window: $0.duration(),
        rest: $0.duration())
      breaker.probes = 1 + $0.below(9)
      return breaker
    }
    plan.priority = below(16)
    return plan
  }

  private mutating func retry() -> RetryPlan {
    let first = duration()
    let backoff = RetryPlan.Backoff(
      first: first, factor: 1 + share(),
      longest: SimulatedDuration(nanoseconds: first.nanoseconds + duration().nanoseconds),
      jitter: one(of: RetryPlan.Jitter.allCases))
    let budget: RetryBudget? = maybe {
      switch $0.below(3) {
      case 0: .earned(share: $0.share(), perSecond: $0.share(), burst: 1 / $0.share())
      case 1: .tokens(most: 2 + $0.share(), perSuccess: $0.share())
      default: .concurrent(share: $0.share(), atLeast: $0.below(9))
      }
    }
    var plan = RetryPlan(
      attempts: 1 + below(9), delay: coin() ? .drawn(law()) : .backoff(backoff), budget: budget)
    (plan.onTimeout, plan.onError) = (coin(), coin())
    plan.onShed = !plan.onTimeout && !plan.onError
    return plan
  }

  mutating func language() -> LanguagePlan {
    let sequences = 1 + below(900)
    var plan = LanguagePlan(
      steps: steps(), sequences: sequences, tokenBudget: sequences + below(9999),
      memoryTokens: 100 + below(1_000_000))
    plan.blockTokens = 1 + below(100)
    (plan.chunkedPrefill, plan.prefixCaching) = (coin(), coin())
    plan.prefillPool = maybe {
      PrefillPoolPlan(
        replicas: 1 + $0.below(9), steps: $0.steps(), transferPerToken: $0.share() * 1e-6)
    }
    plan.costPerHour = maybe { $0.share() }
    return plan
  }

  private mutating func steps() -> StepTimes {
    StepTimes(
      base: share() * 1e-2, perPrefillToken: share() * 1e-5,
      perPrefillTokenSquared: coin() ? 0 : share() * 1e-10,
      perSequence: coin() ? 0 : share() * 1e-5, perCachedToken: coin() ? 0 : share() * 1e-9)
  }

  // MARK: Scenarios

  /// Two arms, the second sometimes on the first one's replicas, and stations that each is on a route.
  mutating func scenario() -> Scenario {
    var first = ArmPlan(name: "a", model: .file(path: "a"), service: service())
    var second = ArmPlan(name: "b", model: .file(path: "b"), service: service())
    if coin() {
      var shared = ServicePlan(time: .drawn(law()))
      shared.sharedWith = "a"
      second.service = shared
    }
    first.service?.client = client()
    second.service?.client = coin() ? ClientPlan() : client()
    first.service?.timeout = maybe { $0.duration() }
    if first.service?.timeout != nil, coin() { first.service?.station.discipline = .deadline }
    if first.service?.station.discipline == .deadline { first.service?.timeoutCancels = coin() }
    first.service?.route = [
      .hold("pool"), .visit("x y"), .fanOut(["z", "x y"], needed: 1 + below(2)),
      .own(again: coin() ? 0 : share()), .visit("z"),
    ]
    var recording = RecordingPlan(path: "a.csv")
    recording.timeColumn = "t"
    var scenario = Scenario(
      title: "t", seed: 1, traffic: .replay(recording), arms: [first, second])
    // A place is held of replicas that serve one at a time.
    var pool = service()
    pool.station.batch = nil
    if pool.station.discipline == .processorSharing { pool.station.discipline = .lifo }
    scenario.stations =
      [NamedStation(name: "pool", service: pool)]
      + ["x y", "z"].map { NamedStation(name: $0, service: service()) }
    return scenario
  }
}
