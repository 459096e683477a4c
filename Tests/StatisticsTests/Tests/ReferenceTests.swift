import Probability
import Testing

@testable import Statistics

@Suite("Reference cases") struct ReferenceTests {
  @Test("the file of cases is read, and no method lost its cases")
  func allCases() {
    #expect(ReferenceCase.all.count == 504)
    #expect(Set(ReferenceCase.all.map(\.method)).count == 93)
  }

  @Test(
    "the data generator gives the columns that the cases spell out",
    arguments: ReferenceCase.all.filter { reference in
      ["treatment", "control", "x", "y", "labels", "scores1", "scores2"].contains {
        !reference.input[$0]["gen"].isNull && !reference.input[$0]["values"].isNull
      }
    })
  func generator(reference: ReferenceCase) {
    for name in ["treatment", "control", "x", "y", "labels", "scores1", "scores2"] {
      let column = reference.input[name]
      guard !column["gen"].isNull, !column["values"].isNull else { continue }
      #expect(reference.column(name) == column["values"].numbers)
    }
  }

  @Test("McNemar's tests", arguments: ReferenceCase.of("mcnemar"))
  func mcNemar(reference: ReferenceCase) {
    let test = McNemar(onlyFirst: reference.input["b"].int, onlySecond: reference.input["c"].int)
    reference.expect([
      ("p_exact", test.exact.value), ("p_midp", test.midP.value),
      ("chi2", test.asymptotic.chiSquare), ("p_chi2", test.asymptotic.p.value),
      ("chi2_edwards", test.corrected.chiSquare), ("p_chi2_edwards", test.corrected.p.value),
    ])
    guard !reference.expected["ln_p_exact"].isNull else { return }
    reference.expect([
      ("ln_p_exact", test.exact.ln), ("ln_p_midp", test.midP.ln),
      ("ln_p_chi2", test.asymptotic.p.ln), ("ln_p_chi2_edwards", test.corrected.p.ln),
    ])
  }

  @Test("intervals of a paired difference", arguments: ReferenceCase.of("paired_proportions_ci"))
  func pairedProportions(reference: ReferenceCase) {
    let rows = reference.input["table"].elements.map { $0.numbers.map { Int($0) } }
    let pairs = PairedProportions(
      both: rows[0][0], onlyFirst: rows[0][1], onlySecond: rows[1][0], neither: rows[1][1])
    let tango = pairs.tangoInterval(level: 0.95)
    let newcombe = pairs.newcombeInterval(level: 0.95)
    reference.expect([
      ("estimate", pairs.firstMinusSecond), ("phi", pairs.newcombePhi),
      ("tango_low", tango.lowerBound), ("tango_high", tango.upperBound),
      ("newcombe10_low", newcombe.lowerBound), ("newcombe10_high", newcombe.upperBound),
    ])
  }

  private func twoProportions(_ reference: ReferenceCase) -> TwoProportions {
    TwoProportions(
      candidate: .init(
        successes: reference.input["k1"].int, trials: reference.input["n1"].int),
      production: .init(
        successes: reference.input["k2"].int, trials: reference.input["n2"].int))
  }

  @Test(
    "intervals of a difference of shares",
    arguments: ReferenceCase.of("two_proportion_difference_ci"))
  func differenceOfShares(reference: ReferenceCase) {
    let shares = twoProportions(reference)
    let level = reference.options["conf"].number
    let newcombe = shares.newcombeInterval(level: level)
    let agrestiCaffo = shares.agrestiCaffoInterval(level: level)
    let miettinenNurminen = shares.scoreInterval(level: level)
    let mee = shares.scoreInterval(level: level, corrected: false)
    reference.expect([
      ("estimate", shares.candidateMinusProduction),
      ("newcombe_low", newcombe.lowerBound), ("newcombe_high", newcombe.upperBound),
      ("agresti_caffo_low", agrestiCaffo.lowerBound),
      ("agresti_caffo_high", agrestiCaffo.upperBound),
      ("miettinen_nurminen_low", miettinenNurminen.lowerBound),
      ("miettinen_nurminen_high", miettinenNurminen.upperBound),
      ("mee_low", mee.lowerBound), ("mee_high", mee.upperBound),
    ])
  }

  @Test("the z test of two shares", arguments: ReferenceCase.of("two_proportion_z"))
  func zTest(reference: ReferenceCase) {
    let estimate = twoProportions(reference).zEstimate(pooled: reference.options["pooled"].flag)
    reference.expect([
      ("estimate", estimate.value), ("se", estimate.standardError),
      ("statistic", estimate.statistic()),
      ("pvalue", p(estimate, reference.options["alternative"].string).value),
    ])
  }

