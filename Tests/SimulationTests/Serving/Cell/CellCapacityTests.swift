import Probability
import Simulation
import Testing
import Traffic

@Suite("Replicas of a cell") struct CellCapacityTests {
  private func scheduled(
    _ steps: [(Int64, Int)], period: Int64? = nil, _ change: (inout ServicePlan) -> Void = { _ in }
  ) -> ServicePlan {
    logged {
      $0.station.scaling = .schedule(
        ReplicaSchedule(
          steps: steps.map { .init(from: nanoseconds($0.0), replicas: $0.1) },
          period: period.map { nanoseconds($0) }))
      change(&$0)
    }
  }

  @Test("a replica that is ordered serves after its cold start")
  func coldStart() {
    let plan = scheduled([(0, 1), (10, 2)]) { $0.station.coldStart = always(5) }
    let result = CellRun(plan, times: [0, 0], lengths: [100, 100]).result()
    #expect(result.rows[0].map(\.wait) == [0, 15])
    // From 0 to 115: ordered 1 · 10 + 2 · 105, there 1 · 15 + 2 · 100.
    #expect(result.facts[0].orderedArea == 220 && result.facts[0].readyArea == 215)
  }

  @Test("levels over time: at most 512 stretches, whose areas are exact")
  func levels() {
    let second: Int64 = 1_000_000_000
    var times: [Int64] = []
    for request in 0..<1_000 { times.append(second * Int64(request)) }
    let plan = scheduled([(0, 1), (500 * second, 3)])
    let result = CellRun(plan, times: times, lengths: times.map { _ in second / 4 }).result()
    guard let levels = result.levels[0] else {
      Issue.record("no levels")
      return
    }
    #expect(levels.stretches.count <= 512 && levels.stretches.count > 256)
    #expect(levels.stretches.reduce(0) { $0 + $1.servingArea } == 250 * Int128(second))
    // A stretch is 2³¹ or 2³² ns; before 500 s one replica is there, later three.
    let width = Int128(levels.width.nanoseconds)
    let change = Int(500 * second / levels.width.nanoseconds)
    #expect(levels.stretches[change - 1].readyArea == width)
    #expect(levels.stretches[change + 1].readyArea == 3 * width)
    #expect(levels.stretches.allSatisfy { $0.waitingArea == 0 })
  }

  @Test("a replica that is sent away ends what it serves")
  func draining() {
    let plan = scheduled([(0, 2), (5, 1)])
    let rows = CellRun(plan, times: [0, 0, 6, 6], lengths: [20, 10, 1, 1]).rows()
    #expect(rows.map(\.wait) == [0, 0, 14, 15])
  }

  @Test("a schedule begins anew after its period")
  func period() {
    let plan = scheduled([(0, 1), (50, 0)], period: 100)
    let rows = CellRun(plan, times: [0, 60, 160], lengths: [5, 5, 5]).rows()
    #expect(rows.map(\.wait) == [0, 40, 40])
  }

  @Test("what nobody will ever serve is in flight at the end")
  func inFlight() {
    let run = CellRun(scheduled([(0, 1), (5, 0)]), times: [0, 8], lengths: [2, 2])
    let result = run.result()
    #expect(result.rows[0].map(\.fate) == [.answered, .inFlight])
    #expect(result.facts[0].inFlight == 1 && result.facts[0].attempts.inFlight == 1)
    #expect(result.facts[0].waitingArea == result.facts[0].waitingSum)
  }

  @Test("the first requests on a cold replica are slower")
  func coldCache() {
    let plan = logged { $0.station.coldCache = ColdCachePlan(factor: 3, halvedAfter: 1) }
    let rows = CellRun(plan, times: [0, 100, 200], lengths: [10, 10, 10]).rows()
    #expect(rows.map(\.service) == [30, 20, 15])
  }

  private func automatic(
    _ kind: AutoscalerPlan.Kind, interval: Int64,
    _ change: (inout AutoscalerPlan) -> Void = { _ in }
  ) -> ServicePlan {
    logged {
      var scaler = AutoscalerPlan(
        kind: kind, signal: .concurrency, target: 1, most: 10, interval: nanoseconds(interval))
      change(&scaler)
      $0.station.scaling = .automatic(scaler)
    }
  }

  @Test("Kubernetes: replicas = ceil(replicas · signal / target), held to its rates")
  func horizontal() {
    let fast = automatic(.horizontal(.init()), interval: 10)
    let times: [Int64] = [0, 0, 0]
    #expect(CellRun(fast, times: times, lengths: [99, 99, 99]).rows().map(\.wait) == [0, 10, 10])
    var slow = AutoscalerPlan.HorizontalPlan()
    slow.growth = 1
    slow.growthBy = 1
    slow.ratePeriod = nanoseconds(15)
    let held = automatic(.horizontal(slow), interval: 10)
    // Two at 10; at 20 the period began with one; at 30 with two, so three.
    #expect(CellRun(held, times: times, lengths: [99, 99, 99]).rows().map(\.wait) == [0, 10, 30])
  }

