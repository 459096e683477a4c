import Simulation

extension KeyTable {
  static let serviceSections: [KeySection] = [
    KeySection(
      "service", "a service", at: "arms.<name>.service",
      "Replicas behind a queue. What stands here and not in a station is the arm's own.",
      [
        replicas, queue,
        KeyEntry(
          "time",
          .either([
            .durationDistribution, .words(["logged"]), .object("service.logged"),
            .object("service.sized"),
          ]),
          default: "required, unless there is `llm`",
          "How long an answer takes on a replica; \"logged\" is the recording's own latency, and "
            + "`base` begins a time that follows the request.",
          example: "time: { lognormal: { mean: \"8ms\", p99: \"40ms\" } }"),
        KeyEntry(
          "timeout", .either([.words(["none"]), .duration(.positive)]), default: "\"none\"",
          "Counted from arrival; a later answer is none. With retries or hedges, it is the time for "
            + "each attempt.", example: "timeout: \"250ms\""),
        KeyEntry(
          "timeoutCancels", .flag, default: "true",
          "Whether a request that timed out leaves the queue or its replica at once.",
          example: "timeoutCancels: false"),
        errorRate, luck,
        KeyEntry(
          "sharedWith", .text, default: "none",
          "The arm whose replicas and queue it uses; its own are then not read.",
          example: "sharedWith: \"production\""),
        KeyEntry(
          "llm", .object("llm"), default: "none",
          "A language model's engine in place of `time`.",
          example: "llm: { memory: 400000, steps: { base: \"5ms\", perPrefillToken: \"40us\" } }"),
      ] + howItServes),
    KeySection(
      "service.logged", "a logged time", at: "arms.<name>.service.time", "",
      [
        KeyEntry(
          "logged", .number(.positive), default: "required",
          "The logged latency times this.", example: "logged: 1.2")
      ]),
    KeySection(
      "service.sized", "a time that follows the request", at: "arms.<name>.service.time",
      "(base + Σ per · column) · noise; `understudy calibrate --by` writes it.",
      [
        KeyEntry(
          "base", .duration(.nonNegative), default: "required", "What every request takes.",
          example: "base: \"2ms\""),
        KeyEntry(
          "per", .named(.duration(.nonNegative)), default: "required",
          "What each unit of a numeric feature, of `inputTokens` or of `outputTokens` adds.",
          example: "per: { inputTokens: \"30us\" }"),
        KeyEntry(
          "noise", .distribution, default: "1",
          "What the time is multiplied by, drawn for each request.",
          example: "noise: { lognormal: { mu: -0.02, sigma: 0.2 } }"),
      ]),
    KeySection(
      "station", "a station", at: "stations.<name>",
      "Replicas that routes of arms name. Every key that a service also has means the same there.",
      [
        replicas, queue,
        KeyEntry(
          "time", .durationDistribution, default: "\"0s\" where it is only held, else required",
          "How long a visit takes on a replica.", example: "time: \"4ms\""),
        errorRate, luck,
      ] + howItServes),
    KeySection(
      "balancing", "a way of balancing", at: "arms.<name>.service.balancing", "",
      [
        KeyEntry(
          "choices", .integer(from: 2, through: 16), default: "required",
          "How many replicas are drawn; the less loaded of them is taken.", example: "choices: 3")
      ]),
    KeySection(
      "batch", "a batch", at: "arms.<name>.service.batch",
      "Several requests in one service. `time` and `curve` say how long one takes.",
      [
        KeyEntry(
          "size", .integer(from: 1, through: 1_000_000), default: "required", unit: "requests",
          "How many it takes at most.", example: "size: 16"),
        KeyEntry(
          "wait", .duration(.nonNegative), default: "\"0s\"",
          "A batch that is not full starts when its oldest request has waited so long.",
          example: "wait: \"5ms\""),
        KeyEntry(
          "preferred", .list(of: .integer(from: 1, through: 1_000_000)), default: "[]",
          "Sizes to prefer where not everybody fits: the largest that is not above the number who "
            + "wait.", example: "preferred: [4, 8]"),
        KeyEntry(
          "time", .words(["slowest", "sum"]), default: "\"slowest\", unless there is `curve`",
          "The longest of the single times, or their sum.", example: "time: \"sum\""),
        KeyEntry(
          "curve", .points, default: "none",
          "Pairs of a size and what it multiplies the first request's time by; the sizes ascend from "
            + "1, with straight lines between them, the last of which goes on.",
          example: "curve: [[1, 1], [16, 3.2]]"),
      ]),
    KeySection(
      "coldCache", "a cold cache", at: "arms.<name>.service.coldCache",
      "The first requests after a replica's start are slower.",
      [
        KeyEntry(
          "factor", .number(.atLeastOne), default: "required",
          "What the first request's time is multiplied by.", example: "factor: 3"),
        KeyEntry(
          "halvedAfter", .number(.positive), default: "required", unit: "requests",
          "After how many the part of it above 1 has fallen to a half.", example: "halvedAfter: 50"),
      ]),
  ]

