import Probability
import Traffic

/// The load on all replicas of a scenario, before it is run.
///
/// Every request is taken to reach the end of its way; retries and hedges are not counted, but named.
package struct LoadPlan {
  let arms: [ArmPlan]
  let stations: [NamedStation]
  let deployment: DeploymentPlan
  let rate: TrafficRate?
  let users: UserPlan?

  /// - Parameters:
  ///   - rate: nil where it is not known.
  ///   - users: who wait for answers, in place of a rate.
  package init(
    arms: [ArmPlan], stations: [NamedStation], deployment: DeploymentPlan, rate: TrafficRate?,
    users: UserPlan? = nil
  ) {
    self.arms = arms
    self.stations = stations
    self.deployment = deployment
    self.rate = rate
    self.users = users
  }

  /// One for each arm that has replicas of its own, and then one for each station.
  package var loads: [ServiceLoad] { users.map { closed($0) } ?? open }

  private var open: [ServiceLoad] {
    arms.compactMap { arm in
      guard let service = arm.service, service.sharedWith == nil else { return nil }
      let users = arms.filter { $0.name == arm.name || $0.service?.sharedWith == arm.name }
      return load(.arm(arm.name), service, users.map { flow($0) })
    }
      + stations.map { station in
        let holds = arms.contains { $0.service?.route.contains(.hold(station.name)) ?? false }
        if holds { return ServiceLoad(.station(station.name), .notDeterminable(.held)) }
        return load(
          .station(station.name), station.service,
          arms.compactMap { flow($0, through: station) })
      }
  }

  // MARK: What comes

  /// Requests on their way through one place.
  private struct Flow {
    var arm: ArmPlan
    /// Visits of the place for each request of the traffic.
    var visits: Double
    var time: ServicePlan.ServiceTime
    var client: ClientPlan { arm.service?.client ?? ClientPlan() }
  }

  private func flow(_ arm: ArmPlan) -> Flow {
    var visits = share(of: arm)
    for case .own(let again) in arm.service?.route ?? [] { visits /= 1 - again }
    return Flow(arm: arm, visits: visits, time: arm.service?.time ?? .drawn(.constant(0)))
  }

  private func flow(_ arm: ArmPlan, through station: NamedStation) -> Flow? {
    let visits = (arm.service?.route ?? []).reduce(0) { count, step in
      switch step {
      case .visit(station.name): count + 1
      case .fanOut(let names, _): count + names.count { $0 == station.name }
      default: count
      }
    }
    guard visits > 0 else { return nil }
    return Flow(arm: arm, visits: share(of: arm) * Double(visits), time: station.service.time)
  }

  /// The share of requests that an arm sees.
  func share(of arm: ArmPlan) -> Double {
    switch deployment {
    case .shadow(let mirror): arm.name == arms.first?.name ? 1 : mirror
    case .split(let shares, _, _):
      zip(arms, shares).first { $0.0.name == arm.name }?.1 ?? 0
    }
  }

  // MARK: What it makes

  private func load(
    _ place: ServiceLoad.Place, _ service: ServicePlan, _ flows: [Flow]
  ) -> ServiceLoad {
    guard service.language == nil else {
      return ServiceLoad(place, .notDeterminable(.languageEngine))
    }
    guard let rate else { return ServiceLoad(place, .notDeterminable(.unknownRate)) }
    guard let available = service.availability else {
      return ServiceLoad(place, .notDeterminable(.failuresWithoutMean))
    }
    let work: Work
    switch self.work(service, flows, rate) {
    case .success(let found): work = found
    case .failure(let reason): return ServiceLoad(place, .notDeterminable(reason.reason))
    }
    let unit = service.unitLoad / available
    let load = work.mean * unit
    var notes: [ServiceLoad.Note] = []
    if rate.peak > rate.mean { notes.append(.atPeak(work.peak * unit)) }
    notes += service.notes(load: load, available: available, work: work.mean)
    if work.limited > 0 { notes.append(.afterRateLimit(turnedAway: work.limited)) }
    if flows.contains(where: { ($0.client.retry?.attempts ?? 1) > 1 }) { notes.append(.retries) }
    if flows.contains(where: { $0.client.hedge != nil }) { notes.append(.hedges) }
    return ServiceLoad(place, verdict(load, service, flows), notes: notes)
  }

  /// Seconds of service a second, at the speed 1.
  private struct Work {
    var mean = 0.0
    var peak = 0.0
    /// The share of requests that rate limits turn away.
    var limited = 0.0
  }

  private struct Obstacle: Error { var reason: ServiceLoad.Reason }

  private func work(
    _ service: ServicePlan, _ flows: [Flow], _ rate: TrafficRate
  ) -> Result<Work, Obstacle> {
    var (work, visits, limited) = (Work(), 0.0, 0.0)
    let busy = flows.filter { $0.visits > 0 }
    for flow in busy {
      let law: Distribution
      switch flow.time {
      case .drawn(let drawn): law = drawn
      case .logged: return .failure(Obstacle(reason: .loggedTimes))
      case .sized: return .failure(Obstacle(reason: .sizedTimes))
      }
      guard let mean = law.mean else { return .failure(Obstacle(reason: .noMean)) }
      var time = mean
      if let batch = service.station.batch {
        let isOneLaw = busy.allSatisfy { $0.time == flow.time }
        guard let part = batch.meanTime(mean: mean, law: isOneLaw ? law : nil) else {
          return .failure(Obstacle(reason: .slowestOfBatch))
        }
        time = part
      }
      let share = self.share(of: flow.arm)
      let limit = flow.client.rateLimit.map { $0.perSecond / share } ?? .infinity
      work.mean += min(rate.mean, limit) * flow.visits * time
      work.peak += min(rate.peak, limit) * flow.visits * time
      visits += flow.visits
      limited += flow.visits * max(0, 1 - limit / rate.mean)
    }
    work.limited = visits > 0 ? limited / visits : 0
    return .success(work)
  }

  private func verdict(
    _ load: Double, _ service: ServicePlan, _ flows: [Flow]
  ) -> ServiceLoad.Verdict {
    guard load >= 1 else { return .stable(load: load) }
    let lost = 1 - 1 / load
    if service.queueLimit != nil { return .overloaded(load: load, lost: lost, .turnedAway) }
    // A time-out that cancels nothing frees nobody's place.
    let leave = flows.allSatisfy { flow in
      let own = flow.arm.service
      let givesUp = own?.timeout != nil || flow.client.deadline != nil
      let isImpatient =
        flow.client.patience != nil && service.station.discipline != .processorSharing
      return isImpatient || givesUp && own?.timeoutCancels ?? false
    }
    return leave ? .overloaded(load: load, lost: lost, .withoutAnswer) : .unstable(load: load)
  }
}

extension ServicePlan {
  /// The load that one second of work a second makes, with as many replicas as there can be.
  fileprivate var unitLoad: Double {
    switch station.scaling {
    case .fixed: load(ofWork: 1, replicas: replicas)
    case .automatic(let plan): load(ofWork: 1, replicas: plan.most)
    case .schedule(let schedule):
      1 / schedule.mean { 1 / load(ofWork: 1, replicas: $0) }
    }
  }

  fileprivate func notes(
    load: Double, available: Double, work: Double
  ) -> [ServiceLoad.Note] {
    var notes: [ServiceLoad.Note] = []
    switch station.scaling {
    case .fixed: break
    case .automatic(let plan): notes.append(.atMost(replicas: plan.most))
    case .schedule(let schedule):
      let fewest = self.load(ofWork: work, replicas: schedule.fewest) / available
      if fewest > load { notes.append(.atFewest(fewest)) }
    }
    if let batch = station.batch, batch.largest > 1 {
      notes.append(.fullBatches(of: batch.largest))
    }
    if station.balancing == .sticky { notes.append(.evenUnits) }
    return notes
  }
}
