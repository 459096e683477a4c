import Probability
import Simulation
import Testing
import Traffic

@Suite("Routes through a cell") struct CellRouteTests {
  private func station(_ name: String, _ time: Double, replicas: Int = 1) -> NamedStation {
    var plan = ServicePlan(time: .drawn(always(time)))
    plan.replicas = replicas
    return NamedStation(name: name, service: plan)
  }

  private func run(
    _ route: [RouteStep], _ stations: [NamedStation], times: [Int64], lengths: [Int64],
    replicas: Int = 1
  ) -> CellRun {
    var run = CellRun(
      logged(replicas: replicas) { $0.route = route }, times: times, lengths: lengths)
    run.stations = stations
    return run
  }

  @Test("stations are visited in order")
  func visits() {
    let result = run(
      [.visit("store"), .own(again: 0)], [station("store", 5)], times: [0, 1], lengths: [3, 9]
    ).result()
    #expect(result.rows[0] == [answered(wait: 0, service: 8), answered(wait: 4, service: 14)])
    #expect(result.stations[0].servingSum == 10 && result.stations[0].waitingArea == 4)
    #expect(result.facts[0].servingSum == 12 && result.facts[0].waitingSum == 0)
  }

  @Test("a fan-out goes on when enough have answered; the others are late")
  func quorum() {
    let stations = [station("a", 5), station("b", 10), station("c", 20)]
    let two = run([.fanOut(["a", "b", "c"], needed: 2)], stations, times: [0], lengths: [1])
    #expect(two.rows() == [answered(wait: 0, service: 10)])
    #expect(two.attempts().lateBranches == 1)
    #expect(two.result().stations.map(\.servingSum) == [5, 10, 20])
    let all = run([.fanOut(["a", "b", "c"], needed: 3)], stations, times: [0], lengths: [1])
    #expect(all.rows() == [answered(wait: 0, service: 20)])
  }

  @Test("a fan-out fails when not enough can answer")
  func failingQuorum() {
    var broken = station("b", 10)
    broken.service.errorRate = 1
    let stations = [station("a", 5), broken]
    let both = run([.fanOut(["a", "b"], needed: 2)], stations, times: [0], lengths: [1]).rows()
    #expect(both == [OutcomeRow(fate: .failed, wait: 10, service: 0, latency: 10)])
    let one = run([.fanOut(["a", "b"], needed: 1)], stations, times: [0], lengths: [1]).rows()
    #expect(one == [answered(wait: 0, service: 5)])
  }

  @Test("a place is held until the way ends")
  func hold() {
    let held = run(
      [.hold("pool"), .own(again: 0)], [station("pool", 1)], times: [0, 0], lengths: [10, 10],
      replicas: 2)
    #expect(held.rows() == [answered(wait: 0, service: 10), answered(wait: 10, service: 10)])
    #expect(held.result().stations[0].servingSum == 20)
  }

  @Test("a time-out gives back what is held")
  func holdTimeout() {
    var held = run(
      [.hold("pool"), .own(again: 0)], [station("pool", 1)], times: [0, 0], lengths: [10, 2])
    held.services[0].timeout = nanoseconds(6)
    #expect(held.rows().map(\.fate) == [.timedOut, .timedOut])
    held.services[0].timeout = nanoseconds(9)
    #expect(held.rows().map(\.latency) == [9, 9])
    held.times = [0, 3]
    #expect(
      held.rows() == [
        OutcomeRow(fate: .timedOut, wait: 0, service: 9, latency: 9), answered(wait: 6, service: 2),
      ])
  }

  @Test("arms that visit the same station slow each other down")
  func sharedStation() {
    var both = run([.visit("store")], [station("store", 5)], times: [0], lengths: [1])
    both.services.append(both.services[0])
    let rows = both.result().rows
    #expect(rows[0] == [answered(wait: 0, service: 5)])
    #expect(rows[1] == [answered(wait: 5, service: 5)])
  }

  @Test("a request that comes again is served anew")
  func again() {
    var plan = ServicePlan(time: .drawn(always(4)))
    plan.route = [.own(again: 0.5)]
    let run = CellRun(
      plan, times: (0..<400).map { 1_000 * Int64($0) },
      lengths: Array(repeating: -1, count: 400))
    let rows = run.rows()
    let passes = rows.reduce(0) { $0 + $1.service / 4 }
    #expect(rows.allSatisfy { $0.wait == 0 && $0.service % 4 == 0 })
    // Geometric with mean 2 and variance 2: five standard errors.
    let mean = Double(passes) / 400
    let error = (2.0 / 400).squareRoot()
    #expect(abs(mean - 2) < 5 * error)
  }
}
