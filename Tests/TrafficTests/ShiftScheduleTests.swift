import Testing
import Traffic

/// The strength on each minute from the start, read off an offset of 1 on a column that counts.
private func strengths(
  _ schedule: ShiftPlan.Schedule, minutes: Int, start: SimulatedTime? = nil
) throws -> [Double] {
  let schema = TrafficSchema(features: [.init(name: "x", kind: .numeric)], label: .none)
  var pipeline = try ShiftPipeline(
    shifts: [ShiftPlan(.offset(feature: "x", amount: 1), schedule: schedule)], schema: schema,
    labellers: [], seed: 1, start: start)
  var block = RequestBlock(schema: schema, capacity: minutes)
  block.count = minutes
  for row in 0..<minutes {
    block.arrivals[row] = monday + .seconds(60 * Int64(row))
    block.features[row] = 0
  }
  pipeline.apply(to: &block)
  return block.features.map { Double($0) }
}

private func spans(
  _ schedule: ShiftPlan.Schedule, requests: Int = 2_000
) throws -> [Range<Int64>] {
  let plan = ShiftPlan(.scale(feature: "x", factor: 2), schedule: schedule)
  let truth = try shift([plan], source: TableSource(requests: requests)).truth[0]
  return truth.spans.map {
    ($0.start.nanoseconds - monday.nanoseconds)..<($0.end.nanoseconds - monday.nanoseconds)
  }
}

private let minute: Int64 = 60_000_000_000

