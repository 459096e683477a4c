import Probability
import Testing

@Suite("Laws among each other") struct LawPropertyTests {
  private func near(_ a: Double, _ b: Double, _ relative: Double = 1e-12) -> Bool {
    a == b || (a - b).magnitude <= relative * max(a.magnitude, b.magnitude)
  }

  @Test("the studentized range of two groups is |t| √2", arguments: [1.5, 4, 21, 400, 1e6])
  func rangeOfTwo(degreesOfFreedom: Double) {
    let range = StudentizedRange(groups: 2, degreesOfFreedom: degreesOfFreedom)
    let student = StudentT(degreesOfFreedom: degreesOfFreedom)
    for q in [0.01, 0.7, 3, 9, 30] {
      #expect(near(range.survival(q), student.twoSided(q / 2.0.squareRoot())), "\(q)")
      #expect(near(range.logSurvival(q), student.logTwoSided(q / 2.0.squareRoot())), "\(q)")
    }
    #expect(near(range.upperQuantile(range.survival(3.5)), 3.5, 1e-11))
  }

  @Test("a noncentral t squared is a noncentral F, and without noncentrality both are central")
  func noncentral() {
    let t = NoncentralT(degreesOfFreedom: 13.5, noncentrality: 1.7)
    let f = NoncentralF(numerator: 1, denominator: 13.5, noncentrality: 1.7 * 1.7)
    for x in [0.3, 1, 2.5, 8] {
      #expect(near(t.survival(x) + t.cdf(-x), f.survival(x * x)), "\(x)")
    }
    let central = NoncentralT(degreesOfFreedom: 7, noncentrality: 0)
    #expect(central.survival(2) == StudentT(degreesOfFreedom: 7).survival(2))
    let normal = NoncentralT(degreesOfFreedom: .infinity, noncentrality: 3)
    #expect(near(normal.survival(1.5), Normal.survival(-1.5), 1e-15))
    let nearly = NoncentralT(degreesOfFreedom: 1e15, noncentrality: 3)
    #expect(near(nearly.survival(1.5), Normal.survival(-1.5)))
  }

  @Test("the t law turns into the normal one as its degrees of freedom grow")
  func manyDegrees() {
    for t in [0.1, 1.3, 5, 20] {
      let law = StudentT(degreesOfFreedom: 1e17)
      #expect(near(law.survival(t), Normal.survival(t)), "\(t)")
      #expect(near(law.upperQuantile(Normal.survival(t)), t), "\(t)")
      #expect(near(law.logSurvival(40), Normal.logSurvival(40)))
    }
  }

  @Test("quantiles reach into tails of 10⁻³⁰⁰", arguments: [1e-300, 1e-40, 1e-8, 0.2, 0.5])
  func deepQuantiles(p: Double) {
    let t = StudentT(degreesOfFreedom: 31)
    #expect(near(t.survival(t.upperQuantile(p)), p, 1e-11))
    let chi = ChiSquare(degreesOfFreedom: 5)
    #expect(near(chi.survival(chi.upperQuantile(p)), p, 1e-11))
    #expect(near(chi.cdf(chi.quantile(p)), p, 1e-11))
    let f = FDistribution(numerator: 3, denominator: 60)
    #expect(near(f.survival(f.upperQuantile(p)), p, 1e-11))
    let beta = Beta(40, 7)
    #expect(near(beta.cdf(beta.quantile(p)), p, 1e-11))
    let gamma = Gamma(shape: 1e6, scale: 3)
    #expect(near(gamma.survival(gamma.upperQuantile(p)), p, 1e-10))
    let noncentral = NoncentralT(degreesOfFreedom: 20, noncentrality: 2)
    #expect(near(noncentral.cdf(noncentral.quantile(p)), p, 1e-10))
    let poisson = Poisson(mean: 77)
    let k = poisson.upperQuantile(p)
    #expect(poisson.survival(k) <= p && (k == 0 || poisson.survival(k - 1) > p))
    let binomial = Binomial(trials: 5000, probability: 0.3)
    let low = binomial.quantile(p)
    #expect(binomial.cdf(low) >= p && (low == 0 || binomial.cdf(low - 1) < p))
  }

  @Test("probabilities of counts sum to one, and their logarithms are finite where they vanish")
  func masses() {
    let law = Hypergeometric(population: 60, marked: 25, draws: 18)
    let sum = law.support.reduce(0) { $0 + law.pmf($1) }
    #expect(near(sum, 1))
    let large = Hypergeometric(population: 2_000_000, marked: 1_000_000, draws: 900_000)
    #expect(large.pmf(100) == 0 && large.logPmf(100) < -100_000 && large.logPmf(100).isFinite)
    #expect(large.logCdf(100) < -100_000 && large.logCdf(100).isFinite)
    let coins = Binomial(trials: 10_000, probability: 0.5)
    #expect(near(coins.logCdf(0), -10_000 * Elementary.log(2), 1e-15))
    #expect(near(Poisson(mean: 5_000).logCdf(0), -5_000))
    #expect(Hypergeometric(population: 0, marked: 0, draws: 0).cdf(0) == 1)
    let negative = NegativeBinomial(successes: 2.5, probability: 0.3)
    #expect(near((0...20).reduce(0) { $0 + negative.pmf($1) }, negative.cdf(20)))
  }

  @Test("both tails of rank statistics are right, the last counts and the middle")
  func ranks() {
    let few = MannWhitneyCounts(4, 3)
    #expect(few.cdf(0) == 1 / 35.0 && few.survival(11) == 1 / 35.0 && few.cdf(12) == 1)
    #expect(few.survival(-1) == 1 && few.cdf(-1) == 0)
    let many = MannWhitneyCounts(62, 70)
    let half = many.largest / 2
    #expect(near(many.cdf(half - 1) + 0.5 * many.pmf(half), 0.5))
    #expect(near(many.logCdf(0), -GammaFunction.logChoose(132, 62)))
    #expect(near(many.logSurvival(many.largest - 1), -GammaFunction.logChoose(132, 62)))
    let signs = SignedRankCounts(ranks: 60)
    #expect(signs.cdf(0) == 0x1p-60 && signs.survival(signs.largest - 2) == 0x1p-59)
    #expect(near(signs.cdf(signs.largest / 2 - 1) + 0.5 * signs.pmf(signs.largest / 2), 0.5))
  }

  @Test("the largest distance follows its closed forms, and does not jump where its method changes")
  func distances() {
    // n = 1: D = max(U, 1 − U); n = 2 above ½: 1 − 2 (1 − d)².
    let one = KolmogorovSmirnov(count: 1)
    #expect(near(one.cdf(0.7), 0.4) && one.cdf(0.5) == 0 && one.survival(1) == 0)
    #expect(near(KolmogorovSmirnov(count: 2).survival(0.6), 2 * 0.4 * 0.4))
    // Either side of where the way of computing changes.
    let n = KolmogorovSmirnov.largestExact
    let (below, above) = (
      KolmogorovSmirnov(count: 400).survival((7 / 400.0).squareRoot() * (1 - 1e-13)),
      KolmogorovSmirnov(count: 400).survival((7 / 400.0).squareRoot() * (1 + 1e-13))
    )
    #expect(near(below, above, 1e-10))
    let asymptotic = KolmogorovSmirnov(count: n + 1)
    let z = 1.2 / Double(n + 1).squareRoot()
    #expect(near(asymptotic.survival(z), 0.111352, 1e-4))
    #expect(near(asymptotic.survival(0.0223), asymptotic.survival(0.0223 * (1 + 1e-12)), 1e-9))
  }
}
