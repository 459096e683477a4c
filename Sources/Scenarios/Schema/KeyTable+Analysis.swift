import Simulation

extension KeyTable {
  static let analysisSections: [KeySection] = [
    KeySection(
      "comparison", "a comparison", at: "compare[]",
      "A metric's name alone asks whether every candidate is different.",
      [
        KeyEntry(
          "metric", .metric, default: "required", "What is compared.",
          example: "metric: \"accuracy\""),
        KeyEntry(
          "arm", .text, default: "every candidate", "The candidate.", example: "arm: \"candidate\""),
        KeyEntry(
          "question", .words(["different", "notWorse", "equivalent"]),
          default: "\"notWorse\" with a margin, else \"different\"", "What is asked.",
          example: "question: \"equivalent\""),
        KeyEntry(
          "margin", .either([.number(.positive), .duration(.positive)]), default: "none",
          unit: "the metric's",
          "How much worse is still not worse; a duration for latencies.", example: "margin: 0.01"),
        KeyEntry(
          "level", .number(.openShare), default: "0.95", "The confidence level of the interval.",
          example: "level: 0.99"),
      ]),
    KeySection(
      "monitor", "a monitor", at: "monitors[]", "",
      [
        KeyEntry(
          "drift", .words(["adwin", "pageHinkley"]), default: "required", "How drift is found.",
          example: "drift: \"adwin\""),
        KeyEntry(
          "on", .text, default: "required",
          "An arm and its signal: error (needs labels), score, or latency (in milliseconds).",
          example: "on: \"candidate.error\""),
        KeyEntry(
          "delta", .number(.positive), default: "0.002 for adwin, 0.005 for pageHinkley",
          "adwin: the error allowed, below 1; pageHinkley: the change that is tolerated.",
          example: "delta: 0.01"),
        KeyEntry(
          "threshold", .number(.positive), default: "50", "pageHinkley: how much must add up.",
          example: "threshold: 20"),
        KeyEntry(
          "name", .text, default: "made from the monitor", "How the report calls it.",
          example: "name: \"the alarm\""),
      ]),
  ]
}
