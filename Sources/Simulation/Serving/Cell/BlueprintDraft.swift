import Probability
import Traffic

/// The arrays of which a `CellBlueprint` is made.
struct BlueprintDraft {
  var clients: [ClientNumbers] = []
  var stations: [StationNumbers] = []
  var steps: [StepNumbers] = []
  var branches: [Int32] = []
  var faults: [FaultNumbers] = []
  var outageTimes: [Int64] = []
  var speeds: [Double] = []
  var curve: [CurveNumbers] = []
  var preferred: [Int32] = []
  var schedule: [ScheduleNumbers] = []
  var accounts: [Int32] = []
  var autoscalers: [AutoscalerPlan] = []
  var replicaCount = 0
  var queueCount = 0
  var wordCount = 0

  static let mostReplicas = 1 << 22

  /// A station; `accounts` are the members or the one of a named station.
  mutating func add(_ plan: ServicePlan, accounts: [Int]) {
    let station = plan.station
    var numbers = StationNumbers()
    let capacity = ServiceCapacity(plan)
    numbers.queueLimit = capacity.queueLimit
    numbers.discipline = station.discipline
    numbers.shedding = station.shedding
    (numbers.balancing, numbers.choices) = Self.balancing(station.balancing)
    if let batch = station.batch { add(batch, to: &numbers) }
    add(speeds: station, to: &numbers)
    numbers.hasColdStart = station.coldStart != nil
    numbers.hasSetUp = station.setUp != nil
    numbers.failsVisits = station.onFailure == .fail
    add(scaling: station.scaling, replicas: capacity.replicas, to: &numbers)
    add(faults: station.failures, to: &numbers)
    precondition(
      numbers.most <= Self.mostReplicas, "\(numbers.most) replicas are too many for events")
    precondition(!(numbers.isShared && numbers.hasBatches), "batches on shared processors")
    numbers.firstReplica = replicaCount
    replicaCount += numbers.most
    numbers.firstQueue = queueCount
    queueCount += numbers.hasOwnQueues ? numbers.most + 1 : 1
    numbers.firstWord = wordCount
    wordCount += (numbers.most + 63) / 64
    numbers.firstAccount = self.accounts.count
    numbers.accountCount = accounts.count
    self.accounts += accounts.map { Int32($0) }
    stations.append(numbers)
  }

  mutating func addNamed(_ plan: ServicePlan, account: Int) {
    add(plan, accounts: [account])
    let last = stations.count - 1
    stations[last].errorRate = plan.errorRate
    if case .logged(let scale) = plan.time {
      stations[last].isLogged = true
      stations[last].scale = scale
    }
  }

  private static func balancing(_ plan: StationPlan.Balancing) -> (BalancingKind, Int) {
    switch plan {
    case .central: return (.central, 1)
    case .roundRobin: return (.roundRobin, 1)
    case .random: return (.random, 1)
    case .leastLoaded: return (.leastLoaded, 1)
    case .choices(let count):
      precondition(count > 0, "\(count) choices")
      return (.choices, count)
    case .sticky: return (.sticky, 1)
    }
  }

  private mutating func add(_ plan: BatchPlan, to numbers: inout StationNumbers) {
    precondition(plan.largest > 0, "batches of \(plan.largest)")
    precondition(plan.longestWait >= .zero, "a batch waits \(plan.longestWait)")
    numbers.hasBatches = true
    numbers.largest = plan.largest
    numbers.longestWait = plan.longestWait.nanoseconds
    let sizes = plan.preferred.filter { $0 > 0 && $0 <= plan.largest }.sorted()
    numbers.firstPreferred = preferred.count
    numbers.preferredCount = sizes.count
    preferred += sizes.map { Int32($0) }
    numbers.full = sizes.first ?? plan.largest
    switch plan.time {
    case .slowest: numbers.batchTime = .slowest
    case .sum: numbers.batchTime = .sum
    case .curve(let points):
      precondition(points.first?.size == 1, "a curve of batch times begins at size 1")
      numbers.batchTime = .curve
      numbers.firstCurvePoint = curve.count
      numbers.curvePointCount = points.count
      curve += points.map { CurveNumbers(size: $0.size, factor: $0.factor) }
    }
  }

