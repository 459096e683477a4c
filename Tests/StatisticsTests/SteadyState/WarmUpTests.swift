import TestSupport
import Testing

@testable import Statistics

@Suite("Warm-up") struct WarmUpTests {
  struct Case: Decodable, Sendable {
    let name: String
    let values: [Int64]
    let truncation: Int
    let statistic: Double
  }

  private func series(_ values: [Int64]) -> OutputSeries {
    var series = OutputSeries()
    for value in values { series.append(value) }
    return series
  }

  @Test("is MSER-5's, as numpy has it from the definition")
  func numpy() throws {
    let cases = try vectors([Case].self, named: "mser")
    #expect(cases.count == 8)
    for oracle in cases {
      let warmUp = try WarmUp(series(oracle.values))
      #expect(warmUp.batches == oracle.truncation, "\(oracle.name)")
      #expect(warmUp.length == Int64(5 * oracle.truncation))
      let error = (warmUp.statistic - oracle.statistic).magnitude
      #expect(error <= 1e-10 * oracle.statistic, "\(oracle.name)")
      #expect(warmUp.isSettled == (oracle.truncation < oracle.values.count / 10), "\(oracle.name)")
    }
  }

  @Test("is not settled where the series rises to its end")
  func notSettled() throws {
    let trend = try WarmUp(series((0..<400).map { 50 * $0 + $0 % 7 }))
    #expect(!trend.isSettled)
    #expect(trend.batches == 40 && trend.length == 200)
  }

  @Test("takes the first of equal minima: nothing of a constant, and of a jump what lies before it")
  func ties() throws {
    for value in [0, 1, Int64.max, .min] {
      let constant = try WarmUp(series(Array(repeating: value, count: 500)))
      #expect(constant.batches == 0 && constant.isSettled && constant.statistic == 0)
    }
    let jump = try WarmUp(series((0..<1_000).map { $0 < 105 ? 333 : 1_000_003 }))
    #expect(jump.batches == 21 && jump.isSettled && jump.statistic == 0)
  }

  @Test("works on longer batches as they are")
  func doubled() throws {
    var series = OutputSeries(capacity: 64)
    for index in 0..<10_000 { series.append(index < 1_280 ? 0 : 100 + Int64(index % 3)) }
    let warmUp = try WarmUp(series)
    #expect(series.batchLength == 160)
    #expect(warmUp.length == 1_280)
  }

  @Test("is not asked of fewer than ten batches", arguments: [0, 1, 49])
  func few(count: Int) {
    #expect(throws: Unavailable.tooFew(has: count / 5, needs: 10)) {
      try WarmUp(series(Array(repeating: 1, count: count)))
    }
  }
}