  @Test("Kubernetes: within the tolerance nothing changes")
  func tolerance() {
    var kind = AutoscalerPlan.HorizontalPlan()
    kind.tolerance = 1
    let plan = automatic(.horizontal(kind), interval: 10)
    #expect(CellRun(plan, times: [0, 0], lengths: [99, 99]).rows().map(\.wait) == [0, 99])
    let three = CellRun(plan, times: [0, 0, 0], lengths: [99, 99, 99]).rows()
    #expect(three.map(\.wait) == [0, 10, 10])
  }

  @Test("Kubernetes: going down waits for the largest wish of the stabilisation window")
  func stabilisation() {
    for (window, expected) in [(Int64(0), Int64(49)), (1_000, 0)] {
      var kind = AutoscalerPlan.HorizontalPlan()
      kind.stabilisation = nanoseconds(window)
      let plan = automatic(.horizontal(kind), interval: 10)
      // Two are there from 10 on; after 60 nothing is asked; two more come at 101.
      let rows = CellRun(plan, times: [0, 0, 101, 101], lengths: [50, 50, 49, 5]).rows()
      #expect(rows[2].wait == 0)
      #expect(rows[3].wait == (expected == 0 ? 0 : 9), "window \(window)")
    }
  }

  @Test("Knative: panic orders at once what the short window asks for, and never goes down")
  func panic() {
    var kind = AutoscalerPlan.KnativePlan()
    kind.stableWindow = nanoseconds(60)
    let plan = automatic(.knative(kind), interval: 2)
    let times = Array(repeating: Int64(0), count: 10) + [40]
    let lengths = Array(repeating: Int64(30), count: 10) + [20]
    let result = CellRun(plan, times: times, lengths: lengths).result()
    #expect(result.rows[0].map(\.wait) == [0] + Array(repeating: 2, count: 9) + [0])
    // Ten until the end at 60: panic lasts as long as the stable window.
    #expect(result.facts[0].readyArea == 2 + 10 * 58)
  }

  @Test("Knative: the last replica goes after its grace, and comes back for a request")
  func toZero() {
    var kind = AutoscalerPlan.KnativePlan()
    kind.stableWindow = nanoseconds(20)
    kind.graceToZero = nanoseconds(10)
    let plan = automatic(.knative(kind), interval: 2) { $0.fewest = 0 }
    var cold = plan
    cold.station.coldStart = always(7)
    let rows = CellRun(cold, times: [0, 30, 100], lengths: [4, 4, 4]).rows()
    // Idle since 24, so gone at 34 at the earliest; the request at 30 still finds it.
    #expect(rows.map(\.wait) == [0, 0, 7])
  }

  @Test("an outage ends what is served, or sends it back to the head of the queue")
  func outage() {
    func plan(_ onFailure: StationPlan.OnFailure) -> ServicePlan {
      logged {
        $0.station.failures = [.outages(.at([nanoseconds(5)]), lasting: always(10), share: 1)]
        $0.station.onFailure = onFailure
      }
    }
    let requeued = CellRun(plan(.requeue), times: [0, 1], lengths: [8, 1]).result()
    #expect(requeued.rows[0] == [answered(wait: 15, service: 8), answered(wait: 22, service: 1)])
    #expect(requeued.facts[0].readyArea == 14 && requeued.facts[0].servingSum == 14)
    let failed = CellRun(plan(.fail), times: [0, 1], lengths: [8, 1]).rows()
    #expect(failed[0] == OutcomeRow(fate: .failed, wait: 0, service: 5, latency: 5))
    #expect(failed[1] == answered(wait: 14, service: 1))
  }

  @Test("an outage of a share takes so many replicas")
  func share() {
    let plan = logged(replicas: 10) {
      $0.station.failures = [.outages(.at([nanoseconds(5)]), lasting: always(10), share: 0.3)]
    }
    let times = Array(repeating: Int64(0), count: 10)
    let rows = CellRun(plan, times: times, lengths: times.map { _ in 20 }).rows()
    #expect(rows.count { $0.fate == .failed } == 3)
  }

  @Test("breakdowns come and go by the clock of each replica")
  func breakdowns() {
    let plan = logged {
      $0.station.failures = [.breakdowns(lasting: always(5), every: always(20))]
      $0.station.onFailure = .requeue
    }
    // Down from 20 to 25 and from 45 to 50.
    let rows = CellRun(plan, times: [0, 15, 40], lengths: [20, 10, 4]).rows()
    #expect(rows.map(\.latency) == [20, 20, 4])
  }

  @Test("slowness stretches what is left to do")
  func slowness() {
    let plan = logged {
      $0.station.failures = [.slowness(lasting: always(6), every: always(5), factor: 2)]
    }
    // Five done until 5; at half speed three more until 11; the last two until 13.
    #expect(CellRun(plan, times: [0], lengths: [10]).rows().map(\.service) == [13])
  }

  @Test("faster replicas divide the time, the first idle one is taken")
  func speeds() {
    let plan = logged(replicas: 3) { $0.station.speeds = [2, 0.5] }
    let rows = CellRun(plan, times: [0, 0, 0], lengths: [10, 10, 10]).rows()
    #expect(rows.map(\.service) == [5, 20, 5])
  }
}