  private mutating func add(speeds plan: StationPlan, to numbers: inout StationNumbers) {
    numbers.firstSpeed = speeds.count
    numbers.speedCount = plan.speeds.count
    for speed in plan.speeds { precondition(speed > 0, "speed \(speed)") }
    speeds += plan.speeds
    numbers.isEven = plan.speeds.allSatisfy { $0 == 1 } && plan.coldCache == nil
    if let cache = plan.coldCache {
      precondition(cache.factor >= 1 && cache.halvedAfter > 0, "cold cache \(cache)")
      numbers.coldFactor = cache.factor
      numbers.coldHalf = cache.halvedAfter
    }
  }

  private mutating func add(
    scaling plan: ScalingPlan, replicas: Int, to numbers: inout StationNumbers
  ) {
    numbers.replicas = replicas
    numbers.most = replicas
    switch plan {
    case .fixed: break
    case .schedule(let plan):
      precondition(plan.steps.first?.from == .zero, "a schedule begins at 0")
      numbers.scaling = .schedule
      numbers.firstScheduleStep = schedule.count
      numbers.scheduleStepCount = plan.steps.count
      schedule += plan.steps.map {
        ScheduleNumbers(from: $0.from.nanoseconds, replicas: $0.replicas)
      }
      numbers.period = plan.period?.nanoseconds ?? .max
      numbers.most = max(1, plan.steps.map(\.replicas).max() ?? 1)
    case .automatic(let plan):
      precondition(plan.fewest >= 0 && plan.most >= max(1, plan.fewest), "autoscaler's limits")
      precondition(plan.interval > .zero && plan.target > 0, "autoscaler's interval or target")
      numbers.scaling = .automatic
      numbers.scaler = autoscalers.count
      numbers.interval = plan.interval.nanoseconds
      numbers.replicas = min(plan.most, max(plan.fewest, replicas))
      numbers.most = plan.most
      autoscalers.append(plan)
    }
  }

  private mutating func add(faults plans: [FailurePlan], to numbers: inout StationNumbers) {
    precondition(plans.count <= 32, "\(plans.count) kinds of failures")
    numbers.firstFault = faults.count
    numbers.faultCount = plans.count
    for (index, plan) in plans.enumerated() {
      var fault = FaultNumbers()
      fault.station = stations.count
      fault.bit = 1 << UInt32(index)
      switch plan {
      case .breakdowns: fault.kind = .breakdowns
      case .slowness(_, _, let factor):
        precondition(factor > 0, "slower by \(factor)")
        fault.kind = .slowness
        fault.factor = factor
        numbers.isEven = false
      case .outages(let times, _, let share):
        fault.share = share
        fault.kind = .outages
        if case .at(let instants) = times {
          fault.kind = .statedOutages
          fault.firstTime = outageTimes.count
          fault.timeCount = instants.count
          outageTimes += instants.map(\.nanoseconds)
        }
      }
      faults.append(fault)
    }
  }

  mutating func add(
    client plan: ServicePlan, arm: Int, station: Int, _ stationNames: [String: Int]
  ) {
    var numbers = ClientNumbers()
    numbers.arm = arm
    numbers.station = station
    let patience = Patience(plan)
    numbers.timeout = patience.timeout
    numbers.cancels = patience.cancels
    numbers.deadline = plan.client.deadline?.nanoseconds ?? .max
    // The deadline alone takes requests back as a time-out would.
    if plan.client.deadline != nil { numbers.cancels = plan.timeoutCancels }
    numbers.hasPatience = plan.client.patience != nil
    precondition((0..<16).contains(plan.client.priority), "priority \(plan.client.priority)")
    numbers.priority = UInt8(plan.client.priority)
    numbers.errorRate = plan.errorRate
    if case .logged(let scale) = plan.time {
      numbers.isLogged = true
      numbers.scale = scale
    }
    if case .sized = plan.time { numbers.isSized = true }
    addGates(plan.client, to: &numbers)
    numbers.firstStep = steps.count
    for step in plan.route.isEmpty ? [.own(again: 0)] : plan.route { add(step, stationNames) }
    numbers.stepCount = steps.count - numbers.firstStep
    clients.append(numbers)
  }

