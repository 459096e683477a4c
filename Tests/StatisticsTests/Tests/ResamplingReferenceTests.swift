import Testing

@testable import Statistics

/// The reference cases' own indices: one splitmix64 stream for all resamples, ⌊u·n⌋.
private struct ReferenceIndices: IndexSource {
  var generator: DataGenerator

  mutating func startResample(_ resample: Int) {}
  mutating func nextIndex(below count: Int) -> Int {
    Int((generator.unit() * Double(count)).rounded(.down))
  }
}

@Suite("Reference cases of resampling and quantiles") struct ResamplingReferenceTests {
  @Test(
    "the bootstrap of a mean",
    arguments: ReferenceCase.of("bootstrap_mean") + ReferenceCase.of("paired_bootstrap_mean"))
  func bootstrap(reference: ReferenceCase) throws {
    var values = reference.column("x")
    if reference.options["paired"].flag {
      let columns = ["x": values]
      let y = reference.column("y") { columns[$0] ?? [] }
      values = values.indices.map { y[$0] - values[$0] }
    }
    let resamples = reference.options["resamples"].int
    let level = reference.options["conf"].number
    let seed = UInt64(reference.options["index_seed"].string) ?? 0
    var indices = ReferenceIndices(generator: DataGenerator(seed: seed))
    let bootstrap = try Bootstrap.replicates(
      ArmSample(values: values), form: .bca, resamples: resamples, from: &indices)
    let percentile = bootstrap.percentileInterval(level: level, .linear)
    let basic = bootstrap.basicInterval(level: level, .linear)
    let accelerated = try bootstrap.bcaInterval(level: level, .linear)
    reference.expect([
      ("estimate", bootstrap.estimate), ("boot_se", try bootstrap.standardError()),
      ("percentile_low", percentile.lower), ("percentile_high", percentile.upper),
      ("basic_low", basic.lower), ("basic_high", basic.upper),
      ("bca_z0", try bootstrap.bias()), ("bca_acceleration", bootstrap.acceleration ?? .nan),
      ("bca_low", accelerated.lower), ("bca_high", accelerated.upper),
      ("p_sign_two_sided", bootstrap.thresholds(.percentile).pTwoSided(against: 0).value),
    ])
    var again = ReferenceIndices(generator: DataGenerator(seed: seed))
    let first = try Bootstrap.replicates(
      ArmSample(values: values), form: .percentile, resamples: 3, from: &again)
    let wanted = reference.expected["replicate_first3"].numbers.sorted()
    for (deviation, target) in zip(first.deviations, wanted) {
      #expect(abs(first.estimate + deviation - target) <= 1e-13 + 1e-11 * abs(target))
    }
  }

  @Test(
    "the definitions of a sample quantile",
    arguments: SampleQuantile.allCases.flatMap { ReferenceCase.of("quantile_type\($0.rawValue)") })
  func sampleQuantiles(reference: ReferenceCase) throws {
    let quantile = try #require(
      SampleQuantile(rawValue: reference.options["hyndman_fan"].int))
    let x = reference.column("x")
    reference.expect("q", each: try quantile(reference.options["p"].numbers, of: x))
    let sorted = x.sorted()
    reference.expect(
      "q", each: reference.options["p"].numbers.map { quantile($0, ofSorted: sorted) })
  }

  @Test("Harrell and Davis's quantile", arguments: ReferenceCase.of("harrell_davis"))
  func harrellDavis(reference: ReferenceCase) throws {
    let sorted = reference.column("x").sorted()
    let quantiles = try reference.options["p"].numbers.map {
      try HarrellDavis(sorted: sorted, p: $0).value
    }
    reference.expect("q", each: quantiles)
  }

  @Test("Maritz and Jarrett's error", arguments: ReferenceCase.of("maritz_jarrett_se"))
  func maritzJarrett(reference: ReferenceCase) throws {
    let sorted = reference.column("x").sorted()
    let errors = try reference.options["p"].numbers.map {
      try MaritzJarrett.standardError(sorted: sorted, p: $0, law: .wilcox)
    }
    reference.expect("se", each: errors)
  }

  @Test("ranks of a quantile's interval", arguments: ReferenceCase.of("order_statistic_ci_ranks"))
  func ranks(reference: ReferenceCase) {
    let ranks = OrderStatisticRanks(
      count: reference.input["n"].int, p: reference.input["p"].number,
      level: reference.input["conf"].number)
    reference.expect([
      ("lower_rank", Double(ranks.lower)), ("upper_rank", Double(ranks.upper)),
      ("coverage", ranks.coverage),
    ])
  }

  @Test(
    "all ways to deal two arms", arguments: ReferenceCase.of("permutation_mean_difference_exact"))
  func permutations(reference: ReferenceCase) throws {
    let arms = TwoArms(candidate: reference.column("x"), production: reference.column("y"))
    let test = try Permutations(arms, isStudentized: false, resamples: 9, seed: 0)
    #expect(test.isExact)
    reference.expect([
      ("estimate", test.estimate), ("permutations", Double(test.total)),
      ("p_greater", test.pGreater(than: 0).value), ("p_less", test.pLess(than: 0).value),
      ("p_two_doubled", test.pTwoSided(against: 0).value),
      ("p_two_abs", test.pAbsolute(against: 0).value),
    ])
  }

  @Test("all sign changes of pairs", arguments: ReferenceCase.of("paired_sign_flip_exact"))
  func signFlips(reference: ReferenceCase) throws {
    let (x, y) = (reference.column("x"), reference.column("y"))
    let n = min(x.count, y.count)
    let test = try SignFlips(
      PairSample(candidate: Array(x.prefix(n)), production: Array(y.prefix(n))), resamples: 9,
      seed: 0)
    #expect(test.isExact)
    reference.expect([
      ("permutations", Double(test.thresholds.total)),
      ("p_two_abs", test.thresholds.pTwoSided(against: 0).value),
    ])
  }
}
