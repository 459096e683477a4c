import Testing

/// What is wrong with models, told word for word, with the exit code; nothing is left behind.
@Suite("Bad models") struct BadModelTests {
  @Test("are told", arguments: cases)
  func told(_ input: BadInput) throws { try input.check() }

  private static let cases = [
    BadInput(
      "models that are not there, told of all arms at once", code: 66,
      notes: """
        s.json5:4:26: error: there is no file olb.json
          4 |     production: { model: "olb.json" },
            |                          ^^^^^^^^^^
          help: did you mean old.json?
        s.json5:5:25: error: there is no file models/new.json
          5 |     candidate: { model: "models/new.json" },
            |                         ^^^^^^^^^^^^^^^^^
          help: there is no folder models either

        """,
      edits: [
        .init("s.json5", "old.json", "olb.json"),
        .init("s.json5", "new.json", "models/new.json"),
      ]),
    BadInput(
      "a model that no file is near to", code: 66,
      notes: """
        s.json5:5:25: error: there is no file forest.ubj
          5 |     candidate: { model: "forest.ubj" },
            |                         ^^^^^^^^^^^^
          help: the folder holds new.json, old.json, requests.csv

        """,
      edits: [
        .init("s.json5", "new.json", "forest.ubj")
      ]),
    BadInput(
      "a JSON model that was cut", code: 65,
      notes: """
        new.json:1:57: error: the text is not closed before its line ends
          1 | {"kind": "logistic_regression", "features": ["a", "b"], "coe
            |                                                         ^^^^
          help: write `"` at its end, or `\\` before the line end to go on
        new.json:1:1: error: this `{` is never closed: the text ends inside it
          1 | {"kind": "logistic_regression", "features": ["a", "b"], "coe
            | ^
          help: write `}` where it should end

        """,
      files: ["new.json": "{\"kind\": \"logistic_regression\", \"features\": [\"a\", \"b\"], \"coe"]
    ),
    BadInput(
      "an empty model", code: 65,
      notes: """
        new.json: error: the model file is empty
          help: save the model again

        """,
      files: ["new.json": ""]),
    BadInput(
      "models that want a column that is not there", code: 65,
      notes: """
        s.json5:4:26: error: the model wants a column that the traffic lacks: b; the traffic has a
          4 |     production: { model: "old.json" },
            |                          ^^^^^^^^^^
          help: give the traffic these columns, or take another model
        s.json5:5:25: error: the model wants a column that the traffic lacks: b; the traffic has a
          5 |     candidate: { model: "new.json" },
            |                         ^^^^^^^^^^
          help: give the traffic these columns, or take another model

        """,
      edits: [
        .init("s.json5", "[\"a\", \"b\"]", "[\"a\"]")
      ]),
    BadInput(
      "a model that wants a column of another name", code: 65,
      notes: """
        s.json5:4:26: error: the model wants a column that the traffic lacks: b; the traffic has a, bb
          4 |     production: { model: "old.json" },
            |                          ^^^^^^^^^^
          help: did you mean bb?
        s.json5:5:25: error: the model wants a column that the traffic lacks: b; the traffic has a, bb
          5 |     candidate: { model: "new.json" },
            |                         ^^^^^^^^^^
          help: did you mean bb?

        """,
      edits: [
        .init("s.json5", "[\"a\", \"b\"]", "[\"a\", \"bb\"]"),
        .init("requests.csv", "at,a,b,label", "at,a,bb,label"),
      ]),
    BadInput(
      "models that answer with a number where the label has classes", code: 65,
      notes: """
        s.json5:4:26: error: the label has two classes, but production answers with a number, not a probability
          4 |     production: { model: "old.json" },
            |                          ^^^^^^^^^^
          help: say labelKind: "real" in the traffic if the label is a number
        s.json5:5:25: error: the label has two classes, but candidate answers with a number, not a probability
          5 |     candidate: { model: "new.json" },
            |                         ^^^^^^^^^^
          help: say labelKind: "real" in the traffic if the label is a number

        """,
      edits: [
        .init("old.json", "logistic", "linear"),
        .init("new.json", "logistic", "linear"),
      ]),
    BadInput(
      "models that answer with a probability where the label is a number", code: 65,
      notes: """
        s.json5:4:26: error: the label is a real number, but production answers with a probability
          4 |     production: { model: "old.json" },
            |                          ^^^^^^^^^^
          help: name the label's classes in the traffic if it has some
        s.json5:5:25: error: the label is a real number, but candidate answers with a probability
          5 |     candidate: { model: "new.json" },
            |                         ^^^^^^^^^^
          help: name the label's classes in the traffic if it has some

        """,
      edits: [
        .init("s.json5", "label: \"label\"", "label: \"label\", labelKind: \"real\"")
      ]),
    BadInput(
      "a model that labels follow, and that is not there", code: 66,
      notes: """
        s.json5:3:23: error: there is no file truth.json
          3 |   shifts: [{ concept: "truth.json", from: "+1m" }],
            |                       ^^^^^^^^^^^^
          help: the folder holds new.json, old.json, requests.csv

        """,
      edits: [
        .init(
          "s.json5", "  arms: {",
          "  shifts: [{ concept: \"truth.json\", from: \"+1m\" }],\n  arms: {")
      ]),
  ]
}
