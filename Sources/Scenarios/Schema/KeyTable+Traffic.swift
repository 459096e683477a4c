import Traffic

extension KeyTable {
  static let trafficSections: [KeySection] = [
    KeySection(
      "replay", "a replay", at: "traffic",
      "Plays a recording: a CSV file with a header or JSON Lines, one request a row, in order of time.",
      [
        KeyEntry(
          "replay", .path, default: "required",
          "The recording; \"-\" is standard input, and .gz and .zst are unpacked on the way.",
          example: "replay: \"data/requests.csv\""),
        KeyEntry(
          "format", .words(RecordingPlan.Format.allCases.map(\.rawValue)), default: "\"automatic\"",
          "\"jsonLines\" is an object a line, whose keys are the columns (inside of objects by a path: "
            + "\"user.id\"); \"automatic\" takes it from the ending .jsonl or .ndjson.",
          example: "format: \"jsonLines\""),
        KeyEntry(
          "delimiter", .text, default: "\",\"", "The character between fields.",
          example: "delimiter: \";\""),
        KeyEntry(
          "time", .column, default: "none: rows are spaced evenly at `rate`",
          "The column of arrival times.", example: "time: \"timestamp\""),
        KeyEntry(
          "timeFormat", .either([.words(timeFormats), .pattern, .object("timeUnit")]),
          default: "\"automatic\"",
          "How times are written; a text with % is a pattern in the letters of strptime.",
          example: "timeFormat: \"%d/%b/%Y:%H:%M:%S %z\""),
        KeyEntry(
          "timeZone", .zone, default: "\"UTC\"",
          "The zone of times that name none. Named zones would depend on the machine.",
          example: "timeZone: \"+10:00\""),
        KeyEntry(
          "rate", .number(.positive), default: "none", unit: "requests a second",
          "For a recording without times.", example: "rate: 5"),
        KeyEntry(
          "label", .column, default: "none", "The column of labels.", example: "label: \"y\""),
        KeyEntry(
          "labelKind", .words(["automatic", "real"]), default: "\"automatic\"",
          "\"automatic\" takes a column of 0 and 1 as two classes; other classes are named in "
            + "`classes`.", example: "labelKind: \"real\""),
        KeyEntry(
          "classes", .list(of: .text), default: "none",
          "The classes of the label, in order; of two, the second is the positive one.",
          example: "classes: [\"DOWN\", \"UP\"]"),
        KeyEntry(
          "features",
          .either([.words(["*"]), .list(of: .column), .named(.words(["numeric", "categorical"]))]),
          default: "\"*\"",
          "The columns that models read: all without another role, or these. In the object form a "
            + "column is \"numeric\", \"categorical\", or the list of its categories.",
          example: "features: { price: \"numeric\", day: [\"Mon\", \"Tue\"] }"),
        KeyEntry(
          "unit", .column, default: "none: every request is its own",
          "The column of users or sessions.", example: "unit: \"user\""),
        KeyEntry(
          "unitKind", .words(["text", "identity"]), default: "\"text\"",
          "\"identity\" reads whole numbers of 64 bits as the identities that requests carry, which "
            + "is what `run --trace` writes; texts are hashed to theirs.",
          example: "unitKind: \"identity\""),
        KeyEntry(
          "latency", .column, default: "none", "The column of logged latencies.",
          example: "latency: \"ms\""),
        KeyEntry(
          "latencyUnit", .either([.words(["ns", "us", "ms", "s"]), .duration(.positive)]),
          default: "\"ms\"", "What that column counts in.", example: "latencyUnit: \"us\""),
        KeyEntry(
          "segments", .either([.list(of: .column), .named(.list(of: .text))]), default: "[]",
          "Columns by whose values outcomes are also reported, in order of appearance; in the object "
            + "form the values listed behind a column come first.",
          example: "segments: [\"country\"]"),
        KeyEntry(
          "inputTokens", .column, default: "none",
          "The column of how many tokens a prompt has: whole numbers from 0 up.",
          example: "inputTokens: \"ContextTokens\""),
        KeyEntry(
          "outputTokens", .column, default: "none",
          "The column of how many tokens an answer has.",
          example: "outputTokens: \"GeneratedTokens\""),
        KeyEntry(
          "prefixes", .column, default: "none",
          "The column that lists the identities of the blocks of tokens that a prompt begins with; "
            + "requests that share the first of them can share a cache.",
          example: "prefixes: \"hash_ids\""),
        KeyEntry(
          "prefixBlock", .integer(from: 1, through: Int(Int32.max)), default: "512",
          unit: "tokens", "How long such a block is.", example: "prefixBlock: 512"),
        KeyEntry(
          "priority", .column, default: "none",
          "The column of priorities, from 0, the most urgent, to 15.",
          example: "priority: \"class\""),
        KeyEntry(
          "missing", .list(of: .text), default: "[]",
          "Fields that mean \"missing\", beside the empty one.", example: "missing: [\"NA\", \"?\"]"
        ),
        KeyEntry(
          "fromRow", .integer(from: 0, through: nil), default: "0",
          "The first row played, counted from 0 after the header.", example: "fromRow: 17424"),
        KeyEntry(
          "untilRow", .integer(from: 1, through: nil), default: "none",
          "The first row no longer played.", example: "untilRow: 45312"),
        KeyEntry(
          "start", .instant, default: "the first row's time",
          "Where the traffic starts: offsets and `speed` count from it.",
          example: "start: \"2024-01-01T00:00:00Z\""),
        KeyEntry(
          "from", .timePoint, default: "none", "Earlier requests are left out.",
          example: "from: \"1998-01-01T00:00:00Z\""),
        KeyEntry(
          "until", .timePoint, default: "none", "Requests from then on are left out.",
          example: "until: \"+30d\""),
        KeyEntry(
          "speed", .number(.positive), default: "1",
          "The gaps between arrivals are divided by it.", example: "speed: 4"),
        KeyEntry(
          "loop", .integer(from: 1, through: nil), default: "1",
          "How often the recording is played, one time after the other.", example: "loop: 3"),
        KeyEntry(
          "share", .number(.positiveShare), default: "1",
          "The share of units that is played, chosen by their hash.", example: "share: 0.1"),
        KeyEntry(
          "labellersBefore", .integer(from: 0, through: 1 << 20), default: "0",
          "How many models of labels the recorded run had beside those of its shifts, which then keep "
            + "their luck; `run --trace` writes it.", example: "labellersBefore: 1"),
        KeyEntry(
          "fromUsers", .flag, default: "false",
          "Whether the recorded run had users in a closed loop; services are then played as there, all "
            + "arms of a split to one end. `run --trace` writes it.", example: "fromUsers: true"),
        KeyEntry(
          "onBadValue", .words(RecordingPlan.BadValueRule.allCases.map(\.rawValue)),
          default: "\"stop\"",
          "What a field that cannot be read does: ends the run, skips its row, or counts as missing.",
          example: "onBadValue: \"skip\""),
        KeyEntry(
          "onTimeReversal", .words(["stop", "shift", "reorder"]), default: "\"stop\"",
          "What a time that steps back does: ends the run, moves all later rows so that the step is "
            + "none, or is put in order inside `reorderWindow`.",
          example: "onTimeReversal: \"shift\""),
        KeyEntry(
          "reorderWindow", .duration(.positive), default: "none",
          "How far out of order rows may be; for \"reorder\".", example: "reorderWindow: \"5m\""),
      ]),
    KeySection(
      "timeUnit", "a unit of times", at: "traffic.timeFormat",
      "For times that are numbers in a unit of their own.",
      [
        KeyEntry(
          "epoch", .duration(.positive), default: "required",
          "Times count this long from 1970-01-01T00:00:00Z.", example: "epoch: \"1d\"")
      ]),
    KeySection(
      "synthetic", "synthetic traffic", at: "traffic",
      "Draws every request. Stands in `traffic` as `{ synthetic: { … } }`.",
      [
        KeyEntry(
          "synthetic", .object("synthesis"), default: "required", "What is drawn.",
          example: "synthetic: { requests: 5000, arrivals: { poisson: 5 }, features: { x: 0 } }")
      ]),
    KeySection(
      "synthesis", "synthetic traffic", at: "traffic.synthetic",
      "It ends after `requests`, or at `duration`, whichever comes first; one of the two is needed.",
      [
        KeyEntry(
          "requests", .integer(from: 1, through: nil), default: "none", "How many requests.",
          example: "requests: 5000"),
        KeyEntry(
          "duration", .duration(.positive), default: "none", "How long.",
          example: "duration: \"14d\""),
        KeyEntry(
          "start", .instant, default: "\"2024-01-01T00:00:00Z\"", "When it starts: a Monday.",
          example: "start: \"2026-03-01T00:00:00Z\""),
        KeyEntry(
          "arrivals", .object("arrivals"), default: "required", "When requests arrive.",
          example: "arrivals: { poisson: 5 }"),
        KeyEntry(
          "features", .named(.either([.distribution, .object("feature")])), default: "{ }",
          "What models read, by name.", example: "features: { x: { normal: { mean: 0, sd: 1 } } }"),
        KeyEntry(
          "units", .object("units"), default: "none: every request is its own",
          "The users that requests belong to.", example: "units: { count: 500 }"),
        KeyEntry(
          "label", .either([.words(["none"]), .object("label")]), default: "\"none\"",
          "What is true of a request.", example: "label: { probability: 0.3 }"),
        KeyEntry(
          "segments", .list(of: .text), default: "[]",
          "Categorical features by whose values outcomes are also reported.",
          example: "segments: [\"country\"]"),
        KeyEntry(
          "inputTokens", .distribution, default: "none",
          "How many tokens a prompt has: rounded to whole numbers, and at least 1.",
          example: "inputTokens: { lognormal: { median: 1000, p99: 8000 } }"),
        KeyEntry(
          "outputTokens", .distribution, default: "none", "How many tokens an answer has.",
          example: "outputTokens: { gamma: { mean: 200, cv: 1 } }"),
        KeyEntry(
          "priority", .distribution, default: "none",
          "Whole numbers from 0, the most urgent, to 15.",
          example: "priority: { categorical: [1, 9] }"),
      ]),
    KeySection(
      "arrivals", "arrivals", at: "traffic.synthetic.arrivals",
      "One of `constant`, `poisson`, `daily`, `weekly`, `wave`, `states`, `hawkes`, `users` with "
        + "`think`, or `period` with `rates`; `gaps` and `groups` change how requests come at these "
        + "rates.",
      [
        KeyEntry(
          "constant", .number(.positive), default: "—", unit: "requests a second",
          "Evenly spaced.", example: "constant: 5"),
        KeyEntry(
          "poisson", .number(.positive), default: "—", unit: "requests a second",
          "A Poisson process of one rate.", example: "poisson: 5"),
        KeyEntry(
          "daily", .list(of: .number(.nonNegative)), default: "—", unit: "requests a second",
          "A Poisson process with a rate for each equal part of a day, from midnight UTC on.",
          example: "daily: [1, 8, 12, 3]"),
        KeyEntry(
          "weekly", .list(of: .number(.nonNegative)), default: "—", unit: "requests a second",
          "The same for a week, from Monday on.", example: "weekly: [5, 5, 5, 5, 5, 1, 1]"),
        KeyEntry(
          "period", .duration(.positive), default: "—", "The same for any period.",
          example: "period: \"1h\""),
        KeyEntry(
          "rates", .list(of: .number(.nonNegative)), default: "—", unit: "requests a second",
          "The rates of the equal parts of `period`.", example: "rates: [1, 9]"),
        KeyEntry(
          "wave", .object("wave"), default: "—",
          "A Poisson process whose rate follows a cosine.",
          example: "wave: { mean: 5, amplitude: 0.6, peak: \"14h\" }"),
        KeyEntry(
          "states", .list(of: .object("state")), default: "—",
          "A Poisson process whose rate changes at random: each state gives way to one of the "
            + "others, all equally likely.",
          example: "states: [{ rate: 5, stay: \"10m\" }, { rate: 50, stay: \"30s\" }]"),
        KeyEntry(
          "hawkes", .object("hawkes"), default: "—",
          "A self-exciting process: requests bring forth requests.",
          example: "hawkes: { rate: 5, branching: 0.6, decay: \"10s\" }"),
        KeyEntry(
          "users", .integer(from: 1, through: SyntheticPlan.Arrivals.mostUsers), default: "—",
          "A closed loop: so many users, each of whom waits for what became of a request before "
            + "thinking and sending the next.", example: "users: 50"),
        KeyEntry(
          "think", .durationDistribution, default: "required beside `users`",
          "How long a user thinks before each request.",
          example: "think: { exponential: { mean: \"2s\" } }"),
        KeyEntry(
          "gaps", .distribution, default: "exponential",
          "The gaps of a renewal process, over their mean: more even, or in bursts, at the same "
            + "rates; not beside `constant`, `hawkes` and `users`.",
          example: "gaps: { gamma: { mean: 1, cv: 3 } }"),
        KeyEntry(
          "groups", .distribution, default: "1",
          "How many requests come at one instant, rounded and at least 1; rates then count "
            + "instants.", example: "groups: { pareto: { minimum: 1, shape: 2.5 } }"),
      ]),
    KeySection(
      "wave", "a wave", at: "traffic.synthetic.arrivals.wave",
      "The rate is mean · (1 + amplitude · cos(2π (t − peak) / period)), in 1,440 steps a period.",
      [
        KeyEntry(
          "mean", .number(.positive), default: "required", unit: "requests a second",
          "The mean rate.", example: "mean: 5"),
        KeyEntry(
          "amplitude", .number(.share), default: "required",
          "How far the rate goes up and down, as a share of the mean.", example: "amplitude: 0.6"),
        KeyEntry(
          "period", .duration(.positive), default: "\"1d\"",
          "How long a turn takes; days start at midnight UTC and weeks on Monday.",
          example: "period: \"7d\""),
        KeyEntry(
          "peak", .duration(.nonNegative), default: "\"0s\"",
          "Where in the period the rate is highest.", example: "peak: \"14h\""),
      ]),
    KeySection(
      "state", "a state", at: "traffic.synthetic.arrivals.states[]", "",
      [
        KeyEntry(
          "rate", .number(.nonNegative), default: "required", unit: "requests a second",
          "The rate while it lasts.", example: "rate: 50"),
        KeyEntry(
          "stay", .duration(.positive), default: "required",
          "How long it lasts on average; exponential.", example: "stay: \"30s\""),
      ]),
    KeySection(
      "hawkes", "a self-exciting process", at: "traffic.synthetic.arrivals.hawkes", "",
      [
        KeyEntry(
          "rate", .number(.positive), default: "required", unit: "requests a second",
          "The rate in all, of requests that come by themselves and of those they bring forth.",
          example: "rate: 5"),
        KeyEntry(
          "branching", .number(.share), default: "required",
          "How many requests each one brings forth on average; at most 0.999.",
          example: "branching: 0.6"),
        KeyEntry(
          "decay", .duration(.positive), default: "required",
          "The mean wait for a request that another one brings forth; exponential.",
          example: "decay: \"10s\""),
      ]),
    KeySection(
      "feature", "a feature", at: "traffic.synthetic.features.<name>",
      "A feature is a number, a distribution, or one of these.",
      [
        KeyEntry(
          "categories", .named(.number(.nonNegative)), default: "—",
          "Names with their weights.", example: "categories: { a: 3, b: 1 }"),
        KeyEntry(
          "autoregressive", .number(.any), default: "—",
          "A stationary Gaussian series over the requests, with this correlation from each to the "
            + "next, between −1 and 1; mean 0, variance 1.", example: "autoregressive: 0.9"),
        KeyEntry(
          "perUnit", .distribution, default: "—",
          "Drawn once for each unit, and the same in all of its requests.",
          example: "perUnit: { normal: { mean: 0, sd: 1 } }"),
      ]),
    KeySection(
      "units", "units", at: "traffic.synthetic.units", "",
      [
        KeyEntry(
          "count", .integer(from: 1, through: nil), default: "required",
          "How many there are; each request draws one, all equally likely.", example: "count: 500")
      ]),
    KeySection(
      "label", "a label", at: "traffic.synthetic.label",
      "One of `probability`, `real` and `model`.",
      [
        KeyEntry(
          "probability", .number(.share), default: "—",
          "Class 1 with this probability, whatever the features; else class 0.",
          example: "probability: 0.3"),
        KeyEntry(
          "real", .distribution, default: "—", "A real number.",
          example: "real: { normal: { mean: 10, sd: 2 } }"),
        KeyEntry(
          "model", .model, default: "—", "The label follows this model.",
          example: "model: \"models/truth.json\""),
        KeyEntry(
          "kind", .words(["classes", "real"]), default: "\"classes\"",
          "What a model's labels are: classes drawn with its probabilities, or its value.",
          example: "kind: \"real\""),
        KeyEntry(
          "classes", .list(of: .text), default: "[\"0\", \"1\"]", "The names of a model's classes.",
          example: "classes: [\"stays\", \"leaves\"]"),
      ]),
  ]

  static let timeFormats = [
    "automatic", "rfc3339", "epochSeconds", "epochMilliseconds", "epochMicroseconds",
    "epochNanoseconds",
  ]
}
