import Probability
import Testing

@testable import Statistics

@Suite("Resampling and quantiles") struct ResamplingTests {
  private static let methods = Catalogue.resampling + Catalogue.quantiles

  /// Skewed values; candidates a little larger; pairs share half of their luck.
  private static func data(seed: UInt64, count: Int = 90) -> (arms: TwoArms, pairs: PairSample) {
    var luck = Luck(seed: seed, run: 0)
    func skewed() -> Double { 1 / luck.unit().squareRoot() + 0.3 * luck.normal() }
    let x = (0..<count).map { _ in skewed() + 0.4 }
    let y = (0..<count + 20).map { _ in skewed() }
    let paired = x.map { 0.5 * $0 + skewed() }
    let ones = { (n: Int) in (0..<n).map { _ in 1 + (luck.unit() * 4).rounded(.down) } }
    let units = { (n: Int) in (0..<n).map { $0 / 3 } }
    let arms = TwoArms(
      candidate: ArmSample(values: x, denominators: ones(count), units: units(count)),
      production: ArmSample(
        values: y, denominators: ones(count + 20), units: units(count + 20)))
    return (
      arms,
      PairSample(
        candidate: x, production: paired,
        denominators: .init(candidate: ones(count), production: ones(count)),
        units: units(count))
    )
  }

  private static func answer(
    _ method: Method, _ data: (arms: TwoArms, pairs: PairSample), _ question: Question
  ) throws -> Answer {
    var (arms, pairs) = data
    if !method.needs.contains(.denominators) {
      arms.candidate.denominators = nil
      arms.production.denominators = nil
      pairs.denominators = nil
    }
    if !method.needs.contains(.units) {
      arms.candidate.units = nil
      arms.production.units = nil
      pairs.units = nil
    }
    switch method.body {
    case .arms(let run): return try run(arms, question)
    case .pairs(let run): return try run(pairs, question)
    case .ownCall: throw Unavailable.noVariation
    }
  }

  @Test("names are kebab-case and their own")
  func names() {
    #expect(Set(Self.methods.map(\.name)).count == Self.methods.count)
    for method in Self.methods {
      #expect(method.name.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber })
    }
  }

  @Test(
    "the interval holds the nulls that the test does not reject, and no other", arguments: methods)
  func duality(method: Method) throws {
    guard method.isDual else { return }
    let data = Self.data(seed: 501)
    for alternative in Question.Alternative.allCases {
      var question = Question(level: 0.9, alternative: alternative, seed: 3, resamples: 199)
      let interval = try #require(try Self.answer(method, data, question).interval)
      let step = 1e-6 * (interval.isBounded ? interval.width : 1)
      for (end, outward) in [(interval.lower, -step), (interval.upper, step)] {
        guard end.isFinite else { continue }
        question.null = end + outward
        #expect(try #require(try Self.answer(method, data, question).p).value <= 0.1 + 1e-9)
        question.null = end - outward
        #expect(try #require(try Self.answer(method, data, question).p).value > 0.1 - 1e-9)
      }
    }
  }

