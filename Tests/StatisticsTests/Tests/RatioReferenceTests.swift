import Probability
import Testing

@testable import Statistics

@Suite("Reference cases: ratios and units") struct RatioReferenceTests {
  @Test("a difference and a lift of ratios", arguments: ReferenceCase.of("ratio_of_means_delta"))
  func ratios(reference: ReferenceCase) throws {
    func arm(_ side: String) throws -> RatioMean {
      let denominators = reference.column("\(side)_den")
      return try RatioMean(
        numerators: reference.column("\(side)_num") { _ in denominators },
        denominators: denominators)
    }
    let level = reference.options["conf"].number
    let (candidate, production) = (try arm("treatment"), try arm("control"))
    let difference = try TTests.difference(
      candidate: candidate.estimate, production: production.estimate)
    let interval = difference.interval(level: level)
    reference.expect([
      ("ratio_treatment", candidate.value), ("ratio_control", production.value),
      ("abs_estimate", difference.value), ("abs_se", difference.standardError),
      ("abs_df", difference.degreesOfFreedom), ("abs_statistic", difference.statistic()),
      ("abs_ci_low", interval.lowerBound), ("abs_ci_high", interval.upperBound),
      ("pvalue", difference.pTwoSided().value),
    ])
    let lift = try RelativeLift(
      candidate: candidate.estimate, production: production.estimate)
    let delta = lift.delta(degreesOfFreedom: .infinity)
    reference.expect([
      ("rel_estimate", lift.value), ("rel_delta_se", delta.standardError),
      ("rel_delta_low", delta.interval(level: level).lowerBound),
      ("rel_delta_high", delta.interval(level: level).upperBound),
    ])
    try expectLift(reference, lift, level: level)
  }

  private func expectLift(_ reference: ReferenceCase, _ lift: RelativeLift, level: Double) throws {
    let fieller = lift.fieller(critical: Normal.upperQuantile((1 - level) / 2))
    let logarithm = try lift.logarithm().interval(level: level)
    #expect(fieller.isBounded)
    reference.expect([
      ("rel_fieller_z_low", fieller.lower), ("rel_fieller_z_high", fieller.upper),
      ("rel_log_t_low", Elementary.expm1(logarithm.lowerBound)),
      ("rel_log_t_high", Elementary.expm1(logarithm.upperBound)),
    ])
  }

  @Test("a lift of means", arguments: ReferenceCase.of("relative_lift"))
  func relativeLift(reference: ReferenceCase) throws {
    let lift = try RelativeLift(
      candidate: TTests.oneMean(Moments(of: reference.column("treatment"))),
      production: TTests.oneMean(Moments(of: reference.column("control"))))
    let level = reference.options["conf"].number
    let dialect = lift.delta(degreesOfFreedom: lift.differenceDegreesOfFreedom)
    reference.expect([
      ("rel_estimate", lift.value), ("rel_se_delta", lift.deltaStandardError),
      ("gbstats_low", dialect.interval(level: level).lowerBound),
      ("gbstats_high", dialect.interval(level: level).upperBound),
      ("gbstats_pvalue", dialect.pTwoSided().value),
    ])
    try expectLift(reference, lift, level: level)
  }

  private func clusters(
    _ reference: ReferenceCase, _ suffix: String
  ) -> (values: [Double], units: [Int]) {
    let sizes = reference.column("cluster_sizes_\(suffix)").map { Int($0) }
    let units = sizes.indices.flatMap { Array(repeating: $0, count: sizes[$0]) }
    let noise = reference.column("unit_noise_\(suffix)")
    let effects = reference.column("cluster_effect_\(suffix)")
    return (units.indices.map { noise[$0] + effects[units[$0]] }, units)
  }

