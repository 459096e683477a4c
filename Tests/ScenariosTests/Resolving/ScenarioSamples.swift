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
    #"{ replay: "a.csv", time: "t", inputTokens: "ContextTokens", outputTokens: "GeneratedTokens" }"#,
    #"{ replay: "a.csv", time: "t", inputTokens: "n", prefixes: "hash_ids", prefixBlock: 16, priority: "class" }"#,
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
    "requests: 10, arrivals: { poisson: 1 }, inputTokens: { lognormal: { median: 1000, p99: 8000 } }, outputTokens: 20, priority: { categorical: [1, 9] }",
    "requests: 10, arrivals: { poisson: 1 }, label: \"none\", features: { a: { uniform: { low: -1, high: 0.1 } }, b: { exponential: { mean: 3 } }, c: { lognormal: { mean: 8, cv: 2 } }, d: { lognormal: { median: 6, p99: 40 } }, e: { gamma: { mean: 8, cv: 0.5 } }, f: { weibull: { mean: 8, cv: 0.5 } }, g: { pareto: { mean: 3, shape: 2.5 } }, h: { bernoulli: 0.3 }, i: { categorical: [3, 1] }, j: { empirical: [2, 1, 5] }, k: { constant: 3 }, l: 0.1, m: { weibull: { shape: 1.5, scale: 8 } }, n: { gamma: { shape: 2, scale: 4 } }, o: { lognormal: { mu: 1.2, sigma: 0.5 } }, p: { lognormal: { mean: 8, p99: 40 } } }",
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
  ]

  static let rests = [
    "", #"title: "Ünï \"q\"", seed: 9223372036854775807, replications: 200, timeline: "quarter""#,
    #"labels: { delay: { exponential: { mean: "1d" } }, lost: 0.05 }, timeline: "6h""#,
    #"metricOptions: { logLossClip: 1e-7, threshold: 0.4, calibrationBins: 20, auc: "binned", currency: "EUR" }, timeline: "week""#,
    #"metrics: ["disagreement"], compare: []"#,
    #"metrics: "automatic", compare: "automatic", gate: {}"#,
    #"deployment: { shadow: { mirror: 0.25 } }, shifts: []"#, #"deployment: { ab: {} }"#,
    #"deployment: { ab: { salt: "again", by: "request" } }, timeline: "day""#,
  ]

  /// Whole scenarios: every traffic, shift, arm and rest in some company.
  static let all: [String] = {
    var texts = [design]
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
        + "\"value\" }, service: { time: { logged: 1.25 }, sharedWith: \"production\" } } }, "
        + "twinWithoutMirror: true, compare: [{ metric: \"latency.p99.9\", margin: \"5ms\" }], gate: { "
        + "\"latency.mean\": { b: \"at most 80ms\" } } }")
    texts.append(
      "{ traffic: \(replays[3]), arms: \(arms[0]), deployment: { ab: { shares: { candidate: 0.1, "
        + "production: \"rest\" } } } }")
    texts.append("{ traffic: \(syntheses[0]), arms: \(arms[0]), truth: { requests: 5000 } }")
    return texts
  }()
}
