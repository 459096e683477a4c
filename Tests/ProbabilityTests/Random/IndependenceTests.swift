import Probability
import TestSupport
import Testing

@Suite("Independence of draws") struct IndependenceTests {
  static let count = 20_000

  /// What stands between two sequences that ought to be independent.
  enum Neighbour: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case entities, indices, seeds, streams, bitsOfEntities, bitsOfSeeds

    var testDescription: String { rawValue }

    func pair(_ i: Int) -> (Double, Double) {
      let n = UInt64(i)
      func unit(_ seed: UInt64, _ stream: String, _ entity: UInt64, skip: Int = 0) -> Double {
        var luck = RandomStream(seed: seed, StreamName(stream), entity: entity)
        for _ in 0..<skip { _ = luck.nextUnit() }
        return luck.nextUnit()
      }
      return switch self {
      case .entities: (unit(1, "a", n), unit(1, "a", n + 1))
      case .indices: (unit(1, "a", n), unit(1, "a", n, skip: 1))
      case .seeds: (unit(n, "a", 5), unit(n + 1, "a", 5))
      case .streams: (unit(1, "arrival", n), unit(1, "service", n))
      case .bitsOfEntities: (unit(1, "a", n), unit(1, "a", n ^ 1 << 63))
      case .bitsOfSeeds: (unit(n, "a", 5), unit(n ^ 1 << 63, "a", 5))
      }
    }
  }

  @Test(
    "neighbours fall into the 64 cells of a square as independent units do",
    arguments: Neighbour.allCases)
  func pairs(_ neighbour: Neighbour) {
    var cells = [Int](repeating: 0, count: 64)
    for i in 0..<Self.count {
      let (u, v) = neighbour.pair(i)
      cells[Int(u * 8) * 8 + Int(v * 8)] += 1
    }
    let expected = Double(Self.count) / 64
    let statistic = cells.reduce(0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    // Two-sided: too even is as suspicious as too uneven.
    let law = ChiSquare(degreesOfFreedom: 63)
    #expect(law.survival(statistic) > 5e-7 && law.cdf(statistic) > 5e-7, "chi-square \(statistic)")
  }

  @Test("every bit of a word is set half of the time")
  func bits() {
    let words = Self.count
    var counts = [Int](repeating: 0, count: 32)
    var luck = RandomStream(seed: 2, StreamName("bits"), entity: 1)
    for _ in 0..<words {
      let word = luck.nextWord()
      for bit in 0..<32 { counts[bit] += Int(word >> UInt32(bit)) & 1 }
    }
    for (bit, hits) in counts.enumerated() {
      #expect(
        TrialCount(hits: hits, trials: words, seed: 2).isPlausible(under: 0.5, missing: 3e-8),
        "bit \(bit): \(hits)")
    }
  }

  @Test("assignment of units is even, and independent between salts")
  func assignment() {
    let (first, second) = (UnitHash(salt: "launch"), UnitHash(salt: "ramp"))
    var both = 0
    let hits = trials(Self.count, seed: 0) { _ in true }.trials
    var inFirst = 0
    for unit in 0..<UInt64(hits) {
      let isIn = first.position(of: unit) < 0.3
      inFirst += isIn ? 1 : 0
      both += isIn && second.position(of: unit) < 0.3 ? 1 : 0
    }
    #expect(TrialCount(hits: inFirst, trials: hits, seed: 0).isPlausible(under: 0.3))
    #expect(TrialCount(hits: both, trials: hits, seed: 0).isPlausible(under: 0.09))
  }

  @Test("neighbouring units avalanche: one bit of an entity changes half of the bits of its words")
  func avalanche() {
    let stream = StreamName("avalanche")
    var changed = 0
    for entity in 0..<UInt64(500) {
      var a = RandomStream(seed: 3, stream, entity: entity)
      var b = RandomStream(seed: 3, stream, entity: entity ^ 1 << (entity & 63))
      for _ in 0..<4 { changed += (a.nextWord() ^ b.nextWord()).nonzeroBitCount }
    }
    #expect(TrialCount(hits: changed, trials: 500 * 128, seed: 3).isPlausible(under: 0.5))
  }
}
