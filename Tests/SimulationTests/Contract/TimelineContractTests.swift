import Probability
import Simulation
import Statistics
import Testing
import Traffic

@Suite("Whole runs") struct TimelineContractTests {
  @Test("block size and threads leave every bit as it is", arguments: PlayKind.all)
  func sameBits(kind: PlayKind) throws {
    var play = Play.random(kind, seed: 11)
    let expected = "\(try play.findings())"
    for (blockSize, threads) in [(1, 1), (7, 3)] {
      (play.blockSize, play.threads) = (blockSize, threads)
      #expect("\(try play.findings())" == expected, "\(blockSize) rows, \(threads) threads")
    }
  }

  @Test(
    "a shadow arm never changes what the user gets",
    arguments: PlayKind.all.filter { $0.deployment != .split && $0.services != .shared })
  func shadowIsUnseen(kind: PlayKind) throws {
    let play = Play.random(kind, seed: 5)
    var alone = play
    alone.ledger.arms.removeLast(2)
    alone.ledger.outputs.removeLast(2)
    alone.ledger.monitors.removeAll { $0.arm != "production" }
    let (both, own) = (try play.findings(), try alone.findings())
    #expect("\(both.arms[0])" == "\(own.arms[0])")
    #expect(both.events.filter { $0.source.hasPrefix("production") } == own.events)
  }

  @Test(
    "an arm more changes nothing for the others",
    arguments: PlayKind.all.filter { $0.deployment != .split && $0.services != .shared })
  func oneMore(kind: PlayKind) throws {
    let play = Play.random(kind, seed: 6)
    var fewer = play
    fewer.ledger.arms.removeLast()
    fewer.ledger.outputs.removeLast()
    fewer.ledger.monitors.removeAll { $0.arm == "second" }
    let (all, two) = (try play.findings(), try fewer.findings())
    #expect("\(all.arms[..<2])" == "\(two.arms)")
    #expect("\(all.disagreements[0])" == "\(two.disagreements[0])")
    let first = all.comparisons.filter { $0.arm == "first" }
    #expect("\(first.map(\.main))" == "\(two.comparisons.map(\.main))")
    #expect("\(first.map(\.independent))" == "\(two.comparisons.map(\.independent))")
  }

  @Test("every request that an arm was sent has one fate", arguments: PlayKind.all)
  func conservation(kind: PlayKind) throws {
    let play = Play.random(kind, seed: 8)
    let run = try play.run()
    for arm in run.ledger.arms {
      let fates = arm.fates
      let lost = fates.timedOut + fates.failed + fates.shed + fates.abandoned
      #expect(fates.answered + lost + fates.inFlight == fates.sent)
      #expect(fates.labelled + arm.withoutAnswer <= fates.answered)
    }
    let sent = run.ledger.arms.map(\.fates.sent)
    switch kind.deployment {
    case .shadow: #expect(sent.allSatisfy { $0 == run.ledger.requests })
    case .mirror: #expect(sent[0] == run.ledger.requests && sent[1] == sent[2])
    case .split: #expect(sent.reduce(0, +) == run.ledger.requests)
    }
  }

  @Test("buckets and segments add up to the whole run, to the bit", arguments: PlayKind.all)
  func sums(kind: PlayKind) throws {
    let ledger = try Play.random(kind, seed: 9).run().ledger
    #expect(ledger.grid.counts.reduce(0, +) == ledger.requests)
    #expect(ledger.segmentCounts[0].reduce(0, +) == ledger.requests)
    for arm in ledger.arms {
      for (index, metric) in ledger.plan.meanMetrics.enumerated() {
        var byTime = MeanCell(metric.resolution)
        for bucket in arm.buckets { byTime.merge(bucket[index]) }
        #expect(byTime == arm.totals[index])
        var bySegment = MeanCell(metric.resolution)
        for segment in arm.segments[0].reversed() { bySegment.merge(segment[index]) }
        #expect(bySegment == arm.totals[index])
      }
      if var first = arm.latencyBuckets.first {
        for bucket in arm.latencyBuckets.dropFirst() { first.merge(bucket) }
        #expect(first == arm.latencies.histogram)
      }
      if var first = arm.segmentLatencies[0].first {
        for segment in arm.segmentLatencies[0].dropFirst() { first.merge(segment) }
        #expect(first == arm.latencies.histogram)
      }
    }
  }

  @Test("what a larger mirror sees, a smaller one saw before", arguments: [1, 2, 3])
  func nested(seed: UInt64) {
    let traffic = TrafficSchema(features: [], label: .none)
    var block = RequestBlock(schema: traffic, capacity: 500)
    block.count = 500
    var before = [UInt8](repeating: 0, count: 1500)
    for share in [0, 0.1, 0.3, 0.7, 1] {
      let assignment = Assignment(
        plan: .shadow(mirror: share), armCount: 3, seed: seed, replication: 0)
      var sent = [UInt8](repeating: 0, count: 1500)
      assignment.assign(block, into: &sent)
      #expect(sent[..<500].allSatisfy { $0 == 1 })
      #expect(sent[500..<1000].elementsEqual(sent[1000...]))
      #expect(share == 0 || zip(before, sent).allSatisfy { $0 <= $1 })
      before = sent
    }
  }
}
