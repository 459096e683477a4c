/// Services, stations, clients and routes: what is wrong, and every word of what is told.
extension MistakeCase {
  static func service(_ text: String, _ expected: [String]) -> MistakeCase {
    MistakeCase(.arms, "{ a: { model: \"x\", service: { \(text) } } }", expected)
  }

  /// A client, beside a service of 8 ms.
  static func client(_ text: String, _ expected: [String]) -> MistakeCase {
    MistakeCase(
      .arms, "{ a: { model: \"x\", service: { time: \"8ms\" }, client: { \(text) } } }", expected)
  }

  /// A route between the stations x and y.
  static func route(_ text: String, _ expected: [String]) -> MistakeCase {
    MistakeCase(
      .arms,
      "{ a: { model: \"x\", service: { time: \"8ms\" }, route: [\(text)] }, "
        + "b: { model: \"x\", service: { time: \"8ms\" }, route: [\"x\", \"own\", \"y\"] } }, "
        + "stations: { x: { time: \"1ms\" }, y: { time: \"1ms\" } }", expected)
  }

  static let services: [MistakeCase] =
    queues + capacities + clients + routes + [heldBatches, manyFailures]

  private static let queues: [MistakeCase] = [
    .service(
      #"time: { base: "2ms", per: { x: "1us", y: 3 }, noise: { normal: { mean: 1, sd: 0.1 } } }"#,
      [
        #"3:80 `y` is 3, a duration without a unit\#nhelp: write the unit: "3ms" or "3s", say"#,
        #"3:92 the noise multiplies a time, and may be below zero\#nhelp: for example `noise: { lognormal: { mu: -0.02, sigma: 0.2 } }`"#,
      ]),
    .service(
      #"time: { base: "2ms", noise: 1 }"#,
      [
        #"3:45 a time that follows the request has no `per`, which it must have\#nhelp: for example `per: { inputTokens: "30us" }`"#
      ]),
    .service(
      #"time: "8ms", discipline: "fifi""#,
      [
        #"3:64 `discipline` is "fifi", not "fifo", "lifo", "priority", "deadline" or "processorSharing"\#nhelp: did you mean "fifo"?"#
      ]),
    .service(
      #"time: "8ms", balancing: "twoChoice""#,
      [
        #"3:63 `balancing` is "twoChoice", not "central", "roundRobin", "random", "leastLoaded", "twoChoices" or "sticky", or an object (a way of balancing)\#nhelp: did you mean "twoChoices"?"#
      ]),
    .service(
      #"time: "8ms", balancing: { choices: 1 }"#,
      [
        #"3:74 `choices` is 1, not an integer from 2 to 16\#nhelp: for example `choices: 3`"#
      ]),
    .service(
      #"time: "8ms", shed: "oldest""#,
      [
        #"3:52 `shed` means nothing without `queue`\#nhelp: take it away"#
      ]),
    .service(
      #"time: "8ms", queue: 8, batch: { size: 16 }"#,
      [
        #"3:69 the batch takes 16 requests and only 8 may wait, so it is never full\#nhelp: let 16 wait, or make the batch smaller"#
      ]),
    .service(
      #"time: "8ms", batch: { wait: "5ms" }"#,
      [
        #"3:59 a batch has no `size`, which it must have\#nhelp: for example `size: 16`"#
      ]),
    .service(
      #"time: "8ms", batch: { size: 0, wait: "-5ms" }"#,
      [
        #"3:67 `size` is 0, not an integer from 1 to 1000000\#nhelp: for example `size: 16`"#,
        #"3:76 `wait` is "-5ms", which is no duration\#nhelp: write a number and a unit, such as "250ms", "20s", "5m", "2h", "14d", or "P14D""#,
      ]),
    .service(
      #"time: "8ms", batch: { size: 16, preferred: [8, 4] }"#,
      [
        #"3:82 the size 4 stands after the size 8 in `preferred`\#nhelp: put them in ascending order"#
      ]),
    .service(
      #"time: "8ms", batch: { size: 16, preferred: [4, 0] }"#,
      [
        #"3:86 `preferred` holds 0, not an integer from 1 to 1000000\#nhelp: for example `preferred: [4, 8]`"#
      ]),
    .service(
      #"time: "8ms", batch: { size: 16, preferred: [4, 32] }"#,
      [
        #"3:82 a batch of 32 is preferred, and it takes at most 16\#nhelp: take it away, or raise `size`"#
      ]),
    .service(
      #"time: "8ms", batch: { size: 16, time: "sum", curve: [[1, 1], [16, 3]] }"#,
      [
        #"3:71 `time` means nothing beside `curve`\#nhelp: take it away"#
      ]),
    .service(
      #"time: "8ms", batch: { size: 16, curve: [[1, 1]] }"#,
      [
        #"3:78 `curve` has one point, which makes no line\#nhelp: for example `curve: [[1, 1], [16, 3.2]]`"#
      ]),
    .service(
      #"time: "8ms", batch: { size: 16, curve: [[2, 1], [16, 3]] }"#,
      [
        #"3:78 the first size of `curve` is 2, not 1\#nhelp: begin with [1, 1]: the first request's own time"#
      ]),
    .service(
      #"time: "8ms", batch: { size: 16, curve: [[1, 1], [8, 2], [4, 3]] }"#,
      [
        #"3:78 the size 4 stands after the size 8 in `curve`\#nhelp: put them in ascending order"#
      ]),
    .service(
      #"time: "8ms", batch: { size: 16, curve: [[1, 1], [2, -0.5]] }"#,
      [
        #"3:87 `curve` holds a list, not a pair such as [16, 3.2]\#nhelp: for example `curve: [[1, 1], [16, 3.2]]`"#
      ]),
    .service(
      #"time: "8ms", batch: { size: 16, curve: [[1, 1], [2, 0.5]] }"#,
      [
        #"3:78 the last line of `curve` has fallen to zero or below at the size 16\#nhelp: add a point for the largest batch"#
      ]),
    .service(
      #"time: "8ms", discipline: "deadline""#,
      [
        #"3:64 the earliest deadline is served first, and no request has one\#nhelp: give the service a `timeout` or its client a `deadline`, or take "fifo""#
      ]),
    .service(
      #"time: "8ms", discipline: "processorSharing", batch: { size: 4 }, queue: 9"#,
      [
        #"3:91 `batch` means nothing with processor sharing, where nobody waits\#nhelp: take it away, or take "fifo""#,
        #"3:111 `queue` means nothing with processor sharing, where nobody waits\#nhelp: take it away, or take "fifo""#,
      ]),
    .service(
      #"time: "8ms", speeds: []"#,
      [
        #"3:60 `speeds` is empty"#
      ]),
    .service(
      #"time: "8ms", speeds: [1, 0]"#,
      [
        #"3:64 `speeds` holds 0, not a number above 0\#nhelp: for example `speeds: [1, 0.5]`"#
      ]),
    .service(
      #"time: "8ms", coldCache: { factor: 0.5, halvedAfter: 0 }"#,
      [
        #"3:73 `factor` is 0.5, not a number from 1 up\#nhelp: for example `factor: 3`"#,
        #"3:91 `halvedAfter` is 0, not a number above 0\#nhelp: for example `halvedAfter: 50`"#,
      ]),
    .service(
      #"time: "8ms", setUp: "0s""#,
      [
        #"3:59 `setUp` is "0s", not a duration above zero such as "30m"\#nhelp: for example `setUp: "2s"`"#
      ]),
  ]

