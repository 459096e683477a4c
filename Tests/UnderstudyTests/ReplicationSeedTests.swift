import Testing

@testable import Understudy

@Suite("Seeds of replications") struct ReplicationSeedTests {
  @Test("replication 0 has the study's own seed") func first() {
    #expect(ReplicationSeed.of(0, study: 7) == 7)
  }

  @Test("no two of the first 10,000 replications, nor the truth, share a seed")
  func different() {
    var seeds = Set((0..<10_000).map { ReplicationSeed.of($0, study: 7) })
    seeds.insert(ReplicationSeed.ofTruth(study: 7))
    #expect(seeds.count == 10_001)
  }
}
