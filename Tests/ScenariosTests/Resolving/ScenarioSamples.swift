/// Scenarios that use every key of the table, for the properties that hold of all.
enum ScenarioSamples {
  static let design = """
    {
      title: "Electricity price: a boosted candidate in shadow, and a demand sensor that drifts",
      seed: 7,
      traffic: { replay: "data/elec2-1997-05-04.csv", time: "timestamp", label: "label", features: "*", speed: 1 },
      shifts: [
        { scale: "nswdemand", by: 1.3, from: "+200d", ramp: "30d" },     // the sensor's unit creeps
        { missing: "vicprice", rate: 0.2, from: "+400d", until: "+450d" },
      ],
      arms: {
        production: { model: "models/elec2_lr.json",  service: { replicas: 2, time: { lognormal: { mean: "8ms", p99: "40ms" } } } },
        candidate:  { model: "models/elec2_xgb.json", service: { replicas: 1, time: { lognormal: { mean: "15ms", p99: "60ms" } } } },
      },
      deployment: { shadow: { mirror: 1.0 } },
      labels: { delay: "30m" },
      metrics: ["accuracy", "logLoss", "auc", "latency.p99"],
      compare: [{ metric: "accuracy" }, { metric: "logLoss" }, { metric: "latency.p99", margin: "5ms" }],
      monitors: [{ drift: "adwin", on: "candidate.error" }],
      gate: { accuracy: { candidate: "not worse by 0.01" } },
    }
    """

  static let replays = [
    #"{ replay: "a.csv", time: "t" }"#,
    #"{ replay: "-", rate: 2.5, delimiter: "\t", label: "y", labelKind: "real" }"#,
    #"{ replay: "a.csv.gz", time: "t", timeFormat: "epochMilliseconds", timeZone: "-05:30" }"#,
    #"{ replay: "a.csv", time: "t", timeFormat: "epochNanoseconds", label: "y", classes: ["a", "b", "ü"] }"#,
    #"{ replay: "a.csv", time: "t", timeFormat: { epoch: "36h" }, features: ["x", "z"], unit: "u" }"#,
    #"{ replay: "a.csv", time: "t", timeFormat: "%d/%b/%Y:%H:%M:%S %z", features: { x: "numeric", k: "categorical", c: ["a", "b"] } }"#,
    #"{ replay: "a.csv", time: "t", latency: "ms", latencyUnit: "us", segments: ["k"], missing: ["NA", "?"] }"#,
    #"{ replay: "a.csv", time: "t", latency: "l", latencyUnit: "100us", fromRow: 17424, untilRow: 45312, loop: 3, share: 0.1 }"#,
    #"{ replay: "a.csv", time: "t", from: "1998-01-01", until: "1999-05-04T12:30:00.25+10:00", speed: 4, onBadValue: "skip" }"#,
    #"{ replay: "a.csv", time: "t", from: "+3d", until: "+1w", onBadValue: "missing", onTimeReversal: "shift" }"#,
    #"{ replay: "-", format: "jsonLines", time: "t", unit: "user.id" }"#,
    #"{ replay: "a.jsonl.gz", time: "t", timeFormat: "epochMilliseconds" }"#,
    #"{ replay: "a.csv", time: "t", inputTokens: "ContextTokens", outputTokens: "GeneratedTokens" }"#,
    #"{ replay: "a.csv", time: "t", inputTokens: "n", prefixes: "hash_ids", prefixBlock: 16, priority: "class" }"#,
    #"{ replay: "a.csv", time: "t", unit: "u", unitKind: "identity", segments: { k: ["b", ""], "l m": [] }, start: "2024-01-01T00:00:00.000000001Z", labellersBefore: 1 }"#,
    #"{ replay: "a.csv", time: "t", until: "+1.5h", onTimeReversal: "reorder", reorderWindow: "P1DT2H" }"#,
  ]

