import Probability
import Simulation
import Traffic

/// The slow and obvious event simulation of a trial: one list of events, searched from end to end.
struct ServingReference {
  private enum Kind: Int { case end, timeout, arrival }

  private struct Event {
    var time: Int64
    var kind: Kind
    var turn: Int
    var arm: Int
    var request: Int
  }

  private let trial: ServingTrial
  private var events: [Event] = []
  private var turn = 0
  private var waiting: [(arm: Int, request: Int)] = []
  private var busy = 0
  private(set) var rows: [[OutcomeRow]]

  /// Runs the arms that share `owner`'s replicas.
  init(_ trial: ServingTrial, owner: Int) {
    self.trial = trial
    rows = Array(
      repeating: Array(repeating: OutcomeRow(), count: trial.arrivals.count),
      count: trial.names.count)
    let members = trial.services.indices.filter {
      $0 == owner || trial.services[$0]?.sharedWith == trial.names[owner]
    }
    for request in trial.arrivals.indices {
      for arm in members where trial.sent[arm][request] {
        schedule(.arrival, at: arrival(request), arm, request)
      }
    }
    while let next = takeEarliest() { happen(next, owner) }
  }

  private func arrival(_ request: Int) -> Int64 { trial.arrivals[request].nanoseconds }

  private mutating func schedule(_ kind: Kind, at time: Int64, _ arm: Int, _ request: Int) {
    events.append(Event(time: time, kind: kind, turn: turn, arm: arm, request: request))
    turn += 1
  }

  private mutating func takeEarliest() -> Event? {
    let first = events.indices.min {
      let (left, right) = (events[$0], events[$1])
      return (left.time, left.kind.rawValue, left.turn)
        < (right.time, right.kind.rawValue, right.turn)
    }
    return first.map { events.remove(at: $0) }
  }

  private mutating func happen(_ event: Event, _ owner: Int) {
    guard let plan = trial.services[event.arm], let pool = trial.services[owner] else { return }
    let (arm, request) = (event.arm, event.request)
    switch event.kind {
    case .arrival:
      guard let service = service(arm, request) else {
        rows[arm][request].fate = .failed
        return
      }
      if busy < pool.replicas {
        begin(arm, request, at: event.time, service)
      } else if let limit = pool.queueLimit, waiting.count >= limit {
        rows[arm][request].fate = .shed
      } else {
        waiting.append((arm, request))
        if let timeout = plan.timeout, plan.timeoutCancels {
          schedule(.timeout, at: event.time + timeout.nanoseconds, arm, request)
        }
      }
    case .end:
      busy -= 1
      if !waiting.isEmpty {
        let next = waiting.removeFirst()
        begin(next.arm, next.request, at: event.time, service(next.arm, next.request) ?? 0)
      }
    case .timeout:
      guard let place = waiting.firstIndex(where: { $0 == (arm, request) }) else { return }
      waiting.remove(at: place)
      let timeout = event.time - arrival(request)
      rows[arm][request] = OutcomeRow(
        fate: .timedOut, wait: timeout, service: 0, latency: timeout)
    }
  }

  private mutating func begin(_ arm: Int, _ request: Int, at now: Int64, _ service: Int64) {
    guard let plan = trial.services[arm] else { return }
    busy += 1
    let wait = now - arrival(request)
    var row = OutcomeRow(
      fate: fails(arm, request) ? .failed : .answered, wait: wait, service: service,
      latency: wait + service)
    if let timeout = plan.timeout?.nanoseconds, wait + service > timeout {
      row.fate = .timedOut
      row.latency = timeout
      if plan.timeoutCancels { row.service = timeout - wait }
    }
    rows[arm][request] = row
    schedule(.end, at: now + row.service, arm, request)
  }

  private func service(_ arm: Int, _ request: Int) -> Int64? {
    guard case .logged(let scale)? = trial.services[arm]?.time else { return nil }
    let logged = trial.latencies[request]
    return logged < 0 ? nil : Int64((Double(logged) * scale).rounded(.toNearestOrEven))
  }

  private func fails(_ arm: Int, _ request: Int) -> Bool {
    guard let plan = trial.services[arm] else { return false }
    let stream = plan.luck == .own ? "error/\(trial.names[arm])" : "error"
    var luck = RandomStream(seed: trial.seed, StreamName(stream), entity: UInt64(request))
    return luck.nextUnit() < plan.errorRate
  }
}
