import Probability
import Testing

@testable import Statistics

@Suite("Flips and classes") struct FlipAnatomyTests {
  @Test("each request falls where it belongs, and segments add up")
  func counts() throws {
    //                  right harm good neutral alike
    let labels = [0, 1, 2, 0, 1, 2, 0]
    let production = [0, 1, 0, 1, 0, 2, 2]
    let candidate = [0, 2, 2, 2, 0, 2, 0]
    let flips = try FlipAnatomy(
      candidate: candidate, production: production, labels: labels,
      segments: [0, 0, 0, 2, 2, 2, 2])
    let counts = flips.whole.counts
    #expect(counts.bothRight == 2 && counts.harmful == 1 && counts.beneficial == 2)
    #expect(counts.neutral == 1 && counts.bothWrongAlike == 1 && counts.requests == 7)
    #expect(flips.whole.net.value == 1.0 / 7)
    #expect(flips.segments.map(\.number) == [0, 2])
    #expect(flips.segments.reduce(0) { $0 + $1.part.counts.harmful } == 1)
    #expect(flips.segments.allSatisfy { $0.adjustedP >= $0.part.p.value })
    #expect(flips.whole.harmful.interval == Wilson.interval(successes: 1, trials: 7, level: 0.95))
    #expect(flips.table?.total == 7 && flips.kappa != nil)
  }

  @Test("labels that are missing are said to be")
  func missing() {
    #expect(throws: Unavailable.missingLabels) {
      try FlipAnatomy(candidate: [0], production: [0], labels: [])
    }
    #expect(throws: Unavailable.tooFew(has: 0, needs: 1)) {
      try FlipAnatomy(candidate: [], production: [], labels: [])
    }
  }

  @Test("two models that always give one class have no kappa")
  func oneClass() throws {
    #expect(throws: Unavailable.oneClassOnly) { try CohenKappa(ClassTable(rows: [[9]])) }
    let flips = try FlipAnatomy(candidate: [1, 1], production: [1, 1], labels: [1, 0])
    #expect(flips.kappa == nil && flips.bowker?.p.value == 1)
    #expect(flips.stuartMaxwell?.degreesOfFreedom == 0 && flips.stuartMaxwell?.p.value == 1)
  }

  @Test("Stuart and Maxwell's test falls apart where classes are not exchanged")
  func parts() {
    let first = ClassTable(rows: [[5, 7], [2, 9]]).stuartMaxwell
    let second = ClassTable(rows: [[1, 3], [8, 4]]).stuartMaxwell
    let both = ClassTable(
      rows: [
        [5, 7, 0, 0, 0], [2, 9, 0, 0, 0], [0, 0, 1, 3, 0], [0, 0, 8, 4, 0], [0, 0, 0, 0, 6],
      ]
    ).stuartMaxwell
    #expect(abs(both.statistic - first.statistic - second.statistic) < 1e-12)
    #expect(both.degreesOfFreedom == 2)
  }

  @Test("the order of classes changes neither test nor kappa")
  func order() throws {
    let table = [[20, 5, 2], [8, 30, 4], [1, 9, 25]]
    let turned = [2, 0, 1].map { row in [2, 0, 1].map { table[row][$0] } }
    let (one, two) = (ClassTable(rows: table), ClassTable(rows: turned))
    #expect(abs(one.bowker.statistic - two.bowker.statistic) < 1e-12)
    #expect(abs(one.stuartMaxwell.statistic - two.stuartMaxwell.statistic) < 1e-12)
    #expect(abs(try CohenKappa(one).value - CohenKappa(two).value) < 1e-14)
  }

  @Test("with very many classes flips are still counted, without a table of them")
  func manyClasses() throws {
    let flips = try FlipAnatomy(
      candidate: [900_000, 2], production: [900_000, 1], labels: [1, 2])
    #expect(flips.whole.counts.beneficial == 1 && flips.table == nil && flips.kappa == nil)
  }

  @Test("scores are not taken for classes")
  func scores() {
    let scores = (0..<600).map { Double($0) }
    #expect(throws: Unavailable.notClasses(distinct: 600)) {
      try ClassTable(PairSample(candidate: scores, production: scores))
    }
  }
}
