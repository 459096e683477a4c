import Probability
import Simulation
import Traffic

/// A random configuration with everything that a cell can do, small times so that many are equal.
struct CellTrial {
  var run: CellRun
  private var luck: RandomStream

  init(seed: UInt64, requests: Int = 50) {
    luck = RandomStream(seed: seed, StreamName("test/cell"), entity: 0)
    run = CellRun(logged(), times: [], lengths: [])
    run.seed = seed
    for name in ["store", "ranker", "pool"].prefix(Int(luck.below(4))) {
      run.stations.append(station(name))
    }
    let armCount = Int(luck.below(3)) + 1
    run.services = (0..<armCount).map { _ in logged() }
    for arm in 0..<armCount { run.services[arm] = service(arm) }
    var now = Int64(luck.below(2_000)) - 1_000
    for _ in 0..<requests {
      now += Int64(luck.below(luck.below(10) == 0 ? 60 : 6))
      run.times.append(now)
      run.lengths.append(luck.below(20) == 0 ? -1 : Int64(luck.below(luck.below(8) == 0 ? 60 : 12)))
      run.units.append(UInt64(luck.below(7)))
      run.priorities.append(UInt8(luck.below(4)))
    }
  }

  private mutating func chance(_ count: UInt32, of all: UInt32) -> Bool { luck.below(all) < count }

  /// A length of time below `bound` nanoseconds.
  private mutating func length(_ bound: UInt32) -> SimulatedDuration {
    nanoseconds(Int64(luck.below(bound)))
  }

  private mutating func distribution(_ mean: Double) -> Distribution {
    switch luck.below(3) {
    case 0: .constant(mean * 1e-9)
    case 1: .exponential(mean: mean * 1e-9)
    default: .uniform(low: 0, high: 2 * mean * 1e-9)
    }
  }

  private mutating func station(_ name: String) -> NamedStation {
    var plan = ServicePlan(time: .drawn(distribution(4)))
    plan.replicas = Int(luck.below(4)) + 1
    if chance(1, of: 3) { plan.queueLimit = Int(luck.below(6)) }
    if chance(1, of: 4) { plan.errorRate = 0.2 }
    plan.station = stationPlan(canBatch: name != "pool")
    return NamedStation(name: name, service: plan)
  }

  private mutating func service(_ arm: Int) -> ServicePlan {
    var plan = ServicePlan(
      time: chance(1, of: 2)
        ? .logged(scale: [1, 0.5, 2][Int(luck.below(3))])
        : .drawn(distribution(6)))
    plan.replicas = Int(luck.below(5)) + 1
    if chance(1, of: 2) { plan.queueLimit = Int(luck.below(8)) }
    if chance(1, of: 2) {
      plan.timeout = length(40)
      plan.timeoutCancels = chance(2, of: 3)
    }
    plan.errorRate = [0, 0, 0.2, 0.6][Int(luck.below(4))]
    plan.luck = chance(1, of: 2) ? .own : .shared
    if arm > 0 && chance(1, of: 2) { plan.sharedWith = "arm0" }
    plan.station = stationPlan(canBatch: true)
    plan.client = clientPlan()
    plan.route = route()
    return plan
  }

  private mutating func route() -> [RouteStep] {
    if chance(1, of: 2) { return [] }
    var steps: [RouteStep] = []
    let names = run.stations.map(\.name)
    if names.contains("pool") && chance(2, of: 3) { steps.append(.hold("pool")) }
    if let name = names.first, chance(1, of: 2) { steps.append(.visit(name)) }
    if chance(4, of: 5) { steps.append(.own(again: [0, 0, 0.3][Int(luck.below(3))])) }
    if names.count > 1 && chance(1, of: 2) {
      steps.append(.fanOut([names[0], names[1], names[0]], needed: Int(luck.below(3)) + 1))
    }
    return steps
  }

