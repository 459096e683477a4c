import Probability
import Traffic

/// What an arm's clients know together: the rate limit, the breaker and the retry budget.
struct GateRecord: BitwiseCopyable {
  /// When the next request would come at exactly the limited rate, in 2⁻²⁰ ns.
  var theoreticalArrival = Int128.min
  var tokens: Int128 = 0
  var tokensAt: Int64 = 0
  var inFlight = 0
  /// Retries that wait for their time or are in flight.
  var retriesInFlight = 0
  var breaker = BreakerState.closed
  var opensUntil: Int64 = 0
  /// Half open: probes sent and not ended, and ended well.
  var probes = 0
  var goodProbes = 0
  /// Results in the window, oldest first.
  var firstResult: Int32 = -1
  var lastResult: Int32 = -1
  var results = 0
  var badResults = 0
}

enum BreakerState: UInt8, BitwiseCopyable { case closed, open, halfOpen }

struct ResultRecord: BitwiseCopyable {
  var time: Int64 = 0
  var isBad = false
  var next: Int32 = -1
}

extension ServingCell {
  /// Whether an attempt may be sent.
  ///
  /// - Returns: nil where it is refused; else whether it is one of the breaker's probes.
  @inline(never) mutating func passGates(_ member: Int, at now: Int64) -> Bool? {
    var isProbe = false
    if blueprint.clients[member].breaker.isOn {
      guard let probe = passBreaker(member, at: now) else { return nil }
      isProbe = probe
    }
    if blueprint.clients[member].rate.isOn {
      guard passRateLimit(member, at: now) else { return nil }
    }
    if isProbe { gates[member].probes += 1 }
    return isProbe
  }

  /// A token bucket in the form of the generic cell rate algorithm: exact in integers.
  ///
  /// - Source: ITU-T I.371 (2004), annex A, virtual scheduling.
  private mutating func passRateLimit(_ member: Int, at now: Int64) -> Bool {
    let plan = blueprint.clients[member].rate
    let time = Int128(now) << 20
    let expected = gates[member].theoreticalArrival
    if expected != .min && expected - plan.tolerance > time { return false }
    gates[member].theoreticalArrival = max(expected, time) + plan.interval
    return true
  }

  private mutating func passBreaker(_ member: Int, at now: Int64) -> Bool? {
    switch gates[member].breaker {
    case .closed: return false
    case .open:
      if now < gates[member].opensUntil { return nil }
      gates[member].breaker = .halfOpen
      gates[member].probes = 0
      gates[member].goodProbes = 0
    case .halfOpen: break
    }
    let used = gates[member].probes + gates[member].goodProbes
    return used < blueprint.clients[member].breaker.probes ? true : nil
  }

  /// A client hears how an attempt ended, or gives it up.
  @inline(never)
  mutating func hear(_ member: Int, _ fate: Fate, _ attempt: Int, at now: Int64) {
    if blueprint.clients[member].budget.kind == .tokens { countTokens(member, fate) }
    guard blueprint.clients[member].breaker.isOn else { return }
    let isBad = fate == .failed || fate == .timedOut
    guard isBad || fate == .answered else {
      releaseProbe(attempt, member)
      return
    }
    if attempts[attempt].isProbe {
      attempts[attempt].isProbe = false
      probeEnded(member, isBad: isBad, at: now)
    } else if gates[member].breaker == .closed {
      enter(member, isBad: isBad, at: now)
    }
  }

  /// A probe that ended neither well nor badly makes room for another.
  mutating func releaseProbe(_ attempt: Int, _ member: Int) {
    guard attempts[attempt].isProbe else { return }
    attempts[attempt].isProbe = false
    if gates[member].breaker == .halfOpen { gates[member].probes -= 1 }
  }

  private mutating func probeEnded(_ member: Int, isBad: Bool, at now: Int64) {
    guard gates[member].breaker == .halfOpen else { return }
    if isBad {
      open(member, at: now)
      return
    }
    gates[member].probes -= 1
    gates[member].goodProbes += 1
    if gates[member].goodProbes == blueprint.clients[member].breaker.probes {
      gates[member].breaker = .closed
    }
  }

  private mutating func enter(_ member: Int, isBad: Bool, at now: Int64) {
    let plan = blueprint.clients[member].breaker
    while gates[member].firstResult >= 0,
      results[Int(gates[member].firstResult)].time <= now &- plan.window
    {
      forgetResult(member)
    }
    let result = results.take()
    results[result] = ResultRecord(time: now, isBad: isBad, next: -1)
    if gates[member].lastResult >= 0 {
      results[Int(gates[member].lastResult)].next = Int32(result)
    } else {
      gates[member].firstResult = Int32(result)
    }
    gates[member].lastResult = Int32(result)
    gates[member].results += 1
    gates[member].badResults += isBad ? 1 : 0
    let (bad, all) = (Double(gates[member].badResults), Double(gates[member].results))
    if gates[member].results >= plan.fewest && bad >= plan.share * all { open(member, at: now) }
  }