  static let syntheses = [
    "requests: 10, arrivals: { constant: 5 }",
    "duration: \"14d\", arrivals: { poisson: 0.1 }, start: \"2026-03-01T00:00:00.000000001Z\"",
    "requests: 10, arrivals: { daily: [1, 8, 0, 3] }, units: { count: 500 }, features: { a: { perUnit: { normal: { mean: -1, sd: 2 } } } }",
    "requests: 10, arrivals: { weekly: [5, 5, 5, 5, 5, 1, 1] }, label: { probability: 0.3 }",
    "requests: 10, arrivals: { period: \"90m\", rates: [1, 9] }, label: { real: { mixture: [{ weight: 0.9, of: 5 }, { weight: 0.1, of: { pareto: { minimum: 1, shape: 2.5 } } }] } }",
    "requests: 10, arrivals: { poisson: 1 }, label: { model: \"m.json\", classes: [\"no\", \"yes\"] }, features: { c: { categories: { a: 3, \"b c\": 1 } }, r: { autoregressive: 0.9 } }, segments: [\"c\"]",
    "requests: 10, arrivals: { poisson: 1 }, label: { model: \"m.json\", kind: \"real\" }",
    "requests: 10, arrivals: { wave: { mean: 5, amplitude: 0.6, period: \"7d\", peak: \"14h\" }, gaps: { gamma: { mean: 1, cv: 3 } } }",
    "requests: 10, arrivals: { states: [{ rate: 5, stay: \"10m\" }, { rate: 0, stay: \"30s\" }], groups: { uniform: { low: 1, high: 4 } } }",
    "requests: 10, arrivals: { hawkes: { rate: 5, branching: 0.6, decay: \"10s\" } }",
    "requests: 10, arrivals: { poisson: 1 }, inputTokens: { lognormal: { median: 1000, p99: 8000 } }, outputTokens: 20, priority: { categorical: [1, 9] }",
    "requests: 10, arrivals: { poisson: 1 }, label: \"none\", features: { a: { uniform: { low: -1, high: 0.1 } }, b: { exponential: { mean: 3 } }, c: { lognormal: { mean: 8, cv: 2 } }, d: { lognormal: { median: 6, p99: 40 } }, e: { gamma: { mean: 8, cv: 0.5 } }, f: { weibull: { mean: 8, cv: 0.5 } }, g: { pareto: { mean: 3, shape: 2.5 } }, h: { bernoulli: 0.3 }, i: { categorical: [3, 1] }, j: { empirical: [2, 1, 5] }, k: { constant: 3 }, l: 0.1, m: { weibull: { shape: 1.5, scale: 8 } }, n: { gamma: { shape: 2, scale: 4 } }, o: { lognormal: { mu: 1.2, sigma: 0.5 } }, p: { lognormal: { mean: 8, p99: 40 } }, q: { quantiles: { at: [0, 0.5, 1], values: [-1, 2, 2] } } }",
  ].map { "{ synthetic: { \($0) } }" }

  /// Shifts that any labelled traffic takes.
  static let shifts = [
    #"{ scale: "x", by: 1.3, from: "+30d", ramp: { over: "30d", shape: "sigmoid" } }"#,
    #"{ offset: "x", by: -0.1, from: "2026-01-01T00:00:00Z", until: "+90d", name: "creep" }"#,
    #"{ noise: "x", sd: 2, every: "7d", for: "12h" }"#,
    #"{ missing: "x" }"#, #"{ missing: "x" }"#,
    #"{ swap: "c", replace: "red", with: "blue", rate: 0.5, where: { x: { above: 1, atMost: 2 }, k: "b" } }"#,
    #"{ resample: { age: { atLeast: 60, below: 90 }, city: ["A", "B"], n: [1, 2], m: 3, o: { missing: true } }, share: 0.4 }"#,
    #"{ flipLabels: 0.1 }"#, #"{ concept: "new.json", from: "+1d" }"#,
  ]

  static let arms = [
    #"{ production: { model: "a.json" }, candidate: { model: "b.json" } }"#,
    #"{ b: { model: { synthetic: { accuracy: 0.9 } } }, "c d": { model: { synthetic: { error: { bias: 0.1, sd: 1.5 }, latent: "z", salt: "s" } }, cost: 0.4 } }"#,
    #"{ x: { model: "x" }, production: { model: { synthetic: { accuracy: 0.4, confidence: 0.7 } } }, y: { model: "y" } }"#,
    #"{ a: { model: "a", service: { replicas: 4, queue: 100, time: "8ms", timeout: "250ms", timeoutCancels: false, errorRate: 0.001, luck: "own" } }, b: { model: "b", service: { time: { mixture: [{ weight: 9, of: "0.1ms" }, { weight: 1, of: { uniform: { low: "1ms", high: "1h30m" } } }] }, sharedWith: "a" } } }"#,
    #"{ a: { model: "a", service: { time: { exponential: { mean: "0.3s" } } } }, b: { model: "b", service: { time: { weibull: { mean: "7us", cv: 0.5 } } } }, c: { model: "c", service: { time: { empirical: ["3ms", "1ms", "1e-5s"] } } } }"#,
    #"{ a: { model: "a", service: { time: { pareto: { minimum: "33ms", shape: 2 } } } }, b: { model: "b", service: { time: { gamma: { mean: "1w", cv: 0.5 } } } } }"#,
    #"{ a: { model: "a", service: { time: { shifted: { by: "2ms", of: { lognormal: { mu: -5, sigma: 0.5 } } } } } }, b: { model: "b", service: { time: { quantiles: { at: [0, 0.9, 1], values: ["1ms", "9ms", "0.2s"] } } } } }"#,
  ]

