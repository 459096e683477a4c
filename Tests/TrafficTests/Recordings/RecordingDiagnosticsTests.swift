import Documents
import Testing

@testable import Traffic

/// One wrong recording or plan, and all that the person is told of it.
struct WrongRecording: Sendable, CustomTestStringConvertible {
  var what: String
  var text: String
  var change: @Sendable (inout RecordingPlan) -> Void = { _ in }
  var told: String

  var testDescription: String { what }
}

@Suite("What a person is told of a recording") struct RecordingDiagnosticsTests {
  @Test("is said word for word", arguments: Self.wrong)
  func wording(_ wrong: WrongRecording) throws {
    let folder = try RecordingFolder()
    try folder.write(wrong.text)
    var plan = dataPlan { $0.labelColumn = "y" }
    wrong.change(&plan)
    #expect(try Self.told(plan, folder) == wrong.told)
  }

  @Test("is said of a file that is missing, or is a folder")
  func missingFile() throws {
    let folder = try RecordingFolder()
    #expect(throws: TrafficError.fileMissing(path: "data.csv")) {
      _ = try RecordingSource(plan: dataPlan(), baseDirectory: folder.path)
    }
    #expect(throws: TrafficError.unreadable(path: ".", reason: "it is a folder, not a file")) {
      _ = try RecordingSource(plan: dataPlan { $0.path = "." }, baseDirectory: folder.path)
    }
  }

  @Test(
    "names what a file is that is no text",
    arguments: [
      ([0x1F, 0x8B, 8], "packed by gzip", "give it a name that ends in .gz"),
      ([0x28, 0xB5, 0x2F, 0xFD], "packed by zstd", "give it a name that ends in .zst"),
      ([0x42, 0x5A, 0x68, 0x39], "packed by bzip2", "give it a name that ends in .bz2"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "packed by xz", "give it a name that ends in .xz"),
      ([0x50, 0x4B, 3, 4], "a ZIP archive", "unpack it first"),
      ([0xFF, 0xFE, 0x74, 0], "in UTF-16", "convert it: iconv -f UTF-16 -t UTF-8"),
    ] as [([UInt8], String, String)])
  func foreign(bytes: [UInt8], what: String, help: String) throws {
    let folder = try RecordingFolder()
    try folder.write(bytes)
    #expect(
      try Self.told(dataPlan(), folder) == """
        data.csv: error: the file is \(what), not delimited text
          help: \(help)
        """)
  }

  @Test("comes after the requests before it, wherever it stands", arguments: [1, 7, 4096])
  func laterMistake(blockSize: Int) throws {
    let folder = try RecordingFolder()
    let rows = (0..<5000).map { "\($0),\($0 == 4000 ? "abc" : "1.5")" }
    try folder.write((["time,x"] + rows).joined(separator: "\n"))
    let source = try RecordingSource(plan: dataPlan(), baseDirectory: folder.path)
    var block = RequestBlock(schema: source.schema, capacity: blockSize)
    var count = 0
    #expect(
      throws: TrafficError.badData(
        Diagnostics([
          Diagnostic(
            at: Place(file: "data.csv", line: 4002), "column x holds \"abc\", not a number",
            help: "set onBadValue: \"skip\" to count and skip such rows")
        ]))
    ) {
      while try source.next(into: &block) { count += block.count }
    }
    #expect(count == 4000)
    #expect(throws: TrafficError.self, "it is told again") { try source.next(into: &block) }
  }

  /// What is told until the recording ends; empty when nothing is wrong.
  static func told(_ plan: RecordingPlan, _ folder: RecordingFolder) throws -> String {
    do {
      let source = try RecordingSource(plan: plan, baseDirectory: folder.path)
      _ = try TrafficContract.replay(source, blockSize: 64)
      return ""
    } catch TrafficError.badData(let diagnostics) {
      return diagnostics.rendered()
    }
  }

  static let wrong: [WrongRecording] =
    wrongFiles + wrongHeaders + wrongRows + wrongFields + wrongTimes

  static let wrongFiles = [
    WrongRecording(
      what: "an empty file", text: "",
      told: "data.csv: error: the file is empty, where a header and rows were expected"),
    WrongRecording(
      what: "a file of blank lines", text: "\n\r\n\n",
      told: "data.csv: error: the file is empty, where a header and rows were expected"),
    WrongRecording(
      what: "a header only", text: "time,x,y\n",
      told: "data.csv: error: the file holds a header and no row"),
    WrongRecording(
      what: "a header without an end", text: "time,x,y",
      told: "data.csv: error: the file holds a header and no row"),
    WrongRecording(
      what: "a header only, in loops", text: "time,x,y\n", change: { $0.loops = 3 },
      told: "data.csv: error: the file holds a header and no row"),
    WrongRecording(
      what: "a Parquet file", text: "PAR1....",
      told: """
        data.csv: error: the file is a Parquet file, not delimited text
          help: write it as CSV first, for example with DuckDB
        """),
    WrongRecording(
      what: "rows that are all left out", text: "time,x,y\n1,2,0\n",
      change: { $0.from = .offset(SimulatedDuration(seconds: 1)) },
      told: """
        data.csv: error: of the 1 row read, none is left to replay
          help: check `fromRow`, `untilRow`, `from`, `until` and `share`
        """),
    WrongRecording(
      what: "a first row after the end", text: "time,x,y\n1,2,0\n2,2,0\n",
      change: { $0.fromRow = 7 },
      told: """
        data.csv: error: of the 2 rows read, none is left to replay
          help: check `fromRow`, `untilRow`, `from`, `until` and `share`
        """),
    WrongRecording(
      what: "neither times nor a rate", text: "x,y\n1,0\n", change: { $0.timeColumn = nil },
      told: """
        data.csv: error: neither a column of arrival times nor a rate is given
          help: name the column as `time`, or give `rate`, in requests a second, to space the rows evenly
        """),
    WrongRecording(
      what: "numbers that no reader should let through", text: "time,x,y\n1,2,0\n",
      change: {
        $0.speed = 0
        $0.shareOfUnits = 1.5
        $0.untilRow = 0
      },
      told: """
        data.csv: error: speed is 0.0, not a number above 0
        data.csv: error: share is 1.5, not above 0 and at most 1
        data.csv: error: untilRow is 0, not above fromRow
        """),
    WrongRecording(
      what: "standard input in loops", text: "",
      change: {
        $0.path = "-"
        $0.loops = 2
      },
      told: """
        -: error: standard input can be read only once, and `loop` asks for more
          help: write it to a file first, and name the file
        """),
    WrongRecording(
      what: "a loop past the year 2262", text: "time,x,y\n0,2,0\n1,2,0\n",
      change: {
        $0.speed = 1e-10
        $0.loops = 2
      },
      told: """
        data.csv: error: a request would arrive 146 years or more after the first one
          help: check `rate`, `speed` and `loop`
        """),
  ]

  static let wrongHeaders = [
    WrongRecording(
      what: "a column that stands twice", text: "time,x,y,x\n1,2,0,3\n",
      told: "data.csv:1: error: column x stands twice, as number 2 and 4"),
    WrongRecording(
      what: "columns that are not there", text: "time,price,y\n1,2,0\n",
      change: {
        $0.labelColumn = "Y2"
        $0.features = .named([.init(name: "prise")])
        $0.unitColumn = "nobody"
      },
      told: """
        data.csv:1: error: there is no column Y2, which `label` asks for
          help: did you mean y? the columns are time, price, y
        data.csv:1: error: there is no column nobody, which `unit` asks for
          help: the columns are time, price, y
        data.csv:1: error: there is no column prise, which `features` asks for
          help: did you mean price? the columns are time, price, y
        """),
    WrongRecording(
      what: "another delimiter", text: "time;x;y\n1;2;0\n", change: { $0.labelColumn = nil },
      told: """
        data.csv:1: error: there is no column time, which `time` asks for
          help: the header has one column, "time;x;y"; set delimiter: ";"
        """),
    WrongRecording(
      what: "a column without a name", text: ",time,x,y\n0,1,2,0\n",
      told: """
        data.csv:1: error: column 1 has no name
          help: name the columns you want in `features`, or write the file without its row index
        """),
    WrongRecording(
      what: "a header whose quote stays open", text: "time,\"x,y\n1,2,0\n",
      told: "data.csv:1: error: the quote that opens a field here is never closed"),
  ]

  static let wrongRows = [
    WrongRecording(
      what: "a row with a field too few", text: "time,x,y\n1,2,0\n2,3\n",
      told: """
        data.csv:3: error: the row has 2 fields, and the header has 3
          help: set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "a row with a field too many, after lines in quotes and a blank one",
      text: "time,\"x\nx\",y\n\n1,2,0\n2,3,1,\n",
      told: """
        data.csv:5: error: the row has 4 fields, and the header has 3
          help: set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "a quote that stays open", text: "time,x,y\n1,2,0\n2,\"3,1\n3,4,1\n",
      told: "data.csv:3: error: the quote that opens a field here is never closed"),
    WrongRecording(
      what: "text after a quote", text: "time,x,y\n1,2,0\n2,\"3\"4,1\n",
      told: """
        data.csv:3: error: text follows a closing quote, where a delimiter or the row's end must be
          help: inside a quoted field, a quote is written twice: ""
        """),
  ]

  static let wrongFields = [
    WrongRecording(
      what: "a bad number", text: "time,x,y\n1,2,0\n2,abc,0\n",
      told: """
        data.csv:3: error: column x holds "abc", not a number
          help: set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "the first mistake of each column at once, in the order of lines",
      text: "time,x,y\n1,2,0\n2,abc,1\n3,?,2\n4,1,3\nxyz,1,4\n5,1,1\n",
      told: """
        data.csv:3: error: column x holds "abc", not a number
          help: set onBadValue: "skip" to count and skip such rows
        data.csv:4: error: label y holds "2", not 0 or 1
          help: name the classes in order, as classes: ["no", "yes"], or set labelKind: "real"
        data.csv:6: error: time time holds "xyz", not a number of seconds since 1970
          help: set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "a NaN", text: "time,x,y\n1,2,0\n2,NaN,0\n",
      told: """
        data.csv:3: error: column x holds "NaN", not a number
          help: set missing: ["NaN"] to read it as missing, or onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "an infinity", text: "time,x,y\n1,-inf,0\n",
      told: """
        data.csv:2: error: column x holds "-inf", not a number
          help: set missing: ["-inf"] to read it as missing, or onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "a number that a feature cannot hold", text: "time,x,y\n1,1e39,0\n",
      told: """
        data.csv:2: error: column x holds "1e39", which is above the largest number it may hold
          help: set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "columns of text where all are features",
      text: "time,x,the city,y\n1,2,,0\n2,4,\"New \"\"York\"\"\",0\n3,1,Rome,1\n",
      change: { $0.onBadValue = .skip },
      told: """
        data.csv:3: error: column "the city" holds text, starting with "New \\"York\\"", not numbers
          help: name it as categorical, features: { "the city": "categorical", … }, or leave it out of \
        `features`; if "New \\"York\\"" means missing, set missing: ["New \\"York\\""]
        """),
    WrongRecording(
      what: "a category that was not declared", text: "time,x,y\n1,a,0\n2,c,0\n",
      change: { $0.features = .named([.init(name: "x", categories: ["a", "b"])]) },
      told: """
        data.csv:3: error: column x holds "c", not one of a, b
          help: add it to the categories, or set onBadValue: "missing" to count it and read it as missing
        """),
    WrongRecording(
      what: "a label outside of the classes", text: "time,x,y\n1,2,no\n2,2,maybe\n",
      change: { $0.labelKind = .classes(names: ["no", "yes"]) },
      told: """
        data.csv:3: error: label y holds "maybe", not one of the classes no, yes
          help: add it to the classes, or set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "a real label that is no number", text: "time,x,y\n1,2,high\n",
      change: { $0.labelKind = .real },
      told: """
        data.csv:2: error: column y holds "high", not a number
          help: set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "a latency below zero", text: "time,x,y,ms\n1,2,0,-4\n",
      change: { $0.latencyColumn = "ms" },
      told: "data.csv:2: error: latency ms holds \"-4\", not a number from 0 to 292 years"),
    WrongRecording(
      what: "a negative number of tokens", text: "time,x,y,n\n1,2,0,-4\n",
      change: { $0.inputTokenColumn = "n" },
      told: """
        data.csv:2: error: column n holds "-4", not a whole number of tokens from 0 to 2147483647
          help: set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "a fraction of a token", text: "time,x,y,n\n1,2,0,4.0\n1,2,0,4.5\n",
      change: { $0.outputTokenColumn = "n" },
      told: """
        data.csv:3: error: column n holds "4.5", not a whole number of tokens from 0 to 2147483647
          help: set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "more tokens than can be counted", text: "time,x,y,n\n1,2,0,2147483648\n",
      change: { $0.outputTokenColumn = "n" },
      told: """
        data.csv:2: error: column n holds "2147483648", not a whole number of tokens from 0 to 2147483647
          help: set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "a priority that is none", text: "time,x,y,p\n1,2,0,15\n1,2,0,16\n",
      change: { $0.priorityColumn = "p" },
      told: """
        data.csv:3: error: priority p holds "16", not a whole number from 0 (most urgent) to 15
          help: set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "columns of tokens that are not there", text: "time,x,y,tokens\n1,2,0,16\n",
      change: {
        $0.inputTokenColumn = "token"
        $0.prefixColumn = "hashes"
      },
      told: """
        data.csv:1: error: there is no column token, which `inputTokens` asks for
          help: did you mean tokens? the columns are time, x, y, tokens
        data.csv:1: error: there is no column hashes, which `prefixes` asks for
          help: the columns are time, x, y, tokens
        """),
    WrongRecording(
      what: "a logged answer that is no number", text: "time,x,y,score\n1,2,0,0.5\n2,2,0,high\n",
      change: { $0.loggedColumns = ["score"] },
      told: """
        data.csv:3: error: column score holds "high", not a number
          help: set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "a field with characters that do not print",
      text: "time,x,y\n1,\"a\n\u{1B}b\t\(String(repeating: "c", count: 60))\",0\n",
      change: { $0.features = .named([.init(name: "x")]) },
      told: """
        data.csv:2: error: column x holds \
        "a\\n\\u{1b}b\\tccccccccccccccccccccccccccccccccccc…", not a number
          help: set onBadValue: "skip" to count and skip such rows
        """),
  ]

  static let wrongTimes = [
    WrongRecording(
      what: "a time that is empty", text: "time,x,y\n1,2,0\n,2,0\n",
      told: """
        data.csv:3: error: time time is empty
          help: set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "a time that is neither RFC 3339 nor a number", text: "time,x,y\n31/01/2026,2,0\n",
      told: """
        data.csv:2: error: time time holds "31/01/2026", neither an RFC 3339 time nor a number
          help: give its pattern in the letters of strptime, as timeFormat: "%d/%m/%Y %H:%M"
        """),
    WrongRecording(
      what: "a day that there is not", text: "time,x,y\n2026-01-01,2,0\n2026-02-29,2,0\n",
      told: """
        data.csv:3: error: time time holds "2026-02-29", not an RFC 3339 time such as 2026-01-31T14:00:00Z
          help: set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "a time that does not fit its pattern", text: "time,x,y\n31/01/2026,2,0\n1.2.26,2,0\n",
      change: { $0.timeFormat = .pattern("%d/%m/%Y") },
      told: """
        data.csv:3: error: time time holds "1.2.26", not a time of the form "%d/%m/%Y"
          help: set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "a pattern with an unknown letter", text: "time,x,y\n31/01/2026,2,0\n",
      change: { $0.timeFormat = .pattern("%d/%q") },
      told: """
        data.csv: error: timeFormat "%d/%q" holds %q, which stands for nothing known
          help: known are %Y %m %d %H %M %S %f %z %b %B %a %A %y %j %e %I %p %s %T %D %F %R and %%
        """),
    WrongRecording(
      what: "a time outside of the years", text: "time,x,y\n20260131120000,2,0\n",
      told: """
        data.csv:2: error: time time holds "20260131120000", which is outside of the years 1678 to 2261
          help: say what a number counts, as timeFormat: "epochSeconds", "epochMilliseconds", \
        "epochMicroseconds" or "epochNanoseconds"
        """),
    WrongRecording(
      what: "a time far from the first", text: "time,x,y\n1800-01-01,2,0\n1950-01-01,2,0\n",
      told: """
        data.csv:3: error: time time holds "1950-01-01", which is 146 years or more from the first row's
          help: set onBadValue: "skip" to count and skip such rows
        """),
    WrongRecording(
      what: "a time that goes backwards",
      text: "time,x,y\n2026-01-02T00:00:00Z,2,0\n\n2026-01-01T23:59:58.5Z,2,0\n",
      told: """
        data.csv:4: error: time time steps back by 1.5s, to 2026-01-01T23:59:58.5Z \
        after 2026-01-02T00:00:00Z in line 2
          help: set onTimeReversal: "reorder" with reorderWindow: "1.5s" to sort such rows in, \
        or onTimeReversal: "shift" to move all later rows on
        """),
    WrongRecording(
      what: "a time that comes later than the window",
      text: "time,x,y\n100,2,0\n110,2,0\n104,2,0\n",
      change: { $0.onTimeReversal = .reorder(window: SimulatedDuration(seconds: 5)) },
      told: """
        data.csv:4: error: time time steps back by 6s, more than the window of 5s, \
        to 1970-01-01T00:01:44Z after 1970-01-01T00:01:50Z in line 3
          help: set reorderWindow: "6s" or longer, or onTimeReversal: "shift"
        """),
  ]
}
