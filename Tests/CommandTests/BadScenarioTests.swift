import Testing

/// What is wrong with a scenario, told word for word, with the exit code; nothing is left behind.
@Suite("Bad scenarios") struct BadScenarioTests {
  @Test("are told", arguments: cases)
  func told(_ input: BadInput) throws { try input.check() }

  private static let cases = [
    BadInput(
      "a scenario that is not there", code: 66,
      notes: """
        t.json5: error: there is no such file
          help: did you mean s.json5?

        """,
      arguments: ["run", "t.json5"]),
    BadInput(
      "a scenario named without its ending", code: 66,
      notes: """
        s: error: there is no such file
          help: did you mean s.json5?

        """,
      arguments: ["check", "s"]),
    BadInput(
      "an empty scenario", code: 65,
      notes: """
        s.json5:1:1: error: the text is empty
          1 |
            | ^
          help: write a value, such as { }

        """,
      files: ["s.json5": ""]),
    BadInput(
      "a key that is not known", code: 65,
      notes: """
        s.json5:3:3: error: there is no key `lables` in a scenario
          3 |   lables: { delay: "30m" },
            |   ^^^^^^
          help: did you mean `labels`?

        """,
      edits: [
        .init("s.json5", "  arms: {", "  lables: { delay: \"30m\" },\n  arms: {")
      ]),
    BadInput(
      "a key that stands twice", code: 65,
      notes: """
        s.json5:4:3: error: the key `seed` stands here a second time; the first is in line 3
          4 |   seed: 2,
            |   ^^^^
          help: take one of them away

        """,
      edits: [
        .init("s.json5", "  arms: {", "  seed: 1,\n  seed: 2,\n  arms: {")
      ]),
    BadInput(
      "a share above 1", code: 65,
      notes: """
        s.json5:3:35: error: `mirror` is 1.5, not a number from 0 to 1
          3 |   deployment: { shadow: { mirror: 1.5 } },
            |                                   ^^^
          help: for example `mirror: 0.5`

        """,
      edits: [
        .init("s.json5", "  arms: {", "  deployment: { shadow: { mirror: 1.5 } },\n  arms: {")
      ]),
    BadInput(
      "shares that add up to more than 1", code: 65,
      notes: """
        s.json5:3:61: error: the shares of the arms add up to 1.05, not 1
          3 |   deployment: { ab: { shares: { production: 0.5, candidate: 0.55 } } },
            |                                                             ^^^^
          help: lower one by 0.05, or write `candidate: "rest"` for one arm

        """,
      edits: [
        .init(
          "s.json5", "  arms: {",
          "  deployment: { ab: { shares: { production: 0.5, candidate: 0.55 } } },\n  arms: {")
      ]),
    BadInput(
      "a shift of a feature that is not there", code: 65,
      notes: """
        s.json5:5:5: error: shift "scale aa by 2": the traffic has no feature "aa"
          5 |     { scale: "aa", by: 2 },
            |     ^^^^^^^^^^^^^^^^^^^^^^
          help: did you mean "a"?

        """,
      edits: [
        .init(
          "s.json5", "  arms: {",
          "  shifts: [\n    { scale: \"a\", by: 2 },\n    { scale: \"aa\", by: 2 },\n  ],\n  arms: {"
        )
      ]),
    BadInput(
      "a setting that leads to no file", code: 66,
      notes: """
        --set:1:22: error: there is no file nev.json
          1 | arms.candidate.model=nev.json
            |                      ^^^^^^^^
          help: did you mean new.json?

        """,
      arguments: ["check", "s.json5", "--set", "arms.candidate.model=nev.json"]),
    BadInput(
      "two mistakes of a scenario at once", code: 65,
      notes: """
        s.json5:3:9: error: `seed` is "one", not an integer from 0 up
          3 |   seed: "one",
            |         ^^^^^
          help: for example `seed: 7`
        s.json5:4:17: error: `replications` is 0, not an integer from 1 to 1000000
          4 |   replications: 0,
            |                 ^
          help: for example `replications: 200`

        """,
      edits: [
        .init("s.json5", "  arms: {", "  seed: \"one\",\n  replications: 0,\n  arms: {")
      ]),
  ]
}
