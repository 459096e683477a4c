import Models
import Probability
import Simulation
import Statistics
import Testing
import Traffic

@Suite("What one run can tell of the long run") struct SteadyGroundTests {
  private func service(
    mean: Double = 0.01, replicas: Int = 1, _ change: (inout ServicePlan) -> Void = { _ in }
  ) -> ServicePlan {
    var plan = ServicePlan(time: .drawn(.exponential(mean: mean)))
    plan.replicas = replicas
    change(&plan)
    return plan
  }

  private func traffic(
    _ arrivals: SyntheticPlan.Arrivals = .poisson(rate: 80),
    _ change: (inout SyntheticPlan) -> Void = { _ in }
  ) -> TrafficPlan {
    var plan = SyntheticPlan(
      start: SimulatedTime(nanoseconds: 0), arrivals: arrivals, features: [], label: .none)
    change(&plan)
    return .synthetic(plan)
  }

  private func grounds(
    _ services: [ServicePlan?], _ traffic: TrafficPlan,
    _ deployment: DeploymentPlan = .shadow(mirror: 1), isSparing: Bool = false
  ) -> [SteadyGround?] {
    let arms = services.enumerated().map {
      ArmPlan(name: "arm\($0)", model: .noModel, service: $1)
    }
    return LoadPlan(arms: arms, stations: [], deployment: deployment, rate: traffic.rate)
      .steadyGrounds(of: traffic, isSparing: isSparing)
  }

  @Test("a queue with Poisson arrivals has the load of its textbook")
  func poisson() {
    let found = grounds([service(), service(mean: 0.02, replicas: 4), nil], traffic())
    #expect(found[0] == .known(OfferedLoad(utilisation: 0.8), customersPerRequest: 1))
    #expect(found[1]?.load == OfferedLoad(utilisation: 0.4, servers: 4))
    #expect(found[2] == nil)
  }

  @Test("gaps, groups and mirrors change how much arrivals vary")
  func dispersion() throws {
    let even = grounds([service()], traffic(.constant(rate: 50)))
    #expect(even[0]?.load?.gapVariation == 0)
    let gaps = traffic { $0.gaps = .gamma(shape: 4, scale: 1) }
    #expect(grounds([service()], gaps)[0]?.load?.gapVariation == 0.25)
    let groups = traffic(.poisson(rate: 40)) { $0.groups = .constant(2) }
    let pairs = try #require(grounds([service()], groups)[0]?.load)
    #expect(pairs.gapVariation == 2 && pairs.utilisation == 0.8)
    // Every other copy of even arrivals: a coin each.
    let half = grounds([service(), service()], traffic(.constant(rate: 50)), .shadow(mirror: 0.5))
    #expect(half[1]?.load?.gapVariation == 0.5 && half[1]?.load?.utilisation == 0.25)
    guard case .known(_, let customers) = half[1] else {
      Issue.record("no load")
      return
    }
    #expect(customers == 0.5)
  }

  @Test("arms on the same replicas are one queue with a mixture of services")
  func shared() throws {
    let copy = service(mean: 0.02) { $0.sharedWith = "arm0" }
    let found = grounds([service(replicas: 4), copy], traffic())
    #expect(found[0] == found[1])
    let load = try #require(found[0]?.load)
    #expect(abs(load.utilisation - 0.6) < 1e-12 && load.servers == 4)
    // E S = 0.015, E S² = (2 · 0.01² + 2 · 0.02²) / 2.
    #expect(abs(load.serviceVariation - (0.0005 / 0.000225 - 1)) < 1e-9)
    #expect(load.gapVariation == 2)
  }

  @Test("heavy tails are known from the law")
  func tails() {
    for (law, tail) in [
      (Distribution.constant(0.01), OfferedLoad.ServiceTail.light),
      (.lognormal(mu: -5, sigma: 1), .heavy), (.weibull(shape: 0.5, scale: 0.01), .heavy),
      (.pareto(minimum: 0.001, shape: 3), .power(index: 3)),
      (.shifted(by: 0.001, .pareto(minimum: 0.001, shape: 2.5)), .power(index: 2.5)),
    ] {
      let plan = service { $0.time = .drawn(law) }
      #expect(grounds([plan], traffic())[0]?.load?.tail == tail, "\(law)")
    }
    let wild = service { $0.time = .drawn(.pareto(minimum: 0.001, shape: 1.5)) }
    #expect(grounds([wild], traffic())[0]?.load?.serviceVariation == .infinity)
  }

  @Test("traffic that changes, and services whose memory is not in the load, say why")
  func obstacles() {
    let wave = SyntheticPlan.Wave(
      period: SimulatedDuration(seconds: 60), mean: 10, amplitude: 0.5, peak: .zero)
    #expect(grounds([service()], traffic(.wave(wave)))[0] == .unknown(.changingRate))
    let bursts = SyntheticPlan.Arrivals.hawkes(
      rate: 10, branching: 0.5, decay: SimulatedDuration(seconds: 1))
    #expect(grounds([service()], traffic(bursts))[0] == .unknown(.burstyTraffic))
    let cases: [(SteadyGround.Obstacle, (inout ServicePlan) -> Void)] = [
      (.retries, { $0.client.retry = RetryPlan(attempts: 2, delay: .drawn(.constant(1))) }),
      (.changingReplicas, { $0.station.setUp = .constant(1) }),
      (
        .failures,
        { $0.station.failures = [.outages(.at([.zero]), lasting: .constant(1), share: 1)] }
      ),
      (
        .batches,
        { $0.station.batch = BatchPlan(largest: 2, longestWait: .zero, time: .slowest) }
      ),
      (.separateQueues, { $0.station.balancing = .random }),
      (.route, { $0.route = [.own(again: 0.5)] }), (.loggedTimes, { $0.time = .logged(scale: 1) }),
      (.noMean, { $0.time = .drawn(.pareto(minimum: 1, shape: 1)) }),
    ]
    for (obstacle, change) in cases {
      #expect(grounds([service(change)], traffic())[0] == .unknown(obstacle), "\(obstacle)")
    }
    #expect(grounds([service()], traffic(), isSparing: true)[0] == .unknown(.adaptiveMirror))
    #expect(
      SteadyGround.Obstacle.allCases.filter(\.isOfInput) == [
        .recordedTraffic, .changingRate, .waitingUsers,
      ])
  }
}
