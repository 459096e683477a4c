import Traffic

extension KeyTable {
  static let trafficSections: [KeySection] = [
    KeySection(
      "replay", "a replay", at: "traffic",
      "Plays a recording: a CSV file with a header, one request a row, in order of time.",
      [
        KeyEntry(
          "replay", .path, default: "required",
          "The recording; \"-\" is standard input, and .gz and .zst are unpacked on the way.",
          example: "replay: \"data/requests.csv\""),
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
          "latency", .column, default: "none", "The column of logged latencies.",
          example: "latency: \"ms\""),
        KeyEntry(
          "latencyUnit", .either([.words(["ns", "us", "ms", "s"]), .duration(.positive)]),
          default: "\"ms\"", "What that column counts in.", example: "latencyUnit: \"us\""),
        KeyEntry(
          "segments", .list(of: .column), default: "[]",
          "Columns by whose values outcomes are also reported.",
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
      "One of `constant`, `poisson`, `daily`, `weekly`, or `period` with `rates`.",
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
