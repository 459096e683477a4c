import Testing

/// What is wrong with traffic, told word for word, with the exit code; nothing is left behind.
@Suite("Bad recordings") struct BadRecordingTests {
  @Test("are told", arguments: cases)
  func told(_ input: BadInput) throws { try input.check() }

  private static let cases = [
    BadInput(
      "a recording that is not there", code: 66,
      notes: """
        s.json5:2:22: error: there is no file request.csv
          2 |   traffic: { replay: "request.csv", time: "at", label: "label", features: ["a", "b"] },
            |                      ^^^^^^^^^^^^^
          help: did you mean requests.csv?

        """,
      edits: [
        .init("s.json5", "requests.csv", "request.csv")
      ]),
    BadInput(
      "a recording in a folder that is not there", code: 66,
      notes: """
        s.json5:2:22: error: there is no file data/requests.csv
          2 |   traffic: { replay: "data/requests.csv", time: "at", label: "label", features: ["a", "b"] },
            |                      ^^^^^^^^^^^^^^^^^^^
          help: there is no folder data either

        """,
      edits: [
        .init("s.json5", "requests.csv", "data/requests.csv")
      ]),
    BadInput(
      "an empty recording", code: 65,
      notes: """
        requests.csv: error: the file is empty, where a header and rows were expected

        """,
      files: ["requests.csv": ""]),
    BadInput(
      "a header without rows", code: 65,
      notes: """
        requests.csv: error: the file holds a header and no row

        """,
      files: ["requests.csv": "at,a,b,label\n"]),
    BadInput(
      "a row with a field too few", code: 65,
      notes: """
        requests.csv:4: error: the row has 3 fields, and the header has 4
          help: set onBadValue: "skip" to count and skip such rows

        """,
      edits: [
        .init("requests.csv", "2.5,3,0", "2.5,3")
      ]),
    BadInput(
      "a word for a number", code: 65,
      notes: """
        requests.csv:4: error: column a holds "abc", not a number
          help: set onBadValue: "skip" to count and skip such rows

        """,
      edits: [
        .init("requests.csv", "2.5,3,0", "abc,3,0")
      ]),
    BadInput(
      "a value that is no number", code: 65,
      notes: """
        requests.csv:4: error: column a holds "NaN", not a number
          help: set missing: ["NaN"] to read it as missing, or onBadValue: "skip" to count and skip such rows

        """,
      edits: [
        .init("requests.csv", "2.5,3,0", "NaN,3,0")
      ]),
    BadInput(
      "a column that stands twice", code: 65,
      notes: """
        requests.csv:1: error: column b stands twice, as number 3 and 5

        """,
      edits: [
        .init("requests.csv", "at,a,b,label", "at,a,b,label,b"),
        .init("requests.csv", ",0\n", ",0,9\n"),
        .init("requests.csv", ",1\n", ",1,9\n"),
      ]),
    BadInput(
      "a column that stands twice, in the place of another", code: 65,
      notes: """
        requests.csv:1: error: column a stands twice, as number 2 and 3
        s.json5:2:82: error: there is no column b in requests.csv
          2 |   traffic: { replay: "requests.csv", time: "at", label: "label", features: ["a", "b"] },
            |                                                                                  ^^^
          help: the columns are at, a, a, label

        """,
      edits: [
        .init("requests.csv", "at,a,b,label", "at,a,a,label")
      ]),
    BadInput(
      "a label that no column has", code: 65,
      notes: """
        s.json5:2:57: error: there is no column lable in requests.csv
          2 |   traffic: { replay: "requests.csv", time: "at", label: "lable", features: ["a", "b"] },
            |                                                         ^^^^^^^
          help: did you mean label? the columns are at, a, b, label

        """,
      edits: [
        .init("s.json5", "label: \"label\"", "label: \"lable\"")
      ]),
    BadInput(
      "features that no column has, and a model at fault, at once", code: 65,
      notes: """
        s.json5:2:82: error: there is no column c in requests.csv
          2 |   traffic: { replay: "requests.csv", time: "at", label: "label", features: ["a", "c", "d"] },
            |                                                                                  ^^^
          help: the columns are at, a, b, label
        s.json5:2:87: error: there is no column d in requests.csv
          2 |   traffic: { replay: "requests.csv", time: "at", label: "label", features: ["a", "c", "d"] },
            |                                                                                       ^^^
          help: the columns are at, a, b, label
        new.json:1:1: error: this `{` is never closed: the text ends inside it
          1 | {"kind":
            | ^
          help: write `}` where it should end

        """,
      edits: [
        .init("s.json5", "\"b\"]", "\"c\", \"d\"]")
      ],
      files: ["new.json": "{\"kind\": "]),
    BadInput(
      "a logged answer that no column has", code: 65,
      notes: """
        s.json5:5:35: error: there is no column score in requests.csv
          5 |     candidate: { model: { column: "score" } },
            |                                   ^^^^^^^
          help: the columns are at, a, b, label

        """,
      edits: [
        .init("s.json5", "model: \"new.json\"", "model: { column: \"score\" }")
      ]),
    BadInput(
      "segments and a unit that no column has", code: 65,
      notes: """
        s.json5:2:72: error: there is no column user in requests.csv
          2 | …s.csv", time: "at", label: "label", unit: "user", segments: ["a", "B2"], features: ["a", "b"] },
            |                                            ^^^^^^
          help: the columns are at, a, b, label
        s.json5:2:96: error: there is no column B2 in requests.csv
          2 | …s.csv", time: "at", label: "label", unit: "user", segments: ["a", "B2"], features: ["a", "b"] },
            |                                                                    ^^^^
          help: did you mean b? the columns are at, a, b, label

        """,
      edits: [
        .init(
          "s.json5", "label: \"label\"",
          "label: \"label\", unit: \"user\", segments: [\"a\", \"B2\"]")
      ]),
    BadInput(
      "a delimiter that the recording does not have", code: 65,
      notes: """
        s.json5:2:22: error: the header of requests.csv has one column, "at;a;b;label"
          2 |   traffic: { replay: "requests.csv", time: "at", label: "label", features: ["a", "b"] },
            |                      ^^^^^^^^^^^^^^
          help: set delimiter: ";"

        """,
      edits: [
        .init("requests.csv", ",", ";")
      ]),
    BadInput(
      "time that steps back", code: 65,
      notes: """
        requests.csv:4: error: time at steps back by 30s, to 2026-01-01T00:00:30Z after 2026-01-01T00:01:00Z in line 3
          help: set onTimeReversal: "reorder" with reorderWindow: "30s" to sort such rows in, or onTimeReversal: "shift" to move all later rows on

        """,
      edits: [
        .init("requests.csv", "00:02:00", "00:00:30")
      ]),
    BadInput(
      "a label that is neither 0 nor 1", code: 65,
      notes: """
        requests.csv:4: error: label label holds "2", not 0 or 1
          help: name the classes in order, as classes: ["no", "yes"], or set labelKind: "real"

        """,
      edits: [
        .init("requests.csv", "2.5,3,0", "2.5,3,2")
      ]),
    BadInput(
      "a label outside of the classes", code: 65,
      notes: """
        requests.csv:2: error: label label holds "0", not one of the classes 1, 2
          help: add it to the classes, or set onBadValue: "skip" to count and skip such rows

        """,
      edits: [
        .init("s.json5", "label: \"label\"", "label: \"label\", classes: [\"1\", \"2\"]")
      ]),
  ]
}
