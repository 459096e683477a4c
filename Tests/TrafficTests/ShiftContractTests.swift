import Probability
import Testing
import Traffic

@Suite("Shifts") struct ShiftContractTests {
  @Test("have the same bits for any block size", arguments: [1, 7, 256])
  func blockSize(_ size: Int) throws {
    let all = ShiftPlan.ofEveryKind.map {
      $0.scheduled(
        .between(.hours(3), .hours(30)).ramping(.hours(9), .sigmoid)
          .recurring(every: .hours(5), activeFor: .hours(4)))
    }
    let large = try shift(all)
    let small = try shift(all, blockSize: size)
    #expect(small.traffic == large.traffic)
    #expect(small.truth == large.truth)
    #expect(small.counts == large.counts)
    #expect(large.truth.allSatisfy { $0.affected > 0 })
  }

  @Test("are functions of the seed", arguments: ShiftPlan.ofEveryKind.dropFirst(2).dropLast())
  func seeds(_ plan: ShiftPlan) throws {
    let first = try shift([plan]).traffic
    #expect(try shift([plan]).traffic == first)
    #expect(try shift([plan], seed: 8).traffic != first)
  }

  @Test("change not one bit outside their schedule", arguments: ShiftPlan.ofEveryKind)
  func outsideSchedule(_ plan: ShiftPlan) throws {
    let original = try unshifted()
    let schedule = ShiftPlan.Schedule.between(.hours(10), .hours(20))
    let result = try shift([plan.scheduled(schedule)], blockSize: 100)
    let inside = 600..<1_200
    for request in 0..<original.count where !inside.contains(request) {
      #expect(result.traffic.shifted[request] == 0)
      #expect(result.traffic.isSame(request, as: original))
    }
    #expect(result.truth[0].affected > 50)
    let never = try shift([plan.scheduled(.between(.days(9), nil))])
    #expect(never.traffic == original)
    #expect(never.truth == [ShiftTruth(name: plan.name, spans: [], affected: 0)])
  }

  @Test("change not one bit outside their segment", arguments: ShiftPlan.ofEveryKind)
  func outsideSegment(_ plan: ShiftPlan) throws {
    let original = try unshifted()
    var plan = plan
    plan.segment = [
      Condition(feature: "y", test: .atLeast(500)), Condition(feature: "x", test: .below(2)),
    ]
    let result = try shift([plan])
    let (x, y) = (original.feature(0), original.feature(1))
    for request in 0..<original.count where !(x[request] < 2 && y[request] >= 500) {
      #expect(result.traffic.isSame(request, as: original))
    }
    #expect(result.truth[0].affected > 50)
  }

  @Test("of severity zero change nothing", arguments: ShiftPlan.ofNoSeverity)
  func noSeverity(_ plan: ShiftPlan) throws {
    let result = try shift([plan])
    #expect(result.traffic == (try unshifted()))
    #expect(result.truth[0].affected == 0)
  }

  @Test("touch nothing but what they are about", arguments: ShiftPlan.ofEveryKind)
  func touches(_ plan: ShiftPlan) throws {
    let original = try unshifted()
    let result = try shift([plan]).traffic
    #expect(result.arrivals == original.arrivals)
    if case .resample = plan.kind { return }
    #expect(result.units == original.units)
    #expect(result.logged == original.logged)
    #expect(result.latencies == original.latencies)
    #expect(result.segments == original.segments)
    switch plan.kind {
    case .flipLabel, .concept: #expect(result.features == original.features)
    default: #expect(result.labels == original.labels)
    }
  }

  @Test("mark exactly the rows that they changed, and count them")
  func truth() throws {
    let result = try shift(ShiftPlan.ofEveryKind)
    for (index, truth) in result.truth.enumerated() {
      #expect(truth.name == ShiftPlan.ofEveryKind[index].name)
      #expect(truth.affected == result.traffic.shifted.count { $0 >> index & 1 == 1 })
    }
    for (index, plan) in ShiftPlan.ofEveryKind.enumerated() {
      guard case .resample = plan.kind else {
        let original = try unshifted()
        let alone = try shift([plan]).traffic
        for request in 0..<original.count {
          #expect((alone.shifted[request] == 1) == !alone.isSame(request, as: original))
        }
        continue
      }
      #expect(index == 5)
    }
  }

