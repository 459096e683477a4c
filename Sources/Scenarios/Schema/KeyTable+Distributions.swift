extension KeyTable {
  /// The keys of one distribution, and what it is.
  private static func distribution(
    _ name: String, _ about: String, _ keys: [KeyEntry]
  ) -> KeySection {
    KeySection(
      "distribution.\(name)", "the distribution \(name)", at: "{ \(name): { … } }", about, keys)
  }

  private static let mean = KeyEntry(
    "mean", .amount(.positive), default: "—", "The mean.", example: "mean: 8")
  private static let coefficient = KeyEntry(
    "cv", .number(.positive), default: "—", "Standard deviation over mean.", example: "cv: 0.8")
  private static let shape = KeyEntry(
    "shape", .number(.positive), default: "—", "The shape.", example: "shape: 2")
  private static let scale = KeyEntry(
    "scale", .amount(.positive), default: "—", "The scale.", example: "scale: 4")

  static let distributionSections: [KeySection] = [
    KeySection(
      "distribution", "a distribution", at: "wherever a distribution may stand",
      "A bare number (or duration) is that constant; else an object with one of these keys. Where "
        + "a distribution is one of durations, its means, scales and values are durations "
        + "(\"8ms\").",
      [
        KeyEntry(
          "constant", .amount(.any), default: "—", "Always this.", example: "constant: 3"),
        KeyEntry(
          "uniform", .object("distribution.uniform"), default: "—", "Evenly from low to high.",
          example: "uniform: { low: 0, high: 1 }"),
        KeyEntry(
          "exponential", .object("distribution.exponential"), default: "—", "Without memory.",
          example: "exponential: { mean: 5 }"),
        KeyEntry(
          "normal", .object("distribution.normal"), default: "—", "The bell curve.",
          example: "normal: { mean: 0, sd: 1 }"),
        KeyEntry(
          "lognormal", .object("distribution.lognormal"), default: "—",
          "exp of a normal: two of its numbers, in one of these pairs: mean and p99, mean and cv, "
            + "median and p99, mu and sigma.", example: "lognormal: { mean: 8, p99: 40 }"),
        KeyEntry(
          "gamma", .object("distribution.gamma"), default: "—",
          "By mean and cv, or shape and scale.", example: "gamma: { mean: 8, cv: 0.5 }"),
        KeyEntry(
          "weibull", .object("distribution.weibull"), default: "—",
          "By mean and cv, or shape and scale.",
          example: "weibull: { shape: 1.5, scale: 8 }"),
        KeyEntry(
          "pareto", .object("distribution.pareto"), default: "—",
          "A heavy tail, by minimum and shape, or mean and shape.",
          example: "pareto: { minimum: 1, shape: 2.5 }"),
        KeyEntry(
          "bernoulli", .number(.share), default: "—",
          "1 with this probability, else 0; not for durations.", example: "bernoulli: 0.3"),
        KeyEntry(
          "categorical", .list(of: .number(.nonNegative)), default: "—",
          "An index from 0 on, with these weights; not for durations.",
          example: "categorical: [3, 1]"),
        KeyEntry(
          "empirical", .list(of: .amount(.any)), default: "—",
          "One of these values, each equally likely.", example: "empirical: [1, 2, 2, 5]"),
        KeyEntry(
          "mixture", .list(of: .object("distribution.part")), default: "—",
          "One of several distributions, by weight.",
          example: "mixture: [{ weight: 0.9, of: 5 }, { weight: 0.1, of: 50 }]"),
        KeyEntry(
          "quantiles", .object("distribution.quantiles"), default: "—",
          "A table of quantiles, with straight lines between its points.",
          example: "quantiles: { at: [0, 0.5, 0.99, 1], values: [1, 5, 40, 90] }"),
        KeyEntry(
          "shifted", .object("distribution.shifted"), default: "—",
          "A constant more than a draw of another distribution.",
          example: "shifted: { by: 2, of: { exponential: { mean: 5 } } }"),
      ]),
    distribution(
      "uniform", "",
      [
        KeyEntry(
          "low", .amount(.any), default: "required", "The lower end.", example: "low: 0"),
        KeyEntry(
          "high", .amount(.any), default: "required", "The upper end, above `low`.",
          example: "high: 1"),
      ]),
    distribution("exponential", "", [mean]),
    distribution(
      "normal", "",
      [
        KeyEntry("mean", .amount(.any), default: "required", "The mean.", example: "mean: 0"),
        KeyEntry(
          "sd", .amount(.positive), default: "required", "The standard deviation.",
          example: "sd: 1"),
      ]),
    distribution(
      "lognormal", "",
      [
        mean,
        KeyEntry(
          "p99", .amount(.positive), default: "—",
          "What one in a hundred exceeds; above the mean, and at most 14.9 times it.",
          example: "p99: 40"),
        coefficient,
        KeyEntry(
          "median", .amount(.positive), default: "—", "The median.", example: "median: 6"),
        KeyEntry(
          "mu", .number(.any), default: "—",
          "The mean of the logarithm (of seconds, for durations).",
          example: "mu: 1.2"),
        KeyEntry(
          "sigma", .number(.positive), default: "—", "The standard deviation of the logarithm.",
          example: "sigma: 0.5"),
      ]),
    distribution("gamma", "", [mean, coefficient, shape, scale]),
    distribution("weibull", "", [mean, coefficient, shape, scale]),
    distribution(
      "pareto", "",
      [
        KeyEntry(
          "minimum", .amount(.positive), default: "—", "The smallest value.",
          example: "minimum: 1"),
        mean, shape,
      ]),
    distribution(
      "quantiles", "",
      [
        KeyEntry(
          "at", .list(of: .number(.share)), default: "required",
          "Probabilities that rise from 0 to 1.", example: "at: [0, 0.5, 1]"),
        KeyEntry(
          "values", .list(of: .amount(.any)), default: "required",
          "What lies at each probability; never falling.", example: "values: [1, 5, 90]"),
      ]),
    distribution(
      "shifted", "",
      [
        KeyEntry(
          "by", .amount(.any), default: "required", "What is added to every draw.",
          example: "by: 2"),
        KeyEntry(
          "of", .distribution, default: "required", "The other distribution.",
          example: "of: { exponential: { mean: 5 } }"),
      ]),
    KeySection(
      "distribution.part", "a part of a mixture", at: "{ mixture: [ … ] }", "",
      [
        KeyEntry(
          "weight", .number(.positive), default: "required", "In proportion to the other parts.",
          example: "weight: 0.9"),
        KeyEntry(
          "of", .distribution, default: "required", "The part's own distribution.",
          example: "of: { normal: { mean: 0, sd: 1 } }"),
      ]),
  ]
}