  private func addGates(_ plan: ClientPlan, to numbers: inout ClientNumbers) {
    if let retry = plan.retry {
      precondition(retry.attempts >= 1, "\(retry.attempts) attempts")
      numbers.attempts = retry.attempts
      numbers.retriesTimeouts = retry.onTimeout
      numbers.retriesErrors = retry.onError
      numbers.retriesShed = retry.onShed
      if case .backoff(let backoff) = retry.delay {
        numbers.delay = DelayNumbers(
          isDrawn: false, first: backoff.first.nanoseconds, factor: backoff.factor,
          longest: backoff.longest.nanoseconds, jitter: backoff.jitter)
      }
      if let budget = retry.budget { numbers.budget = Self.budget(budget) }
    }
    if let hedge = plan.hedge {
      numbers.hedgeAfter = hedge.after.nanoseconds
      numbers.hedgeAttempts = hedge.attempts
      numbers.hedgeCancels = hedge.cancelsOthers
    }
    if let limit = plan.rateLimit {
      precondition(limit.perSecond > 0 && limit.burst >= 1, "rate limit \(limit)")
      let interval = (1e9 / limit.perSecond * 0x1p20).rounded(.toNearestOrEven)
      numbers.rate = RateNumbers(
        isOn: true, interval: Int128(interval),
        tolerance: Int128((interval * (limit.burst - 1)).rounded(.toNearestOrEven)))
    }
    if let breaker = plan.breaker {
      precondition(breaker.fewest > 0 && breaker.probes > 0, "breaker \(breaker)")
      numbers.breaker = BreakerNumbers(
        isOn: true, share: breaker.failureShare, fewest: breaker.fewest,
        window: breaker.window.nanoseconds, rest: breaker.rest.nanoseconds, probes: breaker.probes)
    }
  }

  private static func budget(_ plan: RetryBudget) -> BudgetNumbers {
    var numbers = BudgetNumbers()
    switch plan {
    case .earned(let share, let perSecond, let burst):
      numbers.kind = .earned
      numbers.gain = BudgetNumbers.tokens(share)
      numbers.gainPerNanosecond = Int128((perSecond * 1e9).rounded(.toNearestOrEven))
      numbers.most = BudgetNumbers.tokens(burst)
    case .tokens(let most, let perSuccess):
      numbers.kind = .tokens
      numbers.gain = BudgetNumbers.tokens(perSuccess)
      numbers.most = BudgetNumbers.tokens(most)
    case .concurrent(let share, let atLeast):
      numbers.kind = .concurrent
      numbers.share = share
      numbers.atLeast = atLeast
    }
    return numbers
  }

  private mutating func add(_ step: RouteStep, _ stationNames: [String: Int]) {
    let station = { (name: String) -> Int in
      guard let found = stationNames[name] else { preconditionFailure("no station \(name)") }
      return found
    }
    var numbers = StepNumbers()
    switch step {
    case .own(let again): numbers.again = again
    case .visit(let name):
      numbers.kind = .visit
      numbers.station = station(name)
    case .hold(let name):
      numbers.kind = .hold
      numbers.station = station(name)
      let held = stations[numbers.station]
      precondition(!held.hasBatches && !held.isShared, "\(name) has no places to hold")
    case .fanOut(let names, let needed):
      precondition((1...max(1, names.count)).contains(needed), "\(needed) of \(names.count)")
      numbers.kind = .fanOut
      numbers.needed = needed
      numbers.firstBranch = branches.count
      numbers.branchCount = names.count
      branches += names.map { Int32(station($0)) }
    }
    steps.append(numbers)
  }
}