  private func p(_ estimate: TEstimate, _ alternative: String) -> PValue {
    switch alternative {
    case "greater": estimate.pGreater()
    case "less": estimate.pLess()
    default: estimate.pTwoSided()
    }
  }

  /// - Parameter oneSidedInterval: whether a one-sided case's interval is one-sided too.
  private func expectT(
    _ reference: ReferenceCase, _ estimate: TEstimate, against: Double = 0,
    oneSidedInterval: Bool = false
  ) {
    let alternative = reference.options["alternative"].string
    let level = reference.options["conf"].optionalNumber ?? 0.95
    var (low, high) = (-Double.infinity, Double.infinity)
    switch oneSidedInterval ? alternative : "two-sided" {
    case "greater": low = estimate.lowerBound(level: level)
    case "less": high = estimate.upperBound(level: level)
    default:
      let interval = estimate.interval(level: level)
      (low, high) = (interval.lowerBound, interval.upperBound)
    }
    let p = against == 0 ? p(estimate, alternative) : estimate.pTwoSided(against: against)
    reference.expect([
      ("estimate", estimate.value), ("se", estimate.standardError),
      ("df", estimate.degreesOfFreedom), ("statistic", estimate.statistic(against: against)),
      ("pvalue", p.value), ("ci_low", low), ("ci_high", high),
    ])
    if !reference.expected["ln_pvalue"].isNull { reference.expect([("ln_pvalue", p.ln)]) }
  }

  @Test("Welch's test", arguments: ReferenceCase.of("welch_t"))
  func welch(reference: ReferenceCase) throws {
    expectT(
      reference,
      try TTests.welch(
        candidate: Moments(of: reference.column("treatment")),
        production: Moments(of: reference.column("control"))),
      oneSidedInterval: true)
  }

  @Test("Welch's test from summaries", arguments: ReferenceCase.of("welch_t_summary"))
  func welchFromSummaries(reference: ReferenceCase) throws {
    func moments(_ side: String) -> Moments {
      Moments(
        count: reference.input["n\(side)"].int, mean: reference.input["mean\(side)"].number,
        standardDeviation: reference.input["sd\(side)"].number)
    }
    expectT(reference, try TTests.welch(candidate: moments("1"), production: moments("2")))
  }

  @Test("the paired t test", arguments: ReferenceCase.of("paired_t"))
  func pairedT(reference: ReferenceCase) throws {
    expectT(
      reference,
      try TTests.paired(first: reference.column("x"), second: reference.column("y")))
  }

  @Test("the t test of one mean", arguments: ReferenceCase.of("one_sample_t"))
  func oneMean(reference: ReferenceCase) throws {
    let estimate = try TTests.oneMean(Moments(of: reference.column("x")))
    expectT(reference, estimate, against: reference.options["mu"].number)
  }

  @Test("moments", arguments: ReferenceCase.of("descriptive"))
  func moments(reference: ReferenceCase) throws {
    let moments = try Moments(of: reference.column("x"))
    reference.expect([
      ("mean", moments.mean), ("sd", moments.standardDeviation),
      ("variance", moments.standardDeviation * moments.standardDeviation),
    ])
  }

  @Test("equivalence of two means", arguments: ReferenceCase.of("tost_welch"))
  func equivalence(reference: ReferenceCase) throws {
    let estimate = try TTests.welch(
      candidate: Moments(of: reference.column("treatment")),
      production: Moments(of: reference.column("control")))
    expectEquivalence(reference, estimate)
    let interval = estimate.interval(level: 0.9)
    reference.expect([("ci90_low", interval.lowerBound), ("ci90_high", interval.upperBound)])
  }

  @Test("equivalence of pairs", arguments: ReferenceCase.of("tost_paired"))
  func pairedEquivalence(reference: ReferenceCase) throws {
    let (x, y) = (reference.column("x"), reference.column("y"))
    let n = min(x.count, y.count)
    expectEquivalence(
      reference,
      try TTests.paired(first: Array(x.prefix(n)), second: Array(y.prefix(n))))
  }

  private func expectEquivalence(_ reference: ReferenceCase, _ estimate: TEstimate) {
    let (low, high) = (reference.options["low"].number, reference.options["high"].number)
    reference.expect([
      ("p_lower", estimate.pGreater(than: low).value),
      ("p_upper", estimate.pLess(than: high).value),
      ("pvalue", estimate.pEquivalent(within: low...high).value),
    ])
  }

