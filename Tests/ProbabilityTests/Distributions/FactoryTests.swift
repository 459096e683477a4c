import Probability
import Testing

@Suite("Distributions by what people know") struct FactoryTests {
  static func close(_ a: Double?, _ b: Double, within tolerance: Double = 1e-12) -> Bool {
    guard let a else { return false }
    return (a / b - 1).magnitude <= tolerance
  }

  static func cv(_ law: Distribution) -> Double? {
    guard let mean = law.mean, let variance = law.variance else { return nil }
    return variance.squareRoot() / mean
  }

  @Test("a lognormal has the mean and p99 that were asked for", arguments: [1.001, 1.5, 5, 14.9])
  func meanAndP99(ratio: Double) throws {
    let law = try Distribution.lognormal(mean: 8, p99: 8 * ratio)
    #expect(Self.close(law.mean, 8))
    #expect(Self.close(law.quantile(0.99), 8 * ratio))
  }

  @Test("a lognormal has the median and p99 that were asked for")
  func medianAndP99() throws {
    let law = try Distribution.lognormal(median: 3, p99: 100)
    #expect(Self.close(law.quantile(0.5), 3))
    #expect(Self.close(law.quantile(0.99), 100))
  }

  @Test("mean and cv come back, of every family", arguments: [0.01, 0.2, 1, 1.7, 4])
  func meanAndCV(cv: Double) throws {
    for law in [
      try Distribution.lognormal(mean: 20, cv: cv), try .gamma(mean: 20, cv: cv),
      try .weibull(mean: 20, cv: cv), try .normal(mean: 20, cv: cv),
    ] {
      #expect(Self.close(law.mean, 20, within: 1e-11), "\(law)")
      #expect(Self.close(Self.cv(law), cv, within: 1e-9), "\(law)")
    }
  }

  @Test("rates and Pareto means come back")
  func others() throws {
    #expect(try Distribution.exponential(rate: 4) == .exponential(mean: 0.25))
    #expect(Self.close(try Distribution.pareto(mean: 6, shape: 3).mean, 6))
  }

  @Test("a mixture and its parts are checked, and the values of an empirical distribution sorted")
  func checked() throws {
    #expect(
      try Distribution.empirical(values: [3, 1, 2]).checked() == .empirical(values: [1, 2, 3]))
    let nested = Distribution.mixture([
      .init(
        weight: 1, distribution: .mixture([.init(weight: 1, distribution: .exponential(mean: -1))]))
    ])
    #expect(throws: DistributionError.notPositive(name: "mean", value: -1)) { try nested.checked() }
  }

  static let refusals: [(@Sendable () throws -> Distribution, String)] = [
    ({ try .lognormal(mean: -1, p99: 2) }, "mean is -1.0; it must be above 0"),
    ({ try .lognormal(mean: 1, p99: .nan) }, "p99 is nan; it must be a finite number"),
    ({ try .lognormal(mean: 5, p99: 5) }, "p99 is 5.0, but mean is 5.0; p99 must be above mean"),
    (
      { try .lognormal(mean: 1, p99: 20) },
      "no lognormal with mean 1.0 has p99 20.0, more than 14.968 times the mean; lower p99, or give "
        + "the median and p99"
    ),
    (
      { try .lognormal(median: 5, p99: 1) },
      "p99 is 1.0, but median is 5.0; p99 must be above median"
    ),
    (
      { try .pareto(mean: 2, shape: 1) },
      "a Pareto distribution with shape 1.0 has no mean; give `minimum` instead, or a shape above 1"
    ),
    (
      { try Distribution.uniform(low: 2, high: 2).checked() },
      "the range from 2.0 to 2.0 is empty; the low end must be below the high one"
    ),
    (
      { try Distribution.bernoulli(probability: 1.2).checked() },
      "probability is 1.2; it must lie between 0 and 1"
    ),
    (
      { try Distribution.categorical(weights: []).checked() },
      "weights is empty; it needs at least one element"
    ),
    (
      { try Distribution.categorical(weights: [0, 0]).checked() },
      "all weights are 0; at least one must be above 0"
    ),
    (
      { try Distribution.categorical(weights: [1, -1]).checked() },
      "weight is -1.0; it must not be below 0"
    ),
    (
      { try Distribution.empirical(values: []).checked() },
      "values is empty; it needs at least one element"
    ),
    (
      { try Distribution.quantiles(probabilities: [0, 1], values: [1]).checked() },
      "2 probabilities stand beside 1 values; a table of quantiles needs one for each, and two or "
        + "more"
    ),
    (
      {
        try Distribution.quantiles(probabilities: [0, 0.5, 0.5, 1], values: [1, 2, 3, 4]).checked()
      },
      "the probabilities of a table of quantiles must begin with 0, end with 1, and rise from one "
        + "to the next"
    ),
    (
      { try Distribution.quantiles(probabilities: [0, 0.5, 1], values: [1, 3, 2]).checked() },
      "2.0 stands behind 3.0; the values of a table of quantiles must not fall"
    ),
    (
      { try Distribution.shifted(by: .infinity, .constant(1)).checked() },
      "by is inf; it must be a finite number"
    ),
  ]

  @Test("what cannot be is refused in words", arguments: refusals)
  func refusal(_ make: @Sendable () throws -> Distribution, wording: String) throws {
    let error = #expect(throws: DistributionError.self) { try make() }
    #expect(error?.description == wording)
  }
}
