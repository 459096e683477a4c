import Traffic

extension ServingCell {
  /// A row of a block reaches a member.
  @inline(never)
  mutating func arrive(
    _ blockRow: Int, _ row: Int, _ member: Int, at now: Int64, _ admission: borrowing Admission,
    _ blocks: borrowing OpenBlocks
  ) {
    let place = blocks.place(arm: arms[member], row: row)
    let fate = blocks.fates[place]
    if fate == .notSent { return }
    let planned = blocks.services[place]
    if planned < 0 {
      // Its time is missing, so that it failed already.
      blocks.services[place] = 0
      if user(ofMember: member) >= 0 { letThink(sender, at: now) }
      return
    }
    blocks.takesOff(row: row)
    note(now)
    let client = blueprint.clients[member]
    let request = requests.take()
    var record = RequestRecord()
    record.row = row
    record.ordinal = admission.firstOrdinal &+ UInt64(blockRow)
    record.unit = admission.unit(ofRow: blockRow)
    record.logged =
      client.isSized
      ? admission.sizedTime(arm: arms[member], row: blockRow)
      : admission.loggedLatency(ofRow: blockRow)
    record.arrival = now
    record.planned = planned
    record.firstFails = fate == .failed
    record.member = Int32(truncatingIfNeeded: member)
    record.user = user(ofMember: member)
    record.priority = admission.priority(ofRow: blockRow) ?? client.priority
    if client.deadline != .max { record.deadline = saturatingSum(now, client.deadline) }
    requests[request] = record
    accounts[member].present &+= 1
    accounts[member].presentMoment &-= Int128(now)
    send(request, as: .first, at: now)
  }

  /// Sends an attempt, if the gates let it pass.
  mutating func send(_ request: Int, as origin: AttemptOrigin, at now: Int64) {
    let member = Int(requests[request].member)
    let number = requests[request].sent
    requests[request].sent = number &+ 1
    count(origin, member)
    guard let isProbe = passGates(member, at: now) else {
      tallies[member].shed += 1
      tallies[member].refused += 1
      if origin == .retry { gates[member].retriesInFlight -= 1 }
      requests[request].ended = now
      requests[request].service = 0
      react(request, to: .shed, by: -1, at: now)
      return
    }
    let attempt = attempts.take()
    var record = AttemptRecord()
    record.request = Int32(truncatingIfNeeded: request)
    record.number = number
    record.start = now
    record.origin = origin
    record.isProbe = isProbe
    record.next = requests[request].attempts
    if record.next >= 0 { attempts[Int(record.next)].previous = Int32(attempt) }
    let timeout = blueprint.clients[member].timeout
    if timeout != .max { record.deadline = saturatingSum(now, timeout) }
    record.deadline = min(record.deadline, requests[request].deadline)
    if record.deadline <= endOfTime {
      record.timer = agenda.schedule(.timeOut, at: record.deadline, attempt)
    }
    attempts[attempt] = record
    requests[request].attempts = Int32(truncatingIfNeeded: attempt)
    requests[request].live &+= 1
    requests[request].awaited &+= 1
    gates[member].inFlight &+= 1
    if blueprint.clients[member].hedgeAfter != .max { planHedge(request, member, at: now) }
    advance(attempt, at: now)
  }

  private mutating func count(_ origin: AttemptOrigin, _ member: Int) {
    switch origin {
    case .first:
      tallies[member].first += 1
      if blueprint.clients[member].budget.kind == .earned { earn(member) }
    case .retry: tallies[member].retries += 1
    case .hedge: tallies[member].hedges += 1
    }
  }

  private mutating func planHedge(_ request: Int, _ member: Int, at now: Int64) {
    guard Int(requests[request].sent) < blueprint.clients[member].hedgeAttempts else { return }
    let time = saturatingSum(now, blueprint.clients[member].hedgeAfter)
    if time > min(endOfTime, requests[request].deadline) { return }
    agenda.cancel(requests[request].hedge)
    requests[request].hedge = .none
    requests[request].hedge = agenda.schedule(.hedge, at: time, request)
  }

