import Documents
import Foundation
import Probability
import Testing

@testable import Traffic

@Suite("Columns for serving") struct RecordingServingTests {
  private func replay(
    _ text: String, _ change: (inout RecordingPlan) -> Void
  ) throws -> ReplayedTraffic {
    let folder = try RecordingFolder()
    try folder.write(text)
    let plan = dataPlan {
      $0.inputTokenColumn = "in"
      $0.outputTokenColumn = "out"
      $0.priorityColumn = "p"
      $0.prefixColumn = "h"
      change(&$0)
    }
    return try TrafficContract.check {
      try RecordingSource(plan: plan, baseDirectory: folder.path)
    }
  }

  @Test("go into blocks, each in its own form")
  func columns() throws {
    let traffic = try replay(
      "time,in,out,p,h\n1,6955,52,0,\"[46, 47]\"\n2,1.2e1,0.0,15,46 47;48\n3,,,,\n"
        + "4,2147483647,7,3,\"[\"\"a1\"\",\"\"46\"\"]\"\n5,1,1,1,12345678901234567890\n"
    ) { $0.prefixBlockTokens = 16 }
    #expect(traffic.schema.features == [] && traffic.schema.prefixBlockTokens == 16)
    #expect(traffic.schema.hasInputTokens && traffic.schema.hasOutputTokens)
    #expect(traffic.schema.hasPriority)
    let rows = traffic.requests
    #expect(rows.map(\.inputTokens) == [6955, 12, -1, 2_147_483_647, 1])
    #expect(rows.map(\.outputTokens) == [52, 0, -1, 7, 1])
    #expect(rows.map(\.priority) == [0, 15, 15, 3, 1])
    #expect(
      rows.map(\.prefixes) == [
        [46, 47], [46, 47, 48], [], [UnitIdentity.of("a1"), 46],
        [12_345_678_901_234_567_890],
      ])
    #expect(
      traffic.counts.map(\.sentence) == [
        "2 fields of numbers of tokens were empty",
        "1 row named no priority, and counts as the least urgent, 15",
      ])
  }

  @Test("are skipped or read as missing where they hold what they may not, and counted")
  func badValues() throws {
    let text = "time,in,out,p,h\n1,-1,1,0,1\n2,1,1.5,0,2\n3,1,1,16,3\n4,x,1,0,4\n5,1,1,0,5\n"
    let skipped = try replay(text) { $0.onBadValue = .skip }
    #expect(skipped.requests.map(\.prefixes) == [[5]])
    #expect(
      skipped.counts.map(\.sentence) == [
        "4 rows held a bad value in in (2), out (1), p (1) and were skipped"
      ])
    let missing = try replay(text) { $0.onBadValue = .missing }
    #expect(missing.requests.map(\.inputTokens) == [-1, 1, 1, -1, 1])
    #expect(missing.requests.map(\.outputTokens) == [1, -1, 1, 1, 1])
    #expect(missing.requests.map(\.priority) == [0, 0, 15, 0, 0])
    #expect(missing.requests.map(\.prefixes) == [[1], [2], [3], [4], [5]])
  }

  @Test("stay with their requests when rows are put in order of time")
  func reordered() throws {
    var text = "time,in,out,p,h\n"
    for index in 0..<3_000 {
      let time = index ^ 5
      text +=
        "\(time),\(time),\(2 * time),\(time % 16),\((0..<time % 4).map { "\(time)0\($0)" }.joined(separator: " "))\n"
    }
    let traffic = try replay(text) { $0.onTimeReversal = .reorder(window: .seconds(10)) }
    #expect(traffic.requests.count == 3_000)
    for (time, request) in traffic.requests.enumerated() {
      #expect(request.inputTokens == Int32(time) && request.outputTokens == Int32(2 * time))
      #expect(request.priority == UInt8(time % 16))
      #expect(request.prefixes == (0..<time % 4).map { UInt64("\(time)0\($0)") ?? 0 })
    }
  }

  @Test("are resampled with the rest of a request")
  func resampled() throws {
    let folder = try RecordingFolder()
    var text = "time,in,h,x\n"
    for index in 0..<500 { text += "\(index),\(index),\(index) \(index + 1),\(index)\n" }
    try folder.write(text)
    let plan = dataPlan {
      $0.inputTokenColumn = "in"
      $0.prefixColumn = "h"
    }
    var shift = ShiftPlan(
      name: "r", kind: .resample(toward: [Condition(feature: "x", test: .atLeast(0))], share: 0.5))
    shift.schedule.from = .offset(.seconds(10))
    let traffic = try TrafficContract.check {
      try ShiftedSource(
        source: RecordingSource(plan: plan, baseDirectory: folder.path), shifts: [shift],
        labellers: [], seed: 3)
    }
    var moved = 0
    for (index, request) in traffic.requests.enumerated() {
      let origin = Int(request.feature(0))
      if origin != index { moved += 1 }
      #expect(request.inputTokens == Int32(origin))
      #expect(request.prefixes == [UInt64(origin), UInt64(origin + 1)])
    }
    #expect(moved > 200)
  }

  @Test("replay an hour of a conversation service")
  func azure() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    var plan = RecordingPlan(path: "azure-llm-2023-conv.csv.gz")
    plan.timeColumn = "TIMESTAMP"
    plan.inputTokenColumn = "ContextTokens"
    plan.outputTokenColumn = "GeneratedTokens"
    let source = try RecordingSource(
      plan: plan, baseDirectory: root.appending(path: "scenarios/data").path)
    let traffic = try TrafficContract.replay(source, blockSize: 1_000)
    let rows = traffic.requests
    #expect(rows.count == 19_366 && traffic.schema.features == [] && traffic.counts == [])
    #expect(rows[0].arrival.rfc3339 == "2023-11-16T18:15:46.68059Z")
    #expect(rows[0].inputTokens == 374 && rows[0].outputTokens == 44)
    #expect(rows.reduce(0) { $0 + Int($1.inputTokens ?? 0) } == 22_361_870)
    #expect(rows.reduce(0) { $0 + Int($1.outputTokens ?? 0) } == 4_088_665)
  }
}