  /// Services, clients, routes and stations, each scenario's arms and what stands beside them.
  static let services = [
    #"arms: { a: { model: "a", service: { replicas: 4, queue: 100, time: "8ms", shed: "oldest", discipline: "priority", balancing: "twoChoices", speeds: [1, 0.5], batch: { size: 16, wait: "5ms", preferred: [4, 8], time: "sum" }, coldCache: { factor: 3, halvedAfter: 50 }, setUp: "2s" }, client: { deadline: "1s", patience: { exponential: { mean: "2s" } }, rateLimit: { perSecond: 100, burst: 20 }, breaker: { failureShare: 0.5, fewest: 10, window: "10s", rest: "5s", probes: 3 }, priority: 3 } } }"#,
    #"arms: { a: { model: "a", service: { time: "8ms", timeout: "1s", discipline: "deadline", balancing: { choices: 3 }, batch: { size: 16, curve: [[1, 1], [16, 3.2]] }, autoscale: { kubernetes: { on: "utilisation", target: 0.7, fewest: 2, most: 20, interval: "15s", tolerance: 0.1, stabilisation: "5m", growth: 2, growthBy: 4, shrinkBy: 2, ratePeriod: "15s" } }, coldStart: "20s", failures: [{ breakdown: { every: { exponential: { mean: "1d" } }, lasting: "5m" } }, { outage: { every: { exponential: { mean: "7d" } }, lasting: "10m", share: 0.5 } }, { outage: { at: ["2h", "3h"], lasting: "1m" } }, { slow: { every: "1h", lasting: "1m", factor: 4 } }], onFailure: "requeue" }, client: { retry: { attempts: 3, delay: { backoff: { first: "50ms", factor: 3, longest: "2s", jitter: "decorrelated" } }, on: ["timeout"], budget: { earned: { share: 0.1, perSecond: 2, burst: 10 } } }, hedge: { after: "40ms", attempts: 3, cancelsOthers: false } } } }"#,
    #"arms: { a: { model: "a", service: { time: "8ms", balancing: "sticky", replicas: { schedule: [{ from: "0h", replicas: 2 }, { from: "8h", replicas: 6 }], period: "1d" } }, client: { retry: { attempts: 2, delay: "50ms", budget: { tokens: { most: 10, perSuccess: 0.1 } } } }, route: [{ hold: "pool" }, "features", { fanOut: ["x", "y"], needed: 1 }, { own: { again: 0.3 } }] } }, stations: { features: { replicas: 8, time: "4ms" }, x: { time: "1ms" }, y: { time: "2ms" }, pool: { replicas: 50 } }"#,
    #"arms: { a: { model: "a", service: { time: "8ms", autoscale: { knative: { on: "queue", target: 10, fewest: 0, most: 20, interval: "2s", stableWindow: "30s", panicShare: 0.2, panicThreshold: 3, growth: 10, shrink: 4, scaleDownDelay: "1m", graceToZero: "10s" } } }, client: { retry: { attempts: 2, delay: { uniform: { low: "1ms", high: "9ms" } }, budget: { concurrent: { share: 0.2, atLeast: 3 } } } }, route: ["own"] } }"#,
    #"arms: { a: { model: "a", service: { time: "8ms", discipline: "processorSharing", autoscale: { knative: { target: 10, most: 20 } } } }, b: { model: "b", service: { time: "8ms", sharedWith: "a" }, client: { priority: 15 }, route: ["own", "z"] } }, stations: { z: { time: "1ms", luck: "own", autoscale: { kubernetes: { target: 0.5, most: 9 } } } }"#,
  ]

  /// What stands behind `llm`.
  static let languages = [
    #"{ memory: 400000, steps: { base: "5ms", perPrefillToken: "40us" } }"#,
    #"{ memory: 16, steps: { base: "0.8us", perPrefillToken: "0.1ns", perPrefillTokenSquared: "2e-6ns", perSequence: "1h", perCachedToken: "0.30000000000000004us" }, sequences: 8, tokenBudget: 8, blockTokens: 16, chunkedPrefill: false, prefixCaching: true, prefillPool: { replicas: 2, steps: { base: "0s", perPrefillToken: "40us", perSequence: "3us" }, transferPerToken: "1us" }, costPerHour: 4.5 }"#,
  ]

