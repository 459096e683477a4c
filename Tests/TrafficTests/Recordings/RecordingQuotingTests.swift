import Documents
import Testing

@testable import Traffic

@Suite("Rows and fields of delimited text") struct RecordingQuotingTests {
  /// The categories of the column "c", row by row, as the reader understood them.
  private func cells(
    _ text: String, delimiter: Character = ",", _ change: (inout RecordingPlan) -> Void = { _ in }
  ) throws -> [String] {
    let folder = try RecordingFolder()
    try folder.write(text)
    let plan = dataPlan {
      $0.delimiter = delimiter.asciiValue ?? 0
      $0.timeColumn = "time"
      $0.segmentColumns = ["c"]
      $0.features = .named([])
      change(&$0)
    }
    let traffic = try TrafficContract.check {
      try RecordingSource(plan: plan, baseDirectory: folder.path)
    }
    let source = try RecordingSource(plan: plan, baseDirectory: folder.path)
    _ = try TrafficContract.replay(source, blockSize: 100)
    let names = source.segmentNames(0)
    return traffic.requests.map { names[Int($0.segments[0])] }
  }

  @Test(
    "are read as RFC 4180 says",
    arguments: [
      ("time,c\n1,a\n2,b\n", ["a", "b"]),
      ("time,c\n1,a\n2,b", ["a", "b"]),
      ("time,c\r\n1,a\r\n2,b\r\n", ["a", "b"]),
      ("time,c\r\n1,a\r\n2,b\r", ["a", "b"]),
      ("\u{FEFF}time,c\n1,a\n", ["a"]),
      ("\u{FEFF}\"time\",\"c\"\n1,a\n", ["a"]),
      ("time,c\n1,\"a\"\n\"2\",\"b\"\n", ["a", "b"]),
      ("time,c\n1,\"a,b\"\n2,\"c\nd\"\n", ["a,b", "c\nd"]),
      ("time,c\r\n1,\"a\r\nb\"\r\n2,\"\"\r\n", ["a\r\nb", ""]),
      ("time,c\n1,\"\"\"\"\n2,\"say \"\"hi\"\"\"\n", ["\"", "say \"hi\""]),
      ("time,c\n1,\"\"\"\",\n", []),
      ("time,c\n1,a \"b\" c\n2,a\"\n", ["a \"b\" c", "a\""]),
      ("c,time\n\"a\nb,\"\"c\"\"\",1\nd,2\n", ["a\nb,\"c\"", "d"]),
      ("c,time\n\",\",1\n\"\n\",2", [",", "\n"]),
      ("c,time\n ,1\n é ,2\n🐦,3\n", [" ", " é ", "🐦"]),
      ("c,time\na\u{0},1\n", ["a\u{0}"]),
      ("\n\r\ntime,c\n\n1,a\n\r\n\n2,b\n\n", ["a", "b"]),
    ])
  func quoting(text: String, expected: [String]) throws {
    if expected.isEmpty {
      #expect(throws: TrafficError.self) { try cells(text) }
    } else {
      #expect(try cells(text) == expected)
    }
  }

  @Test("may be divided by tabs, semicolons or bars", arguments: ["\t", ";", "|"])
  func delimiters(delimiter: Character) throws {
    let text = "time,c\n1,\"a,b\"\n2,x\n".replacing(",", with: String(delimiter))
    #expect(try cells(text, delimiter: delimiter) == ["a\(delimiter)b", "x"])
  }

  @Test("are the same wherever words of eight bytes and buffers end")
  func everyOffset() throws {
    for length in 0..<40 {
      let long = String(repeating: "x", count: length)
      let text = "c,time\n\"\(long)\"\"\(long)\",1\n\(long),2\n\"\(long)\n\",3\r\ny,4"
      #expect(try cells(text) == ["\(long)\"\(long)", long, "\(long)\n", "y"], "length \(length)")
    }
  }

  @Test("may be longer than a buffer")
  func longFields() throws {
    let long = String(repeating: "long, \"\"quoted\"\" text\n", count: 60_000)
    let text = "c,time\n\"\(long)\",1\nshort,2\n"
    #expect(try cells(text) == [long.replacing("\"\"", with: "\""), "short"])
  }

  @Test("keep the lines of their mistakes across buffers")
  func linesAcrossBuffers() throws {
    let folder = try RecordingFolder()
    let field = String(repeating: "y", count: 90)
    let rows = (0..<30_000).map { "\"\(field)\n\(field)\",\($0)\n" }.joined()
    try folder.write("c,time\n\(rows)x,y,z\n")
    let plan = dataPlan {
      $0.features = .named([])
      $0.segmentColumns = ["c"]
    }
    let told = try RecordingDiagnosticsTests.told(plan, folder)
    #expect(told.hasPrefix("data.csv:60002: error: the row has 3 fields, and the header has 2"))
  }

  @Test("are bounded: a quote that stays open is noticed before all of a file is in memory")
  func openQuote() throws {
    let folder = try RecordingFolder()
    let line = String(repeating: "z", count: 1 << 16)
    let lines = String(repeating: line + "\n", count: 64)
    try folder.write("c,time\na,1\n\"\(lines)")
    let source = try ByteSource(path: "data.csv", location: "\(folder.path)/data.csv")
    var reader = try RowReader(source: source, delimiter: 0x2C, longestRow: 1 << 20)
    #expect(
      try reader.readBatch(beforeRow: nil) == .problem(.rowTooLong(bytes: 1 << 20), line: 3))
    #expect(reader.batch.count == 1 && reader.bytes.count < 4 << 20)
    let told = RecordingProblem.rowTooLong(bytes: 64 << 20).diagnostic(file: "data.csv", line: 3)
    #expect(
      told.rendered() == """
        data.csv:3: error: the row is longer than 64 MiB
          help: a quote may have been left open
        """)
  }
}
