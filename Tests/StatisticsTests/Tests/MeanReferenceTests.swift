import Probability
import Testing

@testable import Statistics

@Suite("Reference cases: means") struct MeanReferenceTests {
  private func arms(_ reference: ReferenceCase) throws -> (Moments, Moments) {
    (
      try Moments(of: reference.column("treatment")), try Moments(of: reference.column("control"))
    )
  }

  @Test("Student's test", arguments: ReferenceCase.of("student_t_pooled"))
  func student(reference: ReferenceCase) throws {
    let (candidate, production) = try arms(reference)
    let estimate = try TTests.pooled(candidate: candidate, production: production)
    let interval = estimate.interval(level: reference.options["conf"].number)
    reference.expect([
      ("estimate", estimate.value), ("se", estimate.standardError),
      ("df", estimate.degreesOfFreedom), ("statistic", estimate.statistic()),
      ("pvalue", estimate.pTwoSided().value), ("ci_low", interval.lowerBound),
      ("ci_high", interval.upperBound),
    ])
    guard !reference.expected["ln_pvalue"].isNull else { return }
    reference.expect([("ln_pvalue", estimate.pTwoSided().ln)])
  }

  @Test("standardised differences", arguments: ReferenceCase.of("effect_size"))
  func effectSize(reference: ReferenceCase) throws {
    let (candidate, production) = try arms(reference)
    let effect = try StandardizedDifference(candidate: candidate, production: production)
    reference.expect([
      ("cohen_d", effect.cohenD), ("hedges_g", effect.hedgesG), ("J", effect.unbiasing),
      ("glass_delta", effect.glassDelta),
    ])
  }

  @Test("Yuen's test of trimmed means", arguments: ReferenceCase.of("yuen_trimmed_t"))
  func yuen(reference: ReferenceCase) throws {
    let trim = reference.options["trim"].number
    let estimate = try TrimmedMean.difference(
      candidate: TrimmedMean(of: reference.column("treatment"), trim: trim),
      production: TrimmedMean(of: reference.column("control"), trim: trim))
    reference.expect([
      ("estimate", estimate.value), ("statistic", estimate.statistic()),
      ("df", estimate.degreesOfFreedom), ("pvalue", estimate.pTwoSided().value),
    ])
  }

  @Test("winsorised values", arguments: ReferenceCase.of("winsorize"))
  func winsorize(reference: ReferenceCase) throws {
    let values = Winsorizing.winsorized(
      reference.column("x"), lower: reference.options["lower"].number,
      upper: reference.options["upper"].number)
    let moments = try Moments(of: values)
    reference.expect([
      ("mean", moments.mean),
      ("variance", moments.standardDeviation * moments.standardDeviation),
      ("min", values.min() ?? .nan), ("max", values.max() ?? .nan),
    ])
  }

  @Test("skewness and kurtosis", arguments: ReferenceCase.of("descriptive"))
  func shape(reference: ReferenceCase) throws {
    let shape = try Shape(of: reference.column("x"))
    reference.expect([
      ("skewness_g1", shape.skewness), ("kurtosis_excess_g2", shape.excessKurtosis),
    ])
  }
}
