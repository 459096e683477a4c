import Simulation

extension KeyTable {
  static let armSections: [KeySection] = [
    KeySection(
      "arm", "an arm", at: "arms.<name>", "A model and the service it runs on.",
      [
        KeyEntry(
          "model", .model, default: "required",
          "A file (its kind is detected), a logged column, a model of stated quality, or \"none\": a "
            + "service whose answers nobody judges.",
          example: "model: \"models/candidate.json\""),
        KeyEntry(
          "service", .object("service"), default: "none: answers take no time",
          "Where virtual time passes.", example: "service: { replicas: 2, time: \"8ms\" }"),
        KeyEntry(
          "client", .object("client"), default: "none: it asks once and waits",
          "What the clients of the service do beside waiting.",
          example: "client: { retry: { attempts: 3, delay: \"50ms\" } }"),
        KeyEntry(
          "route",
          .list(
            of: .either([
              .text, .object("route.fanOut"), .object("route.hold"), .object("route.own"),
            ])),
          default: "[\"own\"]",
          "The stations that a request visits, in order; \"own\" is the arm's service.",
          example: "route: [\"features\", \"own\"]"),
        KeyEntry(
          "cost", .number(.nonNegative), default: "none",
          unit: "`currency` per thousand answers", "What answers cost.", example: "cost: 0.4"),
      ]),
    KeySection(
      "model.column", "a logged answer", at: "arms.<name>.model",
      "The answer stands in the recording.",
      [
        KeyEntry(
          "column", .column, default: "required", "The numeric column.",
          example: "column: \"score\""
        ),
        KeyEntry(
          "output", .words(["probability", "value"]), default: "\"probability\"",
          "The probability of class 1, or a real number.", example: "output: \"value\""),
      ]),
    KeySection(
      "model.synthetic", "a model of stated quality", at: "arms.<name>.model",
      "For experiments in which the truth is known; stands there as `{ synthetic: { … } }`.",
      [
        KeyEntry(
          "synthetic", .object("synthetic.model"), default: "required", "Its quality.",
          example: "synthetic: { accuracy: 0.91 }")
      ]),
    KeySection(
      "synthetic.model", "a model of stated quality", at: "arms.<name>.model.synthetic",
      "One of `accuracy` (classes) and `error` (real labels).",
      [
        KeyEntry(
          "accuracy", .number(.share), default: "—",
          "The probability of naming the label's class.", example: "accuracy: 0.91"),
        KeyEntry(
          "confidence", .number(.share), default: "the accuracy, where that is above 0.5",
          "The probability that it states for the class it names, above 0.5.",
          example: "confidence: 0.8"),
        KeyEntry(
          "error", .object("synthetic.error"), default: "—", "The label plus a normal error.",
          example: "error: { bias: 0, sd: 1.5 }"),
        KeyEntry(
          "latent", .text, default: "none: each answer has luck of its own",
          "A standard normal feature that decides the luck of each answer.",
          example: "latent: \"mood\""),
        KeyEntry(
          "salt", .text, default: "the arm's name",
          "Two synthetic models with different salts err independently.", example: "salt: \"a\""),
      ]),
    KeySection(
      "synthetic.error", "an error", at: "arms.<name>.model.synthetic.error", "",
      [
        KeyEntry(
          "bias", .number(.any), default: "0", unit: "the label's", "Its mean.",
          example: "bias: 0.1"
        ),
        KeyEntry(
          "sd", .number(.nonNegative), default: "required", unit: "the label's",
          "Its standard deviation.", example: "sd: 1.5"),
      ]),
    KeySection(
      "deployment", "a deployment", at: "deployment", "One of `shadow` and `ab`.",
      [
        KeyEntry(
          "shadow", .object("shadow"), default: "{ mirror: 1 }",
          "Production answers; candidates see copies.", example: "shadow: { mirror: 0.5 }"),
        KeyEntry(
          "ab", .object("ab"), default: "—", "Every request goes to one arm.",
          example: "ab: { shares: { production: \"rest\", candidate: 0.5 } }"),
      ]),
    KeySection(
      "shadow", "a shadow", at: "deployment.shadow", "",
      [
        KeyEntry(
          "mirror", .number(.share), default: "1",
          "The share of requests that each candidate sees; what a smaller share sees, a larger one "
            + "sees, too.", example: "mirror: 0.5"),
        KeyEntry(
          "spare", .object("spare"), default: "none",
          "Sends fewer copies while production is busy; those that are not sent are counted.",
          example: "spare: { queue: 4 }"),
      ]),
    KeySection(
      "spare", "a mirror that spares production", at: "deployment.shadow.spare",
      "Once an interval it looks at production's queue: above `queue` the share of requests that is copied "
        + "is halved, else it rises by `step`, up to `mirror`. Copies that are not sent are missing from "
        + "the busy times, so that pairs speak of calmer ones.",
      [
        KeyEntry(
          "queue", .integer(from: 0, through: nil), default: "required", unit: "requests",
          "How many of production's requests may wait.", example: "queue: 4"),
        KeyEntry(
          "interval", .duration(.positive), default: "\"1s\"", "How often it looks.",
          example: "interval: \"500ms\""),
        KeyEntry(
          "least", .number(.share), default: "0", "The share that is copied at any rate.",
          example: "least: 0.01"),
        KeyEntry(
          "step", .number(.share), default: "0.05", "What the share rises by.",
          example: "step: 0.1"),
      ]),
    KeySection(
      "ab", "an A/B test", at: "deployment.ab", "",
      [
        KeyEntry(
          "shares", .named(.either([.words(["rest"]), .number(.share)])),
          default: "equal shares", "The share of each arm, by name; together 1.",
          example: "shares: { production: \"rest\", candidate: 0.1 }"),
        KeyEntry(
          "salt", .text, default: "\"deployment\"",
          "Another salt deals the units out anew.", example: "salt: \"second try\""),
        KeyEntry(
          "by", .words(DeploymentPlan.SplitUnit.allCases.map(\.rawValue)), default: "\"unit\"",
          "Whether a unit stays with its arm, or each request is dealt out on its own.",
          example: "by: \"request\""),
      ]),
  ]
}