@Suite("Drawn tokens and priorities") struct SynthesisServingTests {
  private func plan(_ requests: Int) -> SyntheticPlan {
    var plan = SyntheticPlan(
      start: monday, arrivals: .poisson(rate: 100),
      features: [.init(name: "x", kind: .drawn(.normal(mean: 0, standardDeviation: 1)))],
      label: .none)
    plan.requests = requests
    return plan
  }

  @Test("follow their distributions, and leave every other column as it was")
  func draws() throws {
    let bare = try synthesise(plan(20_000))
    var serving = plan(20_000)
    serving.inputTokens = .gamma(shape: 4, scale: 250)
    serving.outputTokens = .lognormal(mu: 5, sigma: 1)
    serving.priority = .categorical(weights: [1, 0, 9])
    let whole = try synthesise(serving)
    #expect(whole.arrivals == bare.arrivals && whole.features == bare.features)
    let input = whole.inputTokens.map(Double.init)
    let mean = input.reduce(0, +) / 20_000
    // The mean of 20,000 has a standard error of 500 / √20,000 = 3.5.
    #expect(abs(mean - 1_000) < 18)
    let median = whole.outputTokens.sorted()[10_000]
    #expect(abs(Double(median) - 148.4) < 148.4 * 0.05)
    #expect(abs(correlation(input, whole.outputTokens.map(Double.init))) < 0.035)
    #expect(
      CountLaw.binomial(trials: 20_000, probability: 0.1).allows(whole.priorities.count { $0 == 0 })
    )
    #expect(whole.priorities.allSatisfy { $0 == 0 || $0 == 2 })
    for size in [1, 999] {
      #expect(try synthesise(serving, blockSize: size) == whole, "blocks of \(size)")
    }
  }

  @Test("are whole numbers from one token up")
  func rounded() throws {
    var plan = plan(5_000)
    plan.inputTokens = .normal(mean: 1, standardDeviation: 3)
    plan.outputTokens = .exponential(mean: 1e12)
    let whole = try synthesise(plan)
    #expect(whole.inputTokens.min() == 1 && whole.inputTokens.contains { $0 > 5 })
    #expect(whole.outputTokens.max() == .max && whole.outputTokens.allSatisfy { $0 >= 1 })
  }

  @Test("are refused where they can be none")
  func refused() {
    var plan = plan(10)
    plan.inputTokens = .constant(0)
    plan.outputTokens = .empirical(values: [1, 3_000_000_000])
    plan.priority = .normal(mean: 3, standardDeviation: 1)
    #expect(
      plan.mistakes.map(\.message) == [
        "`inputTokens` gives 0.0 tokens, not a number from 1 to 2147483647",
        "`outputTokens` gives 3000000000.0 tokens, not a number from 1 to 2147483647",
        "`priority` gives numbers that are not whole, from 0 to 15",
      ])
  }
}
