import Foundation
import Probability
import Testing

@testable import Statistics

/// Two samples of the vectors, the first the reference.
private struct Samples {
  let x: [Double]
  let y: [Double]

  init(_ drift: DriftCase) {
    let content = drift.content
    let isMatrix = !content["x"]["rows"].isNull
    x = isMatrix ? DriftStream.matrix(content["x"]) : DriftStream.values(content["x"])
    y = isMatrix ? DriftStream.matrix(content["y"]) : DriftStream.values(content["y"])
    let fingerprints = content["input"]
    if !fingerprints.isNull {
      #expect(fingerprint(x) == fingerprints["x_fnv"].string, "\(drift.id)")
      #expect(fingerprint(y) == fingerprints["y_fnv"].string, "\(drift.id)")
    }
  }

  func sorted() throws -> SortedPair { try SortedPair(reference: x, current: y) }

  func matrices(_ drift: DriftCase) throws -> (reference: RowMatrix, current: RowMatrix) {
    let columns = drift.content["x"]["cols"].int
    return (try RowMatrix(x, columns: columns), try RowMatrix(y, columns: columns))
  }

  func column(_ column: Int, of columns: Int) -> (x: [Double], y: [Double]) {
    func pick(_ values: [Double]) -> [Double] {
      stride(from: column, to: values.count, by: columns).map { values[$0] }
    }
    return (pick(x), pick(y))
  }
}

extension DriftCase {
  fileprivate func expect(
    _ field: String, _ got: Double, as name: String? = nil, isP: Bool = false
  ) {
    expect(
      field, got, expected[name ?? field].number,
      tolerance: content[isP ? "p_rtol" : "rtol"].number)
  }
}

@Suite("Distances between samples") struct SampleDistanceTests {
  @Test("the stability index on deciles", arguments: DriftCase.samples("psi_quantile"))
  func stabilityIndex(drift: DriftCase) throws {
    let samples = Samples(drift)
    let (bins, least) = (drift.parameters["bins"].int, drift.parameters["eps"].number)
    let edges = try BinEdges(sharesOf: samples.x, count: bins)
    let shares = try BinnedShares(reference: samples.x, current: samples.y, in: edges)
      .floored(at: least)
    for (got, wanted) in zip(shares.reference, drift.expected["p"].numbers) {
      drift.expect("p", got, wanted, tolerance: 1e-12)
    }
    for (got, wanted) in zip(shares.current, drift.expected["q"].numbers) {
      drift.expect("q", got, wanted, tolerance: 1e-12)
    }
    drift.expect(
      "statistic",
      try BinnedShares.stabilityIndex(
        reference: samples.x, current: samples.y, bins: bins, least: least))
  }

  @Test("distances over bins", arguments: DriftCase.samples("binned_distances"))
  func binned(drift: DriftCase) throws {
    let samples = Samples(drift)
    let edges = try BinEdges(samples.x + samples.y, width: .count(20))
    #expect(edges.counts(samples.x).map(Double.init) == drift.expected["counts_x"].numbers)
    #expect(edges.counts(samples.y).map(Double.init) == drift.expected["counts_y"].numbers)
    let shares = try BinnedShares(reference: samples.x, current: samples.y, in: edges)
    drift.expect("js_base_e", shares.jensenShannonDistance())
    drift.expect("js_base_2", shares.jensenShannonDistance(base: .two))
    drift.expect("hellinger", shares.hellinger)
    drift.expect("tvd", shares.totalVariation)
    drift.expect("linf", shares.largestDifference)
    drift.expect("bhattacharyya_coef_complement", 1 - shares.bhattacharyyaCoefficient)
    drift.expect("hist_intersection_complement", 1 - shares.intersection)
  }

  @Test(
    "Wasserstein's and the energy distance",
    arguments: ["wasserstein_distance", "energy_distance", "wasserstein_over_ref_std"]
      .flatMap { DriftCase.samples($0) })
  func distances(drift: DriftCase) throws {
    let pair = try Samples(drift).sorted()
    switch drift.content["test"].string {
    case "wasserstein_distance": drift.expect("statistic", pair.wasserstein)
    case "energy_distance": drift.expect("statistic", pair.energyDistance)
    default: drift.expect("statistic", pair.wassersteinInDeviations(least: 0.001))
    }
  }

