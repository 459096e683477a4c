import Foundation
import Simulation
import TestSupport
import Testing

/// Queues with a closed form, all through the general cell.
///
/// 30 replications of 400,000 customers (`UNDERSTUDY_CALIBRATION=full swift test -c release -Xswiftc -enable-testing
/// --filter CellOracle`); every figure's t with 29 degrees of freedom lies below the Bonferroni bound of 0.1 %
/// over at most 300 figures. The quick form leaves out what needs long runs. No figure of the vectors is passed over: those
/// that are no figures of a run are named here.
@Suite("Queues with a closed form, through the cell") struct CellOracleTests {
  private static let isFull =
    ProcessInfo.processInfo.environment["UNDERSTUDY_CALIBRATION"] == "full"
  private static let length =
    isFull
    ? QueueTrial.Length(warmUp: 40_000, measured: 360_000)
    : QueueTrial.Length(warmUp: 100, measured: 300)
  private static let replications = 30
  /// The quantile of Student's t with 29 degrees of freedom at 1 − 0.001 / 600.
  private static let bound = 5.7317
  /// Bounds of the mean wait, which `bounds` compares; and the mean stay at a shared processor, a trial of its own.
  private static let others: Set = ["kingman_upper", "daley_upper", "EW_PS"]

  private static func queues() -> [QueueTrial] {
    let told = ["queues", "queues-cells"].flatMap {
      (try? vectors(QueueTrial.File.self, named: $0))?.cases ?? []
    }
    let all =
      told
      + told.compactMap { queue in
        var shared = queue.shared
        shared?.id += " at a shared processor"
        return shared
      }
    if isFull { return all }
    return all.filter {
      $0.model != "GGcK" && $0.load <= 0.71 && ($0.model != "GGc" || $0.params.patience != nil)
    }
  }

  @Test("there are vectors")
  func present() { #expect(Self.queues().count >= (Self.isFull ? 56 : 9)) }

  @Test("means, shares and variances are those of theory", arguments: queues().map(\.id))
  func closedForm(id: String) throws {
    let queue = try #require(Self.queues().first { $0.id == id })
    let runs = (0..<UInt64(Self.replications)).map {
      queue.figures(seed: 91_000 + $0, Self.length)
    }
    let figures = queue.expect.filter { !Self.others.contains($0.key) }
    for (name, expected) in figures.sorted(by: { $0.key < $1.key }) {
      // Variances and quantiles need long runs: they are biased by the mean's own error, and by few values beyond.
      if !Self.isFull && (name.hasPrefix("var") || name.hasPrefix("q99")) { continue }
      let values = runs.compactMap { $0[name] }
      #expect(values.count == Self.replications, "\(id) has no figure \(name)")
      let n = Double(values.count)
      let mean = values.reduce(0, +) / n
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let error = (squares / (n - 1) / n).squareRoot()
      let t = error > 0 ? (mean - expected) / error : 0
      if Self.isFull { print("oracle \(id) \(name) \(mean) expected \(expected) t \(t)") }
      #expect(abs(t) < Self.bound, "\(id) \(name): \(mean), expected \(expected), t \(t)")
      #expect(error > 0 || abs(mean - expected) < 1e-6 * max(1, abs(expected)), "\(id) \(name)")
    }
    #expect(!figures.isEmpty)
    bounds(queue, runs.compactMap { $0["Wq"] })
  }

  /// Kingman's and Daley's upper bounds hold the mean wait.
  private func bounds(_ queue: QueueTrial, _ waits: [Double]) {
    let mean = waits.reduce(0, +) / Double(max(1, waits.count))
    for name in ["kingman_upper", "daley_upper"] {
      guard let bound = queue.expect[name] else { continue }
      #expect(mean < bound, "\(queue.id): a mean wait of \(mean), \(name) \(bound)")
    }
  }
}