  @Test("keep their draws when another shift is put before them", arguments: 3..<8)
  func insertion(_ index: Int) throws {
    let plan = ShiftPlan.ofEveryKind[index]
    let alone = try shift([plan]).traffic
    let other = ShiftPlan(.offset(feature: "y", amount: 1))
    let sameKind = ShiftPlan(.missing(feature: "y", rate: 0.5))
    let second = try shift([other, sameKind, plan]).traffic
    #expect(second.shifted.map { $0 >> 2 } == alone.shifted)
  }

  @Test("keep their draws when their severity or schedule changes: more severe touches more")
  func nesting() throws {
    func touched(_ rate: Double, _ schedule: ShiftPlan.Schedule = .init()) throws -> [Bool] {
      try shift([ShiftPlan(.missing(feature: "x", rate: rate), schedule: schedule)])
        .traffic.shifted.map { $0 == 1 }
    }
    let few = try touched(0.2)
    let many = try touched(0.5)
    #expect(zip(few, many).allSatisfy { !$0 || $1 })
    let ramp = try touched(0.5, ShiftPlan.Schedule().ramping(.hours(30), .linear))
    #expect(zip(ramp, many).allSatisfy { !$0 || $1 })
    #expect(few.count { $0 } < many.count { $0 })
  }

  @Test("of equal kind and target have luck of their own, whatever their names")
  func equalTargets() throws {
    let plan = ShiftPlan(.missing(feature: "x", rate: 0.5)).named("one")
    let flips = [ShiftPlan(.flipLabel(rate: 0.5)), ShiftPlan(.flipLabel(rate: 0.5))]
    let twice = try shift(flips).traffic.shifted
    #expect(twice.contains(1) && twice.contains(2) && twice.contains(3))
    // The first keeps its draws when it is alone, and when it has another name.
    #expect(try shift([flips[0].named("other")]).traffic.shifted == twice.map { $0 & 1 })
    #expect(try shift([plan]).traffic == (try shift([plan.named("two")])).traffic)
  }

  @Test("act in the scenario's order, each on what the one before left")
  func order() throws {
    let scale = ShiftPlan(.scale(feature: "x", factor: 2))
    let offset = ShiftPlan(.offset(feature: "x", amount: 1))
    let original = try unshifted().feature(0)
    let scaledFirst = try shift([scale, offset]).traffic.feature(0)
    let offsetFirst = try shift([offset, scale]).traffic.feature(0)
    for (request, value) in original.enumerated() where !value.isNaN {
      #expect(scaledFirst[request] == Float(Double(value * 2) + 1))
      #expect(offsetFirst[request] == Float(Double(value) + 1) * 2)
    }
    // A segment is tested on the values as they stand.
    let far = ShiftPlan(
      .offset(feature: "y", amount: 1), segment: [Condition(feature: "x", test: .above(6))])
    #expect(try shift([far]).truth[0].affected == 0)
    #expect(try shift([scale, far]).truth[1].affected > 0)
    #expect(try shift([far, scale]).truth[0].affected == 0)
  }
}

extension WholeTraffic {
  /// Whether a request has the same bits in both, its truth aside.
  func isSame(_ request: Int, as other: WholeTraffic) -> Bool {
    zip(features, other.features).allSatisfy { $0[request] == $1[request] }
      && zip(logged, other.logged).allSatisfy { $0[request] == $1[request] }
      && zip(segments, other.segments).allSatisfy { $0[request] == $1[request] }
      && arrivals[request] == other.arrivals[request] && units[request] == other.units[request]
      && labels[request] == other.labels[request] && latencies[request] == other.latencies[request]
  }
}