  @Test(
    "a difference between clusters", arguments: ReferenceCase.of("cluster_robust_difference"))
  func clusters(reference: ReferenceCase) throws {
    let (candidate, production) = (clusters(reference, "t"), clusters(reference, "c"))
    let byUnit = try ClusterDifference(
      candidate: .init(values: candidate.values, units: candidate.units),
      production: .init(values: production.values, units: production.units))
    let byRow = try ClusterDifference(
      candidate: .init(values: candidate.values, units: nil),
      production: .init(values: production.values, units: nil))
    reference.expect([
      ("estimate", byUnit.value), ("CR0_se", byUnit.cr0), ("CR1_se", byUnit.cr1),
      ("delta_se", byUnit.delta), ("HC0_se", byRow.cr0), ("HC1_se", byRow.hc1),
      ("HC2_se", byRow.cr2), ("HC3_se", byRow.hc3),
    ])
  }

  @Test("covariates take off variance", arguments: ReferenceCase.of("cuped"))
  func cuped(reference: ReferenceCase) throws {
    func arm(_ side: String) -> ArmSample {
      ArmSample(
        values: reference.column("\(side)_y") { reference.column($0) },
        covariates: [reference.column("\(side)_x")])
    }
    let adjustment = try RegressionAdjustment(
      candidate: arm("treatment"), production: arm("control"))
    let total = try adjustment.welch(.pooled)
    let within = try adjustment.welch(.within)
    let unweighted = try adjustment.welch(.unweighted)
    let interval = total.interval(level: 0.95)
    reference.expect([
      ("theta_total", try adjustment.slopes(.pooled)[0]),
      ("total_estimate", total.value), ("total_se", total.standardError),
      ("total_df", total.degreesOfFreedom), ("total_statistic", total.statistic()),
      ("total_ci_low", interval.lowerBound), ("total_ci_high", interval.upperBound),
      ("total_pvalue", total.pTwoSided().value),
      ("theta_within", try adjustment.slopes(.within)[0]),
      ("within_estimate", within.value), ("within_se", within.standardError),
      ("theta_unweighted", try adjustment.slopes(.unweighted)[0]),
      ("unweighted_estimate", unweighted.value), ("unweighted_se", unweighted.standardError),
      ("variance_reduction", try adjustment.varianceReduction(of: total)),
    ])
    let (ancova, lin) = (try adjustment.ancova(), try adjustment.interacted())
    reference.expect([
      ("ancova_estimate", ancova.value), ("ancova_hc2_se", ancova.standardError),
      ("lin_estimate", lin.value), ("lin_hc2_se", lin.standardError),
    ])
  }

  @Test("strata", arguments: ReferenceCase.of("post_stratified_difference"))
  func strata(reference: ReferenceCase) throws {
    var (candidate, production): ([Double], [Double]) = ([], [])
    var (first, second): ([Int], [Int]) = ([], [])
    for (stratum, part) in reference.input["strata"].elements.enumerated() {
      func column(_ side: String) -> [Double] {
        part[side]["values"].isNull
          ? DataGenerator.column(part[side]["gen"]) { _ in [] } : part[side]["values"].numbers
      }
      candidate += column("treatment")
      production += column("control")
      first += Array(repeating: stratum, count: candidate.count - first.count)
      second += Array(repeating: stratum, count: production.count - second.count)
    }
    var estimate = try StratifiedDifference(
      candidate: candidate, strata: first, production: production, strata: second
    ).estimate
    estimate.degreesOfFreedom = .infinity
    reference.expect([
      ("estimate", estimate.value), ("se", estimate.standardError),
      ("statistic", estimate.statistic()), ("pvalue", estimate.pTwoSided().value),
    ])
  }

  @Test("a switchback", arguments: ReferenceCase.of("switchback_newey_west"))
  func switchback(reference: ReferenceCase) throws {
    let noise = reference.column("noise")
    let treatment = reference.column("treatment")
    let values = noise.indices.map { row in
      let carried = row == 0 ? noise[0] : noise[row] + 0.6 * noise[row - 1]
      return carried + 0.3 * treatment[row]
    }
    let series = try ArmsInTime(values: values, isCandidate: treatment.map { $0 == 1 })
    let lags = reference.options["maxlags"].int
    reference.expect([
      ("estimate", series.value),
      ("hac_se", try series.neweyWest(lags: lags, corrected: false).standardError),
      ("hac_se_corrected", try series.neweyWest(lags: lags, corrected: true).standardError),
    ])
  }
}