  @Test(
    "frouros's distances",
    arguments: [
      "PSI", "JS", "HellingerDistance", "KL", "BhattacharyyaDistance", "HINormalizedComplement",
      "EMD", "EnergyDistance", "KuiperTest",
    ].flatMap { DriftCase.samples("frouros." + $0) })
  func frouros(drift: DriftCase) throws {
    let samples = Samples(drift)
    let bins = try BinnedShares.frouros(reference: samples.x, current: samples.y)
    let smooth = try BinnedShares.frourosSmoothed(reference: samples.x, current: samples.y)
    let pair = try samples.sorted()
    switch drift.content["test"].string {
    case "frouros.PSI": drift.expect("distance", bins.flooredAsFrouros.stabilityIndex)
    case "frouros.JS": drift.expect("distance", smooth.jensenShannonDistance())
    case "frouros.HellingerDistance": drift.expect("distance", bins.hellinger)
    case "frouros.KL": drift.expect("distance", smooth.divergenceFromReference)
    case "frouros.BhattacharyyaDistance":
      drift.expect("distance", 1 - bins.bhattacharyyaCoefficient)
    case "frouros.HINormalizedComplement": drift.expect("distance", 1 - bins.intersection)
    case "frouros.EMD": drift.expect("distance", pair.wasserstein)
    case "frouros.EnergyDistance": drift.expect("distance", pair.energyDistance)
    default:
      // frouros gives Kolmogorov's distance to Kuiper's law; Kuiper's own statistic is larger.
      let gaps = pair.gaps
      drift.expect(
        "statistic", max(gaps.referenceAbove.distance, gaps.currentAbove.distance))
      #expect(pair.kuiper > drift.expected["statistic"].number)
    }
  }

  @Test(
    "evidently's measures",
    arguments: [
      "psi", "jensenshannon", "hellinger", "kl_div", "wasserstein_norm", "chisquare", "z",
    ].flatMap { DriftCase.samples("evidently." + $0) })
  func evidently(drift: DriftCase) throws {
    let samples = Samples(drift)
    let shares = try BinnedShares.evidently(reference: samples.x, current: samples.y)
    let table = CategoryTable(reference: samples.x, current: samples.y)
    switch drift.content["test"].string {
    case "evidently.psi": drift.expect("value", shares.flooredAsEvidently.stabilityIndex)
    case "evidently.jensenshannon": drift.expect("value", shares.jensenShannonDistance())
    case "evidently.hellinger":
      drift.expect(
        "value",
        try BinnedShares.evidentlyHellinger(reference: samples.x, current: samples.y))
    case "evidently.kl_div":
      let filled = shares.flooredAsEvidently
      let (a, b) = (filled.reference.reduce(0, +), filled.current.reduce(0, +))
      drift.expect(
        "value",
        BinnedShares(
          reference: filled.reference.map { $0 / a }, current: filled.current.map { $0 / b }
        ).divergenceFromCurrent)
    case "evidently.wasserstein_norm":
      drift.expect("value", try samples.sorted().wassersteinInDeviations(least: 0.001))
    case "evidently.chisquare":
      drift.expect("value", try table.evidentlyChiSquare().p.value, isP: true)
    default: drift.expect("value", try table.chiSquare().p.value, isP: true)
    }
  }

  @Test(
    "NannyML's measures",
    arguments: [
      "jensen_shannon", "hellinger", "l_infinity", "wasserstein", "kolmogorov_smirnov", "chi2",
    ].flatMap { DriftCase.samples("nannyml." + $0) })
  func nannyML(drift: DriftCase) throws {
    let samples = Samples(drift)
    let shares = try BinnedShares.nannyML(reference: samples.x, current: samples.y)
    let pair = try samples.sorted()
    let isEstimated = samples.x.count >= 10_000
    switch drift.content["test"].string {
    case "nannyml.jensen_shannon":
      drift.expect("value", shares.jensenShannonDistance(base: .two))
    case "nannyml.hellinger": drift.expect("value", shares.hellinger)
    case "nannyml.l_infinity": drift.expect("value", shares.largestDifference)
    case "nannyml.wasserstein":
      drift.expect(
        "value", isEstimated ? try pair.nannyMLWasserstein() : pair.wasserstein)
    case "nannyml.kolmogorov_smirnov":
      let gaps = pair.gaps
      drift.expect(
        "value",
        isEstimated
          ? try pair.nannyMLKolmogorovSmirnov()
          : max(gaps.referenceAbove.distance, gaps.currentAbove.distance))
    default:
      let table = CategoryTable(reference: samples.x, current: samples.y)
      drift.expect("value", try table.chiSquare().statistic)
    }
  }
}

/// The law of thousands of values takes seconds in a debug build.
private let isFull = ProcessInfo.processInfo.environment["UNDERSTUDY_CALIBRATION"] == "full"

