import Documents
import Foundation
import Testing

@testable import Traffic

@Suite("TableReader") struct TableReaderTests {
  private func read(
    _ text: String, name: String = "t.csv", _ wanted: [WantedColumn], missing: [String] = []
  ) throws -> TableColumns {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("\(UUID().uuidString)-\(name)")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try TableReader(path: name, location: file.path, missing: missing).read(wanted)
  }

  private let wanted = [
    WantedColumn("x", .numbers, asker: "--metric"),
    WantedColumn("arm", .categories, asker: "--arm"),
    WantedColumn("at", .times, asker: "--time"),
  ]

  /// NaN is equal to NaN here.
  private func bits(_ column: TableColumn) -> [UInt64] {
    guard case .numbers(let values) = column else { return [] }
    return values.map(\.bitPattern)
  }

  @Test("reads the same from CSV and from JSON Lines")
  func formats() throws {
    let csv = try read(
      """
      at,x,arm
      2026-01-01T00:00:00Z,0.1,A
      2026-01-01T00:00:01Z,,"B,
      b"
      2026-01-01T00:00:02Z,true,
      2026-01-01T00:00:03Z,-1e-3,A

      """, wanted)
    let lines = try read(
      """
      {"at": "2026-01-01T00:00:00Z", "x": 0.1, "arm": "A", "more": {"a": []}}

      {"arm": "B,\\nb", "at": "2026-01-01T00:00:01Z", "x": null}
      {"at": "2026-01-01T00:00:02Z", "x": true}
      {"at": "2026-01-01T00:00:03Z", "x": -1e-3, "arm": "A"}
      """, name: "t.jsonl", wanted)
    #expect(csv.rowCount == 4 && lines.rowCount == 4)
    #expect(csv.lines == [2, 3, 5, 6] && lines.lines == [1, 3, 4, 5])
    #expect(bits(csv.columns[0]) == bits(lines.columns[0]))
    #expect(bits(csv.columns[0]) == [0.1, .nan, 1, -1e-3].map(\.bitPattern))
    #expect(csv.columns[1] == .categories(codes: [0, 1, -1, 0], names: ["A", "B,\nb"]))
    #expect(csv.columns[1...] == lines.columns[1...])
    #expect(csv.columnsOfWords == ["x"] && lines.columnsOfWords == ["x"])
  }

  @Test("a field that means missing is missing in every kind of column")
  func missing() throws {
    let table = try read("x,arm,at\nNA,NA,5\n1,A,6\n", wanted, missing: ["NA"])
    #expect(bits(table.columns[0]) == [Double.nan, 1].map(\.bitPattern))
    #expect(table.columns[1] == .categories(codes: [-1, 0], names: ["A"]))
    #expect(table.columns[2] == .times([5_000_000_000, 6_000_000_000]))
  }

  @Test("a line longer than the buffer and lines across its end are whole")
  func longLines() throws {
    let long = String(repeating: "a", count: 3_000_000)
    var text = ""
    for row in 0..<30_000 { text += "{\"x\": \(row), \"arm\": \"b\(row % 3)\"}\n" }
    text += "{\"x\": 7, \"arm\": \"\(long)\"}\r\n{\"x\": 8, \"arm\": \"c\"}"
    let table = try read(text, name: "t.jsonl", Array(wanted.prefix(2)))
    #expect(table.rowCount == 30_002)
    guard case .numbers(let values) = table.columns[0],
      case .categories(let codes, let names) = table.columns[1]
    else {
      Issue.record("columns of another kind")
      return
    }
    #expect(values == (0..<30_000).map(Double.init) + [7, 8])
    #expect(names == ["b0", "b1", "b2", long, "c"])
    #expect(codes.suffix(2) == [3, 4])
  }

  @Test("a tab divides a table whose name ends in .tsv")
  func tabs() throws {
    let table = try read("x\tarm\n1\tA\n", name: "t.tsv", Array(wanted.prefix(2)))
    #expect(table.columns[0] == .numbers([1]))
  }

  @Test(
    "junk never crashes",
    arguments: ["", "\n\n", "\u{FEFF}", "{", "{}", "{\"x\":", "x", "x\n\"", "\0\0", "x,arm\n1"])
  func junk(_ text: String) {
    _ = try? read(text, wanted)
    _ = try? read(text, name: "t.jsonl", Array(wanted.prefix(1)))
  }

  @Test("answers keep their texts, and are numbers where all of them are")
  func answers() throws {
    func columns(_ text: String, name: String = "t.csv") throws -> TableColumn? {
      try read(text, name: name, [WantedColumn("a", .answers, asker: "--label")]).columns.first
    }
    #expect(
      try columns("a,b\n1,1\ntrue,1\n1.0,1\n")
        == .answers(numbers: [1, 1, 1], codes: [0, 1, 2], names: ["1", "true", "1.0"]))
    #expect(
      try columns("a,b\ncat,1\n,1\n7,1\ncat,1\n")
        == .answers(numbers: nil, codes: [0, -1, 1, 0], names: ["cat", "7"]))
    // A text of digits in JSON is a text.
    #expect(
      try columns("{\"a\": \"7\"}\n{\"a\": 7}\n", name: "t.jsonl")
        == .answers(numbers: nil, codes: [0, 0], names: ["7"]))
    #expect(throws: TrafficError.self) { try columns("a,b\nNaN,1\n0.5,1\n") }
  }
}
