import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite("Steady-state calibration") struct SteadyStateCalibrationTests {
  /// What stands in `Vectors/steady-state.json`, a row a cell: the first runs for the short form, and all of them.
  struct Row: Codable, Equatable, Sendable {
    let cell: SteadyStateCalibration.Cell
    let seed: UInt64
    let first: SteadyStateCalibration.Tally
    let all: SteadyStateCalibration.Tally
  }

  private static let seed: UInt64 = 7
  private static let firstRuns = 20
  /// What a cell that is not flagged rests on at least, and what an update counts.
  private static let fewestRuns = 1_000
  private static let updatedRuns = 4_000

  private func rows() throws -> [Row] { try vectors([Row].self, named: "steady-state") }

  @Test("covers at least 90 % of the runs of every cell that is not flagged")
  func coverage() throws {
    let rows = try rows()
    #expect(rows.map(\.cell) == SteadyStateCalibration.cells)
    for row in rows {
      #expect(row.all.runs > 0 && row.seed == Self.seed)
      #expect(row.all.flagged == 0 || row.all.flagged == row.all.runs)
      guard row.all.flagged == 0 else { continue }
      let name = "\(row.cell.utilisation), \(row.cell.customers)"
      // A run without an interval is one that does not cover.
      #expect(row.all.runs >= Self.fewestRuns, "\(name)")
      #expect(Double(row.all.meansCovered) >= 0.9 * Double(row.all.runs), "\(name)")
    }
  }

  @Test("flags short runs and no long ones, as the declared load says")
  func flags() throws {
    for row in try rows() {
      let share = Double(row.all.flagged) / Double(row.all.runs)
      switch (row.cell.utilisation, row.cell.customers) {
      case (0.8, 1_000), (0.9, 1_000): #expect(share >= 0.95)
      case (0.5, 10_000), (0.5, 100_000), (0.8, 100_000): #expect(share <= 0.05)
      default: break
      }
    }
  }

  @Test("the first runs of each short cell are counted again as they stand")
  func first() throws {
    let study = SteadyStateCalibration(seed: Self.seed)
    for row in try rows() where row.cell.customers <= 1_000 {
      #expect(study.tally(row.cell, runs: 0..<Self.firstRuns) == row.first)
    }
  }

  @Test("any division of the runs gives the same counts")
  func division() {
    let study = SteadyStateCalibration(seed: 3)
    let cell = SteadyStateCalibration.Cell(utilisation: 0.7, customers: 500)
    var parts = SteadyStateCalibration.Tally()
    for runs in [0..<3, 3..<4, 4..<10] { parts.merge(study.tally(cell, runs: runs)) }
    #expect(parts == study.tally(cell, runs: 0..<10))
    #expect(parts.runs == 10)
  }

  /// `UNDERSTUDY_CALIBRATION=full UNDERSTUDY_UPDATE_GOLDEN=1 swift test --filter SteadyStateCalibration`, in release and
  /// with `-Xswiftc -enable-testing`, writes the file with 4,000 runs a cell.
  @Test(
    "the long form counts what stands in the file",
    .enabled(if: ProcessInfo.processInfo.environment["UNDERSTUDY_CALIBRATION"] == "full"))
  func full() throws {
    let isUpdate = ProcessInfo.processInfo.environment["UNDERSTUDY_UPDATE_GOLDEN"] == "1"
    let study = SteadyStateCalibration(seed: Self.seed)
    let before = try rows()
    let rows = before.map { row in
      Row(
        cell: row.cell, seed: Self.seed,
        first: study.tally(row.cell, runs: 0..<Self.firstRuns),
        all: study.tally(row.cell, runs: 0..<(isUpdate ? Self.updatedRuns : row.all.runs)))
    }
    guard isUpdate else {
      #expect(rows == before)
      return
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(rows).write(to: testFile("Vectors/steady-state.json"))
  }
}
