extension KeyTable {
  static let languageSections: [KeySection] = [
    KeySection(
      "llm", "an LLM engine", at: "arms.<name>.service.llm",
      "Continuous batching on each replica, step by step. Needs the tokens of prompt and answer in "
        + "the traffic.",
      [
        KeyEntry(
          "steps", .object("steps"), default: "required", "How long a step takes.",
          example: "steps: { base: \"5ms\", perPrefillToken: \"40us\", perSequence: \"10us\" }"),
        KeyEntry(
          "memory", .integer(from: 1, through: 1_000_000_000_000), default: "required",
          unit: "tokens", "How many tokens' keys and values fit on a replica.",
          example: "memory: 400000"),
        KeyEntry(
          "sequences", .integer(from: 1, through: 1_000_000), default: "256",
          "How many run at once on a replica.", example: "sequences: 256"),
        KeyEntry(
          "tokenBudget", .integer(from: 1, through: 1_000_000_000), default: "2048",
          unit: "tokens", "How many a step may process, prefilled and decoded together.",
          example: "tokenBudget: 2048"),
        KeyEntry(
          "blockTokens", .integer(from: 1, through: 1_000_000), default: "16", unit: "tokens",
          "In what blocks the memory is given out.", example: "blockTokens: 16"),
        KeyEntry(
          "chunkedPrefill", .flag, default: "true",
          "Whether a prompt may be prefilled in parts beside decoding; else prefills go before, "
            + "whole.", example: "chunkedPrefill: false"),
        KeyEntry(
          "prefixCaching", .flag, default: "false",
          "Whether blocks of prompts are kept and found again.", example: "prefixCaching: true"),
        KeyEntry(
          "prefillPool", .object("prefillPool"), default: "none: prefilled where it is decoded",
          "Replicas that only prefill.",
          example:
            "prefillPool: { replicas: 2, steps: { base: \"5ms\", perPrefillToken: \"40us\" } }"
        ),
        KeyEntry(
          "costPerHour", .number(.nonNegative), default: "none", unit: "`currency`",
          "What a replica costs in an hour.", example: "costPerHour: 4"),
      ]),
    KeySection(
      "steps", "a step time", at: "arms.<name>.service.llm.steps",
      "The length of a step is the sum of these; parts of a nanosecond are allowed (\"0.8us\").",
      [
        KeyEntry(
          "base", .duration(.nonNegative), default: "required", "Every step.",
          example: "base: \"5ms\""),
        KeyEntry(
          "perPrefillToken", .duration(.nonNegative), default: "required",
          "For each token of a prompt that is prefilled.", example: "perPrefillToken: \"40us\""),
        KeyEntry(
          "perPrefillTokenSquared", .duration(.nonNegative), default: "\"0s\"",
          "Times the difference of squares of where a prefilled chunk ends and begins.",
          example: "perPrefillTokenSquared: \"0.2ns\""),
        KeyEntry(
          "perSequence", .duration(.nonNegative), default: "\"0s\"",
          "For each sequence that decodes.", example: "perSequence: \"10us\""),
        KeyEntry(
          "perCachedToken", .duration(.nonNegative), default: "\"0s\"",
          "For each token that a decoding sequence looks back on.",
          example: "perCachedToken: \"2ns\""),
      ]),
    KeySection(
      "prefillPool", "a prefill pool", at: "arms.<name>.service.llm.prefillPool",
      "Prompts are prefilled here and decoded on the service's own replicas.",
      [
        KeyEntry(
          "replicas", .integer(from: 1, through: 1_000_000), default: "1", "How many.",
          example: "replicas: 2"),
        KeyEntry(
          "steps", .object("steps"), default: "required", "How long a step takes there.",
          example: "steps: { base: \"5ms\", perPrefillToken: \"40us\" }"),
        KeyEntry(
          "transferPerToken", .duration(.nonNegative), default: "\"0s\"",
          "For each token of a prompt, from the end of prefill to the start of decoding.",
          example: "transferPerToken: \"1us\""),
      ]),
  ]
}