  static let rests = [
    "",
    #"title: "Ünï \"q\"", ties: "shuffled", seed: 9223372036854775807, replications: 200, timeline: "quarter""#,
    #"labels: { delay: { exponential: { mean: "1d" } }, lost: 0.05 }, timeline: "6h""#,
    #"metricOptions: { logLossClip: 1e-7, threshold: 0.4, calibrationBins: 20, auc: "binned", currency: "EUR" }, timeline: "week""#,
    #"metrics: ["disagreement"], compare: []"#,
    #"metrics: "automatic", compare: "automatic", gate: {}"#,
    #"deployment: { shadow: { mirror: 0.25 } }, shifts: []"#, #"deployment: { ab: {} }"#,
    #"deployment: { ab: { salt: "again", by: "request" } }, timeline: "day""#,
  ]

  /// A mirror that spares production, which needs a service for it.
  private static let sparing = design.replacing(
    "mirror: 1.0",
    with: "mirror: 1.0, spare: { queue: 3, interval: \"250ms\", least: 0.1, step: 0.02 }")

  /// Whole scenarios: every traffic, shift, arm and rest in some company.
  static let all: [String] = {
    var texts = [design, sparing]
    let traffics = replays + syntheses
    for index in 0..<max(traffics.count, arms.count, rests.count) * 2 {
      let arm = arms[index % arms.count]
      texts.append(
        "{ traffic: \(traffics[index % traffics.count]), arms: \(arm), \(rests[index % rests.count]) }"
      )
    }
    texts.append(
      "{ traffic: \(replays[3]), arms: \(arms[0]), shifts: [\(shifts.joined(separator: ", "))], "
        + "metrics: [\"accuracy\"], compare: [\"brier\", { metric: \"mae\", arm: \"candidate\", question: "
        + "\"equivalent\", margin: 0.1, level: 0.9 }], monitors: [{ drift: \"adwin\", on: "
        + "\"candidate.error\" }, { drift: \"adwin\", on: \"candidate.error\" }, { drift: "
        + "\"pageHinkley\", on: \"production.score\", delta: 0.1, threshold: 20, name: \"n\" }], gate: { "
        + "accuracy: { candidate: [\"better\", \"equivalent within 0.01\"], production: \"at least "
        + "0.8\" }, rmse: { candidate: \"not worse by 1e-3\" } } }")
    texts.append(
      "{ traffic: { replay: \"a.csv\", time: \"t\", latency: \"l\" }, arms: { production: { model: { "
        + "column: \"score\" }, service: { time: \"logged\" } }, b: { model: { column: \"other\", output: "
        + "\"value\" }, service: { time: { logged: 1.25 }, sharedWith: \"production\" } }, c: { "
        + "model: { column: \"other\" }, service: { time: { base: \"0.8us\", per: { x: \"0.1ns\", inputTokens: "
        + "\"1h\" }, noise: { uniform: { low: 0.5, high: 1.5 } } } } } }, "
        + "twinWithoutMirror: true, compare: [{ metric: \"latency.p99.9\", margin: \"5ms\" }], gate: { "
        + "\"latency.mean\": { b: \"at most 80ms\" } } }")
    texts.append(
      "{ traffic: \(replays[3]), arms: \(arms[0]), deployment: { ab: { shares: { candidate: 0.1, "
        + "production: \"rest\" } } } }")
    texts.append("{ traffic: \(syntheses[0]), arms: \(arms[0]), truth: { requests: 5000 } }")
    let looped = [
      "synthetic: { requests: 10, arrivals: { users: 50, think: { exponential: { mean: \"2s\" } } } }",
      "replay: \"a.csv\", time: \"t\", fromUsers: true",
    ]
    texts += looped.map { "{ traffic: { \($0) }, arms: \(arms[4]) }" }
    let tokens = #"{ replay: "a.csv", time: "t", inputTokens: "i", outputTokens: "o" }"#
    texts += languages.map {
      "{ traffic: \(tokens), arms: { a: { model: \"a\", service: { replicas: 2, llm: \($0) } } } }"
    }
    return texts + services.map { "{ traffic: \(replays[0]), \($0) }" }
  }()
}
