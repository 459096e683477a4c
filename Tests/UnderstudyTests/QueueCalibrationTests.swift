import Foundation
import TestSupport
import Testing

@testable import Understudy

private let root = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
private let folder = root.appendingPathComponent("results/calibration").path

/// What the committed counts say of the intervals as they are now.
@Suite(
  "The calibration of a run's intervals that ships",
  .enabled(
    if: FileManager.default.fileExists(atPath: "\(folder)/\(QueueDocument.fileName)"),
    "no counts of queues in results/calibration"))
struct QueueCalibrationResultsTests {
  @Test("every share of covering intervals that ships lies in 93 to 97 %, over 1,000 runs each")
  func bands() throws {
    let document = try #require(try QueueDocument.stored(in: folder))
    #expect(document.runs >= 1_000)
    for record in document.records {
      for line in record.lines {
        #expect(
          QueueDocument.isInBand(line, of: document.runs),
          "\(record.queue) \(line.metric): \(line.tally.covered) of \(document.runs)")
      }
    }
  }

  @Test("every queue is there as it is now, with every metric")
  func complete() throws {
    let document = try #require(try QueueDocument.stored(in: folder))
    let now = QueueCase.all.map { QueueDocument.record(of: $0, $0.exact.map { _ in .init() }) }
    #expect(document.records.map(Self.shape) == now.map(Self.shape))
  }

  private static func shape(_ record: QueueDocument.Record) -> [String] {
    [record.queue, "\(record.customers)"] + record.lines.map { "\($0.metric) \($0.exact)" }
  }

  @Test("the page is what the counts say, and the file is read back")
  func page() throws {
    let document = try #require(try QueueDocument.stored(in: folder))
    for file in QueueStudy.files(of: document) {
      #expect(try String(contentsOfFile: "\(folder)/\(file.name)", encoding: .utf8) == file.text)
    }
  }

  @Test(
    "the first runs are counted again as they stand",
    arguments: ["mmc_2_0.5", "mgcc_2_1_exp", "prio_np"])
  func first(name: String) throws {
    let document = try #require(try QueueDocument.stored(in: folder))
    let queue = try #require(QueueCase.all.first { $0.name == name })
    let record = try #require(document.records.first { $0.queue == name })
    let tallies = QueueCalibration.tallies(of: queue, runs: 0..<QueueCalibration.firstRuns)
    #expect(tallies.map(\.first) == record.lines.map(\.tally.first))
  }
}

@Suite("Calibration of a run's intervals") struct QueueCalibrationTests {
  @Test("any division of the runs and any number of threads give the same counts")
  func division() throws {
    var queue = try #require(QueueCase.all.first { $0.name == "mm1_0.3" })
    queue.customers = 3_000
    let whole = QueueCalibration.tallies(of: queue, runs: 0..<6)
    let threads = QueueCalibration.tallies(of: queue, runs: 6, threads: 3, isCancelled: { false })
    #expect(threads == whole)
    #expect(whole.allSatisfy { $0.intervals == 6 && $0.covered + $0.below <= 6 })
  }

  /// The vectors of the simulation's tests hold the same queues; what is no scalar of a run's output is named here.
  @Test("the exact values are those of the reference vectors")
  func vectors() throws {
    struct File: Decodable {
      struct Case: Decodable {
        var id: String
        var expect: [String: Double]
      }
      var cases: [Case]
    }
    let others: Set = ["kingman_upper", "daley_upper", "root", "EW_PS"]
    var seen = 0
    for name in ["queues", "queues-cells"] {
      let path = root.appendingPathComponent("Tests/SimulationTests/Vectors/\(name).json")
      for told in try JSONDecoder().decode(File.self, from: Data(contentsOf: path)).cases {
        let queue = try #require(QueueCase.all.first { $0.name == told.id }, "\(told.id)")
        let exact = queue.exact.map { ($0.metric.rawValue, $0.value) }
        let wanted = told.expect.filter { !others.contains($0.key) }
        #expect(Dictionary(uniqueKeysWithValues: exact) == wanted, "\(told.id)")
        seen += 1
        guard let stay = told.expect["EW_PS"] else { continue }
        let shared = try #require(QueueCase.all.first { $0.name == "\(told.id)_ps" })
        #expect(shared.exact == [.init(metric: .meanStay, value: stay)])
        seen += 1
      }
    }
    #expect(seen == QueueCase.all.count && seen >= 56)
  }
}
