import Traffic

extension KeyTable {
  /// The keys that name the kinds of shift, in the order of the reference.
  static let shiftKinds = [
    "scale", "offset", "noise", "missing", "swap", "resample", "flipLabels", "concept",
  ]

  static let shiftSections: [KeySection] =
    [
      KeySection(
        "shift", "a shift", at: "shifts[]",
        "The kind of a shift is told by its first key: \(shiftKinds.joined(separator: ", ")). Each "
          + "kind has keys of its own; those below hold for all.",
        everyShift)
    ]
    + [
      shift(
        "scale", "A numeric feature is multiplied.",
        [
          feature("scale"),
          KeyEntry(
            "by", .number(.any), default: "required", "The factor at full strength.",
            example: "by: 1.3"),
        ]),
      shift(
        "offset", "Something is added to a numeric feature.",
        [
          feature("offset"),
          KeyEntry(
            "by", .number(.any), default: "required", "What is added at full strength.",
            example: "by: 5"),
        ]),
      shift(
        "noise", "Normal noise is added to a numeric feature.",
        [
          feature("noise"),
          KeyEntry(
            "sd", .number(.positive), default: "required",
            "The standard deviation at full strength.", example: "sd: 2"),
        ]),
      shift(
        "missing", "A feature is missing now and then.",
        [feature("missing"), rate("The probability at full strength.", default: "1")]),
      shift(
        "swap", "One category is written as another.",
        [
          feature("swap"),
          KeyEntry(
            "replace", .text, default: "required", "The category that is replaced.",
            example: "replace: \"red\""),
          KeyEntry(
            "with", .text, default: "required", "What it becomes.", example: "with: \"blue\""),
          rate("The probability at full strength.", default: "1"),
        ]),
      shift(
        "resample", "The traffic moves toward a part of itself.",
        [
          KeyEntry(
            "resample", .conditions, default: "required",
            "Which requests the others are replaced by: recent ones that meet these conditions.",
            example: "resample: { age: { above: 60 } }"),
          KeyEntry(
            "share", .number(.share), default: "required",
            "The probability of being replaced, at full strength.", example: "share: 0.4"),
        ]),
      shift(
        "flipLabels", "Labels are wrong now and then.",
        [
          KeyEntry(
            "flipLabels", .number(.share), default: "required",
            "The probability, at full strength, of another class (any other, equally likely).",
            example: "flipLabels: 0.1")
        ]),
      shift(
        "concept", "What is true changes: labels follow another model.",
        [
          KeyEntry(
            "concept", .model, default: "required", "The model that labels follow.",
            example: "concept: \"models/new-truth.json\"")
        ]),
      KeySection(
        "ramp", "a ramp", at: "shifts[].ramp", "",
        [
          KeyEntry(
            "over", .duration(.positive), default: "required",
            "How long the strength grows from 0 to 1.", example: "over: \"30d\""),
          KeyEntry(
            "shape", .words(ShiftPlan.Schedule.Ramp.Shape.allCases.map(\.rawValue)),
            default: "\"linear\"", "How it grows.", example: "shape: \"sigmoid\""),
        ]),
      KeySection(
        "condition", "a condition", at: "{ <feature>: { … } }",
        "A number or category alone asks for it; a list asks for one of several.",
        [
          KeyEntry(
            "above", .number(.any), default: "—", "More than this.", example: "above: 60"),
          KeyEntry(
            "atLeast", .number(.any), default: "—", "This or more.", example: "atLeast: 18"),
          KeyEntry(
            "below", .number(.any), default: "—", "Less than this.", example: "below: 18"),
          KeyEntry(
            "atMost", .number(.any), default: "—", "This or less.", example: "atMost: 0.5"),
          KeyEntry(
            "missing", .flag, default: "—", "The feature is missing; only `true` says something.",
            example: "missing: true"),
        ]),
    ]

  private static func shift(_ kind: String, _ about: String, _ keys: [KeyEntry]) -> KeySection {
    KeySection("shift.\(kind)", "the shift \(kind)", at: "shifts[]", about, keys)
  }

  private static func feature(_ kind: String) -> KeyEntry {
    KeyEntry(kind, .text, default: "required", "The feature.", example: "\(kind): \"price\"")
  }

  private static func rate(_ about: String, default fallback: String) -> KeyEntry {
    KeyEntry("rate", .number(.share), default: fallback, about, example: "rate: 0.2")
  }

  static let everyShift: [KeyEntry] = [
    KeyEntry(
      "name", .text, default: "made from the shift", "How the report calls it.",
      example: "name: \"the sensor creeps\""),
    KeyEntry(
      "from", .timePoint, default: "the start of the traffic", "When it sets in.",
      example: "from: \"+200d\""),
    KeyEntry(
      "until", .timePoint, default: "the end of the traffic", "When it is over.",
      example: "until: \"+450d\""),
    KeyEntry(
      "ramp", .either([.duration(.positive), .object("ramp")]), default: "none: at once",
      "How long the strength grows from 0 to 1 after `from`.", example: "ramp: \"30d\""),
    KeyEntry(
      "every", .duration(.positive), default: "none",
      "It comes again with this period, counted from `from`.", example: "every: \"7d\""),
    KeyEntry(
      "for", .duration(.positive), default: "required with `every`",
      "How long it stays, from the start of each period.", example: "for: \"12h\""),
    KeyEntry(
      "where", .conditions, default: "all requests", "Only requests that meet all of these.",
      example: "where: { price: { above: 0.5 } }"),
  ]
}
