import Probability
import Testing

@testable import Statistics

/// Everything that has a `merge`: the same rows, dealt to parts by chance and put together in an order by chance.
@Suite("Merging") struct MergeTests {
  private static let seeds: [UInt64] = Array(1...6)
  private static let rows = 600

  /// How far values are from each other: sums of such values lose bits where they are not exact.
  private static func values(_ luck: inout Luck) -> [Double] {
    (0..<rows).map { _ in luck.normal() * Elementary.exp(12 * luck.normal()) }
  }

  /// - Parameters:
  ///   - add: puts one row, by its number, into a part.
  ///   - answer: what the whole says.
  private func expectSame<Part, Answer: Equatable>(
    seed: UInt64, _ empty: Part, add: (inout Part, Int) -> Void,
    merge: (inout Part, Part) -> Void, answer: (Part) throws -> Answer,
    _ location: SourceLocation = #_sourceLocation
  ) rethrows {
    var luck = Luck(seed: seed, run: 1)
    var whole = empty
    for row in 0..<Self.rows { add(&whole, row) }
    let count = 1 + Int(luck.unit() * 7)
    var parts = Array(repeating: empty, count: count)
    for row in luck.order(of: Self.rows) {
      // A part may stay empty.
      add(&parts[Int(luck.unit() * luck.unit() * Double(count))], row)
    }
    while parts.count > 1 {
      let taken = parts.remove(at: Int(luck.unit() * Double(parts.count)))
      merge(&parts[Int(luck.unit() * Double(parts.count))], taken)
    }
    let (expected, got) = (try answer(whole), try answer(parts[0]))
    #expect(got == expected, "seed \(seed), \(count) parts", sourceLocation: location)
  }

  @Test("exact sums", arguments: seeds)
  func sums(seed: UInt64) {
    var luck = Luck(seed: seed, run: 0)
    let values = Self.values(&luck)
    expectSame(
      seed: seed, ExactSum(), add: { $0.add(values[$1]) }, merge: { $0.merge($1) },
      answer: { $0.value.bitPattern })
    let shares = values.map { $0 / (1 + abs($0)) }
    expectSame(
      seed: seed, FixedPointSum(), add: { $0.add(shares[$1]) }, merge: { $0.merge($1) },
      answer: { $0.value.bitPattern })
  }

  @Test("series and pairs of series", arguments: seeds)
  func series(seed: UInt64) throws {
    var luck = Luck(seed: seed, run: 0)
    let (x, y) = (luck.autoregression(0.6, count: Self.rows), Self.values(&luck))
    // Beyond 8,192 ordinals blocks are joined.
    let stride: UInt64 = seed % 2 == 0 ? 1 : 37
    try expectSame(
      seed: seed, SeriesAccumulator(), add: { $0.add(x[$1], at: UInt64($1) * stride) },
      merge: { $0.merge($1) },
      answer: { [try $0.moments().mean, try $0.inference().dependent.standardError] })
    try expectSame(
      seed: seed, SeriesPair(),
      add: { $0.add(first: x[$1], second: y[$1] * 1e-6, at: UInt64($1) * stride) },
      merge: { $0.merge($1) },
      answer: { try $0.inference(value: 1, slopes: (2, -3)) })
  }

  @Test("sketches of latencies", arguments: seeds)
  func sketches(seed: UInt64) throws {
    var luck = Luck(seed: seed, run: 0)
    let latencies = (0..<Self.rows).map { _ in
      (Int64(1e6 * Elementary.exp(luck.normal())), Int64(1e6 * Elementary.exp(luck.normal())))
    }
    expectSame(
      seed: seed, LogHistogram(), add: { $0.add(latencies[$1].0) }, merge: { $0.merge($1) },
      answer: { $0 })
    expectSame(
      seed: seed, BlockedHistogram(maximumBlocks: 64),
      add: { $0.add(latencies[$1].0, at: UInt64($1)) }, merge: { $0.merge($1) },
      answer: { [$0.blockCounts, [$0.count, Int($0.blockLength)]] })
    expectSame(
      seed: seed, LatencySketch(maximumBlocks: 64),
      add: { $0.add(latencies[$1].0, at: UInt64($1)) }, merge: { $0.merge($1) },
      answer: { [$0.histogram.bins.map(\.count), $0.blocks.blockCounts] })
    try expectSame(
      seed: seed, LatencyPairs(maximumBlocks: 64),
      add: {
        $0.add(candidate: latencies[$1].0, production: latencies[$1].1, at: UInt64($1))
      }, merge: { $0.merge($1) },
      answer: { pairs in
        let difference = try QuantileDifference(paired: pairs, p: 0.9)
        return [difference.value, difference.correlation, difference.degreesOfFreedom]
      })
  }

  @Test("areas under curves and bins of calibration", arguments: seeds)
  func scores(seed: UInt64) throws {
    var luck = Luck(seed: seed, run: 0)
    let scores = (0..<Self.rows).map { _ in luck.unit() }
    let labels = scores.map { luck.unit() < 0.2 + 0.6 * $0 }
    expectSame(
      seed: seed, BinnedAUC(), add: { $0.add(scores[$1], isPositive: labels[$1]) },
      merge: { $0.merge($1) }, answer: { $0 })
    try expectSame(
      seed: seed, BlockedAUC(maximumBlocks: 64),
      add: { $0.add(scores[$1], isPositive: labels[$1], at: UInt64($1)) },
      merge: { $0.merge($1) }, answer: { try $0.estimate() })
    expectSame(
      seed: seed, CalibrationBins(), add: { $0.add(scores[$1], isPositive: labels[$1]) },
      merge: { $0.merge($1) }, answer: { $0 })
  }

  @Test("a Poisson bootstrap", arguments: seeds)
  func poisson(seed: UInt64) throws {
    var luck = Luck(seed: seed, run: 0)
    let values = (0..<Self.rows).map { _ in luck.normal() * 1e8 }
    try expectSame(
      seed: seed, PoissonBootstrap(resamples: 16, seed: seed, name: "merge"),
      add: { $0.add(values[$1], unit: UInt64($1 / 3)) }, merge: { $0.merge($1) },
      answer: { part in
        let ratios = try part.ratios()
        return ratios.replicates + [ratios.estimate]
      })
  }

  @Test("tallies of a calibration", arguments: seeds)
  func tallies(seed: UInt64) throws {
    var cell = try #require(CalibrationPlan.cell(named: "skewed-200-effect"))
    cell.n = 8
    let draws = CalibrationDraws(cell)
    let method = try #require(Catalogue.method(named: "welch"))
    let trials = (0..<60).map { run in
      // Some are constant and abstain.
      MethodTrial(
        method,
        on: run % 7 == 0
          ? .arms(TwoArms(candidate: [1, 1], production: [1, 1]))
          : .arms(draws.arms(run: run, needs: [])),
        asking: Question(), truth: 0.3)
    }
    expectSame(
      seed: seed, MethodTally(), add: { $0.add(trials[$1 % 60]) }, merge: { $0.merge($1) },
      answer: { $0 })
  }
}