  private static let capacities: [MistakeCase] = [
    .service(
      #"time: "8ms", replicas: { schedule: [] }"#,
      [
        #"3:62 `schedule` is empty"#
      ]),
    .service(
      #"time: "8ms", replicas: { schedule: [{ from: "2h", replicas: 2 }] }"#,
      [
        #"3:75 the schedule starts at 2h, so nobody knows how many replicas there are before\#nhelp: write `from: "0s"` in its first step"#
      ]),
    .service(
      #"time: "8ms", replicas: { schedule: [{ from: "0h", replicas: 0 }] }"#,
      [
        #"3:99 `replicas` is 0, not an integer from 1 to 1000000\#nhelp: for example `replicas: 6`"#
      ]),
    .service(
      #"time: "8ms", replicas: { schedule: [{ from: "0h", replicas: 2 }, { from: "2h", replicas: 1 }, { from: "1h", replicas: 1 }] }"#,
      [
        #"3:133 the step from 1h does not come after the one from 2h\#nhelp: put them in ascending order"#
      ]),
    .service(
      #"time: "8ms", replicas: { schedule: [{ from: "0h", replicas: 2 }, { from: "25h", replicas: 1 }], period: "1d" }"#,
      [
        #"3:104 the step from 25h is never reached, because the schedule begins anew after 1d\#nhelp: take it away, or lengthen the period"#
      ]),
    .service(
      #"time: "8ms", replicas: { schedule: [{ from: "0h", replicas: 2 }] }, autoscale: { knative: { target: 1, most: 9 } }"#,
      [
        #"3:118 the replicas follow a schedule and an autoscaler, and only one of them can decide\#nhelp: keep one"#
      ]),
    .service(
      #"time: "8ms", autoscale: {}"#,
      [
        #"3:63 an autoscaler must have one of `kubernetes` and `knative`"#
      ]),
    .service(
      #"time: "8ms", autoscale: { kubernetes: { most: 9 } }"#,
      [
        #"3:77 a horizontal autoscaler has no `target`, which it must have\#nhelp: for example `target: 0.7`"#
      ]),
    .service(
      #"time: "8ms", autoscale: { kubernetes: { target: 0.5, fewest: 4, most: 2 } }"#,
      [
        #"3:77 `fewest` is 4 and `most` is 2, so no number of replicas would do\#nhelp: exchange the two"#
      ]),
    .service(
      #"time: "8ms", autoscale: { kubernetes: { target: 70, most: 2 } }"#,
      [
        #"3:87 `target` is 70, and no replica is busy more than all of the time (1)\#nhelp: for example `target: 0.7`"#
      ]),
    .service(
      #"time: "8ms", autoscale: { kubernetes: { target: 0.7, fewest: 0, most: 2 } }"#,
      [
        #"3:100 `fewest` is 0, not an integer from 1 to 1000000\#nhelp: for example `fewest: 2`"#
      ]),
    .service(
      #"time: "8ms", replicas: 30, autoscale: { kubernetes: { target: 0.5, fewest: 2, most: 20 } }"#,
      [
        #"3:62 the service starts with 30 replicas, and its autoscaler keeps 2 to 20\#nhelp: start with a number between them, or leave `replicas` out"#
      ]),
    .service(
      #"time: "8ms", autoscale: { knative: { target: 0.5, most: 20, graceToZero: "1s" } }"#,
      [
        #"3:99 `graceToZero` means nothing without `fewest: 0`\#nhelp: take it away"#
      ]),
    .service(
      #"time: "8ms", autoscale: { knative: { target: 0.5, most: 20, interval: "0s", growth: 1 } }"#,
      [
        #"3:109 `interval` is "0s", not a duration above zero such as "30m"\#nhelp: for example `interval: "2s"`"#,
        #"3:123 `growth` is 1, not a number above 1\#nhelp: for example `growth: 1000`"#,
      ]),
    .service(
      #"time: { pareto: { minimum: "1ms", shape: 1 } }, autoscale: { knative: { target: 1, most: 9 } }"#,
      [
        #"3:98 the service time has no mean, so no number of replicas holds the autoscaler's target\#nhelp: take a distribution that has a mean: a pareto with a `shape` above 1, say"#
      ]),
    .service(
      #"time: "8ms", coldStart: "20s""#,
      [
        #"3:63 `coldStart` means nothing without an autoscaler or a schedule, which starts replicas\#nhelp: take it away"#
      ]),
    .service(
      #"time: "8ms", autoscale: { knative: { target: 1, most: 9 } }, coldStart: "0s""#,
      [
        #"3:111 `coldStart` is "0s", not a duration above zero such as "30m"\#nhelp: for example `coldStart: "20s"`"#
      ]),
    .service(
      #"time: "8ms", failures: [{}]"#,
      [
        #"3:63 a failure must have one of `breakdown`, `outage` and `slow`"#
      ]),
    .service(
      #"time: "8ms", failures: [{ breakdown: { every: "0s", lasting: "-1s" } }]"#,
      [
        #"3:85 `every` is "0s", not a duration above zero such as "30m"\#nhelp: for example `every: { exponential: { mean: "1d" } }`"#,
        #"3:100 `lasting` is "-1s", which is no duration\#nhelp: write a number and a unit, such as "250ms", "20s", "5m", "2h", "14d", or "P14D""#,
      ]),
    .service(
      #"time: "8ms", failures: [{ outage: { lasting: "1s" } }]"#,
      [
        #"3:73 an outage must have one of `every` and `at`"#
      ]),
    .service(
      #"time: "8ms", failures: [{ outage: { at: ["2h", "1h"], lasting: "1s", share: 1.5 } }]"#,
      [
        #"3:79 the outage at 1h does not come after the one at 2h\#nhelp: put them in ascending order"#,
        #"3:115 `share` is 1.5, not a number above 0 and up to 1\#nhelp: for example `share: 0.5`"#,
      ]),
    .service(
      #"time: "8ms", failures: [{ slow: { every: "1s", lasting: "1s", factor: 1 } }]"#,
      [
        #"3:109 `factor` is 1, not a number above 1\#nhelp: for example `factor: 4`"#
      ]),
    .service(
      #"time: "8ms", onFailure: "requeue""#,
      [
        #"3:52 `onFailure` means nothing without `failures`\#nhelp: take it away"#
      ]),
    .service(
      #"llm: { memory: 4000, steps: { base: "5ms", perPrefillToken: "40us" } }"#,
      [
        #"3:44 an LLM engine counts tokens, and the traffic has none\#nhelp: name their columns in `traffic`: `inputTokens` and `outputTokens`"#
      ]),
    MistakeCase(
      .arms,
      #"{ a: { model: "x", service: { time: "8ms" } }, b: { model: "y", service: { time: "1ms", sharedWith: "a", batch: { size: 4 } } } }"#,
      [
        #"3:114 `batch` means nothing beside `sharedWith: "a"`\#nhelp: take it away"#
      ]),
  ]