  private mutating func stationPlan(canBatch: Bool) -> StationPlan {
    var plan = StationPlan()
    plan.discipline = StationPlan.Discipline.allCases[Int(luck.below(canBatch ? 5 : 4))]
    let balancings: [StationPlan.Balancing] = [
      .central, .central, .roundRobin, .random, .leastLoaded, .choices(2), .sticky,
    ]
    plan.balancing = balancings[Int(luck.below(7))]
    plan.shedding = StationPlan.Shedding.allCases[Int(luck.below(3))]
    let isShared = plan.discipline == .processorSharing
    if canBatch && !isShared && chance(1, of: 3) { plan.batch = batch() }
    if chance(1, of: 3) { plan.speeds = [1, 2, 0.5] }
    if chance(1, of: 2) { plan.scaling = scaling() }
    if chance(1, of: 2) { plan.coldStart = distribution(15) }
    if chance(1, of: 4) { plan.coldCache = ColdCachePlan(factor: 2, halvedAfter: 3) }
    if !isShared && chance(1, of: 6) { plan.setUp = distribution(5) }
    if chance(1, of: 3) {
      plan.failures.append(.breakdowns(lasting: distribution(10), every: distribution(60)))
    }
    if chance(1, of: 4) {
      plan.failures.append(
        .outages(.every(distribution(150)), lasting: distribution(20), share: 0.5))
    }
    if chance(1, of: 4) {
      plan.failures.append(
        .outages(.at([length(50), nanoseconds(90)]), lasting: distribution(20), share: 1))
    }
    if chance(1, of: 4) {
      plan.failures.append(
        .slowness(lasting: distribution(20), every: distribution(40), factor: 3))
    }
    plan.onFailure = chance(1, of: 2) ? .fail : .requeue
    return plan
  }

  private mutating func batch() -> BatchPlan {
    let times: [BatchPlan.BatchTime] = [
      .slowest, .sum, .curve([.init(size: 1, factor: 1), .init(size: 4, factor: 1.6)]),
    ]
    var plan = BatchPlan(
      largest: Int(luck.below(5)) + 1, longestWait: length(12), time: times[Int(luck.below(3))])
    if chance(1, of: 2) { plan.preferred = [2, 3] }
    return plan
  }

  private mutating func scaling() -> ScalingPlan {
    if chance(1, of: 3) {
      return .schedule(
        ReplicaSchedule(
          steps: [0, 40, 70].map {
            .init(from: nanoseconds($0), replicas: Int(luck.below(4)) + ($0 == 0 ? 1 : 0))
          }, period: chance(1, of: 2) ? nanoseconds(100) : nil))
    }
    var horizontal = AutoscalerPlan.HorizontalPlan()
    horizontal.stabilisation = length(60)
    horizontal.ratePeriod = nanoseconds(15)
    var knative = AutoscalerPlan.KnativePlan()
    knative.stableWindow = nanoseconds(40)
    knative.graceToZero = nanoseconds(10)
    let signals = AutoscalerPlan.Signal.allCases
    var plan = AutoscalerPlan(
      kind: chance(1, of: 2) ? .horizontal(horizontal) : .knative(knative),
      signal: signals[Int(luck.below(3))], target: 0.7, most: 6, interval: nanoseconds(9))
    plan.fewest = Int(luck.below(2))
    return .automatic(plan)
  }

  private mutating func clientPlan() -> ClientPlan {
    var plan = ClientPlan()
    if chance(1, of: 4) { plan.deadline = length(90) }
    if chance(1, of: 4) { plan.patience = distribution(20) }
    if chance(1, of: 2) { plan.retry = retry() }
    if chance(1, of: 3) {
      plan.hedge = HedgePlan(after: length(15), attempts: Int(luck.below(2)) + 2)
      plan.hedge?.cancelsOthers = chance(1, of: 2)
    }
    if chance(1, of: 5) { plan.rateLimit = RateLimitPlan(perSecond: 3e8, burst: 3) }
    if chance(1, of: 4) {
      plan.breaker = BreakerPlan(
        failureShare: 0.5, fewest: 4, window: nanoseconds(60), rest: nanoseconds(25))
      plan.breaker?.probes = Int(luck.below(2)) + 1
    }
    plan.priority = Int(luck.below(16))
    return plan
  }

  private mutating func retry() -> RetryPlan {
    let backoff = RetryPlan.Backoff(
      first: nanoseconds(3), longest: nanoseconds(20),
      jitter: RetryPlan.Jitter.allCases[Int(luck.below(4))])
    let budgets: [RetryBudget?] = [
      nil, .earned(share: 0.3, perSecond: 1e7, burst: 5), .tokens(most: 6, perSuccess: 0.2),
      .concurrent(share: 0.3, atLeast: 1),
    ]
    var plan = RetryPlan(
      attempts: Int(luck.below(4)) + 1,
      delay: chance(1, of: 2) ? .drawn(distribution(6)) : .backoff(backoff),
      budget: budgets[Int(luck.below(4))])
    plan.onTimeout = chance(3, of: 4)
    plan.onError = chance(3, of: 4)
    plan.onShed = chance(3, of: 4)
    return plan
  }
}
