import Documents
import Models
import Probability
import Scenarios
import Simulation
import Testing

/// A scenario's load before it is run, and every word of what is told.
struct LoadCase: Sendable, CustomTestStringConvertible {
  var arrivals = "{ poisson: 100 }"
  let arms: String
  var rest = ""
  let expected: [String]

  /// One arm, whose service stands here.
  init(
    _ service: String, beside: String = "", arrivals: String = "{ poisson: 100 }",
    rest: String = "", _ expected: String...
  ) {
    self.arrivals = arrivals
    arms = "{ a: { model: \"x\", service: { \(service) }, \(beside) } }"
    self.rest = rest
    self.expected = expected
  }

  init(arms: String, rest: String = "", _ expected: String...) {
    self.arms = arms
    self.rest = rest
    self.expected = expected
  }

  var testDescription: String { "\(arms) \(rest)" }

  var text: String {
    ScenarioText.whole(
      traffic: "{ synthetic: { requests: 9, arrivals: \(arrivals), label: \"none\" } }", arms: arms,
      rest)
  }
}

@Suite("Load before a run") struct ServiceLoadTests {
  private func loads(_ text: String) throws -> [String] {
    let scenario = try Scenario.read(SourceText(name: "s.json5", text: text))
    return LoadPlan(
      arms: scenario.arms, stations: scenario.stations, deployment: scenario.deployment,
      rate: scenario.traffic.rate
    ).loads.map { "\($0.place.name): \($0.words)" }
  }

