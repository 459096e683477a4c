import Probability
import Traffic

extension ServingCell {
  /// Sends an attempt to the next step of its route, or home.
  @inline(never) mutating func advance(_ attempt: Int, at now: Int64) {
    let member = Int(requests[Int(attempts[attempt].request)].member)
    attempts[attempt].step &+= 1
    let step = Int(attempts[attempt].step)
    if step == blueprint.clients[member].stepCount {
      endWay(attempt, .answered, at: now)
      return
    }
    let number = blueprint.clients[member].firstStep &+ step
    switch blueprint.steps[number].kind {
    case .own: visitOwn(attempt, member, at: now)
    case .visit: visit(blueprint.steps[number].station, attempt, .single, at: now)
    case .hold: visit(blueprint.steps[number].station, attempt, .hold, at: now)
    case .fanOut: fanOut(attempt, blueprint.steps[number], at: now)
    }
  }

  /// To the member's own replicas.
  @inline(never)
  private mutating func visitOwn(_ attempt: Int, _ member: Int, at now: Int64) {
    let request = Int(attempts[attempt].request)
    let pass = attempts[attempt].passes
    attempts[attempt].passes = pass &+ 1
    var planned = requests[request].planned
    var fails = requests[request].firstFails
    if (attempts[attempt].number | pass) != 0 {
      let index = CellDraws.index(attempt: attempts[attempt].number, pass: pass)
      let ordinal = requests[request].ordinal
      if !blueprint.clients[member].isLogged {
        let drawn = draws.services[member].seconds(ordinal, index)
        let isSized = blueprint.clients[member].isSized
        planned = plannedTime(
          isSized ? Double(requests[request].logged) * drawn * 1e-9 : drawn, member)
      }
      let rate = blueprint.clients[member].errorRate
      fails = rate > 0 && draws.errors[member].unit(ordinal, index) < rate
    }
    join(
      blueprint.clients[member].station, account: member, attempt, .single, pass, planned, fails,
      at: now)
  }

  private mutating func plannedTime(_ seconds: Double, _ member: Int) -> Int64 {
    if seconds < 0 { oddTimes[member].negative += 1 }
    if !(seconds * 1e9 <= Double(ServiceDraws.longest)) { oddTimes[member].cut += 1 }
    return CellDraws.nanoseconds(seconds)
  }

  /// To a named station.
  private mutating func visit(
    _ station: Int, _ attempt: Int, _ role: VisitRole, at now: Int64
  ) {
    let request = Int(attempts[attempt].request)
    let member = Int(requests[request].member)
    let ordinal = requests[request].ordinal
    let pass = attempts[attempt].passes
    attempts[attempt].passes = pass &+ 1
    let index = CellDraws.index(attempt: attempts[attempt].number, pass: pass)
    let plan = blueprint.stations[station]
    var planned: Int64 = 0
    var fails = false
    if role != .hold {
      if plan.isLogged {
        let logged = requests[request].logged
        fails = logged < 0
        planned = CellDraws.rounded(Double(max(0, logged)) * plan.scale)
      } else {
        planned = plannedTime(draws.stationTimes[station].seconds(ordinal, index), member)
      }
      fails =
        fails
        || plan.errorRate > 0 && draws.stationErrors[station].unit(ordinal, index) < plan.errorRate
    }
    let account = Int(blueprint.accounts[plan.firstAccount])
    join(station, account: account, attempt, role, pass, planned, fails, at: now)
  }

  private mutating func fanOut(_ attempt: Int, _ step: StepNumbers, at now: Int64) {
    attempts[attempt].fan &+= 1
    attempts[attempt].needed = Int32(step.needed)
    attempts[attempt].branches = Int32(step.branchCount)
    let fan = attempts[attempt].fan
    // Branches that are shed at once may end the way; what is left is then not sent.
    for branch in 0..<step.branchCount {
      if attempts[attempt].isOver || attempts[attempt].fan != fan { break }
      visit(Int(blueprint.branches[step.firstBranch + branch]), attempt, .branch, at: now)
    }
  }

  /// A visit is over: the attempt goes on, or its way ends.
  @inline(never)
  mutating func goOn(
    _ attempt: Int, from role: VisitRole, fan: Int32, service: Int64, _ fate: Fate, at now: Int64
  ) {
    if attempts[attempt].isOver {
      if fate == .answered && role == .branch {
        let request = Int(attempts[attempt].request)
        tallies[Int(requests[request].member)].lateBranches += 1
      }
      closeIfDone(attempt, at: now)
      return
    }
    if role == .branch {
      joinBranch(attempt, fan: fan, service: service, fate, at: now)
      return
    }
    if role == .single { attempts[attempt].service &+= service }
    if fate != .answered {
      endWay(attempt, fate, at: now)
    } else if role == .single && comesAgain(attempt) {
      visitOwn(attempt, Int(requests[Int(attempts[attempt].request)].member), at: now)
    } else {
      advance(attempt, at: now)
    }
  }

  @inline(__always) private func comesAgain(_ attempt: Int) -> Bool {
    let request = Int(attempts[attempt].request)
    let member = Int(requests[request].member)
    let number = blueprint.clients[member].firstStep &+ Int(attempts[attempt].step)
    let share = blueprint.steps[number].again
    if share <= 0 { return false }
    let index = CellDraws.index(
      attempt: attempts[attempt].number, pass: attempts[attempt].passes &- 1)
    return draws.again[member].unit(requests[request].ordinal, index) < share
  }

  private mutating func joinBranch(
    _ attempt: Int, fan: Int32, service: Int64, _ fate: Fate, at now: Int64
  ) {
    guard fan == attempts[attempt].fan && attempts[attempt].needed > 0 else {
      if fate == .answered {
        let request = Int(attempts[attempt].request)
        tallies[Int(requests[request].member)].lateBranches += 1
      }
      return
    }
    attempts[attempt].branches &-= 1
    if fate == .answered { attempts[attempt].needed &-= 1 }
    if attempts[attempt].needed == 0 {
      attempts[attempt].service &+= service
      advance(attempt, at: now)
    } else if attempts[attempt].branches < attempts[attempt].needed {
      attempts[attempt].needed = 0
      endWay(attempt, .failed, at: now)
    }
  }

  /// Gives back the places that an attempt held.
  mutating func releaseHolds(_ attempt: Int, at now: Int64) {
    attempts[attempt].holdsPlaces = false
    var visit = Int(attempts[attempt].visits)
    while visit >= 0 {
      let next = Int(visits[visit].mateNext)
      if visits[visit].role == .hold { remove(visit, at: now) }
      visit = next
    }
  }
}
