import Simulation

extension KeyTable {
  static let clientSections: [KeySection] = [
    KeySection(
      "client", "a client", at: "arms.<name>.client",
      "What those who ask the service do.",
      [
        KeyEntry(
          "deadline", .either([.words(["none"]), .duration(.positive)]), default: "\"none\"",
          "The time for all attempts together, counted from arrival.", example: "deadline: \"1s\""),
        KeyEntry(
          "patience", .durationDistribution, default: "none: it waits",
          "How long a client waits in a queue before it leaves; who is in service stays.",
          example: "patience: { exponential: { mean: \"2s\" } }"),
        KeyEntry(
          "retry", .object("retry"), default: "none", "When an attempt is made again.",
          example: "retry: { attempts: 3, delay: \"50ms\" }"),
        KeyEntry(
          "hedge", .object("hedge"), default: "none",
          "A second attempt beside a slow first one; the first answer counts.",
          example: "hedge: { after: \"40ms\" }"),
        KeyEntry(
          "rateLimit", .object("rateLimit"), default: "none",
          "A token bucket; who finds none is turned away at once.",
          example: "rateLimit: { perSecond: 100, burst: 20 }"),
        KeyEntry(
          "breaker", .object("breaker"), default: "none",
          "A circuit breaker: while it is open, requests are turned away at once.",
          example: "breaker: { failureShare: 0.5, window: \"10s\", rest: \"5s\" }"),
        KeyEntry(
          "priority", .integer(from: 0, through: 15), default: "0",
          "0 is the most urgent; a priority of the traffic's own comes before it.",
          example: "priority: 3"),
      ]),
    KeySection(
      "retry", "a retry", at: "arms.<name>.client.retry", "",
      [
        KeyEntry(
          "attempts", .integer(from: 1, through: 1000), default: "required",
          "How many are made, with the first.", example: "attempts: 3"),
        KeyEntry(
          "delay", .either([.durationDistribution, .object("retry.delay")]), default: "required",
          "How long before the next attempt.",
          example: "delay: { backoff: { first: \"50ms\", longest: \"2s\" } }"),
        KeyEntry(
          "on", .list(of: .words(retryCauses)), default: "all three",
          "After what it is made.", example: "on: [\"timeout\", \"error\"]"),
        KeyEntry(
          "budget", .object("budget"), default: "none: no limit",
          "How many retries an arm's clients may send together.",
          example: "budget: { earned: { share: 0.1, burst: 10 } }"),
      ]),
    KeySection(
      "retry.delay", "a delay", at: "arms.<name>.client.retry.delay", "",
      [
        KeyEntry(
          "backoff", .object("backoff"), default: "required", "It grows from retry to retry.",
          example: "backoff: { first: \"50ms\", longest: \"2s\" }")
      ]),
    KeySection(
      "backoff", "a back-off", at: "arms.<name>.client.retry.delay.backoff",
      "Before retry k: first · factor^(k − 1), at most `longest`, with jitter.",
      [
        KeyEntry(
          "first", .duration(.positive), default: "required", "Before the first retry.",
          example: "first: \"50ms\""),
        KeyEntry(
          "factor", .number(.atLeastOne), default: "2", "What each is multiplied by.",
          example: "factor: 2"),
        KeyEntry(
          "longest", .duration(.positive), default: "required", "Where the growth ends.",
          example: "longest: \"2s\""),
        KeyEntry(
          "jitter", .words(RetryPlan.Jitter.allCases.map(\.rawValue)), default: "\"full\"",
          "\"full\": uniform from 0 to it; \"equal\": from its half to it; \"decorrelated\": from "
            + "the first to three times the last one drawn.", example: "jitter: \"equal\""),
      ]),
    KeySection(
      "budget", "a retry budget", at: "arms.<name>.client.retry.budget",
      "One of `earned`, `tokens` and `concurrent`.",
      [
        KeyEntry(
          "earned", .object("budget.earned"), default: "—",
          "First attempts earn the tokens that retries take, as in Finagle.",
          example: "earned: { share: 0.1, burst: 10 }"),
        KeyEntry(
          "tokens", .object("budget.tokens"), default: "—",
          "Failures take tokens, successes give them back; below half nothing is retried, as in "
            + "gRPC.", example: "tokens: { most: 10, perSuccess: 0.1 }"),
        KeyEntry(
          "concurrent", .object("budget.concurrent"), default: "—",
          "Retries are a share of what is in flight, as in Envoy.",
          example: "concurrent: { share: 0.2, atLeast: 3 }"),
      ]),
    KeySection(
      "budget.earned", "an earned budget", at: "arms.<name>.client.retry.budget.earned", "",
      [
        KeyEntry(
          "share", .number(.share), default: "required",
          "What each first attempt earns of one retry.", example: "share: 0.1"),
        KeyEntry(
          "perSecond", .number(.within(0...1e9)), default: "0", unit: "retries a second",
          "What comes by itself.", example: "perSecond: 10"),
        KeyEntry(
          "burst", .number(.within(1...1e9)), default: "required", unit: "retries",
          "What can be saved up.", example: "burst: 10"),
      ]),
    KeySection(
      "budget.tokens", "a budget of tokens", at: "arms.<name>.client.retry.budget.tokens", "",
      [
        KeyEntry(
          "most", .number(.within(1...1e9)), default: "required", unit: "tokens",
          "The most there are, and at the start.", example: "most: 10"),
        KeyEntry(
          "perSuccess", .number(.within(1e-9...1e9)), default: "required", unit: "tokens",
          "What a success gives; a failure takes 1.", example: "perSuccess: 0.1"),
      ]),
    KeySection(
      "budget.concurrent", "a concurrent budget",
      at: "arms.<name>.client.retry.budget.concurrent", "",
      [
        KeyEntry(
          "share", .number(.share), default: "0.2",
          "The share of attempts in flight that may be retries.", example: "share: 0.2"),
        KeyEntry(
          "atLeast", .integer(from: 0, through: 1_000_000), default: "3",
          "So many may in any case.", example: "atLeast: 3"),
      ]),
    KeySection(
      "hedge", "a hedge", at: "arms.<name>.client.hedge", "",
      [
        KeyEntry(
          "after", .duration(.positive), default: "required",
          "Counted from the start of the attempt before.", example: "after: \"40ms\""),
        KeyEntry(
          "attempts", .integer(from: 2, through: 1000), default: "2",
          "How many at most, with the first.", example: "attempts: 2"),
        KeyEntry(
          "cancelsOthers", .flag, default: "true",
          "Whether the others are taken back at the first answer.", example: "cancelsOthers: false"),
      ]),
    KeySection(
      "rateLimit", "a rate limit", at: "arms.<name>.client.rateLimit", "",
      [
        KeyEntry(
          "perSecond", .number(.within(1e-6...1e9)), default: "required", unit: "requests a second",
          "How fast tokens come.", example: "perSecond: 100"),
        KeyEntry(
          "burst", .number(.within(1...1e9)), default: "1", unit: "requests",
          "How many tokens there are at most, and at the start.", example: "burst: 20"),
      ]),
    KeySection(
      "breaker", "a circuit breaker", at: "arms.<name>.client.breaker",
      "Closed, open, half open.",
      [
        KeyEntry(
          "failureShare", .number(.positiveShare), default: "required",
          "It opens when this share of the attempts of the last `window` failed or timed out.",
          example: "failureShare: 0.5"),
        KeyEntry(
          "fewest", .integer(from: 1, through: 1_000_000), default: "20", unit: "attempts",
          "Of fewer it says nothing.", example: "fewest: 20"),
        KeyEntry(
          "window", .duration(.positive), default: "required", "What it looks back on.",
          example: "window: \"10s\""),
        KeyEntry(
          "rest", .duration(.positive), default: "required", "How long it stays open.",
          example: "rest: \"5s\""),
        KeyEntry(
          "probes", .integer(from: 1, through: 1_000_000), default: "1", unit: "attempts",
          "How many are let through half open; all must succeed for it to close.",
          example: "probes: 3"),
      ]),
  ]

  static let retryCauses = ["timeout", "error", "shed"]
}
