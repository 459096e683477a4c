import Probability

/// A stream and the distribution that is drawn from it.
struct DrawSource {
  let key: DrawKey
  let distribution: Distribution?

  init(seed: UInt64, _ name: String, _ distribution: Distribution? = nil) {
    key = DrawKey(seed: seed, StreamName(name))
    self.distribution = distribution
  }

  func unit(_ entity: UInt64, _ index: UInt64) -> Double {
    var stream = RandomStream(key, entity: entity, unit: index)
    return stream.nextUnit()
  }

  /// In seconds; 0 where there is no distribution.
  func seconds(_ entity: UInt64, _ index: UInt64) -> Double {
    guard let distribution else { return 0 }
    if case .constant(let value) = distribution { return value }
    return distribution.quantile(unit(entity, index))
  }
}

/// The luck that a cell meets beside the first services, which `ServiceDraws` plans: every draw has an
/// address that depends on nobody else.
///
/// | stream | entity | index |
/// |---|---|---|
/// | service, error, route/again, patience | request's ordinal | attempt · 2²⁰ + visit |
/// | retry | request's ordinal | attempt |
/// | balance/STATION | request's ordinal | attempt · 2²⁰ + visit, times 16 for the choices |
/// | station/STATION, station-error/STATION | request's ordinal | attempt · 2²⁰ + visit |
/// | cold-start/STATION, set-up/STATION | replica | how many before |
/// | failure/STATION/K, repair/STATION/K | replica (0 for outages) | how many before |
/// | outage/STATION/K | outage | replica |
///
/// With `luck: own` the arm's name is added to the first five. A station is named by its arm or itself.
struct CellDraws {
  var services: [DrawSource] = []
  var errors: [DrawSource] = []
  var again: [DrawSource] = []
  var patience: [DrawSource] = []
  var retries: [DrawSource] = []
  var balance: [DrawSource] = []
  var stationTimes: [DrawSource] = []
  var stationErrors: [DrawSource] = []
  var coldStarts: [DrawSource] = []
  var setUps: [DrawSource] = []
  /// By fault of the blueprint.
  var failures: [DrawSource] = []
  var repairs: [DrawSource] = []
  var outages: [DrawSource] = []

  static let passBits: UInt64 = 20

  @inline(__always) static func index(attempt: Int32, pass: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: attempt)) << passBits | UInt64(UInt32(bitPattern: pass))
  }

  init(
    _ group: ServingGroup, names: [String], services plans: [ServicePlan?],
    stations named: [NamedStation], seed: UInt64
  ) {
    for arm in group.arms where group.owners[group.arms.firstIndex(of: arm) ?? 0] == arm {
      if let plan = plans[arm] { addStation(plan, names[arm], seed, isNamed: false) }
    }
    for index in group.stations {
      addStation(named[index].service, named[index].luckName, seed, isNamed: true)
    }
    for arm in group.arms {
      if let plan = plans[arm] { addClient(plan, names[arm], seed) }
    }
  }

  private mutating func addClient(_ plan: ServicePlan, _ name: String, _ seed: UInt64) {
    let suffix = plan.luck == .shared ? "" : "/\(name)"
    var time: Distribution?
    switch plan.time {
    case .drawn(let distribution): time = distribution
    case .sized(let sized): time = sized.noise
    case .logged: break
    }
    var delay: Distribution?
    if case .drawn(let distribution)? = plan.client.retry?.delay { delay = distribution }
    services.append(DrawSource(seed: seed, "service\(suffix)", time))
    errors.append(DrawSource(seed: seed, "error\(suffix)"))
    again.append(DrawSource(seed: seed, "route/again\(suffix)"))
    patience.append(DrawSource(seed: seed, "patience\(suffix)", plan.client.patience))
    retries.append(DrawSource(seed: seed, "retry\(suffix)", delay))
  }

  private mutating func addStation(
    _ plan: ServicePlan, _ name: String, _ seed: UInt64, isNamed: Bool
  ) {
    var time: Distribution?
    if case .drawn(let distribution) = plan.time, isNamed { time = distribution }
    balance.append(DrawSource(seed: seed, "balance/\(name)"))
    stationTimes.append(DrawSource(seed: seed, "station/\(name)", time))
    stationErrors.append(DrawSource(seed: seed, "station-error/\(name)"))
    coldStarts.append(DrawSource(seed: seed, "cold-start/\(name)", plan.station.coldStart))
    setUps.append(DrawSource(seed: seed, "set-up/\(name)", plan.station.setUp))
    for (index, failure) in plan.station.failures.enumerated() {
      var every: Distribution?
      let lasting: Distribution
      switch failure {
      case .breakdowns(let length, let gap), .slowness(let length, let gap, _):
        (lasting, every) = (length, gap)
      case .outages(.every(let gap), let length, _): (lasting, every) = (length, gap)
      case .outages(.at, let length, _): lasting = length
      }
      failures.append(DrawSource(seed: seed, "failure/\(name)/\(index)", every))
      repairs.append(DrawSource(seed: seed, "repair/\(name)/\(index)", lasting))
      outages.append(DrawSource(seed: seed, "outage/\(name)/\(index)"))
    }
  }

  /// A length of time in nanoseconds: ties to even, in 0...2⁶⁰.
  static func nanoseconds(_ seconds: Double) -> Int64 { rounded(seconds * 1e9) }

  @inline(__always) static func rounded(_ value: Double) -> Int64 {
    if value >= 0 && value <= Double(ServiceDraws.longest) {
      return Int64(value.rounded(.toNearestOrEven))
    }
    return value < 0 ? 0 : ServiceDraws.longest
  }
}
