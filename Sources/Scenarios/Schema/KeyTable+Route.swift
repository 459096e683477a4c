extension KeyTable {
  static let routeSections: [KeySection] = [
    KeySection(
      "route.fanOut", "a fan-out", at: "arms.<name>.route[…]",
      "Several stations at once; those that are not waited for are let run.",
      [
        KeyEntry(
          "fanOut", .list(of: .text), default: "required", "The stations.",
          example: "fanOut: [\"texts\", \"images\"]"),
        KeyEntry(
          "needed", .integer(from: 1, through: 1000), default: "all of them",
          "How many answers the request waits for.", example: "needed: 1"),
      ]),
    KeySection(
      "route.hold", "a hold", at: "arms.<name>.route[…]",
      "A place of the station is held from here to the end of the request's way.",
      [
        KeyEntry(
          "hold", .text, default: "required", "The station.", example: "hold: \"connections\"")
      ]),
    KeySection(
      "route.own", "the own service", at: "arms.<name>.route[…]", "",
      [
        KeyEntry(
          "own", .object("route.again"), default: "required", "How it is visited.",
          example: "own: { again: 0.3 }")
      ]),
    KeySection(
      "route.again", "visits of the own service", at: "arms.<name>.route[…].own", "",
      [
        KeyEntry(
          "again", .number(.openShare), default: "0",
          "The probability that a request comes back at once.", example: "again: 0.3")
      ]),
  ]
}