@Suite("Tests of two samples for drift") struct SampleTestTests {
  @Test("Kolmogorov and Smirnov's", arguments: DriftCase.samples("ks_2samp"))
  func kolmogorovSmirnov(drift: DriftCase) throws {
    let samples = Samples(drift)
    let gaps = try samples.sorted().gaps
    let alternatives: [String: Question.Alternative] = ["greater": .less, "less": .greater]
    // SciPy's "greater": F of the first sample lies above, so that its values are smaller.
    let side = alternatives[drift.parameters["alternative"].string] ?? .different
    let isAbove =
      side == .different
      ? gaps.referenceAbove.distance >= gaps.currentAbove.distance : side == .less
    let gap = isAbove ? gaps.referenceAbove : gaps.currentAbove
    drift.expect("statistic", gap.distance)
    drift.expect("location", gap.place)
    drift.expect("sign", isAbove ? 1 : -1)
    let test = Statistics.KolmogorovSmirnov(
      try TieBlocks(candidate: samples.x, production: samples.y))
    #expect(test.distance(side) == gap.distance || abs(test.distance(side) - gap.distance) < 1e-12)
    if drift.parameters["method"].string == "exact" {
      let p = try #require(test.pExact(side, keepsTies: false))
      drift.expect("pvalue", p.value, isP: true)
    } else if samples.x.count < 10_000 || isFull {
      drift.expect(
        "pvalue", SciPyTails.kolmogorovSmirnov(test, side, samples.x.count, samples.y.count),
        isP: true)
    }
  }

  @Test("Cramér and von Mises's", arguments: DriftCase.samples("cramervonmises_2samp"))
  func cramerVonMises(drift: DriftCase) throws {
    let samples = Samples(drift)
    let ranks = try TieBlocks(candidate: samples.x, production: samples.y)
    let scipy = SciPyTails.cramerVonMises(ranks)
    drift.expect("statistic", scipy.statistic)
    let isExact = drift.parameters["method"].string == "exact"
    let p = isExact ? try #require(CramerVonMises(ranks).pExact) : scipy.p
    drift.expect("pvalue", p.value, isP: true)
    if !ranks.hasTies {
      let own = CramerVonMises(ranks)
      drift.expect("statistic", own.statistic)
      #expect(isExact || abs(own.pAsymptotic.value - p.value) < 1e-9)
    }
  }

  @Test("Anderson and Darling's", arguments: DriftCase.samples("anderson_ksamp"))
  func andersonDarling(drift: DriftCase) throws {
    let samples = Samples(drift)
    let ranks = try TieBlocks(candidate: samples.x, production: samples.y)
    let test = try AndersonDarling(ranks)
    let standardized =
      drift.parameters["midrank"].flag
      ? test.standardized
      : (SciPyTails.rightStepAndersonDarling(ranks) - 1) / test.standardDeviation
    drift.expect("statistic", standardized)
    for (got, wanted) in zip(
      SciPyTails.andersonDarlingCritical, drift.expected["critical_values"].numbers)
    {
      drift.expect("critical", got, wanted, tolerance: 1e-12)
    }
    drift.expect("pvalue", SciPyTails.andersonDarling(standardized), isP: true)
  }

  @Test("Mann and Whitney's", arguments: DriftCase.samples("mannwhitneyu"))
  func mannWhitney(drift: DriftCase) throws {
    let samples = Samples(drift)
    let test = try MannWhitney(candidate: samples.x, production: samples.y)
    drift.expect("statistic", test.u)
    let p =
      drift.parameters["method"].string == "exact"
      ? try #require(test.pExact(.different)) : try test.pNormal(.different)
    drift.expect("pvalue", p.value, isP: true)
  }

  @Test("Epps and Singleton's", arguments: DriftCase.samples("epps_singleton_2samp"))
  func eppsSingleton(drift: DriftCase) throws {
    let samples = Samples(drift)
    let test = try EppsSingleton(reference: samples.x, current: samples.y)
    drift.expect("statistic", test.statistic)
    drift.expect("pvalue", test.p.value, isP: true)
  }

  @Test("chi-square", arguments: DriftCase.samples("chi2_contingency"))
  func chiSquare(drift: DriftCase) throws {
    let samples = Samples(drift)
    let table = CategoryTable(reference: samples.x, current: samples.y)
    let rows = drift.expected["table"].elements.map { $0.numbers.map { Int($0) } }
    #expect([table.reference, table.current] == rows)
    let test =
      drift.parameters["correction"].flag ? try table.chiSquareCorrected() : try table.chiSquare()
    drift.expect("statistic", test.statistic)
    drift.expect("dof", Double(test.degreesOfFreedom))
    drift.expect("pvalue", test.p.value, isP: true)
  }

