import Probability
import TestSupport
import Testing

@testable import Statistics

@Suite("Reference cases: fits of times") struct FittingReferenceTests {
  struct Reference: Decodable, Sendable {
    struct Fit: Decodable, Sendable {
      let family: String
      let values: [Double]
      let parameters: [Double]
      let logLikelihood: Double
    }
    struct Squares: Decodable, Sendable {
      let columns: [[Double]]
      let target: [Double]
      let weights: [Double]
      let coefficients: [Double]
    }
    let fits: [Fit]
    let squares: [Squares]
  }

  private static func numbers(_ law: Distribution) -> [Double] {
    switch law {
    case .exponential(let mean): [mean]
    case .gamma(let shape, let scale), .weibull(let shape, let scale): [shape, scale]
    case .lognormal(let mu, let sigma): [mu, sigma]
    case .mixture(let parts): [parts[0].weight] + parts.flatMap { numbers($0.distribution) }
    default: []
    }
  }

  @Test("the likeliest parameters are SciPy's, and no less likely")
  func parameters() throws {
    let reference = try vectors(Reference.self, named: "fitting")
    #expect(reference.fits.count == 10)
    for fit in reference.fits {
      let family = try #require(LatencyFamily(rawValue: fit.family))
      let law = try #require(family.fit(fit.values))
      let found = Self.numbers(law)
      try #require(found.count == fit.parameters.count)
      for (got, wanted) in zip(found, fit.parameters) {
        #expect(
          (got - wanted).magnitude <= 2e-5 * max(1, wanted.magnitude), "\(fit.family): \(found)")
      }
      let slack = 1e-9 * fit.logLikelihood.magnitude
      #expect(law.logLikelihood(fit.values) >= fit.logLikelihood - slack, "\(fit.family)")
    }
  }

  @Test("coefficients of at least 0 are SciPy's")
  func squares() throws {
    for reference in try vectors(Reference.self, named: "fitting").squares {
      let found = NonnegativeLeastSquares.coefficients(
        reference.columns, target: reference.target, weights: reference.weights)
      for (got, wanted) in zip(found, reference.coefficients) {
        #expect((got - wanted).magnitude <= 1e-10 * max(1, wanted), "\(found)")
      }
    }
  }
}