  private static let plain: [LoadCase] = [
    LoadCase(#"time: "8ms""#, "a: stable at load 0.80"),
    LoadCase(#"time: { exponential: { mean: "8ms" } }, replicas: 4"#, "a: stable at load 0.20"),
    LoadCase(
      #"time: "13ms""#,
      "a: unstable: offered 1.30 times what it can serve, it can never catch up"),
    LoadCase(
      #"time: "10ms""#, "a: unstable: offered 1.00 times what it can serve, it can never catch up"),
    LoadCase(#"time: "9.999ms""#, "a: stable at load 0.9999"),
    LoadCase(#"time: "8ms", speeds: [1, 0.5], replicas: 4"#, "a: stable at load 0.27"),
    LoadCase(#"time: "8ms", discipline: "processorSharing""#, "a: stable at load 0.80"),
    LoadCase(
      #"time: "13ms", queue: 100"#,
      "a: overloaded: offered 1.30 times what it can serve, at least 23 % will be turned away"),
    LoadCase(
      #"time: "10.5ms", timeout: "1s""#,
      "a: overloaded: offered 1.05 times what it can serve, at least 4.7 % will get no answer"),
    LoadCase(
      #"time: "13ms", timeout: "1s", timeoutCancels: false"#,
      "a: unstable: offered 1.30 times what it can serve, it can never catch up"),
    LoadCase(
      #"time: "13ms""#, beside: #"client: { patience: { exponential: { mean: "1s" } } }"#,
      "a: overloaded: offered 1.30 times what it can serve, at least 23 % will get no answer"),
    LoadCase(
      #"time: "13ms", discipline: "processorSharing""#, beside: #"client: { patience: "1s" }"#,
      "a: unstable: offered 1.30 times what it can serve, it can never catch up"),
    LoadCase(
      #"time: "16ms""#, beside: "client: { rateLimit: { perSecond: 50 } }",
      "a: stable at load 0.80, after the rate limit has turned 50 % away"),
    LoadCase(
      #"time: "8ms""#,
      beside: #"client: { retry: { attempts: 3, delay: "1s" }, hedge: { after: "1s" } }"#,
      "a: stable at load 0.80, before retries, before hedges"),
    LoadCase(
      #"time: "8ms""#, arrivals: "{ daily: [50, 150] }",
      "a: stable at load 0.80, 1.20 at its peak"),
    LoadCase(
      #"time: "8ms""#,
      arrivals: "{ poisson: 40, groups: { empirical: [1, 4] } }", "a: stable at load 0.80"),
    LoadCase(
      #"time: "8ms""#,
      arrivals: #"{ states: [{ rate: 40, stay: "10m" }, { rate: 240, stay: "5m" }] }"#,
      "a: stable at load 0.85, 1.92 at its peak"),
  ]

  private static let capacity: [LoadCase] = [
    // A replica of half the speed takes half of the requests.
    LoadCase(
      #"time: "8ms", speeds: [1, 0.5], replicas: 2, balancing: "random""#,
      "a: stable at load 0.80"),
    LoadCase(
      #"time: "8ms", speeds: [1, 0.1], replicas: 2, balancing: "roundRobin""#,
      "a: unstable: offered 4.00 times what it can serve, it can never catch up"),
    // Of three replicas, the two slow ones alone are drawn for four in nine requests.
    LoadCase(
      #"time: "8ms", speeds: [1, 0.1, 0.1], replicas: 3, balancing: "twoChoices""#,
      "a: unstable: offered 1.78 times what it can serve, it can never catch up"),
    LoadCase(
      #"time: "8ms", speeds: [1, 0.1, 0.1], replicas: 3, balancing: "leastLoaded""#,
      "a: stable at load 0.67"),
    LoadCase(
      #"time: "8ms", balancing: "sticky", replicas: 2"#,
      "a: stable at load 0.40, if no unit asks more than others"),
    LoadCase(
      #"time: "30ms", batch: { size: 16, curve: [[1, 1], [16, 4]] }"#,
      "a: stable at load 0.75, in full batches of 16"),
    LoadCase(
      #"time: { exponential: { mean: "10ms" } }, batch: { size: 2 }"#,
      "a: stable at load 0.75, in full batches of 2"),
    LoadCase(
      #"time: { uniform: { low: "0s", high: "24ms" } }, batch: { size: 3 }"#,
      "a: stable at load 0.60, in full batches of 3"),
    LoadCase(
      #"time: { empirical: ["8ms", "16ms"] }, batch: { size: 2 }"#,
      "a: stable at load 0.70, in full batches of 2"),
    LoadCase(
      #"time: "8ms", batch: { size: 4, time: "sum" }"#,
      "a: stable at load 0.80, in full batches of 4"),
    LoadCase(
      #"time: "80ms", autoscale: { knative: { target: 2, most: 10 } }"#,
      "a: stable at load 0.80, with all of 10 replicas"),
    LoadCase(
      #"time: "8ms", replicas: { schedule: [{ from: "0h", replicas: 1 }, { from: "12h", replicas: 3 }], period: "1d" }"#,
      "a: stable at load 0.40, 0.80 with its fewest replicas"),
    LoadCase(
      #"time: "8ms", replicas: { schedule: [{ from: "0h", replicas: 1 }, { from: "12h", replicas: 4 }] }"#,
      "a: stable at load 0.20"),
    LoadCase(
      #"time: "8ms", replicas: 2, failures: [{ breakdown: { every: "4s", lasting: "1s" } }, { slow: { every: "1s", lasting: "1s", factor: 2 } }, { outage: { at: ["1h"], lasting: "1h" } }]"#,
      "a: stable at load 0.67"),
    LoadCase(
      #"time: "8ms", replicas: 2, failures: [{ outage: { every: "1s", lasting: "1s", share: 0.5 } }]"#,
      "a: stable at load 0.53"),
  ]

  private static let arms: [LoadCase] = [
    LoadCase(
      arms:
        #"{ a: { model: "x", service: { time: "4ms" } }, b: { model: "y", service: { time: "16ms", sharedWith: "a" } } }"#,
      rest: "deployment: { shadow: { mirror: 0.25 } }", "a: stable at load 0.80"),
    LoadCase(
      arms:
        #"{ a: { model: "x", service: { time: "8ms" } }, b: { model: "y", service: { time: "16ms" } } }"#,
      rest: "deployment: { ab: { shares: { a: 0.75, b: 0.25 } } }", "a: stable at load 0.60",
      "b: stable at load 0.40"),
    LoadCase(
      #"time: "4ms""#,
      beside: #"route: [{ hold: "pool" }, "x", { fanOut: ["x", "y"] }, { own: { again: 0.5 } }]"#,
      rest: #"stations: { x: { time: "4ms" }, y: { time: "12ms" }, pool: { replicas: 9 } }"#,
      "a: stable at load 0.80", "x: stable at load 0.80",
      "y: unstable: offered 1.20 times what it can serve, it can never catch up",
      "pool: not determinable, because it is held for as long as the rest of the way takes"),
  ]

  private static let unknown: [LoadCase] = [
    LoadCase(
      #"time: { pareto: { minimum: "1ms", shape: 1 } }"#,
      "a: not determinable, because the service time has no mean"),
    LoadCase(
      #"time: { lognormal: { mean: "1ms", cv: 1 } }, batch: { size: 4 }"#,
      "a: not determinable, because the slowest of a batch has no mean in closed form"),
    LoadCase(
      #"time: "8ms", failures: [{ breakdown: { every: { pareto: { minimum: "1h", shape: 1 } }, lasting: "1s" } }]"#,
      "a: not determinable, because a failure's times have no mean"),
  ]

  @Test(
    "says how much is asked of replicas, in these words",
    arguments: [plain, capacity, arms, unknown].joined())
  func words(_ load: LoadCase) throws {
    #expect(try loads(load.text) == load.expected)
  }

  @Test("says why a recording's load is not known")
  func recordings() throws {
    let served = #"{ a: { model: "x", service: { time: "8ms" } } }"#
    #expect(
      try loads(ScenarioText.whole(arms: served)) == [
        "a: not determinable, because how fast requests come is not known before they are read"
      ])
    #expect(
      try loads(
        ScenarioText.whole(
          traffic: #"{ replay: "a.csv", rate: 25, speed: 4, label: "y" }"#, arms: served))
        == ["a: stable at load 0.80"])
    let logged = #"{ a: { model: "x", service: { time: "logged" } } }"#
    #expect(
      try loads(
        ScenarioText.whole(
          traffic: #"{ replay: "a.csv", rate: 25, label: "y", latency: "ms" }"#, arms: logged))
        == ["a: not determinable, because the service time is the logged latency"])
  }

  @Test("an LLM engine's load is not known before it runs")
  func language() {
    var service = ServicePlan(time: .drawn(.constant(0)))
    service.language = LanguagePlan(
      steps: StepTimes(base: 0.005, perPrefillToken: 4e-5), sequences: 8, tokenBudget: 8,
      memoryTokens: 100)
    let plan = LoadPlan(
      arms: [ArmPlan(name: "a", model: .file(path: "x"), service: service)], stations: [],
      deployment: .shadow(mirror: 1), rate: TrafficRate(mean: 1, peak: 1))
    #expect(
      plan.loads.map(\.words) == [
        "not determinable, because an LLM engine's steps depend on who runs together"
      ])
  }

  @Test(
    "the reader warns of what decides nothing",
    arguments: [
      (
        #"time: "8ms", replicas: 2, balancing: "sticky""#,
        [
          "replicas are chosen by the unit, and the traffic names none: each request is one of its own",
          "name them in `traffic` (`unit` or `units`), or take \"random\"",
        ]
      ),
      (
        #"time: "8ms", discipline: "priority""#,
        [
          "`discipline` goes by the priority, and all requests have the same",
          "give arms that share replicas a `priority` in `client`, or the traffic its own",
        ]
      ),
      (
        #"time: "8ms", queue: 9, shed: "leastUrgent""#,
        [
          "`shed` goes by the priority, and all requests have the same",
          "give arms that share replicas a `priority` in `client`, or the traffic its own",
        ]
      ), (#"time: "8ms", balancing: "random""#, []),
    ])
  func warnings(_ service: String, _ expected: [String]) throws {
    let text = ScenarioText.whole(arms: "{ a: { model: \"x\", service: { \(service) } } }")
    let document = try ScenarioDocument(SourceText(name: "s.json5", text: text))
    #expect(
      document.warnings.list.flatMap { [$0.message, $0.help ?? ""] } == expected)
    #expect(document.warnings.list.allSatisfy { $0.severity == .warning && $0.place?.line == 3 })
  }
}