  private static let clients: [MistakeCase] = [
    MistakeCase(
      .arms, #"{ a: { model: "x", client: {}, route: ["own"] } }"#,
      [
        #"3:28 `client` means nothing without `service`\#nhelp: take it away"#,
        #"3:40 `route` means nothing without `service`\#nhelp: take it away"#,
      ]),
    .client(
      #"deadline: "0s", patience: "0s""#,
      [
        #"3:74 `deadline` is "0s", not "none" or a duration above zero such as "30m"\#nhelp: for example `deadline: "1s"`"#,
        #"3:90 `patience` is "0s", not a duration above zero such as "30m"\#nhelp: for example `patience: { exponential: { mean: "2s" } }`"#,
      ]),
    .client(
      #"priority: 16"#,
      [
        #"3:74 `priority` is 16, not an integer from 0 to 15\#nhelp: for example `priority: 3`"#
      ]),
    .client(
      #"retry: { attempts: 0, delay: "50ms" }"#,
      [
        #"3:83 `attempts` is 0, not an integer from 1 to 1000\#nhelp: for example `attempts: 3`"#
      ]),
    .client(
      #"retry: { attempts: 3 }"#,
      [
        #"3:71 a retry has no `delay`, which it must have\#nhelp: for example `delay: { backoff: { first: "50ms", longest: "2s" } }`"#
      ]),
    .client(
      #"retry: { attempts: 3, delay: "50ms", on: ["shedding"] }"#,
      [
        #"3:106 `on` holds "shedding", not "timeout", "error" or "shed"\#nhelp: for example `on: ["timeout", "error"]`"#
      ]),
    .client(
      #"retry: { attempts: 3, delay: "50ms", on: [] }"#,
      [
        #"3:105 `on` is empty"#
      ]),
    .client(
      #"retry: { attempts: 3, delay: { backoff: { first: "2s", longest: "1s", jitter: "ful" } } }"#,
      [
        #"3:128 the delay starts with 2s, which is more than the `longest` of 1s\#nhelp: exchange the two"#,
        #"3:142 `jitter` is "ful", not "none", "full", "equal" or "decorrelated"\#nhelp: did you mean "full"?"#,
      ]),
    .client(
      #"retry: { attempts: 3, delay: { backoff: { first: "0s", factor: 0.5 } } }"#,
      [
        #"3:104 a back-off has no `longest`, which it must have\#nhelp: for example `longest: "2s"`"#,
        #"3:113 `first` is "0s", not a duration above zero such as "30m"\#nhelp: for example `first: "50ms"`"#,
        #"3:127 `factor` is 0.5, not a number from 1 up\#nhelp: for example `factor: 2`"#,
      ]),
    .client(
      #"retry: { attempts: 3, delay: "1s", budget: { earned: { share: 1.5, burst: 0 } } }"#,
      [
        #"3:126 `share` is 1.5, not a number from 0 to 1\#nhelp: for example `share: 0.1`"#,
        #"3:138 `burst` is 0, not a number from 1 to 1000000000\#nhelp: for example `burst: 10`"#,
      ]),
    .client(
      #"retry: { attempts: 3, delay: "1s", budget: { tokens: { most: 2, perSuccess: 0 } } }"#,
      [
        #"3:140 `perSuccess` is 0, not a number from 1e-9 to 1000000000\#nhelp: for example `perSuccess: 0.1`"#
      ]),
    .client(
      #"retry: { attempts: 3, delay: "1s", budget: { tokens: { most: 2, perSuccess: 0.1 } } }"#,
      [
        #"3:125 `most` is 2, so the first failure takes more than half, and nothing is ever retried\#nhelp: for example `most: 10`"#
      ]),
    .client(
      #"retry: { attempts: 3, delay: "1s", budget: { concurrent: { share: -1 }, earned: {} } }"#,
      [
        #"3:107 a retry budget has `earned` and `concurrent`, and only one of them can hold\#nhelp: keep one"#
      ]
    ),
    .client(
      #"hedge: { after: "0s", attempts: 1 }"#,
      [
        #"3:80 `after` is "0s", not a duration above zero such as "30m"\#nhelp: for example `after: "40ms"`"#,
        #"3:96 `attempts` is 1, not an integer from 2 to 1000\#nhelp: for example `attempts: 2`"#,
      ]),
    .client(
      #"rateLimit: { perSecond: 0, burst: 0.5 }"#,
      [
        #"3:88 `perSecond` is 0, not a number from 1e-6 to 1000000000\#nhelp: for example `perSecond: 100`"#,
        #"3:98 `burst` is 0.5, not a number from 1 to 1000000000\#nhelp: for example `burst: 20`"#,
      ]),
    .client(
      #"breaker: { failureShare: 0, fewest: 0, window: "0s" }"#,
      [
        #"3:73 a circuit breaker has no `rest`, which it must have\#nhelp: for example `rest: "5s"`"#,
        #"3:89 `failureShare` is 0, not a number above 0 and up to 1\#nhelp: for example `failureShare: 0.5`"#,
        #"3:100 `fewest` is 0, not an integer from 1 to 1000000\#nhelp: for example `fewest: 20`"#,
        #"3:111 `window` is "0s", not a duration above zero such as "30m"\#nhelp: for example `window: "10s"`"#,
      ]),
  ]

