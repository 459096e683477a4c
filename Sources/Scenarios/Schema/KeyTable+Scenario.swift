import Simulation

extension KeyTable {
  static let scenarioSections: [KeySection] = [
    KeySection(
      "scenario", "a scenario", at: "",
      "The file is one object. `traffic` and `arms` are all that it must hold.",
      [
        KeyEntry(
          "title", .text, default: "\"Untitled\"", "How people call the experiment.",
          example: "title: \"A boosted candidate in shadow\""),
        KeyEntry(
          "seed", .integer(from: 0, through: nil), default: "1",
          "Decides every draw; the same seed and data give the same bits.", example: "seed: 7"),
        KeyEntry(
          "traffic", .either([.object("replay"), .object("synthetic")]), default: "required",
          "Where requests come from: a recording (`replay`) or draws (`synthetic`).",
          example: "traffic: { replay: \"data/requests.csv\", time: \"timestamp\", label: \"y\" }"),
        KeyEntry(
          "shifts", .list(of: .object("shift")), default: "[]",
          "How the world bends the traffic; at most 64, applied in this order.",
          example: "shifts: [{ scale: \"price\", by: 1.3, from: \"+30d\" }]"),
        KeyEntry(
          "arms", .named(.object("arm")), default: "required",
          "The models by name. The one called `production`, or else the first, is production.",
          example: "arms: { production: { model: \"a.json\" }, candidate: { model: \"b.json\" } }"),
        KeyEntry(
          "stations", .named(.object("station")), default: "none",
          "Replicas beside the arms' own, by name: a feature store, a ranker, a connection pool.",
          example: "stations: { features: { replicas: 8, time: \"4ms\" } }"),
        KeyEntry(
          "deployment", .object("deployment"), default: "{ shadow: { mirror: 1 } }",
          "Which arm answers the user, and which only see a copy.",
          example: "deployment: { shadow: { mirror: 0.5 } }"),
        KeyEntry(
          "labels", .object("labels"), default: "{ delay: \"0s\", lost: 0 }",
          "When labels arrive.", example: "labels: { delay: \"30m\" }"),
        KeyEntry(
          "metrics", .either([.words(["automatic"]), .list(of: .metric)]), default: "\"automatic\"",
          "What is measured. \"automatic\" chooses by the labels and the services, once the traffic "
            + "has been seen. What is compared or gated is measured, too.",
          example: "metrics: [\"accuracy\", \"logLoss\", \"latency.p99\"]"),
        KeyEntry(
          "metricOptions", .object("metricOptions"), default: "see there",
          "How metrics are computed where there is a choice.",
          example: "metricOptions: { threshold: 0.4 }"),
        KeyEntry(
          "timeline",
          .either([.words(["automatic"] + calendarBuckets), .duration(.positive)]),
          default: "\"automatic\"",
          "How time is cut for charts; calendar units are in UTC.", example: "timeline: \"quarter\""
        ),
        KeyEntry(
          "compare",
          .either([.words(["automatic"]), .list(of: .either([.metric, .object("comparison")]))]),
          default: "\"automatic\"",
          "The questions asked. \"automatic\" compares every metric for every candidate.",
          example: "compare: [{ metric: \"latency.p99\", margin: \"5ms\" }]"),
        KeyEntry(
          "monitors", .list(of: .object("monitor")), default: "[]",
          "What watches the outcomes in virtual time.",
          example: "monitors: [{ drift: \"adwin\", on: \"candidate.error\" }]"),
        KeyEntry(
          "gate", .named(.named(.text)), default: "{ }",
          "What must hold for a candidate to pass, by metric and arm: \"better\", \"not worse by "
            + "M\", \"equivalent within M\", \"at most X\", \"at least X\", or a list of these.",
          example: "gate: { accuracy: { candidate: \"not worse by 0.01\" } }"),
        KeyEntry(
          "replications", .integer(from: 1, through: 1_000_000), default: "1",
          "How often the experiment is run, each time with other draws.",
          example: "replications: 200"),
        KeyEntry(
          "truth", .object("truth"), default: "none",
          "For synthetic traffic with replications: the truth that intervals are checked against.",
          example: "truth: { requests: 10000000 }"),
        KeyEntry(
          "twinWithoutMirror", .flag, default: "false",
          "For a shadow on production's replicas: also runs without the mirror, and reports the "
            + "slowdown in pairs.", example: "twinWithoutMirror: true"),
        KeyEntry(
          "ties", .words(["ordered", "shuffled"]), default: "\"ordered\"",
          "What decides among events of equal time and kind: who came first, or a draw, which shows "
            + "what of a result hangs on them.", example: "ties: \"shuffled\""),
      ]),
    KeySection(
      "labels", "labels", at: "labels", "When the label of a request becomes known.",
      [
        KeyEntry(
          "delay", .durationDistribution, default: "\"0s\"",
          "How long after its request a label arrives.", example: "delay: \"30m\""),
        KeyEntry(
          "lost", .number(.share), default: "0", "The probability that a label never comes.",
          example: "lost: 0.05"),
      ]),
    KeySection(
      "truth", "the truth", at: "truth",
      "Both models answer this many requests of the same traffic, drawn from a seed of their own.",
      [
        KeyEntry(
          "requests", .integer(from: 1000, through: 10_000_000_000), default: "required",
          "How many requests the truth is taken from.", example: "requests: 10000000")
      ]),
    KeySection(
      "metricOptions", "the options of metrics", at: "metricOptions",
      "Every choice is shown in the result.",
      [
        KeyEntry(
          "logLossClip", .number(.openShare), default: "0.000001",
          "Probabilities are moved to at least this, and at most 1 minus it, before the logarithm.",
          example: "logLossClip: 1e-6"),
        KeyEntry(
          "threshold", .number(.share), default: "0.5",
          "Class 1 is named when its probability is at least this.", example: "threshold: 0.4"),
        KeyEntry(
          "calibrationBins", .integer(from: 2, through: 1000), default: "10",
          "Into how many equal bins of probability the calibration is cut.",
          example: "calibrationBins: 20"),
        KeyEntry(
          "auc", .words(MetricOptions.RankMethod.allCases.map(\.rawValue)), default: "\"exact\"",
          "\"exact\" keeps every score; \"binned\" needs bounded memory.",
          example: "auc: \"binned\""),
        KeyEntry(
          "currency", .text, default: "\"USD\"", "What costs are printed in.",
          example: "currency: \"EUR\""),
      ]),
  ]

  static let calendarBuckets = ["day", "week", "month", "quarter"]
}
