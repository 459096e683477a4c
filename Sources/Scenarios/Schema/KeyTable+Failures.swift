extension KeyTable {
  static let failureSections: [KeySection] = [
    KeySection(
      "failure", "a failure", at: "arms.<name>.service.failures[…]",
      "One of `breakdown`, `outage` and `slow`.",
      [
        KeyEntry(
          "breakdown", .object("breakdown"), default: "—", "Each replica fails by itself.",
          example: "breakdown: { every: { exponential: { mean: \"1d\" } }, lasting: \"5m\" }"),
        KeyEntry(
          "outage", .object("outage"), default: "—", "A share of the replicas is gone at once.",
          example: "outage: { at: [\"2h\"], lasting: \"10m\", share: 0.5 }"),
        KeyEntry(
          "slow", .object("slow"), default: "—", "Each replica is slower for a while.",
          example: "slow: { every: { exponential: { mean: \"1h\" } }, lasting: \"1m\", factor: 4 }"),
      ]),
    KeySection(
      "breakdown", "a breakdown", at: "arms.<name>.service.failures[…].breakdown", "",
      [every("From a repair to the next failure of the replica."), lasting]),
    KeySection(
      "outage", "an outage", at: "arms.<name>.service.failures[…].outage",
      "One of `every` and `at` says when.",
      [
        KeyEntry(
          "every", .durationDistribution, default: "—", "From the end of one to the next.",
          example: "every: { exponential: { mean: \"7d\" } }"),
        KeyEntry(
          "at", .list(of: .duration(.nonNegative)), default: "—",
          "At these times after the first arrival, ascending.", example: "at: [\"2h\"]"),
        lasting,
        KeyEntry(
          "share", .number(.positiveShare), default: "1", "The share of replicas that is gone.",
          example: "share: 0.5"),
      ]),
    KeySection(
      "slow", "a slow replica", at: "arms.<name>.service.failures[…].slow", "",
      [
        every("From the end of one slow time to the next."), lasting,
        KeyEntry(
          "factor", .number(.aboveOne), default: "required",
          "What service times are multiplied by.", example: "factor: 4"),
      ]),
  ]

  private static func every(_ about: String) -> KeyEntry {
    KeyEntry(
      "every", .durationDistribution, default: "required", about,
      example: "every: { exponential: { mean: \"1d\" } }")
  }

  private static let lasting = KeyEntry(
    "lasting", .durationDistribution, default: "required", "How long it lasts.",
    example: "lasting: \"5m\"")
}
