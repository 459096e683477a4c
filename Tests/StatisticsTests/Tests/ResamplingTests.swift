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
      var question = Question(level: 0.9, alternative: alternative, seed: 3, resamples: 399)
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
    for values in [[], [2.5], Array(repeating: 0.1, count: 40)] {
      let ones = Array(repeating: 1.0, count: values.count)
      let data = (
        TwoArms(
          candidate: ArmSample(values: values, denominators: ones, units: Array(values.indices)),
          production: ArmSample(values: values, denominators: ones, units: Array(values.indices))),
        PairSample(
          candidate: values, production: values,
          denominators: .init(candidate: ones, production: ones), units: Array(values.indices))
      )
      if method.name == "quantile-interval", !values.isEmpty { continue }
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
}