@Suite("The schedule of a shift") struct ShiftScheduleTests {
  @Test("holds from its start, and not at its end")
  func bounds() throws {
    let on = try strengths(.between(.seconds(300), .seconds(600)), minutes: 20)
    #expect(on == (0..<20).map { (5..<10).contains($0) ? 1 : 0 })
    var instants = ShiftPlan.Schedule()
    instants.from = .instant(monday + .seconds(300))
    instants.until = .instant(monday + .seconds(600))
    #expect(try strengths(instants, minutes: 20) == on)
    #expect(try strengths(.init(), minutes: 20) == Array(repeating: 1, count: 20))
    #expect(
      try strengths(.between(.seconds(600), .seconds(300)), minutes: 20)
        == Array(repeating: 0, count: 20))
  }

  @Test("counts offsets from the stated start, else from the first arrival")
  func start() throws {
    let early = SimulatedTime(nanoseconds: monday.nanoseconds - 2 * minute)
    let on = try strengths(.between(.seconds(300), nil), minutes: 10, start: early)
    #expect(on == (0..<10).map { $0 >= 3 ? 1 : 0 })
  }

  @Test("a linear ramp rises evenly from 0 to 1")
  func linear() throws {
    let ramp = try strengths(
      .between(.seconds(300), nil).ramping(.seconds(600), .linear), minutes: 20)
    for (row, strength) in ramp.enumerated() {
      #expect(strength == Double(Float(min(max(Double(row - 5) / 10, 0), 1))))
    }
  }

  @Test("a sigmoid ramp has exact ends, its middle at one half, and is symmetric and rising")
  func sigmoid() {
    let shape = ShiftPlan.Schedule.Ramp.Shape.sigmoid
    #expect(shape.strength(at: 0) == 0 && shape.strength(at: 1) == 1)
    #expect(shape.strength(at: -1) == 0 && shape.strength(at: 2) == 1)
    #expect(abs(shape.strength(at: 0.5) - 0.5) < 1e-15)
    var last = 0.0
    for step in 1..<1_000 {
      let strength = shape.strength(at: Double(step) / 1_000)
      #expect(strength > last && strength < 1)
      #expect(abs(strength + shape.strength(at: 1 - Double(step) / 1_000) - 1) < 1e-14)
      last = strength
    }
    // (g(1/4) − g(0)) / (g(1) − g(0)) of the logistic curve with slope 10, by hand.
    #expect(abs(shape.strength(at: 0.25) - 0.070_103_716_545_108_16) < 1e-15)
  }

  @Test("a ramp of no length is a step")
  func step() throws {
    let on = try strengths(.between(.seconds(300), nil).ramping(.zero, .sigmoid), minutes: 9)
    #expect(on == (0..<9).map { $0 >= 5 ? 1 : 0 })
  }

  @Test(
    "recurs from its start, on at the first instant of each period and off at the last of its time")
  func recurrence() throws {
    let schedule = ShiftPlan.Schedule.between(.seconds(180), .seconds(60 * 17))
      .recurring(every: .seconds(300), activeFor: .seconds(120))
    let on = try strengths(schedule, minutes: 25)
    #expect(on == (0..<25).map { [3, 4, 8, 9, 13, 14].contains($0) ? 1 : 0 })
  }

  @Test("a recurring ramp rises once, from the start of the schedule on")
  func recurringRamp() throws {
    let schedule = ShiftPlan.Schedule().ramping(.seconds(600), .linear)
      .recurring(every: .seconds(240), activeFor: .seconds(120))
    let on = try strengths(schedule, minutes: 14)
    #expect(
      on.map { ($0 * 10).rounded() / 10 } == [0, 0.1, 0, 0, 0.4, 0.5, 0, 0, 0.8, 0.9, 0, 0, 1, 1])
  }

  @Test("the truth holds the spans, clipped to the traffic")
  func truth() throws {
    let last = 1_999 * minute + 1
    #expect(try spans(.init()) == [0..<last])
    #expect(try spans(.between(.hours(1), .hours(2))) == [60 * minute..<120 * minute])
    #expect(try spans(.between(.hours(30), .days(90))) == [1_800 * minute..<last])
    #expect(try spans(.between(.days(90), nil)) == [])
    #expect(try spans(.between(.hours(2), .hours(1))) == [])
    var past = ShiftPlan.Schedule()
    past.from = .instant(SimulatedTime(nanoseconds: .min))
    #expect(try spans(past) == [0..<last])
    #expect(
      try spans(
        .between(.hours(1), .hours(20)).recurring(every: .hours(8), activeFor: .hours(4)))
        == [
          60 * minute..<300 * minute, 540 * minute..<780 * minute, 1_020 * minute..<1_200 * minute,
        ])
    // On for the whole of each period: one span.
    #expect(
      try spans(ShiftPlan.Schedule().recurring(every: .hours(1), activeFor: .hours(1)))
        == [0..<last])
    #expect(
      try spans(ShiftPlan.Schedule().recurring(every: .hours(1), activeFor: .zero)) == [])
  }

  @Test("more than 10,000 spans are told as one")
  func manySpans() throws {
    let often = ShiftPlan.Schedule().recurring(every: .seconds(2), activeFor: .seconds(1))
    #expect(try spans(often) == [0..<1_999 * minute + 1])
    #expect(try spans(often, requests: 300).count == 8_971)
  }

  @Test("spans and strengths agree: a request is touched only inside a span")
  func agreement() throws {
    let schedule = ShiftPlan.Schedule.between(.seconds(1_234), .seconds(91_000))
      .recurring(every: .seconds(3_210), activeFor: .seconds(777))
    let result = try shift([ShiftPlan(.scale(feature: "y", factor: 2), schedule: schedule)])
    let y = try unshifted().feature(1)
    for (request, time) in result.traffic.arrivals.enumerated() where y[request] > 0 {
      let isInside = result.truth[0].spans.contains {
        $0.start.nanoseconds <= time && time < $0.end.nanoseconds
      }
      #expect((result.traffic.shifted[request] == 1) == isInside)
    }
  }

  @Test("extreme times do not overflow")
  func extremes() throws {
    var schedule = ShiftPlan.Schedule()
    schedule.from = .offset(SimulatedDuration(nanoseconds: .max))
    #expect(try spans(schedule) == [])
    schedule.from = .offset(SimulatedDuration(nanoseconds: .min))
    schedule.recurrence = .init(
      every: SimulatedDuration(nanoseconds: .max), activeFor: SimulatedDuration(nanoseconds: .max))
    #expect(try spans(schedule).count == 1)
    schedule.ramp = .init(duration: SimulatedDuration(nanoseconds: .max), shape: .linear)
    #expect(try spans(schedule).count == 1)
  }
}
