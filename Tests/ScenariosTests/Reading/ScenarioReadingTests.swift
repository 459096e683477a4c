import Documents
import Models
import Probability
import Scenarios
import Simulation
import Testing
import Traffic

@Suite("Reading scenarios") struct ScenarioReadingTests {
  private func read(_ text: String, _ settings: [String] = []) throws(Diagnostics) -> Scenario {
    try Scenario.read(SourceText(name: "s.json5", text: text), settings: settings)
  }

  @Test("the design's example means what it says")
  func design() throws {
    let scenario = try read(ScenarioSamples.design)
    #expect(scenario.seed == 7)
    #expect(scenario.arms.map(\.name) == ["production", "candidate"])
    #expect(scenario.arms[0].model == .file(path: "models/elec2_lr.json"))
    #expect(scenario.arms[0].service?.replicas == 2)
    #expect(
      scenario.arms[1].service?.time == .drawn(try .lognormal(mean: 0.015, p99: 0.06)))
    #expect(scenario.deployment == .shadow(mirror: 1))
    #expect(scenario.labels.delay == .constant(1800))
    #expect(scenario.metrics == [.accuracy, .logLoss, .auc, .latencyQuantile(0.99)])
    #expect(
      scenario.comparisons == [
        ComparisonPlan(metric: .accuracy), ComparisonPlan(metric: .logLoss),
        ComparisonPlan(metric: .latencyQuantile(0.99), question: .notWorse(margin: 5_000_000)),
      ])
    #expect(
      scenario.monitors == [
        MonitorPlan(
          name: "adwin on candidate.error", detector: .adwin(delta: 0.002), arm: "candidate",
          signal: .error)
      ])
    #expect(
      scenario.gates == [
        GateRule(metric: .accuracy, arm: "candidate", requirement: .notWorse(margin: 0.01))
      ])
    let day: Int64 = 86_400_000_000_000
    var schedule = ShiftPlan.Schedule()
    schedule.from = .offset(SimulatedDuration(nanoseconds: 200 * day))
    schedule.ramp = .init(duration: SimulatedDuration(nanoseconds: 30 * day), shape: .linear)
    #expect(
      scenario.shifts.first
        == ShiftPlan(
          name: "scale nswdemand by 1.3", kind: .scale(feature: "nswdemand", factor: 1.3),
          schedule: schedule))
  }

  @Test("production comes first: the one called so, or else the first")
  func production() throws {
    let names = { (arms: String) throws(Diagnostics) in
      try read(ScenarioText.whole(arms: arms)).arms.map(\.name)
    }
    #expect(
      try names(#"{ x: { model: "x" }, production: { model: "p" }, y: { model: "y" } }"#)
        == ["production", "x", "y"])
    #expect(try names(#"{ b: { model: "b" }, a: { model: "a" } }"#) == ["b", "a"])
  }

  @Test("shares stand in the order of the arms, and the rest fills up")
  func shares() throws {
    let scenario = try read(
      ScenarioText.whole(
        "deployment: { ab: { shares: { candidate: 0.25, production: \"rest\" } } }"))
    #expect(
      scenario.deployment == .split(shares: [0.75, 0.25], salt: "deployment", by: .unit))
    let tenths = Array(repeating: 0.1, count: 10)
    let arms = (0..<10).map { "a\($0): { model: \"x\" }" }.joined(separator: ", ")
    let split = (0..<10).map { "a\($0): 0.1" }.joined(separator: ", ")
    #expect(
      try read(
        ScenarioText.whole(arms: "{ \(arms) }", "deployment: { ab: { shares: { \(split) } } }")
      ).deployment == .split(shares: tenths, salt: "deployment", by: .unit))
  }

  @Test("without comparisons every metric is compared, but not what has no two values")
  func automaticComparisons() throws {
    let scenario = try read(ScenarioText.whole("metrics: [\"auc\", \"disagreement\", \"brier\"]"))
    #expect(scenario.comparisons == [ComparisonPlan(metric: .auc), ComparisonPlan(metric: .brier)])
    #expect(try read(ScenarioText.whole("metrics: [\"auc\"], compare: []")).comparisons == [])
  }

  @Test("what is compared or gated is measured, too")
  func metricsInUse() throws {
    let scenario = try read(
      ScenarioText.whole(
        "metrics: [\"auc\"], compare: [\"brier\"], gate: { accuracy: { candidate: \"better\" } }"))
    #expect(scenario.metrics == [.auc, .brier, .accuracy])
    #expect(try read(ScenarioText.whole("compare: [\"brier\"]")).metrics == [])
  }

  @Test("logged answers become columns of the recording, each once")
  func loggedColumns() throws {
    let scenario = try read(
      ScenarioText.whole(
        arms:
          #"{ a: { model: { column: "s" } }, b: { model: { column: "s", output: "value" } }, c: { model: { column: "t" } } }"#,
        "shifts: [{ concept: { column: \"u\" } }]"))
    guard case .replay(let plan) = scenario.traffic else {
      Issue.record("no replay")
      return
    }
    #expect(plan.loggedColumns == ["s", "t", "u"])
    #expect(scenario.labellers == [.column(name: "u", output: .probability)])
  }

  @Test("settings change values, make objects on the way, and take bare texts")
  func settings() throws {
    let scenario = try read(
      ScenarioText.whole("shifts: [{ scale: \"x\", by: 2 }]"),
      [
        "seed=9", "title=A new title", "labels.delay=5m", "shifts[0].by=1.5",
        "arms.candidate.service={ time: \"8ms\" }", "arms.candidate.service.replicas=4",
        "deployment.ab.shares={ production: 0.5, candidate: 'rest' }", "seed=10",
      ])
    #expect(scenario.seed == 10)
    #expect(scenario.title == "A new title")
    #expect(scenario.labels.delay == .constant(300))
    #expect(scenario.shifts[0].kind == .scale(feature: "x", factor: 1.5))
    #expect(scenario.arms[1].service?.replicas == 4)
    #expect(scenario.deployment == .split(shares: [0.5, 0.5], salt: "deployment", by: .unit))
  }

  @Test("places of values are remembered for mistakes that show later")
  func places() throws {
    let document = try ScenarioDocument(
      SourceText(name: "s.json5", text: ScenarioText.whole("shifts: [{ scale: \"x\", by: 2 }]")),
      settings: ["arms.candidate.model=c.json"])
    #expect(document.place(of: "traffic.replay")?.line == 2)
    #expect(document.place(of: "shifts[0].by")?.column == 30)
    #expect(document.place(of: "arms.candidate.model")?.file == "--set")
    #expect(document.place(of: "shifts[1]") == nil)
    #expect(document.place(of: "nowhere.at.all") == nil)
  }

  @Test(
    "durations",
    arguments: [
      ("\"250ms\"", 250_000_000), ("\"20s\"", 20_000_000_000), ("\"5m\"", 300_000_000_000),
      ("\"2h\"", 7_200_000_000_000), ("\"14d\"", 1_209_600_000_000_000),
      ("\"P14D\"", 1_209_600_000_000_000),
      ("\"1.5us\"", 1500), ("\"2µs\"", 2000), ("\"7ns\"", 7), ("\"1h30m\"", 5_400_000_000_000),
      ("\"PT1H30M\"", 5_400_000_000_000), ("\"P1DT12H\"", 129_600_000_000_000),
      ("\"PT0.25S\"", 250_000_000), ("\"2w\"", 1_209_600_000_000_000),
      ("\"1e3s\"", 1_000_000_000_000),
      ("\"1e-9s\"", 1), ("\"0.50s\"", 500_000_000),
    ] as [(String, Int64)])
  func durations(_ text: String, _ nanoseconds: Int64) throws {
    let scenario = try read(ScenarioText.whole("shifts: [{ missing: \"x\", ramp: \(text) }]"))
    #expect(scenario.shifts[0].schedule.ramp?.duration.nanoseconds == nanoseconds)
  }

  @Test(
    "no durations",
    arguments: [
      "", "5", "m", "5 m", "-5m", "5mm", "1.5", "1.s", ".5s", "0.5ns", "P", "P1", "P1Y", "P1M",
      "PT",
      "P1H", "PT1D", "300y", "400000d", "1e30s", "P1DT", "５s", "1e99999999999999999999s",
    ])
  func noDurations(_ text: String) {
    #expect(
      !mistakes(ScenarioText.whole("shifts: [{ missing: \"x\", ramp: \"\(text)\" }]")).isEmpty)
  }

  @Test(
    "instants",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01", 0),
      ("2000-02-29T12:00:00Z", 951_825_600_000_000_000),
      ("1969-12-31T23:59:59.999999999Z", -1),
      ("2026-01-31T15:00:00+01:00", 1_769_868_000_000_000_000),
      ("2026-01-31t14:00:00z", 1_769_868_000_000_000_000), ("1970-01-01 00:00:00.5Z", 500_000_000),
    ] as [(String, Int64)])
  func instants(_ text: String, _ nanoseconds: Int64) throws {
    let scenario = try read(ScenarioText.whole("shifts: [{ missing: \"x\", from: \"\(text)\" }]"))
    #expect(
      scenario.shifts[0].schedule.from == .instant(SimulatedTime(nanoseconds: nanoseconds)))
  }

  @Test(
    "no instants",
    arguments: [
      "2026-13-01", "2026-00-10", "2025-02-29", "2026-01-01T24:00:00Z", "2026-01-01T10:60:00Z",
      "2026-01-01T10:00:60Z", "2026-1-1", "20260101", "2026-01-01T10:00Z", "2026-01-01T10:00:00",
      "2026-01-01T10:00:00.Z", "2026-01-01T10:00:00.1234567890Z", "2026-01-01T10:00:00+1",
      "1600-01-01", "2300-01-01", "",
    ])
  func noInstants(_ text: String) {
    #expect(
      !mistakes(ScenarioText.whole("shifts: [{ missing: \"x\", from: \"\(text)\" }]")).isEmpty)
  }

  @Test("junk in a scenario is told and never crashes", arguments: 0..<6)
  func junk(_ seed: UInt64) {
    var state = seed
    func below(_ count: Int) -> Int {
      state = DrawKey.finalise(state &+ 0x9E37_79B9_7F4A_7C15)
      return Int(state % UInt64(count))
    }
    let values = [
      "3", "-1", "\"x\"", "null", "[]", "{}", "true", "NaN", "\"\"", "[1,\"a\"]", "\"8ms\"",
      "1e308",
    ]
    for text in ScenarioSamples.all {
      for _ in 0..<6 {
        // Swaps what stands between two colons or commas for something else.
        let marks = text.indices.filter { ":,".contains(text[$0]) }
        let start = text.index(after: marks[below(marks.count)])
        let end = text[start...].firstIndex { ",}]".contains($0) } ?? text.endIndex
        let damaged = text.replacingCharacters(start..<end, with: values[below(values.count)])
        for mistake in mistakes(damaged) { #expect(!mistake.isEmpty) }
      }
    }
  }
}

extension String {
  fileprivate func replacingCharacters(_ range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
