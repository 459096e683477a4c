import Probability
import Testing

@testable import Statistics

@Suite("Several comparisons") struct MultiplicityTests {
  @Test("adjusted and combined p-values", arguments: ReferenceCase.of("adjusted_p_values"))
  func adjusted(reference: ReferenceCase) {
    let p = reference.input["p"].numbers
    reference.expect("bonferroni", each: Multiplicity.bonferroni(p))
    reference.expect("sidak", each: Multiplicity.sidak(p))
    reference.expect("holm", each: Multiplicity.holm(p))
    reference.expect("holm_sidak", each: Multiplicity.holmSidak(p))
    reference.expect("hochberg", each: Multiplicity.hochberg(p))
    reference.expect("hommel", each: Multiplicity.hommel(p))
    reference.expect("bh", each: Multiplicity.benjaminiHochberg(p))
    reference.expect("by", each: Multiplicity.benjaminiYekutieli(p))
    let values = p.map { PValue($0) }
    reference.expect([
      ("fisher_combined_p", CombinedP.fisher(values).value),
      ("simes_p", CombinedP.simes(values).value),
      ("harmonic_mean_p_raw", CombinedP.harmonicMean(values)),
    ])
    // Not defined where a p is exactly 0 or 1.
    guard !reference.expected["stouffer_combined_p"].isNull else { return }
    reference.expect([
      ("stouffer_combined_p", CombinedP.stouffer(values).value),
      ("cauchy_combination_p", CombinedP.cauchy(values).value),
    ])
  }

  @Test("Hommel rejects what closed testing with Simes rejects", arguments: 0..<40)
  func hommelIsClosedTesting(run: Int) {
    var luck = Luck(seed: 5, run: run)
    let p = (0..<6).map { _ in luck.unit() * luck.unit() }
    // The largest Simes p of all subsets that hold the hypothesis.
    let closed = p.indices.map { member in
      (1..<(1 << p.count)).filter { $0 >> member & 1 == 1 }.reduce(0.0) { largest, subset in
        let chosen = p.indices.filter { subset >> $0 & 1 == 1 }.map { PValue(p[$0]) }
        return max(largest, CombinedP.simes(chosen).value)
      }
    }
    for (got, wanted) in zip(Multiplicity.hommel(p), closed) {
      #expect(abs(got - wanted) < 1e-14, "seed 5, run \(run)")
    }
  }

  private func analysis(_ reference: ReferenceCase) throws -> MetaAnalysis {
    try MetaAnalysis(
      values: reference.input["y"].numbers, variances: reference.input["v"].numbers)
  }

  @Test("fixed and random effects", arguments: ReferenceCase.of("meta_analysis"))
  func effects(reference: ReferenceCase) throws {
    let all = try analysis(reference)
    let random = all.random(.dersimonianLaird)
    let interval = random.interval(level: 0.95)
    let knapp = all.hartungKnapp(.dersimonianLaird)
    let knappInterval = knapp.interval(level: 0.95)
    let prediction = try all.prediction(.dersimonianLaird, level: 0.95)
    reference.expect([
      ("fixed", all.fixed.value), ("fixed_se", all.fixed.standardError),
      ("q", all.heterogeneity.q), ("q_df", Double(all.heterogeneity.degreesOfFreedom)),
      ("q_pvalue", all.heterogeneity.p.value), ("i2_percent", 100 * all.inconsistency),
      ("tau2_dl", all.spread(by: .dersimonianLaird)), ("random_dl", random.value),
      ("random_dl_se", random.standardError), ("random_dl_z_low", interval.lowerBound),
      ("random_dl_z_high", interval.upperBound), ("hksj_se", knapp.standardError),
      ("hksj_low", knappInterval.lowerBound), ("hksj_high", knappInterval.upperBound),
      ("tau2_pm", all.spread(by: .pauleMandel)), ("prediction_low", prediction.lowerBound),
      ("prediction_high", prediction.upperBound),
    ])
  }

  @Test("restricted likelihood", arguments: ReferenceCase.of("meta_analysis_reml_hksj"))
  func restrictedLikelihood(reference: ReferenceCase) throws {
    let all = try analysis(reference)
    let knapp = all.hartungKnapp(.restrictedLikelihood)
    let interval = knapp.interval(level: 0.95)
    reference.expect([
      ("estimate", knapp.value), ("se", knapp.standardError),
      ("tau2", all.spread(by: .restrictedLikelihood)), ("pvalue", knapp.pTwoSided().value),
      ("ci_low", interval.lowerBound), ("ci_high", interval.upperBound),
    ])
  }

  @Test("Paule and Mandel", arguments: ReferenceCase.of("paule_mandel_tau2"))
  func pauleMandel(reference: ReferenceCase) throws {
    reference.expect([("tau2", try analysis(reference).spread(by: .pauleMandel))])
  }

  @Test("a change of unit changes the answers by that unit alone", arguments: [0x1p-300, 0x1p200])
  func scale(unit: Double) throws {
    let values = [1.0, -1, 2, 0.5, 4]
    let variances = [0.5, 0.25, 0.125, 1, 0.25]
    let plain = try MetaAnalysis(values: values, variances: variances)
    let scaled = try MetaAnalysis(
      values: values.map { $0 * unit }, variances: variances.map { $0 * unit * unit })
    for method in MetaAnalysis.Spread.allCases {
      let (one, other) = (plain.hartungKnapp(method), scaled.hartungKnapp(method))
      #expect(abs(other.value / unit / one.value - 1) < 1e-12)
      #expect(abs(other.standardError / unit / one.standardError - 1) < 1e-12)
    }
  }

  @Test("shrunken segments come closer to the mean, the noisiest most")
  func shrinkage() throws {
    let values = [1, -1, 2, 0.5, 4]
    let all = try MetaAnalysis(values: values, variances: [0.5, 0.25, 0.1, 1, 0.25])
    let shrunken = all.shrunken(.pauleMandel)
    let mean = all.random(.pauleMandel).value
    for (index, segment) in shrunken.enumerated() {
      let left = (segment.value - mean) / (values[index] - mean)
      #expect(left > 0 && left < 1)
    }
    #expect(abs(shrunken[3].value - mean) < abs(0.5 - mean) / 1.2)
  }
}