  @Test("the likelihood ratio of categories", arguments: DriftCase.samples("g_test"))
  func likelihoodRatio(drift: DriftCase) throws {
    let samples = Samples(drift)
    let test = try CategoryTable(reference: samples.x, current: samples.y).likelihoodRatio()
    drift.expect("statistic", test.statistic)
    drift.expect("pvalue", test.p.value, isP: true)
  }

  @Test("Fisher's exact test", arguments: DriftCase.samples("fisher_exact"))
  func fisher(drift: DriftCase) throws {
    let samples = Samples(drift)
    let table = CategoryTable(reference: samples.x, current: samples.y)
    let first = OneProportion(successes: table.reference[0], trials: table.referenceCount)
    let second = OneProportion(successes: table.current[0], trials: table.currentCount)
    let test = TwoProportions(candidate: first, production: second).conditional
    drift.expect("pvalue", test.p(.different).value, isP: true)
    let odds =
      Double(table.reference[0] * table.current[1]) / Double(table.reference[1] * table.current[0])
    drift.expect("odds_ratio", odds)
  }

  @Test("the maximum mean discrepancy", arguments: DriftCase.samples("mmd2_unbiased"))
  func meanDiscrepancy(drift: DriftCase) throws {
    let (reference, current) = try Samples(drift).matrices(drift)
    let rows = reference.rows + current.rows
    var luck = DriftStream(seed: UInt64(drift.parameters["perm_seed"].int))
    let sets = (0..<drift.parameters["permutations"].int).map { _ in
      Array(luck.permutation(rows)[..<reference.rows])
    }
    let memberships = MeanDiscrepancy.Memberships(sets, rows: rows)
    let test = try MeanDiscrepancy(
      reference: reference, current: current, memberships: memberships)
    drift.expect("sigma_median", test.width)
    drift.expect("mmd2", test.statistic)
    drift.expect("p_alibi", test.pWithoutData)
    drift.expect("p_valid", test.p.value)
    for (got, wanted) in zip(test.permuted, drift.expected["perm_first5"].numbers) {
      drift.expect("perm", got, wanted, tolerance: 1e-9)
    }
    let unit = try MeanDiscrepancy(
      reference: reference, current: current, width: 1, memberships: .init([], rows: rows))
    drift.expect("mmd2_sigma1", unit.statistic)
  }

  @Test("evidently's mean discrepancy", arguments: DriftCase.samples("evidently.mmd2"))
  func evidentlyDiscrepancy(drift: DriftCase) throws {
    let samples = Samples(drift)
    let (reference, current) = (
      try RowMatrix(samples.x, columns: 1), try RowMatrix(samples.y, columns: 1)
    )
    // The median of all n² squared distances, those of a row from itself included.
    let squares = samples.x.flatMap { a in samples.x.map { (a - $0) * (a - $0) } }.sorted()
    let width = (squares[squares.count / 2] / 2).squareRoot()
    let test = try MeanDiscrepancy(
      reference: reference, current: current, width: width,
      memberships: .init([], rows: reference.rows + current.rows))
    drift.expect("mmd2", test.statistic)
  }

  @Test("the least-squares density difference", arguments: DriftCase.samples("lsdd"))
  func densityDifference(drift: DriftCase) throws {
    let (reference, current) = try Samples(drift).matrices(drift)
    let centres = drift.parameters["n_centres"].int
    let compared = reference.rows - centres
    var luck = DriftStream(seed: UInt64(drift.parameters["perm_seed"].int))
    let sets = (0..<drift.parameters["permutations"].int).map { _ in
      Array(luck.permutation(compared + current.rows)[..<compared])
    }
    let test = try DensityDifference(
      reference: reference, current: current, centres: centres, sets: sets)
    drift.expect("sigma", test.width)
    drift.expect("lam", test.regularization)
    drift.expect("lsdd", test.statistic)
    drift.expect("p_alibi", test.pWithoutData)
    drift.expect("p_valid", test.p.value)
  }

  @Test("the classifier test", arguments: DriftCase.samples("c2st_logistic"))
  func classifier(drift: DriftCase) throws {
    let (reference, current) = try Samples(drift).matrices(drift)
    let test = try ClassifierTest(
      reference: reference, current: current, penalty: drift.parameters["l2"].number)
    for (got, wanted) in zip(test.weights, drift.expected["weights_intercept_first"].numbers) {
      drift.expect("weight", got, wanted, tolerance: 1e-8)
    }
    drift.expect("correct", Double(test.right))
    drift.expect("n_test", Double(test.tested))
    drift.expect("auc", test.areaUnderCurve)
    drift.expect("p_binomial_greater", test.pAccuracy.value, isP: true)
    drift.expect("p_mannwhitney", test.pArea.value, isP: true)
  }