  private static let routes: [MistakeCase] = [
    .route(
      #""x", "y""#,
      [
        #"3:61 the route never comes to the arm's own service\#nhelp: write "own" where its model is asked"#
      ]),
    .route(
      #""own", "z", "xx""#,
      [
        #"3:69 there is no station called "z"\#nhelp: the stations are x, y"#,
        #"3:74 there is no station called "xx"\#nhelp: did you mean "x"?"#,
      ]),
    .route(
      #""own", { own: { again: 0.3 } }"#,
      [
        #"3:69 the route comes to the arm's own service a second time\#nhelp: write `{ own: { again: 0.3 } }` for requests that come back"#
      ]),
    .route(
      #"{ own: { again: 1 } }"#,
      [
        #"3:78 `again` is 1, not a number between 0 and 1\#nhelp: for example `again: 0.3`"#
      ]),
    .route(
      #"{ hold: "x" }, { hold: "x" }, "own""#,
      [
        #"3:77 the route holds a place of x a second time\#nhelp: take one of them away"#
      ]),
    .route(
      #"{ hold: "x" }, "own", "x""#,
      [
        #"3:84 the route visits x while it holds a place there, and may wait for itself\#nhelp: keep the hold or the visit"#
      ]),
    .route(
      #"{ fanOut: ["x", "y"], needed: 3 }, "own""#,
      [
        #"3:92 the route waits for 3 answers of 2\#nhelp: wait for at most 2"#
      ]),
    .route(
      #"{ fanOut: [] }, { fanOut: ["x", "x"] }, "own""#,
      [
        #"3:72 `fanOut` is empty"#,
        #"3:94 "x" stands a second time in `fanOut`\#nhelp: take one of them away, or give it another name"#,
      ]),
    .route(
      #"{ visit: "x" }, 3, "own""#,
      [
        #"3:62 `route` holds an object, not the name of a station, "own", { fanOut: … }, { hold: … } or { own: … }\#nhelp: for example `route: ["features", "own"]`"#,
        #"3:78 `route` holds 3, not the name of a station, "own", { fanOut: … }, { hold: … } or { own: … }\#nhelp: for example `route: ["features", "own"]`"#,
      ]),
    MistakeCase(
      .rest,
      #"stations: { own: { time: "1ms" }, "": { time: "1ms" }, lonely: { time: "1ms", timeout: "1s" } }"#,
      [
        #"4:15 a station is called "own", which is how routes name the arm's service\#nhelp: give it another name"#,
        #"4:37 a station has an empty name"#,
        #"4:66 no route comes to the station lonely\#nhelp: name it in an arm's route: `route: ["lonely", "own"]`"#,
        #"4:81 there is no key `timeout` in a station\#nhelp: the keys are replicas, queue, time, errorRate, luck, discipline, balancing, shed, batch, speeds, autoscale, coldStart, coldCache, setUp, failures, onFailure"#,
      ]),
    MistakeCase(
      .arms,
      #"{ a: { model: "x", service: { time: "8ms" }, route: ["x", "own"] } }, stations: { x: { replicas: 4, discipline: "deadline" } }"#,
      [
        #"3:94 a visit of x has no `time`, which it must have\#nhelp: for example `time: "4ms"`"#,
        #"3:121 the earliest deadline is served first, and no request has one\#nhelp: give the service a `timeout` or its client a `deadline`, or take "fifo""#,
      ]),
  ]

