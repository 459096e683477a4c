import Probability
import Simulation
import Statistics
import Testing
import Traffic

@Suite("Cells with everything at once") struct CellPropertyTests {
  @Test("requests and attempts are conserved, areas are sums", arguments: UInt64(0)..<200)
  func conservation(seed: UInt64) {
    let run = CellTrial(seed: seed).run
    let result = run.result()
    for (arm, facts) in result.facts.enumerated() {
      let rows = result.rows[arm]
      #expect(rows.count == run.times.count && facts.sent == rows.count, "seed \(seed)")
      let ended =
        facts.answered + facts.failed + facts.shed + facts.timedOut + facts.abandoned
        + facts.inFlight
      #expect(facts.sent == ended, "seed \(seed)")
      let attempts = facts.attempts
      #expect(attempts.made == attempts.ended, "seed \(seed): \(attempts)")
      #expect(attempts.first == facts.sent - facts.missingLatency, "seed \(seed)")
      #expect(attempts.answered == facts.answered, "seed \(seed)")
      #expect(attempts.late <= attempts.timedOut + attempts.unneeded, "seed \(seed)")
      for row in rows {
        #expect(row.wait >= 0 && row.service >= 0 && row.latency >= 0, "seed \(seed): \(row)")
        if row.fate == .answered { #expect(row.latency == row.wait + row.service) }
        #expect(row.fate != .notSent)
      }
    }
    for facts in result.facts + result.stations {
      #expect(facts.waitingArea == facts.waitingSum, "seed \(seed)")
      #expect(facts.servingArea == facts.servingSum, "seed \(seed)")
      #expect(facts.waitingArea >= 0 && facts.busyArea >= 0 && facts.readyArea >= 0)
    }
    for (facts, levels) in zip(result.facts, result.levels) {
      #expect(levels?.stretches.reduce(0) { $0 + $1.waitingArea } == facts.waitingArea)
      #expect(levels?.stretches.reduce(0) { $0 + $1.readyArea } == facts.readyArea)
    }
    // A replica that one arm's request made busy may serve another's in the same batch.
    let busy = result.facts.reduce(0) { $0 + $1.busyArea }
    #expect(busy <= result.facts.reduce(0) { $0 + $1.servingArea }, "seed \(seed)")
  }

  @Test(
    "the parts of latencies add up to them, and each part has its reason",
    arguments: UInt64(0)..<200)
  func causes(seed: UInt64) throws {
    let run = CellTrial(seed: seed).run
    let result = run.result()
    for (arm, plan) in run.services.enumerated() {
      let causes = try #require(result.causes[arm]).total
      let answered = result.rows[arm].filter { $0.fate == .answered }
      #expect(causes.count == answered.count, "seed \(seed)")
      #expect(causes.latency == answered.reduce(0) { $0 + Int128($1.latency) }, "seed \(seed)")
      let parts = [causes.retry, causes.queue, causes.batch, causes.service, causes.stations]
      #expect(parts.allSatisfy { $0 >= 0 }, "seed \(seed): \(causes)")
      #expect(parts.reduce(0, +) == causes.latency, "seed \(seed)")
      let isAlone = plan.route.allSatisfy { if case .own = $0 { true } else { false } }
      if isAlone { #expect(causes.stations == 0, "seed \(seed): \(causes)") }
      if plan.client.retry == nil && plan.client.hedge == nil { #expect(causes.retry == 0) }
      let owner = plan.sharedWith == nil ? plan : run.services[0]
      if owner.station.batch == nil { #expect(causes.batch == 0, "seed \(seed)") }
    }
  }

  @Test(
    "Little's law holds to the nanosecond, the ends of the run included", arguments: UInt64(0)..<200
  )
  func little(seed: UInt64) throws {
    let result = CellTrial(seed: seed).run.result()
    for (arm, rows) in result.rows.enumerated() {
      let law = try #require(result.laws[arm])
      #expect(law.holds, "seed \(seed): \(law.text)")
      #expect(law.timesInSystem == rows.reduce(0) { $0 + Int128($1.latency) }, "seed \(seed)")
    }
  }

  @Test("nothing depends on how requests are cut into blocks", arguments: UInt64(0)..<40)
  func blocks(seed: UInt64) {
    let run = CellTrial(seed: 5_000 + seed).run
    let whole = run.result(capacity: 128)
    for capacity in [1, 7, 64] {
      #expect(run.result(capacity: capacity) == whole, "seed \(seed), capacity \(capacity)")
    }
  }

  @Test("what does nothing changes nothing", arguments: UInt64(0)..<40)
  func idleEvents(seed: UInt64) {
    let run = CellTrial(seed: 9_000 + seed).run
    var idle = run
    for arm in idle.services.indices { Self.addIdleEvents(to: &idle.services[arm]) }
    for place in idle.stations.indices { Self.addIdleEvents(to: &idle.stations[place].service) }
    let (with, without) = (idle.result(), run.result())
    // Who is still in flight is, when so many idle events have passed.
    if without.facts.contains(where: { $0.attempts.inFlight > 0 || $0.inFlight > 0 }) { return }
    for arm in with.rows.indices {
      for (row, other) in zip(with.rows[arm], without.rows[arm]) {
        #expect(row == other, "seed \(seed), arm \(arm)")
      }
    }
    #expect(with.facts == without.facts, "seed \(seed)")
    #expect(with.stations == without.stations, "seed \(seed)")
  }

  /// Outages that take no replica, and a schedule that never changes.
  private static func addIdleEvents(to plan: inout ServicePlan) {
    plan.station.failures.append(
      .outages(.every(always(3)), lasting: always(2), share: 0))
    guard plan.station.scaling == .fixed else { return }
    plan.station.scaling = .schedule(
      ReplicaSchedule(
        steps: [0, 3, 8].map { .init(from: nanoseconds($0), replicas: plan.replicas) },
        period: nanoseconds(11)))
  }

  @Test("an arm that shares nothing is not touched by the others", arguments: UInt64(0)..<20)
  func alone(seed: UInt64) {
    var run = CellTrial(seed: 12_000 + seed).run
    run.services = [run.services[0]]
    let alone = run.result()
    var other = logged(replicas: 2) { $0.timeout = nanoseconds(20) }
    other.client.retry = RetryPlan(attempts: 3, delay: .drawn(always(2)))
    run.services.append(other)
    let both = run.result()
    #expect(both.rows[0] == alone.rows[0], "seed \(seed)")
  }
}