  @Test("a higher level gives a wider interval", arguments: methods)
  func nested(method: Method) throws {
    let data = Self.data(seed: 502)
    let intervals = try [0.5, 0.8, 0.95].map {
      try #require(
        try Self.answer(method, data, Question(level: $0, seed: 4, resamples: 499)).interval)
    }
    for (inner, outer) in zip(intervals, intervals.dropFirst()) {
      #expect(outer.lower <= inner.lower && inner.upper <= outer.upper)
    }
  }

  @Test("units of measurement do not matter", arguments: methods)
  func scale(method: Method) throws {
    let (arms, pairs) = Self.data(seed: 503)
    let plain = try Self.answer(method, (arms, pairs), Question(null: 0, seed: 5, resamples: 199))
    for exponent in [-500, 460] {
      let scale = Double(sign: .plus, exponent: exponent, significand: 1)
      var (scaledArms, scaledPairs) = (arms, pairs)
      scaledArms.candidate.values = arms.candidate.values.map { $0 * scale }
      scaledArms.production.values = arms.production.values.map { $0 * scale }
      scaledPairs.candidate = pairs.candidate.map { $0 * scale }
      scaledPairs.production = pairs.production.map { $0 * scale }
      let scaled = try Self.answer(
        method, (scaledArms, scaledPairs), Question(null: 0, seed: 5, resamples: 199))
      #expect(scaled.p == plain.p, "\(method.name) 2^\(exponent)")
      #expect(scaled.estimate == plain.estimate.map { $0 * scale })
      let width = try #require(scaled.interval).width
      let expected = try #require(plain.interval).width * scale
      #expect(width == expected || abs(width / expected - 1) < 1e-9)
    }
  }

  @Test(
    "a large offset costs no digits", arguments: methods.filter { $0.estimand == .meanDifference })
  func offset(method: Method) throws {
    let (arms, pairs) = Self.data(seed: 504)
    // Multiples of 2⁻²⁰, to which 2³⁰ is added without rounding.
    func rounded(_ values: [Double]) -> [Double] {
      values.map { ($0 * 0x1p20).rounded() * 0x1p-20 }
    }
    var (plainArms, plainPairs) = (arms, pairs)
    plainArms.candidate.values = rounded(arms.candidate.values)
    plainArms.production.values = rounded(arms.production.values)
    plainPairs.candidate = rounded(pairs.candidate)
    plainPairs.production = rounded(pairs.production)
    var (farArms, farPairs) = (plainArms, plainPairs)
    farArms.candidate.values = plainArms.candidate.values.map { $0 + 0x1p30 }
    farArms.production.values = plainArms.production.values.map { $0 + 0x1p30 }
    farPairs.candidate = plainPairs.candidate.map { $0 + 0x1p30 }
    farPairs.production = plainPairs.production.map { $0 + 0x1p30 }
    let question = Question(seed: 6, resamples: 199)
    let plain = try #require(try Self.answer(method, (plainArms, plainPairs), question).interval)
    let far = try #require(try Self.answer(method, (farArms, farPairs), question).interval)
    // The means themselves are rounded to 2⁻²².
    #expect(abs(plain.lower - far.lower) < 0x1p-20 && abs(plain.upper - far.upper) < 0x1p-20)
  }

  @Test("equal values, one value and none have a reason and no number", arguments: methods)
  func degenerate(method: Method) throws {
    let noise = (0..<40).map { Double($0 * $0 % 17) }
    let columns: [[Double]] = [
      [], [2.5], Array(repeating: 0.1, count: 40), noise + [.nan],
      [.infinity] + noise + [-.infinity],
    ]
    for values in columns {
      let ones = Array(repeating: 1.0, count: values.count)
      let data = (
        TwoArms(
          candidate: ArmSample(values: values, denominators: ones, units: Array(values.indices)),
          production: ArmSample(values: values, denominators: ones, units: Array(values.indices))),
        PairSample(
          candidate: values, production: values,
          denominators: .init(candidate: ones, production: ones), units: Array(values.indices))
      )
      // Order statistics allow infinite values, and one arm's limits equal ones.
      let isOrdered = method.name.contains("quantile-")
      if isOrdered,
        values.contains(-.infinity)
          || method.name == "quantile-interval" && values.count <= 40 && !values.isEmpty
      {
        continue
      }
      #expect(throws: Unavailable.self, "\(method.name) of \(values.count)") {
        try Self.answer(method, data, Question(resamples: 99))
      }
    }
  }

  @Test("the difference of two arms turns with them", arguments: methods)
  func exchange(method: Method) throws {
    guard
      ["permutation", "quantile-difference", "harrell-davis", "median-difference"]
        .contains(method.name)
    else { return }
    var (arms, pairs) = Self.data(seed: 505, count: 6)
    // So few that all permutations are taken.
    arms.production.values.removeLast(19)
    let swapped = TwoArms(candidate: arms.production, production: arms.candidate)
    let question = Question(level: 0.6, resamples: 99)
    let there = try Self.answer(method, (arms, pairs), question)
    let back = try Self.answer(method, (swapped, pairs), question)
    #expect(there.estimate == back.estimate.map { -$0 })
    let (p, q) = (try #require(there.p).value, try #require(back.p).value)
    #expect(abs(p - q) < 1e-9)
  }

  @Test(
    "resamples of the block scheme have the multinomial's mean and variance",
    arguments: [700, 5000])
  func multinomial(count: Int) {
    var luck = Luck(seed: 506, run: count)
    let values = (0..<count).map { _ in luck.normal() }
    let mean = values.reduce(0, +) / Double(count)
    let column = FixedColumn(values.map { $0 - mean }, terms: count)
    let resamples = 1000
    let sums = ResampledSums.draw([column], resamples: resamples, seed: 7, name: "test")[0]
      .map { Double($0) * column.quantum / Double(count).squareRoot() }
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    let observed = sums.reduce(0) { $0 + $1 * $1 } / Double(resamples)
    let average = sums.reduce(0, +) / Double(resamples)
    #expect(abs(average) < 4.9 * (variance / Double(resamples)).squareRoot())
    #expect(abs(observed / variance - 1) < 4.9 * (2 / Double(resamples)).squareRoot())
  }

  @Test("words in columns are those of their streams", arguments: [true, false])
  func words(usesKernel: Bool) {
    let (name, count) = (StreamName("words"), 300)
    let draws = BlockDraws(seed: 3, name, usesKernel: usesKernel)
    var columns = Array(repeating: UInt32(0), count: 5 * count)
    var span = columns.mutableSpan
    draws.fillWords(firstEntity: 7, count: count, indices: 2..<7, into: &span, stride: count)
    for entity in 0..<count {
      var stream = RandomStream(seed: 3, name, entity: 7 + UInt64(entity))
      let words = (0..<7).map { _ in stream.nextWord() }
      #expect((0..<5).map { columns[$0 * count + entity] } == Array(words[2...]))
    }
    var blocks = Array(repeating: UInt32(0), count: 1024)
    var blockSpan = blocks.mutableSpan
    draws.fillWords(entity: 7, into: &blockSpan)
    var stream = RandomStream(seed: 3, name, entity: 7)
    for word in 0..<1024 {
      let (block, place) = (word / 4, word % 4)
      #expect(blocks[block / 128 * 512 + place * 128 + block % 128] == stream.nextWord())
    }
  }

  @Test("each of the subsets of a size is drawn alike")
  func subsets() {
    let runs = 20_000
    let drawn = Subsets(drawn: 0..<runs, size: 2, of: 5, seed: 8, name: "test")
    var counts = Array(repeating: 0, count: 32)
    for word in drawn.words { counts[Int(word)] += 1 }
    let chiSquare = counts.filter { $0 > 0 }.reduce(0.0) {
      let excess = Double($1) - Double(runs) / 10
      return $0 + excess * excess / (Double(runs) / 10)
    }
    #expect(counts.filter { $0 > 0 }.count == 10)
    // The upper millionth of chi-square with 9 degrees of freedom.
    #expect(chiSquare < 45.1, "\(chiSquare)")
    #expect(Set(Subsets(all: 2, of: 5).words).count == 10)
  }

  @Test(
    "subsets of any size of many elements have that size", arguments: [1, 3, 40, 500, 960, 999])
  func subsetSizes(size: Int) {
    let column = FixedColumn(Array(repeating: 1.0, count: 1000), terms: 1000)
    for sum in Subsets(drawn: 0..<50, size: size, of: 1000, seed: 9, name: "test").sums(column) {
      #expect(Double(sum) * column.quantum == Double(size))
    }
  }

  @Test("parts of a Poisson bootstrap, merged in any order, are the whole to the bit")
  func poissonMerge() throws {
    var luck = Luck(seed: 507, run: 0)
    let rows = (0..<200).map { ($0 / 2, luck.normal() * 1e10 + 1) }
    func part(_ rows: some Sequence<(Int, Double)>) -> PoissonBootstrap {
      var bootstrap = PoissonBootstrap(resamples: 40, seed: 1, name: "test")
      for (unit, value) in rows { bootstrap.add(value, unit: UInt64(unit)) }
      return bootstrap
    }
    var merged = part(rows[120...].reversed())
    merged.merge(part(rows[..<120]))
    let (whole, parts) = (try part(rows).ratios(), try merged.ratios())
    #expect(whole.estimate == parts.estimate)
    #expect(whole.replicates == parts.replicates)
  }

  @Test("order statistics are those of the sorted values", arguments: [1, 10, 5000, 60_000])
  func selection(count: Int) {
    var luck = Luck(seed: 508, run: count)
    let normals = (0..<count).map { _ in luck.normal() }
    let columns = [
      normals, normals.map { $0.rounded() }, normals.map { $0 * 1e-160 },
      normals.map { 1e15 + ($0 * 8).rounded() }, normals.map { $0 < 2 ? -0.0 : 0.0 },
      normals.map { $0 > 3 ? .infinity : $0 < -3 ? -.infinity : 7 },
    ]
    let ranks = [0, count / 2, count - 1, count / 3, count / 2, min(count - 1, count / 2 + 1)]
    for values in columns {
      let sorted = values.sorted()
      #expect(Selection.orderStatistics(values, ranks: ranks) == ranks.map { sorted[$0] })
    }
  }

  @Test("the block length grows with the memory of a series")
  func blockLength() {
    var luck = Luck(seed: 509, run: 0)
    let lengths = [0, 0.5, 0.9].map {
      BlockLength(luck.autoregression($0, count: 2000)).stationary
    }
    #expect(lengths[0] < 4 && lengths[0] < lengths[1] && lengths[1] < lengths[2])
    // 2·Σ k·ρᵏ and Σ ρᵏ of an AR(1) give (2·(2ρ / (1 − ρ²))² / 2 · n)^⅓ for long series.
    let ideal = 2000 * (2 * 0.9 / 0.19) * (2 * 0.9 / 0.19)
    #expect(abs(lengths[2] * lengths[2] * lengths[2] / ideal - 1) < 0.7, "\(lengths)")
  }

  @Test(
    "the block scheme draws n units, each alike, with full blocks and without",
    arguments: [1024, 1100])
  func uniformUnits(count: Int) {
    let ones = FixedColumn(Array(repeating: 1.0, count: count), terms: count)
    // The units' share of draws by seven groups that run across blocks.
    let groups = (0..<7).map { group in
      FixedColumn((0..<count).map { $0 % 7 == group ? 1 : 0 }, terms: count)
    }
    let blocks = (0..<2).map { half in
      FixedColumn((0..<count).map { ($0 >= 1000) == (half == 1) ? 1 : 0 }, terms: count)
    }
    let resamples = 400
    let sums = ResampledSums.draw(
      [ones] + groups + blocks, resamples: resamples, seed: 10, name: "test")
    #expect(sums[0].allSatisfy { Double($0) * ones.quantum == Double(count) })
    for (column, drawn) in zip(groups + blocks, sums.dropFirst()) {
      let expected = column.sum * Double(resamples)
      let total = drawn.reduce(0.0) { $0 + Double($1) * column.quantum }
      let share = column.sum / Double(count)
      let deviation = (expected * (1 - share)).squareRoot()
      #expect(abs(total - expected) < 4.9 * deviation, "\(total), not \(expected)")
      // Each resample's number is binomial.
      let squares = drawn.reduce(0.0) {
        let excess = Double($1) * column.quantum - column.sum
        return $0 + excess * excess
      }
      let ratio = squares / Double(resamples) / (column.sum * (1 - share))
      #expect(abs(ratio - 1) < 4.9 * (2 / Double(resamples)).squareRoot(), "\(ratio)")
    }
  }

  @Test("a Poisson bootstrap of columns has the replicates of the one in a single pass")
  func poissonColumns() throws {
    var luck = Luck(seed: 510, run: 0)
    let values = (0..<60).map { _ in luck.normal() }
    var single = PoissonBootstrap(resamples: 600, seed: 2, name: "pairs")
    for (unit, value) in values.enumerated() { single.add(value, unit: UInt64(unit)) }
    let zeros = values.map { _ in 0.0 }
    let columns = try Bootstrap.replicates(
      PairSample(candidate: values, production: zeros),
      .init(.percentile, scheme: .poisson, resamples: 600, seed: 2))
    let (estimate, replicates) = try single.ratios()
    #expect(abs(estimate - columns.estimate) < 1e-15)
    for (deviation, replicate) in zip(columns.deviations, replicates.sorted()) {
      #expect(abs(columns.estimate + deviation - replicate) < 1e-13)
    }
  }

  /// How many of `runs` intervals at 90 % miss the truth.
  private func misses(
    _ name: String, runs: Int, truth: Double, resamples: Int = 99, probability: Double = 0.5,
    _ data: (inout Luck) -> (candidate: [Double], production: [Double])
  ) throws -> Int {
    let method = try #require(Catalogue.method(named: name))
    var misses = 0
    for run in 0..<runs {
      var luck = Luck(seed: 511, run: run)
      let (x, y) = data(&luck)
      let question = Question(
        level: 0.9, null: truth, seed: UInt64(run), resamples: resamples, probability: probability)
      let answer =
        switch method.body {
        case .arms(let run): try run(TwoArms(candidate: x, production: y), question)
        case .pairs(let run): try run(PairSample(candidate: x, production: y), question)
        case .ownCall: Answer()
        }
      if try #require(answer.p).value <= 0.1 { misses += 1 }
    }
    return misses
  }

  @Test(
    "bootstraps of skewed values miss about as often as they say",
    arguments: [("bootstrap-t", 0.08...0.13), ("bootstrap-bca", 0.09...0.16)])
  func bootstrapCalibration(name: String, rates: ClosedRange<Double>) throws {
    let runs = 250
    let missed = try misses(name, runs: runs, truth: 0) { luck in
      func exponentials(_ n: Int) -> [Double] {
        (0..<n).map { _ in luck.normal() * luck.normal() + luck.normal() }
      }
      return (exponentials(25), exponentials(40))
    }
    let bound =
      plausible(rates.lowerBound, of: runs)
      .lowerBound...plausible(rates.upperBound, of: runs).upperBound
    #expect(bound.contains(Double(missed) / Double(runs)), "\(name): \(missed)")
  }

  @Test(
    "with unequal variances the studentized permutation test keeps its level, the raw one does not")
  func permutationCalibration() throws {
    let runs = 200
    func rate(_ name: String) throws -> Double {
      let missed = try misses(name, runs: runs, truth: 0.5, resamples: 99) { luck in
        ((0..<12).map { _ in 0.5 + 4 * luck.normal() }, (0..<48).map { _ in luck.normal() })
      }
      return Double(missed) / Double(runs)
    }
    #expect(plausible(0.11, of: runs).contains(try rate("permutation")))
    #expect(try rate("permutation-raw") > 0.22)
  }

  @Test("sign changes of symmetric pairs are exact")
  func signFlipCalibration() throws {
    let missed = try misses("sign-flip", runs: 500, truth: 1, resamples: 99) { luck in
      let luckOfPairs = (0..<20).map { _ in luck.normal() }
      return (luckOfPairs.map { 1 + $0 + luck.normal() / luck.unit() }, luckOfPairs)
    }
    #expect(plausible(0.1, of: 500).contains(Double(missed) / 500), "\(missed)")
  }

  @Test("differences of quantiles miss about as often as they say", arguments: [0.5, 0.9])
  func quantileCalibration(p: Double) throws {
    let runs = 120
    for name in ["quantile-difference", "paired-quantile-difference"] {
      let missed = try misses(name, runs: runs, truth: 0, probability: p) { luck in
        let shared = (0..<80).map { _ in luck.normal() }
        func answers() -> [Double] { shared.map { 1 / (1 + $0 * $0) + 0.5 * luck.normal() } }
        return (answers(), answers())
      }
      // Order statistics are a little conservative.
      #expect(plausible(0.1, of: runs).upperBound > Double(missed) / Double(runs), "\(missed)")
      #expect(missed > 0, "\(name) \(missed)")
    }
  }
}
