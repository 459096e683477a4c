import Probability
import Testing

@testable import Statistics

@Suite("Reference cases of ranks and distributions") struct RankReferenceTests {
  private func alternative(_ reference: ReferenceCase) -> Question.Alternative {
    switch reference.options["alternative"].string {
    case "greater": .greater
    case "less": .less
    default: .different
    }
  }

  private func blocks(_ reference: ReferenceCase) throws -> TieBlocks {
    try TieBlocks(candidate: reference.column("x"), production: reference.column("y"))
  }

  private func expect(_ reference: ReferenceCase, _ field: String, _ p: PValue) {
    reference.expect([(field, p.value)])
    if !reference.expected["ln_\(field)"].isNull { reference.expect([("ln_\(field)", p.ln)]) }
  }

  @Test("Mann-Whitney, normal", arguments: ReferenceCase.of("mann_whitney_asymptotic"))
  func mannWhitney(reference: ReferenceCase) throws {
    let test = MannWhitney(try blocks(reference))
    let alternative = alternative(reference)
    let continuity: MannWhitney.Continuity =
      reference.options["continuity"].flag ? .half : .none
    reference.expect([("statistic", test.u), ("cles", test.shareOfWins)])
    guard !reference.expected["z"].isNull else { return }
    let z = try test.z(alternative, continuity: continuity)
    // The two-sided cases are of the larger of the two U.
    reference.expect([("z", alternative == .different ? abs(z) : z)])
    expect(reference, "pvalue", try test.pNormal(alternative, continuity: continuity))
  }