  mutating func hedge(_ request: Int, at now: Int64) {
    requests[request].hedge = .none
    note(now)
    send(request, as: .hedge, at: now)
  }

  mutating func retry(_ request: Int, at now: Int64) {
    requests[request].retry = .none
    note(now)
    send(request, as: .retry, at: now)
  }

  /// The time of an attempt is over before an answer.
  mutating func timeOut(_ attempt: Int, at now: Int64) {
    let request = Int(attempts[attempt].request)
    let member = Int(requests[request].member)
    // A service that was cut ends just before its timer.
    agenda.cancel(attempts[attempt].timer)
    attempts[attempt].timer = .none
    note(now)
    tallies[member].timedOut += 1
    stopAwaiting(attempt, request, member)
    hear(member, .timedOut, attempt, at: now)
    let cancels = blueprint.clients[member].cancels
    if cancels { withdraw(attempt, at: now) }
    react(request, to: .timedOut, by: cancels ? -1 : attempt, at: now)
  }

  /// The way of an attempt has ended: answered, failed, shed or abandoned.
  mutating func endWay(_ attempt: Int, _ fate: Fate, at now: Int64) {
    let request = Int(attempts[attempt].request)
    let member = Int(requests[request].member)
    note(now)
    if attempts[attempt].holdsPlaces { releaseHolds(attempt, at: now) }
    finish(attempt, request, at: now)
    if attempts[attempt].isAwaited {
      agenda.cancel(attempts[attempt].timer)
      attempts[attempt].timer = .none
      tally(fate, member)
      stopAwaiting(attempt, request, member)
      hear(member, fate, attempt, at: now)
      if fate == .answered {
        noteParts(attempt, request)
        settle(request, .answered, by: -1, at: now)
      } else {
        react(request, to: fate, by: -1, at: now)
      }
    } else if fate == .answered {
      tallies[member].late += 1
    }
    closeIfDone(attempt, at: now)
  }

  /// A request's client waits no more.
  private mutating func leave(_ member: Int, at now: Int64) {
    accounts[member].present &-= 1
    accounts[member].presentMoment &+= Int128(now)
  }

  private mutating func tally(_ fate: Fate, _ member: Int) {
    switch fate {
    case .answered: tallies[member].answered += 1
    case .failed: tallies[member].failed += 1
    case .shed: tallies[member].shed += 1
    case .abandoned: tallies[member].abandoned += 1
    default: preconditionFailure("a way ends as \(fate)")
    }
  }

  /// The server's side of an attempt is over: what its request's row says of it is known.
  private mutating func finish(_ attempt: Int, _ request: Int, at now: Int64) {
    attempts[attempt].isOver = true
    if requests[request].decider == attempt || !requests[request].isSettled {
      requests[request].ended = now
      requests[request].service = attempts[attempt].service
    }
  }

  @inline(never)
  private mutating func stopAwaiting(_ attempt: Int, _ request: Int, _ member: Int) {
    attempts[attempt].isAwaited = false
    requests[request].awaited &-= 1
    gates[member].inFlight &-= 1
    if attempts[attempt].origin == .retry { gates[member].retriesInFlight &-= 1 }
  }

  /// Nobody needs an attempt any more: its visits leave the stations at once.
  private mutating func withdraw(_ attempt: Int, at now: Int64) {
    agenda.cancel(attempts[attempt].timer)
    attempts[attempt].timer = .none
    // What is served stops before anything that waits moves up in its place.
    while attempts[attempt].visits >= 0 { remove(Int(attempts[attempt].visits), at: now) }
    if !attempts[attempt].isOver { finish(attempt, Int(attempts[attempt].request), at: now) }
    closeIfDone(attempt, at: now)
  }

