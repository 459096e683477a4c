import Probability
import Traffic

/// A client's plan in plain numbers.
struct ClientNumbers: BitwiseCopyable {
  var arm = 0
  var station = 0
  var firstStep = 0
  var stepCount = 0
  /// For each attempt.
  var timeout = Int64.max
  var cancels = false
  /// For all attempts.
  var deadline = Int64.max
  var hasPatience = false
  var priority: UInt8 = 0
  var isLogged = false
  var scale = 1.0
  /// The draw multiplies the request's own time.
  var isSized = false
  var errorRate = 0.0

  var attempts = 1
  var retriesTimeouts = false
  var retriesErrors = false
  var retriesShed = false
  var delay = DelayNumbers()
  var budget = BudgetNumbers()
  var hedgeAfter = Int64.max
  var hedgeAttempts = 1
  var hedgeCancels = true
  var rate = RateNumbers()
  var breaker = BreakerNumbers()
}

struct DelayNumbers: BitwiseCopyable {
  var isDrawn = true
  var first: Int64 = 0
  var factor = 1.0
  var longest: Int64 = 0
  var jitter = RetryPlan.Jitter.none
}

struct BudgetNumbers: BitwiseCopyable {
  enum Kind: UInt8, BitwiseCopyable { case none, earned, tokens, concurrent }
  var kind = Kind.none
  /// In 10⁻¹⁸ tokens, so that ten tenths are one.
  var gain: Int128 = 0
  var gainPerNanosecond: Int128 = 0
  var most: Int128 = 0
  var share = 0.0
  var atLeast = 0

  static let token: Int128 = 1_000_000_000_000_000_000

  static func tokens(_ count: Double) -> Int128 {
    // In two steps, so that what a decimal fraction says is met exactly.
    Int128((count * 1e9).rounded(.toNearestOrEven)) * 1_000_000_000
  }
}

struct RateNumbers: BitwiseCopyable {
  var isOn = false
  /// Between two requests, in 2⁻²⁰ ns.
  var interval: Int128 = 0
  /// How far the theoretical arrival may lie ahead: (burst − 1) intervals.
  var tolerance: Int128 = 0
}

struct BreakerNumbers: BitwiseCopyable {
  var isOn = false
  var share = 0.0
  var fewest = 0
  var window: Int64 = 0
  var rest: Int64 = 0
  var probes = 1
}

/// A station's plan in plain numbers.
struct StationNumbers: BitwiseCopyable {
  var queueLimit = Int.max
  var discipline = StationPlan.Discipline.fifo
  var shedding = StationPlan.Shedding.newest
  var balancing = BalancingKind.central
  var choices = 1
  var isShared: Bool { discipline == .processorSharing }
  var hasOwnQueues: Bool { balancing != .central && !isShared }

  var hasBatches = false
  var largest = 1
  /// A queue that holds so many need not wait for more.
  var full = 1
  var longestWait: Int64 = 0
  var batchTime = BatchTimeKind.slowest
  var firstCurvePoint = 0
  var curvePointCount = 0
  var firstPreferred = 0
  var preferredCount = 0

  var firstSpeed = 0
  var speedCount = 0
  /// Neither speeds nor a cold cache nor slowness: a service takes what was planned.
  var isEven = true
  var coldFactor = 1.0
  var coldHalf = 1.0
  var hasColdStart = false
  var hasSetUp = false
  var failsVisits = true
  var firstFault = 0
  var faultCount = 0

  /// Replicas at the start, and as many as there may ever be.
  var replicas = 1
  var most = 1
  var scaling = ScalingKind.fixed
  var firstScheduleStep = 0
  var scheduleStepCount = 0
  var period = Int64.max
  var interval: Int64 = 0
  var scaler = -1

  var firstReplica = 0
  var firstQueue = 0
  var firstWord = 0
  var firstAccount = 0
  var accountCount = 0
  /// Of a named station.
  var isLogged = false
  var scale = 1.0
  var errorRate = 0.0
}

enum BalancingKind: UInt8, BitwiseCopyable {
  case central, roundRobin, random, leastLoaded, choices, sticky
}
enum BatchTimeKind: UInt8, BitwiseCopyable { case slowest, sum, curve }
enum ScalingKind: UInt8, BitwiseCopyable { case fixed, schedule, automatic }

struct StepNumbers: BitwiseCopyable {
  enum Kind: UInt8, BitwiseCopyable { case own, visit, fanOut, hold }
  var kind = Kind.own
  var again = 0.0
  var station = 0
  var firstBranch = 0
  var branchCount = 0
  var needed = 0
}

struct FaultNumbers: BitwiseCopyable {
  enum Kind: UInt8, BitwiseCopyable { case breakdowns, outages, statedOutages, slowness }
  var kind = Kind.breakdowns
  var station = 0
  /// The bit in a replica's masks.
  var bit: UInt32 = 0
  var share = 1.0
  var factor = 1.0
  var firstTime = 0
  var timeCount = 0
}

struct CurveNumbers: BitwiseCopyable {
  var size = 1
  var factor = 1.0
}

struct ScheduleNumbers: BitwiseCopyable {
  var from: Int64 = 0
  var replicas = 0
}

/// All plans of a cell in columns, made once.
struct CellBlueprint: ~Copyable {
  let clients: Column<ClientNumbers>
  let stations: Column<StationNumbers>
  let steps: Column<StepNumbers>
  let branches: Column<Int32>
  let faults: Column<FaultNumbers>
  let outageTimes: Column<Int64>
  let speeds: Column<Double>
  let curve: Column<CurveNumbers>
  let preferred: Column<Int32>
  let schedule: Column<ScheduleNumbers>
  /// The accounts of each station, in the order of the stations.
  let accounts: Column<Int32>
  let autoscalers: [AutoscalerPlan]
  let replicaCount: Int
  let queueCount: Int
  let wordCount: Int

  init(
    _ group: ServingGroup, names: [String], services: [ServicePlan?], stations named: [NamedStation]
  ) {
    var draft = BlueprintDraft()
    let plans = group.arms.map { arm -> ServicePlan in
      guard let plan = services[arm] else { preconditionFailure("\(names[arm]) has no service") }
      return plan
    }
    // Every member has an account, then every named station; the owners' stations come first.
    var stationOf: [Int: Int] = [:]
    for owner in group.arms where group.owners[group.arms.firstIndex(of: owner) ?? 0] == owner {
      stationOf[owner] = draft.stations.count
      let accounts = group.arms.indices.filter { group.owners[$0] == owner }
      draft.add(services[owner] ?? plans[0], accounts: accounts)
    }
    var stationNames: [String: Int] = [:]
    for (place, index) in group.stations.enumerated() {
      stationNames[named[index].name] = draft.stations.count
      draft.addNamed(named[index].service, account: group.arms.count + place)
    }
    for (member, plan) in plans.enumerated() {
      draft.add(
        client: plan, arm: group.arms[member], station: stationOf[group.owners[member]] ?? 0,
        stationNames)
    }
    clients = Column(draft.clients)
    stations = Column(draft.stations)
    steps = Column(draft.steps)
    branches = Column(draft.branches)
    faults = Column(draft.faults)
    outageTimes = Column(draft.outageTimes)
    speeds = Column(draft.speeds)
    curve = Column(draft.curve)
    preferred = Column(draft.preferred)
    schedule = Column(draft.schedule)
    accounts = Column(draft.accounts)
    autoscalers = draft.autoscalers
    replicaCount = draft.replicaCount
    queueCount = draft.queueCount
    wordCount = draft.wordCount
  }
}
