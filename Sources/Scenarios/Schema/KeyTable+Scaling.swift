import Simulation

extension KeyTable {
  static let scalingSections: [KeySection] = [
    KeySection(
      "schedule", "a schedule", at: "arms.<name>.service.replicas",
      "So many replicas from each offset on. With a period, offsets count from its start (a day begins "
        + "at midnight UTC); without one, from the first request.",
      [
        KeyEntry(
          "schedule", .list(of: .object("schedule.step")), default: "required",
          "Its steps: the first from zero, each later than the one before.",
          example: "schedule: [{ from: \"0h\", replicas: 2 }, { from: \"8h\", replicas: 6 }]"),
        KeyEntry(
          "period", .either([.words(["none"]), .duration(.positive)]), default: "\"none\"",
          "After how long it begins anew.", example: "period: \"1d\""),
      ]),
    KeySection(
      "schedule.step", "a step of a schedule", at: "arms.<name>.service.replicas.schedule[…]", "",
      [
        KeyEntry(
          "from", .duration(.nonNegative), default: "required", "Where it begins.",
          example: "from: \"8h\""),
        KeyEntry(
          "replicas", .integer(from: 1, through: 1_000_000), default: "required",
          "How many there are from there on.", example: "replicas: 6"),
      ]),
    KeySection(
      "autoscale", "an autoscaler", at: "arms.<name>.service.autoscale",
      "One of `kubernetes` and `knative`.",
      [
        KeyEntry(
          "kubernetes", .object("kubernetes"), default: "—",
          "The horizontal pod autoscaler: replicas in proportion to the signal over its target.",
          example: "kubernetes: { on: \"utilisation\", target: 0.7, fewest: 2, most: 20 }"),
        KeyEntry(
          "knative", .object("knative"), default: "—",
          "The Knative pod autoscaler: a stable and a panic window, and down to zero.",
          example: "knative: { target: 10, fewest: 0, most: 20 }"),
      ]),
    KeySection(
      "kubernetes", "a horizontal autoscaler", at: "arms.<name>.service.autoscale.kubernetes",
      "Replicas = ⌈replicas · signal / target⌉.",
      [
        signal(default: "utilisation"), target(example: "0.7"),
        KeyEntry(
          "fewest", .integer(from: 1, through: 1_000_000), default: "1",
          "The smallest number of replicas.", example: "fewest: 2"),
        most, interval(default: "15s"),
        KeyEntry(
          "tolerance", .number(.nonNegative), default: "0.1",
          "How far from 1 the ratio must be before anything changes.", example: "tolerance: 0.1"),
        KeyEntry(
          "stabilisation", .duration(.nonNegative), default: "\"5m\"",
          "Going down, the largest wish of so long counts.", example: "stabilisation: \"5m\""),
        KeyEntry(
          "growth", .number(.atLeastOne), default: "2",
          "The number may be multiplied by at most this in a `ratePeriod`, or grow by `growthBy`, "
            + "whichever is more.", example: "growth: 2"),
        KeyEntry(
          "growthBy", .integer(from: 1, through: 1_000_000), default: "4",
          "How many may be added in a `ratePeriod`, at least.", example: "growthBy: 4"),
        KeyEntry(
          "shrinkBy", .either([.words(["unlimited"]), .integer(from: 1, through: 1_000_000)]),
          default: "\"unlimited\"", "How many may go in a `ratePeriod`.", example: "shrinkBy: 2"),
        KeyEntry(
          "ratePeriod", .duration(.positive), default: "\"15s\"",
          "What `growth`, `growthBy` and `shrinkBy` are counted over.",
          example: "ratePeriod: \"15s\""),
      ]),
    KeySection(
      "knative", "a Knative autoscaler", at: "arms.<name>.service.autoscale.knative",
      "Replicas = ⌈signal / target⌉, the signal summed over replicas and averaged over a window.",
      [
        signal(default: "concurrency"), target(example: "10"),
        KeyEntry(
          "fewest", .integer(from: 0, through: 1_000_000), default: "1",
          "The smallest number of replicas.", example: "fewest: 0"),
        most, interval(default: "2s"),
        KeyEntry(
          "stableWindow", .duration(.positive), default: "\"60s\"",
          "What the signal is averaged over.", example: "stableWindow: \"60s\""),
        KeyEntry(
          "panicShare", .number(.positiveShare), default: "0.1",
          "The panic window as a share of the stable one.", example: "panicShare: 0.1"),
        KeyEntry(
          "panicThreshold", .number(.aboveOne), default: "2",
          "It panics when the panic window asks for this many times the replicas there are; then it "
            + "never goes down.", example: "panicThreshold: 2"),
        KeyEntry(
          "growth", .number(.aboveOne), default: "1000",
          "What the number may be multiplied by at one look.", example: "growth: 1000"),
        KeyEntry(
          "shrink", .number(.aboveOne), default: "2",
          "What the number may be divided by at one look.", example: "shrink: 2"),
        KeyEntry(
          "scaleDownDelay", .duration(.nonNegative), default: "\"0s\"",
          "How long fewer must be wished for before they are.", example: "scaleDownDelay: \"5m\""),
        KeyEntry(
          "graceToZero", .duration(.nonNegative), default: "\"30s\" with `fewest: 0`",
          "How long the last replica stays once nothing is asked of it.",
          example: "graceToZero: \"30s\""),
      ]),
  ]

  private static func signal(default word: String) -> KeyEntry {
    KeyEntry(
      "on", .words(AutoscalerPlan.Signal.allCases.map(\.rawValue)), default: "\"\(word)\"",
      "What it looks at, for each replica: requests in service and waiting, the busy share, or "
        + "requests that wait.", example: "on: \"\(word)\"")
  }

  private static func target(example: String) -> KeyEntry {
    KeyEntry(
      "target", .number(.positive), default: "required",
      "What the signal shall be; at most 1 for the busy share.", example: "target: \(example)")
  }

  private static let most = KeyEntry(
    "most", .integer(from: 1, through: 1_000_000), default: "required",
    "The largest number of replicas.", example: "most: 20")

  private static func interval(default text: String) -> KeyEntry {
    KeyEntry(
      "interval", .duration(.positive), default: "\"\(text)\"", "How often it looks.",
      example: "interval: \"\(text)\"")
  }
}