  private static let replicas = KeyEntry(
    "replicas", .either([.integer(from: 1, through: 1_000_000), .object("schedule")]),
    default: "1, or the autoscaler's `fewest`",
    "How many requests (or batches) are served at once; a schedule changes it.",
    example: "replicas: 4")

  private static let queue = KeyEntry(
    "queue", .either([.words(["unlimited"]), .integer(from: 0, through: nil)]),
    default: "\"unlimited\"", unit: "requests",
    "How many may wait; one more is turned away.", example: "queue: 100")

  private static let errorRate = KeyEntry(
    "errorRate", .number(.share), default: "0",
    "The probability that a served request ends in an error.", example: "errorRate: 0.001")

  private static let luck = KeyEntry(
    "luck", .words(ServicePlan.Luck.allCases.map(\.rawValue)), default: "\"shared\"",
    "\"shared\": a request that is slow in one arm is slow in the others, which makes "
      + "differences clear; \"own\": each arm has its own.", example: "luck: \"own\"")

  static let balancingWords = [
    "central", "roundRobin", "random", "leastLoaded", "twoChoices", "sticky",
  ]

  /// What services and stations have in common beside replicas, queue and time.
  static let howItServes: [KeyEntry] = [
    KeyEntry(
      "discipline", .words(StationPlan.Discipline.allCases.map(\.rawValue)), default: "\"fifo\"",
      "Who is served next: first come, last come, the lowest priority number, the earliest "
        + "deadline; or all at once, evenly (\"processorSharing\").",
      example: "discipline: \"priority\""),
    KeyEntry(
      "balancing", .either([.words(balancingWords), .object("balancing")]),
      default: "\"central\"",
      "One queue for all replicas (\"central\"), or one for each, and how a request chooses it; "
        + "\"sticky\" goes by the unit.", example: "balancing: \"twoChoices\""),
    KeyEntry(
      "shed", .words(StationPlan.Shedding.allCases.map(\.rawValue)), default: "\"newest\"",
      "Who is turned away at a full queue: who comes, who has waited longest, or the highest "
        + "priority number.", example: "shed: \"oldest\""),
    KeyEntry(
      "batch", .object("batch"), default: "none", "Several requests in one service.",
      example: "batch: { size: 16, wait: \"5ms\" }"),
    KeyEntry(
      "speeds", .list(of: .number(.positive)), default: "1 for all",
      "What the service time is divided by on each replica, in turn.", example: "speeds: [1, 0.5]"),
    KeyEntry(
      "autoscale", .object("autoscale"), default: "none",
      "Who changes the number of replicas while it runs.",
      example: "autoscale: { kubernetes: { target: 0.7, most: 20 } }"),
    KeyEntry(
      "coldStart", .durationDistribution, default: "none: at once",
      "How long a replica takes from its order until it serves.", example: "coldStart: \"20s\""),
    KeyEntry(
      "coldCache", .object("coldCache"), default: "none",
      "What the first requests after a replica's start cost.",
      example: "coldCache: { factor: 3, halvedAfter: 50 }"),
    KeyEntry(
      "setUp", .durationDistribution, default: "none: it stays on",
      "A replica without work is switched off, and takes so long to come back.",
      example: "setUp: \"2s\""),
    KeyEntry(
      "failures", .list(of: .object("failure")), default: "[]", "What goes wrong by itself.",
      example:
        "failures: [{ breakdown: { every: { exponential: { mean: \"1d\" } }, lasting: \"5m\" } }]"
    ),
    KeyEntry(
      "onFailure", .words(StationPlan.OnFailure.allCases.map(\.rawValue)), default: "\"fail\"",
      "Whether requests on a replica that fails end in an error, or wait again at the head of the "
        + "queue.", example: "onFailure: \"requeue\""),
  ]
}