  @Test("Mann-Whitney, exact", arguments: ReferenceCase.of("mann_whitney_exact"))
  func mannWhitneyExact(reference: ReferenceCase) throws {
    let test = MannWhitney(try blocks(reference))
    reference.expect([("statistic", test.u)])
    expect(reference, "pvalue", try #require(test.pExact(alternative(reference))))
  }

  @Test("Mann-Whitney, exact with ties", arguments: ReferenceCase.of("mann_whitney_exact_ties"))
  func mannWhitneyTies(reference: ReferenceCase) throws {
    let test = MannWhitney(try blocks(reference))
    reference.expect([("statistic", test.u)])
    expect(reference, "p_greater", try #require(test.pExact(.greater)))
    expect(reference, "p_less", try #require(test.pExact(.less)))
    expect(reference, "p_two_doubled", try #require(test.pExact(.different)))
    expect(
      reference, "p_two_absdev",
      try #require(test.pExact(.different, twoSided: .distance)))
  }

  @Test("Brunner-Munzel", arguments: ReferenceCase.of("brunner_munzel"))
  func brunnerMunzel(reference: ReferenceCase) throws {
    guard reference.expected["statistic"].string != "inf_or_undefined" else {
      #expect(throws: Unavailable.separated) { try BrunnerMunzel(blocks(reference)) }
      return
    }
    // The cases ask how often y is the larger.
    let test = try BrunnerMunzel(
      TieBlocks(candidate: reference.column("y"), production: reference.column("x")))
    reference.expect([
      ("p_hat", test.probabilityLarger), ("df", test.estimate.degreesOfFreedom),
      ("statistic", test.estimate.statistic(against: 0.5)),
    ])
    expect(reference, "pvalue", test.estimate.pTwoSided(against: 0.5))
    expect(reference, "p_upper", test.estimate.pGreater(than: 0.5))
    expect(reference, "p_lower", test.estimate.pLess(than: 0.5))
  }

  @Test("Cliff's delta", arguments: ReferenceCase.of("cliffs_delta"))
  func cliffsDelta(reference: ReferenceCase) throws {
    let test = MannWhitney(try blocks(reference))
    let share = test.shareOfWins
    reference.expect([("cles", share), ("delta", 2 * share - 1)])
  }

  @Test("Kolmogorov-Smirnov of two samples", arguments: ReferenceCase.of("ks_two_sample"))
  func kolmogorovSmirnov(reference: ReferenceCase) throws {
    let test = KolmogorovSmirnov(try blocks(reference))
    reference.expect([("statistic", test.distance())])
    expect(reference, "pvalue_asymptotic", test.pAsymptotic())
    guard !reference.expected["pvalue_exact"].isNull else { return }
    expect(reference, "pvalue_exact", try #require(test.pExact(keepsTies: false)))
  }

  @Test("Kolmogorov-Smirnov of one sample", arguments: ReferenceCase.of("ks_one_sample_uniform"))
  func oneSample(reference: ReferenceCase) throws {
    let test = try OneSampleKolmogorovSmirnov(probabilities: reference.column("x"))
    reference.expect([("statistic", test.distance)])
    expect(reference, "pvalue_asymptotic", test.pAsymptotic)
    guard !reference.expected["pvalue_exact"].isNull else { return }
    expect(reference, "pvalue_exact", test.pExact)
  }

  @Test("Hodges-Lehmann shift", arguments: ReferenceCase.of("hodges_lehmann_shift"))
  func shift(reference: ReferenceCase) throws {
    let shift = try ShiftEstimate(
      candidate: reference.column("x"), production: reference.column("y"))
    reference.expect([("estimate", shift.value)])
    guard let level = reference.options["conf"].optionalNumber else { return }
    let interval = shift.interval(level: level)
    reference.expect([("ci_low", interval.lowerBound), ("ci_high", interval.upperBound)])
  }

  private func groups(_ reference: ReferenceCase, _ name: String) -> [[Double]] {
    reference.input[name].elements.map { DataGenerator.column($0["gen"]) { _ in [] } }
  }

  @Test("Kruskal-Wallis", arguments: ReferenceCase.of("kruskal_wallis"))
  func kruskalWallis(reference: ReferenceCase) throws {
    let test = try KruskalWallis(TieBlocks(groups(reference, "groups")))
    reference.expect([("statistic", test.statistic), ("df", Double(test.degreesOfFreedom))])
    expect(reference, "pvalue", test.p)
  }

  @Test("Welch's analysis of variance", arguments: ReferenceCase.of("welch_anova"))
  func welchANOVA(reference: ReferenceCase) throws {
    let test = try WelchANOVA(groups(reference, "groups").map { try Moments(of: $0) })
    reference.expect([
      ("statistic", test.statistic), ("df1", test.numerator), ("df2", test.denominator),
    ])
    expect(reference, "pvalue", test.p)
  }

  @Test("Friedman", arguments: ReferenceCase.of("friedman"))
  func friedman(reference: ReferenceCase) throws {
    let test = try Friedman(groups(reference, "columns"))
    reference.expect([("statistic", test.statistic), ("df", Double(test.degreesOfFreedom))])
    expect(reference, "pvalue", test.p)
  }

  private func differences(_ reference: ReferenceCase) -> [Double] {
    let (x, y) = (reference.column("x"), reference.column("y"))
    return x.indices.map { x[$0] - y[$0] }
  }

  @Test("signed ranks, exact", arguments: ReferenceCase.of("wilcoxon_signed_rank_exact"))
  func signedRankExact(reference: ReferenceCase) throws {
    let test = try SignedRank(differences(reference))
    reference.expect([("w_plus", test.plus), ("w_minus", test.minus)])
    expect(reference, "pvalue", try #require(test.pExact(alternative(reference))))
  }

  @Test(
    "signed ranks, exact with ties",
    arguments: ReferenceCase.of("wilcoxon_signed_rank_exact_ties"))
  func signedRankTies(reference: ReferenceCase) throws {
    let test = try SignedRank(differences(reference), zeros: .dropped)
    reference.expect([("w_plus", test.plus)])
    expect(reference, "pvalue", try #require(test.pExact(.different)))
    expect(reference, "p_greater", try #require(test.pExact(.greater)))
    expect(reference, "p_less", try #require(test.pExact(.less)))
  }

  @Test("signed ranks, normal", arguments: ReferenceCase.of("wilcoxon_signed_rank_asymptotic"))
  func signedRankNormal(reference: ReferenceCase) throws {
    let zeros: SignedRank.Zeros =
      switch reference.options["zeros"].string {
      case "pratt": .ranked
      case "zsplit": .split
      default: .dropped
      }
    let continuity: MannWhitney.Continuity =
      reference.options["correction"].flag ? .half : .none
    let test = try SignedRank(differences(reference), zeros: zeros)
    let alternative = alternative(reference)
    reference.expect([
      ("w_plus", test.plus), ("w_minus", test.minus),
      ("z", try test.z(alternative, continuity: continuity)),
    ])
    expect(reference, "pvalue", try test.pNormal(alternative, continuity: continuity))
  }

  @Test("Hodges-Lehmann centre", arguments: ReferenceCase.of("hodges_lehmann_one_sample"))
  func centre(reference: ReferenceCase) throws {
    reference.expect([
      ("estimate", try ShiftEstimate(differences: differences(reference)).value)
    ])
  }
}