  @Test(
    "alibi-detect's decisions on several features",
    arguments: DriftCase.samples("alibi.KSDrift") + DriftCase.samples("alibi.CVMDrift"))
  func features(drift: DriftCase) throws {
    let samples = Samples(drift)
    let columns = drift.content["x"]["cols"].int
    var p: [Double] = []
    for column in 0..<columns {
      let (x, y) = samples.column(column, of: columns)
      let ranks = try TieBlocks(candidate: x, production: y)
      if drift.content["test"].string == "alibi.KSDrift" {
        let test = Statistics.KolmogorovSmirnov(ranks)
        drift.expect(
          "distance", test.distance(), drift.expected["distance"].numbers[column],
          tolerance: 1e-5)
        p.append(SciPyTails.kolmogorovSmirnov(test, .different, x.count, y.count))
      } else {
        let test = CramerVonMises(ranks)
        drift.expect(
          "distance", test.statistic, drift.expected["distance"].numbers[column],
          tolerance: 1e-5)
        p.append(test.pAsymptotic.value)
      }
      drift.expect("p_val", p[column], drift.expected["p_val"].numbers[column], tolerance: 1e-5)
    }
    let alarms = FeatureAlarms(
      p, level: drift.parameters["p_val"].number,
      correction: drift.parameters["correction"].string == "fdr" ? .falseDiscovery : .bonferroni)
    #expect(alarms.hasDrifted == (drift.expected["is_drift"].int == 1))
  }

  @Test(
    "adjusted p-values",
    arguments: DriftCase.all("drift-samples").filter {
      $0.content["kind"].string == "multiple_testing"
    })
  func multiplicity(drift: DriftCase) {
    let p = drift.content["pvalues"].numbers
    let corrections: [(String, FeatureAlarms.Correction)] = [
      ("bonferroni", .bonferroni), ("holm", .holm), ("bh", .falseDiscovery),
      ("by", .falseDiscoveryAnyDependence),
    ]
    for (name, correction) in corrections {
      let alarms = FeatureAlarms(p, level: 0.05, correction: correction)
      for (got, wanted) in zip(alarms.adjusted, drift.expected[name].numbers) {
        drift.expect(name, got, wanted, tolerance: 1e-12)
      }
    }
  }
}

@Suite("Risk without labels and in the worst case") struct RiskTests {
  @Test(
    "expected performance agrees with NannyML's",
    arguments: DriftCase.all("drift-risk").filter { $0.content["kind"].string == "cbpe" })
  func performance(drift: DriftCase) throws {
    var luck = DriftStream(seed: UInt64(drift.parameters["seed"].int))
    let isSquare = drift.parameters["p"].string.contains("same")
    let p = (0..<drift.parameters["n"].int).map { _ in
      let u = luck.unit()
      return isSquare ? u * u : u
    }
    #expect(fingerprint(p) == drift.content["input"]["fnv"].string)
    let performance = try ConfidencePerformance(p, threshold: drift.parameters["threshold"].number)
    drift.expect("accuracy", performance.accuracy)
    drift.expect("f1", performance.f1)
    drift.expect("precision", performance.precision)
    drift.expect("recall", performance.recall)
    drift.expect("specificity", performance.specificity)
    drift.expect("roc_auc_rounded5", performance.areaUnderCurveOfRoundedCounts)
    #expect(
      abs(performance.areaUnderCurve - performance.areaUnderCurveOfRoundedCounts) < 1e-6)
  }

  @Test(
    "the worst part of a population",
    arguments: DriftCase.all("drift-risk").filter {
      $0.content["kind"].string == "worst_case_risk"
    })
  func worstCase(drift: DriftCase) throws {
    let losses = DriftStream.values(drift.content["stream"]).map { min($0, 20) }
    let (share, outliers) = (drift.parameters["alpha"].number, drift.parameters["eps"].number)
    let risk = try WorstCaseRisk(losses)
    drift.expect("mean", risk.mean)
    drift.expect("cvar_exact", risk.worstMean(share: share))
    drift.expect(
      "cvar_doro", risk.worstMeanWithoutOutliers(share: share, outliers: outliers))
    drift.expect("chisq_dro", risk.chiSquareBound(share: share))
    drift.expect("chisq_doro", risk.chiSquareBound(share: share, outliers: outliers))
  }
}
