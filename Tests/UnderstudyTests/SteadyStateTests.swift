import Foundation
import Simulation
import Statistics
import Testing

@testable import Understudy

/// What a run says of latencies in the long run, and of the books that it keeps.
@Suite("Output analysis of a run") struct SteadyStateTests {
  /// An M/M/1 queue whose services take 10 ms: in the long run a latency is 10 ms / (1 − load) on average.
  private func scenario(arrivals: String, requests: Int) -> String {
    """
    {
      traffic: { synthetic: {
        requests: \(requests), start: "2026-03-02T09:00:00Z", arrivals: \(arrivals),
        features: { effort: { normal: { mean: 0, sd: 1 } } }, label: { probability: 0.4 } } },
      arms: { production: {
        model: { synthetic: { accuracy: 0.9 } },
        service: { replicas: 1, time: { exponential: { mean: "10ms" } } } } },
      metrics: ["latency.mean"],
    }
    """
  }

  private func result(_ text: String, _ options: Study.Options = .init()) throws -> StudyResult {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("understudy-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("s.json5")
    try Data(text.utf8).write(to: file)
    return try Study(scenario: file.path, options: options).run()
  }

  private func found(_ result: StudyResult) throws -> SteadyStateFindings.Found {
    guard case .found(let found) = result.findings.arms[0].serving?.steadyState else {
      throw Missing()
    }
    return found
  }

  private struct Missing: Error {}

  @Test("a run that is long for its load has intervals, which hold the truth")
  func long() throws {
    let result = try result(scenario(arrivals: "{ poisson: 50 }", requests: 6_000))
    let found = try found(result)
    #expect(found.length.isEnough && found.length.load == OfferedLoad(utilisation: 0.5))
    let mean = try #require(found.mean)
    let interval = try #require(mean.interval)
    #expect(interval.low < 20e6 && interval.high > 20e6 && interval.high - interval.low < 6e6)
    #expect(mean.n + (found.warmUp?.requests ?? 0) == 6_000)
    // Latencies are exponential: the median is ln 2 of the mean.
    let median = try #require(found.quantiles.first { $0.p == 0.5 }?.estimate.interval)
    #expect(median.low < 13.863e6 && median.high > 13.863e6)
    let terminal = result.answer(.table)
    #expect(terminal.contains("In the long run production's mean latency is"))
    let summary = result.answer(.json)
    #expect(summary.contains(#""verdict": "enough""#) && summary.contains(#""holds": true"#))
  }

  @Test("a run that is too short for its load has none, and says how long would do")
  func short() throws {
    let result = try result(scenario(arrivals: "{ poisson: 90 }", requests: 3_000))
    let found = try found(result)
    #expect(!found.length.isEnough)
    #expect(found.mean != nil && found.mean?.interval == nil)
    #expect(found.quantiles.allSatisfy { $0.estimate.interval == nil })
    let needed = try #require(RunLength(3_000, of: OfferedLoad(utilisation: 0.9)).needed)
    #expect(found.length.neededRequests == needed)
    let terminal = result.answer(.table).split(whereSeparator: \.isWhitespace).joined(
      separator: " ")
    #expect(terminal.contains("the run is too short for a load of 90"))
  }

  @Test("traffic whose rate changes is left to replications, in a sentence")
  func changing() throws {
    let rates = #"{ period: "1h", rates: [20, 40] }"#
    let result = try result(scenario(arrivals: rates, requests: 500))
    #expect(
      result.findings.arms[0].serving?.steadyState == .unavailable(.changingRate))
    let report = result.files.first { $0.name == "report.html" }?.text ?? ""
    #expect(
      report.contains(
        "Traffic comes at a rate that changes over time, so it has no long-run latency; its intervals come from replications."
      ))
  }

  @Test("neither threads nor the size of blocks change a byte")
  func sameBits() throws {
    let text = scenario(arrivals: "{ poisson: 60 }", requests: 1_000)
    let results = try [(1, 4096), (2, 7), (3, 100)].map { threads, size in
      var options = Study.Options()
      (options.threads, options.blockSize) = (threads, size)
      return try result(text, options).files
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  @Test("where Little's law fails, the run is a fault of ours")
  func fault() {
    let law = LittleLaw.Verdict(
      area: 7, timesInSystem: 8, numberAtEnd: 0, inFlight: 0, requests: 1, length: 9)
    let error = StudyRun.fault(law, arm: "production")
    #expect(!law.holds && error.kind == .fault)
    #expect(error.message().contains("Little's law does not hold at production"))
    #expect(error.message().contains("is 7 ns, and the times in it add up to 8 ns"))
  }
}