  @inline(never) mutating func closeIfDone(_ attempt: Int, at now: Int64) {
    let record = attempts[attempt]
    guard record.isOver && record.visits < 0 && !record.isAwaited else { return }
    let request = Int(record.request)
    if record.previous >= 0 {
      attempts[Int(record.previous)].next = record.next
    } else {
      requests[request].attempts = record.next
    }
    if record.next >= 0 { attempts[Int(record.next)].previous = record.previous }
    attempts.release(attempt)
    requests[request].live &-= 1
    landIfDone(request)
  }

  /// An attempt ended without an answer: the client waits for another one, sends one more, or gives up.
  mutating func react(_ request: Int, to fate: Fate, by attempt: Int, at now: Int64) {
    if requests[request].isSettled || requests[request].awaited > 0 { return }
    agenda.cancel(requests[request].hedge)
    requests[request].hedge = .none
    if planRetry(request, after: fate, at: now) { return }
    settle(request, fate, by: attempt, at: now)
  }

  /// The client has what it will get.
  ///
  /// - Parameter attempt: whose end says what the row's wait and service are, if it runs on; else -1.
  private mutating func settle(_ request: Int, _ fate: Fate, by attempt: Int, at now: Int64) {
    let member = Int(requests[request].member)
    requests[request].isSettled = true
    requests[request].fate = fate
    requests[request].settledAt = now
    requests[request].decider = Int32(truncatingIfNeeded: attempt)
    leave(member, at: now)
    if requests[request].user >= 0 { letThink(requests[request].user, at: now) }
    agenda.cancel(requests[request].hedge)
    requests[request].hedge = .none
    agenda.cancel(requests[request].retry)
    requests[request].retry = .none
    if requests[request].awaited > 0 { drop(request, member, at: now) }
    landIfDone(request)
  }

  /// The answer came from another attempt.
  private mutating func drop(_ request: Int, _ member: Int, at now: Int64) {
    let cancels = blueprint.clients[member].hedgeCancels
    var attempt = Int(requests[request].attempts)
    while attempt >= 0 {
      let next = Int(attempts[attempt].next)
      if attempts[attempt].isAwaited {
        stopAwaiting(attempt, request, member)
        releaseProbe(attempt, member)
        agenda.cancel(attempts[attempt].timer)
        attempts[attempt].timer = .none
        if cancels {
          tallies[member].cancelled += 1
          withdraw(attempt, at: now)
        } else {
          tallies[member].unneeded += 1
        }
      }
      attempt = next
    }
  }

  /// Ends what would never end: the run is over.
  mutating func strand(at now: Int64) {
    isStranding = true
    note(now)
    for request in 0..<requests.used where requests.isTaken(request) {
      strand(request, at: now)
    }
  }

  private mutating func strand(_ request: Int, at now: Int64) {
    let member = Int(requests[request].member)
    agenda.cancel(requests[request].hedge)
    requests[request].hedge = .none
    agenda.cancel(requests[request].retry)
    requests[request].retry = .none
    if !requests[request].isSettled {
      requests[request].isSettled = true
      requests[request].fate = .inFlight
      requests[request].settledAt = now
      requests[request].ended = now
      requests[request].service = 0
      leave(member, at: now)
    }
    // The record must outlive its last attempt.
    requests[request].live &+= 1
    while requests[request].attempts >= 0 {
      let attempt = Int(requests[request].attempts)
      if attempts[attempt].isAwaited {
        tallies[member].inFlight += 1
        stopAwaiting(attempt, request, member)
        requests[request].decider = Int32(attempt)
      }
      withdraw(attempt, at: now)
    }
    requests[request].live &-= 1
    landIfDone(request)
  }

  @inline(__always) func saturatingSum(_ time: Int64, _ length: Int64) -> Int64 {
    let (sum, overflows) = time.addingReportingOverflow(length)
    return overflows ? .max : sum
  }
}