  @Test("two AUCs over the same requests", arguments: ReferenceCase.of("delong_paired"))
  func delong(reference: ReferenceCase) throws {
    let labels = reference.column("labels")
    var first = reference.column("scores1")
    var second = reference.column("scores2")
    // "then s=floor(s*20/4) evaluated as floor((s*20)/4)"
    let rule = reference.options["post"].string
    if let factor = Double(rule.split(separator: "*").last?.prefix { $0 != ")" } ?? "") {
      first = first.map { ($0 * factor / 4).rounded(.down) }
      second = second.map { ($0 * factor / 4).rounded(.down) }
    }
    let pair = try PairedAUC(
      candidateScores: first, productionScores: second, labels: labels.map { $0 == 1 })
    let estimate = pair.independentEstimate
    let interval = estimate.interval(level: 0.95)
    reference.expect([
      ("auc1", pair.candidate.value), ("auc2", pair.production.value),
      ("var1", AreaUnderCurve.covariance(pair.candidate, pair.candidate)),
      ("var2", AreaUnderCurve.covariance(pair.production, pair.production)),
      ("cov12", AreaUnderCurve.covariance(pair.candidate, pair.production)),
      ("estimate", estimate.value), ("statistic", estimate.statistic()),
      ("pvalue", estimate.pTwoSided().value),
      ("ci_low", interval.lowerBound), ("ci_high", interval.upperBound),
    ])
  }

  @Test("the sample-ratio check", arguments: ReferenceCase.of("srm"))
  func sampleRatio(reference: ReferenceCase) throws {
    let check = try SampleRatio(
      observed: reference.input["observed"].numbers.map { Int($0) },
      planned: reference.input["weights"].numbers)
    reference.expect([
      ("chi2", check.chiSquare), ("df", Double(check.degreesOfFreedom)),
      ("pvalue", check.p.value),
    ])
    guard !reference.expected["ln_pvalue"].isNull else { return }
    reference.expect([("ln_pvalue", check.p.ln)])
  }

  @Test("adjusted p-values", arguments: ReferenceCase.of("adjusted_p_values"))
  func adjusted(reference: ReferenceCase) {
    let p = reference.input["p"].numbers
    reference.expect("holm", each: Multiplicity.holm(p))
    reference.expect("hochberg", each: Multiplicity.hochberg(p))
    reference.expect("bh", each: Multiplicity.benjaminiHochberg(p))
  }

  @Test("Wilson's interval", arguments: ReferenceCase.of("one_proportion_ci"))
  func wilson(reference: ReferenceCase) {
    let interval = Wilson.interval(
      successes: reference.input["k"].int, trials: reference.input["n"].int,
      level: reference.options["conf"].number)
    reference.expect([("wilson_low", interval.lowerBound), ("wilson_high", interval.upperBound)])
  }

  @Test(
    "a difference between clusters", arguments: ReferenceCase.of("cluster_robust_difference"))
  func clusters(reference: ReferenceCase) throws {
    func arm(_ suffix: String) throws -> ClusteredMean {
      let sizes = reference.column("cluster_sizes_\(suffix)").map { Int($0) }
      let noise = reference.column("unit_noise_\(suffix)")
      let effects = reference.column("cluster_effect_\(suffix)")
      var start = 0
      var sums: [Double] = []
      for (cluster, size) in sizes.enumerated() {
        sums.append(noise[start..<(start + size)].reduce(0) { $0 + ($1 + effects[cluster]) })
        start += size
      }
      return try ClusteredMean(counts: sizes, sums: sums)
    }
    let difference = try ClusteredMean.difference(candidate: arm("t"), production: arm("c"))
    reference.expect([
      ("estimate", difference.value), ("delta_se", difference.standardError),
    ])
  }

  @Test("a difference of ratios", arguments: ReferenceCase.of("ratio_of_means_delta"))
  func ratios(reference: ReferenceCase) throws {
    func arm(_ side: String) throws -> ClusteredMean {
      let counts = reference.column("\(side)_den")
      let sums = reference.column("\(side)_num") { _ in counts }
      return try ClusteredMean(counts: counts.map { Int($0) }, sums: sums)
    }
    let (treatment, control) = (try arm("treatment"), try arm("control"))
    let difference = try ClusteredMean.difference(candidate: treatment, production: control)
    let interval = difference.interval(level: reference.options["conf"].number)
    reference.expect([
      ("ratio_treatment", treatment.mean), ("ratio_control", control.mean),
      ("abs_estimate", difference.value), ("abs_se", difference.standardError),
      ("abs_df", difference.degreesOfFreedom), ("abs_statistic", difference.statistic()),
      ("abs_ci_low", interval.lowerBound), ("abs_ci_high", interval.upperBound),
      ("pvalue", difference.pTwoSided().value),
    ])
  }
}
