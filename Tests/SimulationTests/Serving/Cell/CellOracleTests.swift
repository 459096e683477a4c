import Foundation
import Simulation
import TestSupport
import Testing

/// Queues with a closed form, all through the general cell.
///
/// 30 replications of 400,000 customers (`UNDERSTUDY_CALIBRATION=full swift test -c release --filter
/// CellOracle`); every figure's t with 29 degrees of freedom lies below the Bonferroni bound of 0.1 %
/// over at most 240 figures. The quick form leaves out what needs long runs.
@Suite("Queues with a closed form, through the cell") struct CellOracleTests {
  private static let isFull =
    ProcessInfo.processInfo.environment["UNDERSTUDY_CALIBRATION"] == "full"
  private static let length =
    isFull
    ? QueueTrial.Length(warmUp: 40_000, measured: 360_000)
    : QueueTrial.Length(warmUp: 100, measured: 300)
  private static let replications = 30
  /// The quantile of Student's t with 29 degrees of freedom at 1 − 0.001 / 480.
  private static let bound = 5.6509

  private static func queues() -> [QueueTrial] {
    let all = ["queues", "queues-cells"].flatMap {
      (try? vectors(QueueTrial.File.self, named: $0))?.cases ?? []
    }
    if isFull { return all }
    return all.filter {
      $0.model != "GGcK" && $0.load <= 0.71 && ($0.model != "GGc" || $0.params.patience != nil)
    }
  }

  @Test("there are vectors")
  func present() { #expect(Self.queues().count >= (Self.isFull ? 49 : 8)) }

  @Test("means, shares and variances are those of theory", arguments: queues().map(\.id))
  func closedForm(id: String) throws {
    let queue = try #require(Self.queues().first { $0.id == id })
    let runs = (0..<UInt64(Self.replications)).map {
      queue.figures(seed: 91_000 + $0, Self.length)
    }
    var compared = 0
    for (name, expected) in queue.expect.sorted(by: { $0.key < $1.key }) {
      // A variance needs long runs: it is biased by the mean's own.
      if !Self.isFull && name.hasPrefix("var") { continue }
      let values = runs.compactMap { $0[name] }
      guard values.count == Self.replications else { continue }
      compared += 1
      let n = Double(values.count)
      let mean = values.reduce(0, +) / n
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let error = (squares / (n - 1) / n).squareRoot()
      let t = error > 0 ? (mean - expected) / error : 0
      if Self.isFull { print("oracle \(id) \(name) \(mean) expected \(expected) t \(t)") }
      #expect(abs(t) < Self.bound, "\(id) \(name): \(mean), expected \(expected), t \(t)")
      #expect(error > 0 || abs(mean - expected) < 1e-6 * max(1, abs(expected)), "\(id) \(name)")
    }
    #expect(compared > 0)
  }
}
