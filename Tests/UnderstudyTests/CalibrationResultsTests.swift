import Foundation
import Statistics
import Testing

@testable import Understudy

private let folder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("results/calibration").path

/// What the committed calibration says of the methods as they are now.
@Suite(
  "The calibration that ships",
  .enabled(if: CalibrationFolder.isOne(folder), "no results/calibration"))
struct CalibrationResultsTests {
  private let documents: [CalibrationDocument]
  private let records: [CalibrationRecord]

  init() throws {
    documents = try CalibrationFolder.documents(in: folder)
    records = documents.flatMap(\.records)
  }

  @Test("every kind of traffic is there, with 10,000 runs of each cell")
  func complete() {
    #expect(documents.map(\.group).sorted() == CalibrationStudy.groupNames.sorted())
    for record in records { #expect(record.runs == 0..<CalibrationPlan.runs, "\(record.name)") }
  }

  @Test("its methods and their promises are those of the catalogue")
  func promises() throws {
    let cells = CalibrationGroup.all().flatMap(\.cells)
    for record in records {
      let cell = try #require(cells.first { $0.name == record.name })
      #expect(cell.entrants.map(\.name) == record.lines.map(\.entrant.name), "\(record.name)")
      for (now, line) in zip(cell.entrants, record.lines) {
        #expect(now.gate == line.entrant.gate, "\(record.name): \(now.name)")
      }
    }
  }

  @Test("every rate that is promised lies in its band, the chooser's too")
  func bands() {
    let band = CalibrationBand(records)
    for entry in records.flatMap(\.entries) where entry.gate != .none {
      #expect(
        entry.place(in: band) == .inside,
        "\(entry.cell): \(entry.method) \(entry.rate) \(entry.count) of \(entry.trials)")
    }
  }

  @Test("on each kind of traffic every estimand has a method that holds and has power")
  func power() {
    let rows = CalibrationOverview(documents: documents, band: CalibrationBand(records)).estimands
    #expect(rows.count > 250, "\(rows.count)")
    let compared = rows.filter { !$0[2].hasPrefix(CalibrationOverview.noMethod) }
    #expect(compared.count > 200, "\(compared.count)")
    for row in compared { #expect(Self.power(row) > 0, "\(row)") }
    let means = compared.filter { $0[1] == "meanDifference" }
    #expect(means.count >= 20, "\(means.count)")
  }

  private static func power(_ row: [String]) -> Double {
    row.last.flatMap { Double($0) } ?? 0
  }

  @Test("its pages are what its counts say")
  func pages() throws {
    for file in CalibrationFolder.files(of: documents) {
      let text = try String(contentsOfFile: "\(folder)/\(file.name)", encoding: .utf8)
      #expect(text == file.text, "\(file.name)")
    }
  }
}
