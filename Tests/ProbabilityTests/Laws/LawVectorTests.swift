import Probability
import TestSupport
import Testing

@Suite("Tails of laws") struct LawVectorTests {
  struct Case: Decodable, Sendable {
    var law: String
    var parameters: [Double]
    var x: Double
    var logLower: Double
    var logUpper: Double

    var name: String { "\(law)\(parameters) at \(x)" }
  }

  /// What every law answers.
  struct Answers {
    var cdf: Double
    var survival: Double
    var logCdf: Double
    var logSurvival: Double
    /// The places that its quantiles give back for its own tails; nil where the law has none.
    var places: (lower: Double, upper: Double)?
    var isDiscrete = false
  }

  @Test("both tails and their logarithms agree with 60-digit arithmetic to 10⁻¹²")
  func tails() throws {
    let cases = try TestSupport.vectors([Case].self, named: "laws")
    #expect(cases.count > 140)
    for vector in cases {
      let answers = try #require(self.answers(vector), "\(vector.law) is not covered")
      expect(answers.logCdf, vector.logLower, "log cdf of \(vector.name)")
      expect(answers.logSurvival, vector.logUpper, "log survival of \(vector.name)")
      for (value, logarithm) in [
        (answers.cdf, vector.logLower), (answers.survival, vector.logUpper),
      ] where logarithm > -700 {
        let error = (Elementary.log(value) - logarithm).magnitude
        #expect(error <= 1e-12, "\(vector.name): \(value), off by \(error)")
      }
    }
  }

  /// A logarithm's error is the relative error of its probability.
  private func expect(_ actual: Double, _ expected: Double, _ name: String) {
    let size = expected.magnitude
    let bound = max(1e-12 * min(1, size), 4e-15 * size)
    #expect((actual - expected).magnitude <= bound, "\(name): \(actual), not \(expected)")
  }

  @Test("quantiles give back the places of their tails, down to 10⁻³⁰⁰")
  func quantiles() throws {
    for vector in try TestSupport.vectors([Case].self, named: "laws") {
      let answers = try #require(self.answers(vector))
      guard let places = answers.places else { continue }
      for (place, logarithm) in [
        (places.lower, vector.logLower), (places.upper, vector.logUpper),
      ] where logarithm > -690 && logarithm < -0.01 {
        // A place is as sharp as its tail is steep there.
        let bound = answers.isDiscrete ? 0 : 1e-10 * vector.x.magnitude
        #expect((place - vector.x).magnitude <= bound, "\(vector.name): \(place)")
      }
    }
  }

  private func answers(_ v: Case) -> Answers? { central(v) ?? counts(v) ?? other(v) }

  private func central(_ v: Case) -> Answers? {
    let (p, x) = (v.parameters, v.x)
    switch v.law {
    case "t":
      let law = StudentT(degreesOfFreedom: p[0])
      return Answers(
        cdf: law.cdf(x), survival: law.survival(x), logCdf: law.logCdf(x),
        logSurvival: law.logSurvival(x),
        places: (law.quantile(law.cdf(x)), law.upperQuantile(law.survival(x))))
    case "gamma":
      let law = Gamma(shape: p[0], scale: 2)
      return Answers(
        cdf: law.cdf(2 * x), survival: law.survival(2 * x), logCdf: law.logCdf(2 * x),
        logSurvival: law.logSurvival(2 * x),
        places: (0.5 * law.quantile(law.cdf(2 * x)), 0.5 * law.upperQuantile(law.survival(2 * x))))
    case "f":
      let law = FDistribution(numerator: p[0], denominator: p[1])
      return Answers(
        cdf: law.cdf(x), survival: law.survival(x), logCdf: law.logCdf(x),
        logSurvival: law.logSurvival(x),
        places: (law.quantile(law.cdf(x)), law.upperQuantile(law.survival(x))))
    default: return nil
    }
  }

  private func counts(_ v: Case) -> Answers? {
    let (p, k) = (v.parameters, Int(v.x))
    switch v.law {
    case "binomial":
      let law = Binomial(trials: Int(p[0]), probability: p[1])
      return Answers(
        cdf: law.cdf(k), survival: law.survival(k), logCdf: law.logCdf(k),
        logSurvival: law.logSurvival(k),
        places: (Double(law.quantile(law.cdf(k))), Double(law.upperQuantile(law.survival(k)))),
        isDiscrete: true)
    case "poisson":
      let law = Poisson(mean: p[0])
      return Answers(
        cdf: law.cdf(k), survival: law.survival(k), logCdf: law.logCdf(k),
        logSurvival: law.logSurvival(k),
        places: (
          law.cdf(k) < 1 ? Double(law.quantile(law.cdf(k))) : v.x,
          law.survival(k) > 0 ? Double(law.upperQuantile(law.survival(k))) : v.x
        ),
        isDiscrete: true)
    case "hypergeometric":
      let law = Hypergeometric(population: Int(p[0]), marked: Int(p[1]), draws: Int(p[2]))
      return Answers(
        cdf: law.cdf(k), survival: law.survival(k), logCdf: law.logCdf(k),
        logSurvival: law.logSurvival(k),
        places: (Double(law.quantile(law.cdf(k))), Double(law.upperQuantile(law.survival(k)))),
        isDiscrete: true)
    default: return nil
    }
  }

  private func other(_ v: Case) -> Answers? {
    let (p, x) = (v.parameters, v.x)
    switch v.law {
    case "kolmogorov":
      return Answers(
        cdf: Kolmogorov.cdf(x), survival: Kolmogorov.survival(x), logCdf: Kolmogorov.logCdf(x),
        logSurvival: Kolmogorov.logSurvival(x),
        places: (
          Kolmogorov.quantile(Kolmogorov.cdf(x)),
          Kolmogorov.upperQuantile(Kolmogorov.survival(x))
        ))
    case "kolmogorov-smirnov":
      let law = KolmogorovSmirnov(count: Int(p[0]))
      return Answers(
        cdf: law.cdf(x), survival: law.survival(x), logCdf: law.logCdf(x),
        logSurvival: law.logSurvival(x))
    case "noncentral-chi-square":
      let law = NoncentralChiSquare(degreesOfFreedom: p[0], noncentrality: p[1])
      return Answers(
        cdf: law.cdf(x), survival: law.survival(x), logCdf: law.logCdf(x),
        logSurvival: law.logSurvival(x),
        places: (law.quantile(law.cdf(x)), law.upperQuantile(law.survival(x))))
    case "noncentral-f":
      let law = NoncentralF(numerator: p[0], denominator: p[1], noncentrality: p[2])
      return Answers(
        cdf: law.cdf(x), survival: law.survival(x), logCdf: law.logCdf(x),
        logSurvival: law.logSurvival(x),
        places: (law.quantile(law.cdf(x)), law.upperQuantile(law.survival(x))))
    case "noncentral-t":
      let law = NoncentralT(degreesOfFreedom: p[0], noncentrality: p[1])
      return Answers(
        cdf: law.cdf(x), survival: law.survival(x), logCdf: law.logCdf(x),
        logSurvival: law.logSurvival(x),
        places: (law.quantile(law.cdf(x)), law.upperQuantile(law.survival(x))))
    default: return nil
    }
  }
}