  private mutating func open(_ member: Int, at now: Int64) {
    gates[member].breaker = .open
    gates[member].opensUntil = saturatingSum(now, blueprint.clients[member].breaker.rest)
    while gates[member].firstResult >= 0 { forgetResult(member) }
  }

  private mutating func forgetResult(_ member: Int) {
    let oldest = Int(gates[member].firstResult)
    gates[member].results -= 1
    gates[member].badResults -= results[oldest].isBad ? 1 : 0
    gates[member].firstResult = results[oldest].next
    if results[oldest].next < 0 { gates[member].lastResult = -1 }
    results.release(oldest)
  }

  // MARK: Retries

  /// Schedules a retry, if there may be one.
  mutating func planRetry(_ request: Int, after fate: Fate, at now: Int64) -> Bool {
    let member = Int(requests[request].member)
    guard Int(requests[request].sent) < blueprint.clients[member].attempts else { return false }
    let isKind =
      switch fate {
      case .timedOut: blueprint.clients[member].retriesTimeouts
      case .failed: blueprint.clients[member].retriesErrors
      case .shed: blueprint.clients[member].retriesShed
      default: false
      }
    guard isKind else { return false }
    let delay = retryDelay(request, member)
    let time = saturatingSum(now, delay)
    guard time <= endOfTime && time < requests[request].deadline else { return false }
    guard spend(member, at: now) else {
      tallies[member].unaffordable += 1
      return false
    }
    requests[request].lastDelay = delay
    gates[member].retriesInFlight += 1
    requests[request].retry = agenda.schedule(.retry, at: time, request)
    return true
  }

  private mutating func retryDelay(_ request: Int, _ member: Int) -> Int64 {
    let plan = blueprint.clients[member].delay
    let (ordinal, number) = (requests[request].ordinal, requests[request].sent)
    let index = UInt64(UInt32(bitPattern: number))
    if plan.isDrawn { return CellDraws.nanoseconds(draws.retries[member].seconds(ordinal, index)) }
    var ceiling = Double(plan.first)
    for _ in 1..<number where ceiling < Double(plan.longest) { ceiling *= plan.factor }
    ceiling = min(ceiling, Double(plan.longest))
    switch plan.jitter {
    case .none: return CellDraws.rounded(ceiling)
    case .full: return CellDraws.rounded(draws.retries[member].unit(ordinal, index) * ceiling)
    case .equal:
      let half = ceiling / 2
      return CellDraws.rounded(half + draws.retries[member].unit(ordinal, index) * half)
    case .decorrelated:
      let first = Double(plan.first)
      let last = number == 1 ? first : Double(requests[request].lastDelay)
      let unit = draws.retries[member].unit(ordinal, index)
      return CellDraws.rounded(
        min(Double(plan.longest), first + unit * max(0, 3 * last - first)))
    }
  }

  mutating func earn(_ member: Int) {
    let plan = blueprint.clients[member].budget
    gates[member].tokens = min(plan.most, gates[member].tokens + plan.gain)
  }

  private mutating func countTokens(_ member: Int, _ fate: Fate) {
    let plan = blueprint.clients[member].budget
    let tokens = gates[member].tokens
    gates[member].tokens =
      fate == .answered
      ? min(plan.most, tokens + plan.gain) : max(0, tokens - BudgetNumbers.token)
  }

  private mutating func spend(_ member: Int, at now: Int64) -> Bool {
    let plan = blueprint.clients[member].budget
    switch plan.kind {
    case .none: return true
    case .tokens: return 2 * gates[member].tokens > plan.most
    case .concurrent:
      let most = max(Double(plan.atLeast), plan.share * Double(gates[member].inFlight))
      return Double(gates[member].retriesInFlight) < most
    case .earned:
      let passed = Int128(now) - Int128(gates[member].tokensAt)
      gates[member].tokensAt = now
      let tokens = min(plan.most, gates[member].tokens + passed * plan.gainPerNanosecond)
      gates[member].tokens = tokens
      guard tokens >= BudgetNumbers.token else { return false }
      gates[member].tokens = tokens - BudgetNumbers.token
      return true
    }
  }

  /// At the first arrival: a budget by tokens is full, one that is earned begins to grow.
  func beginBudgets(at now: Int64) {
    for member in 0..<arms.count {
      let plan = blueprint.clients[member].budget
      gates[member].tokensAt = now
      if plan.kind == .tokens { gates[member].tokens = plan.most }
    }
  }
}