  private static let heldBatches = MistakeCase(
    .arms,
    #"{ a: { model: "x", service: { time: "8ms" }, route: [{ hold: "x" }, "own"] } }, stations: { x: { batch: { size: 4 } } }"#,
    [
      #"3:104 the route holds a place of x, which serves many at once and has no places\#nhelp: take its `batch` or processor sharing away"#
    ])

  private static let manyFailures = MistakeCase.service(
    "time: \"8ms\", failures: ["
      + Array(repeating: #"{ breakdown: { every: "1h", lasting: "1s" } }"#, count: 33)
      .joined(separator: ", ") + "]",
    [
      "3:62 there are 33 failures, and a service takes at most 32\nhelp: put some together"
    ])

  /// What stands behind `llm`.
  static let languages: [(text: String, expected: [String])] = [
    (
      #"{}"#,
      [
        #"1:1 an LLM engine has no `memory`, which it must have\#nhelp: for example `memory: 400000`"#,
        #"1:1 an LLM engine has no `steps`, which it must have\#nhelp: for example `steps: { base: "5ms", perPrefillToken: "40us", perSequence: "10us" }`"#,
      ]
    ),
    (
      #"{ memory: 0, steps: { base: 5, perPrefillToken: "x" } }"#,
      [
        #"1:11 `memory` is 0, not an integer from 1 to 1000000000000\#nhelp: for example `memory: 400000`"#,
        #"1:29 `base` is 5, a duration without a unit\#nhelp: write the unit: "5ms" or "5s", say"#,
        #"1:49 `perPrefillToken` is "x", which is no duration\#nhelp: write a number and a unit, such as "250ms", "20s", "5m", "2h", "14d", or "P14D""#,
      ]
    ),
    (
      #"{ memory: 10, steps: { base: "5ms", perPrefillToken: "40us" } }"#,
      [
        #"1:11 `memory` is 10 tokens, less than one block of 16\#nhelp: raise `memory`, or lower `blockTokens`"#
      ]
    ),
    (
      #"{ memory: 4000, tokenBudget: 100, steps: { base: "5ms", perPrefillToken: "40us" } }"#,
      [
        #"1:30 `tokenBudget` is 100, and the 256 `sequences` take a token each in every step\#nhelp: raise it to 256 or more, or lower `sequences`"#
      ]
    ),
    (
      #"{ memory: 4000, steps: { base: "0s", perPrefillToken: "40us" } }"#,
      [
        #"1:24 a step that decodes takes no time: `base` and `perSequence` are zero\#nhelp: for example `base: "5ms"`"#
      ]
    ),
    (
      #"{ memory: 4000, steps: { base: "5ms" }, prefillPool: { replicas: 0 } }"#,
      [
        #"1:24 a step time has no `perPrefillToken`, which it must have\#nhelp: for example `perPrefillToken: "40us"`"#,
        #"1:54 a prefill pool has no `steps`, which it must have\#nhelp: for example `steps: { base: "5ms", perPrefillToken: "40us" }`"#,
        #"1:66 `replicas` is 0, not an integer from 1 to 1000000\#nhelp: for example `replicas: 2`"#,
      ]
    ),
  ]
}
