import Probability
import TestSupport
import Testing

@Suite("Special functions") struct SpecialFunctionTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    struct Expected: Decodable, Sendable {
      var value: Double?
      var counts: [String]?
      var total: String?
    }
    struct Tolerance: Decodable, Sendable {
      var rel: Double
      var abs: Double
    }
    var id: String
    var method: String
    var input: [String: Double]
    var expected: Expected
    var tol: Tolerance

    var testDescription: String { "\(id) \(method)\(input)" }

    func callAsFunction(_ name: String) -> Double { input[name] ?? .nan }
  }

  @Test("each function agrees with 50-digit arithmetic within the vector's own tolerance")
  func vectors() throws {
    let all = try TestSupport.vectors([Case].self, named: "special")
    #expect(all.count == 214)
    let cases = all.filter { $0.expected.counts == nil }
    for vector in cases {
      let expected = try #require(vector.expected.value)
      let actual = try #require(value(of: vector), "\(vector.method) is not covered")
      let bound = max(vector.tol.abs, vector.tol.rel * expected.magnitude)
      #expect(
        actual == expected || (actual - expected).magnitude <= bound,
        "\(vector.testDescription): \(actual), not \(expected), off by \((actual / expected - 1))")
    }
  }

  @Test("the counts of ranks are the exact ones")
  func counts() throws {
    let cases = try TestSupport.vectors([Case].self, named: "special")
      .filter { $0.expected.counts != nil }
    #expect(cases.count == 5)
    for vector in cases {
      let expected = try #require(vector.expected.counts)
      let (actual, total) = counts(of: vector)
      #expect(actual.map { String(Int($0)) } == expected, "\(vector.testDescription)")
      if let sum = vector.expected.total { #expect(String(Int(total)) == sum) }
    }
  }

  private func counts(of v: Case) -> (counts: [Double], total: Double) {
    if v.method == "signed_rank_counts" {
      let law = SignedRankCounts(ranks: Int(v("n")))
      return ((0...law.largest).map(law.count), law.total)
    }
    let law = MannWhitneyCounts(Int(v("m")), Int(v("n")))
    return ((0...law.largest).map(law.count), law.total)
  }

  private func value(of v: Case) -> Double? {
    normal(v) ?? gamma(v) ?? student(v) ?? chiSquareOrF(v) ?? beta(v) ?? count(v)
      ?? noncentral(v) ?? supremum(v)
  }

  private func normal(_ v: Case) -> Double? {
    switch v.method {
    case "norm_cdf": Normal.cdf(v("x"))
    case "norm_sf": Normal.survival(v("x"))
    case "norm_logsf": Normal.logSurvival(v("x"))
    case "norm_ppf": Normal.quantile(v("p"))
    case "norm_isf": Normal.upperQuantile(v("q"))
    case "erf": ErrorFunction.erf(v("x"))
    case "erfc": ErrorFunction.erfc(v("x"))
    case "erfinv": ErrorFunction.inverse(v("p"))
    default: nil
    }
  }

  private func gamma(_ v: Case) -> Double? {
    switch v.method {
    case "lgamma": GammaFunction.log(v("x"))
    case "digamma": GammaFunction.digamma(v("x"))
    case "lbeta": GammaFunction.logBeta(v("a"), v("b"))
    case "log_choose": GammaFunction.logChoose(v("n"), v("k"))
    case "gamma_p": IncompleteGamma.lower(v("a"), v("x"))
    case "gamma_q": IncompleteGamma.upper(v("a"), v("x"))
    case "gamma_p_inv": IncompleteGamma.inverseLower(v("a"), v("p"))
    default: nil
    }
  }

  private func student(_ v: Case) -> Double? {
    let law = StudentT(degreesOfFreedom: v("df"))
    return switch v.method {
    case "t_cdf": law.cdf(v("t"))
    case "t_sf": law.survival(v("t"))
    case "t_ppf": law.quantile(v("p"))
    case "t_isf": law.upperQuantile(v("q"))
    default: nil
    }
  }

  private func chiSquareOrF(_ v: Case) -> Double? {
    let chi = ChiSquare(degreesOfFreedom: v("df"))
    let f = FDistribution(numerator: v("d1"), denominator: v("d2"))
    return switch v.method {
    case "chi2_cdf": chi.cdf(v("x"))
    case "chi2_sf": chi.survival(v("x"))
    case "chi2_ppf": chi.quantile(v("p"))
    case "chi2_isf": chi.upperQuantile(v("q"))
    case "f_cdf": f.cdf(v("x"))
    case "f_sf": f.survival(v("x"))
    case "f_isf": f.upperQuantile(v("q"))
    default: nil
    }
  }

  private func beta(_ v: Case) -> Double? {
    let law = Beta(v("a"), v("b"))
    return switch v.method {
    case "beta_cdf": law.cdf(v("x"))
    case "beta_sf": law.survival(v("x"))
    case "beta_ppf": law.quantile(v("p"))
    default: nil
    }
  }

  private func count(_ v: Case) -> Double? {
    switch v.method {
    case "binom_pmf", "binom_cdf", "binom_sf":
      let law = Binomial(trials: Int(v("n")), probability: v("p"))
      let k = Int(v("k"))
      return v.method == "binom_pmf"
        ? law.pmf(k) : v.method == "binom_cdf" ? law.cdf(k) : law.survival(k)
    case "poisson_pmf", "poisson_cdf", "poisson_sf":
      let law = Poisson(mean: v("mu"))
      let k = Int(v("k"))
      return v.method == "poisson_pmf"
        ? law.pmf(k) : v.method == "poisson_cdf" ? law.cdf(k) : law.survival(k)
    default: return nil
    }
  }

  private func noncentral(_ v: Case) -> Double? {
    switch v.method {
    case "nct_cdf", "nct_sf":
      let law = NoncentralT(degreesOfFreedom: v("df"), noncentrality: v("nc"))
      return v.method == "nct_cdf" ? law.cdf(v("t")) : law.survival(v("t"))
    case "ncx2_cdf", "ncx2_sf":
      let law = NoncentralChiSquare(degreesOfFreedom: v("df"), noncentrality: v("nc"))
      return v.method == "ncx2_cdf" ? law.cdf(v("x")) : law.survival(v("x"))
    case "ncf_cdf":
      return NoncentralF(numerator: v("d1"), denominator: v("d2"), noncentrality: v("nc"))
        .cdf(v("x"))
    default: return nil
    }
  }

  private func supremum(_ v: Case) -> Double? {
    switch v.method {
    case "kolmogorov_cdf": Kolmogorov.cdf(v("x"))
    case "kolmogorov_sf": Kolmogorov.survival(v("x"))
    case "ks_exact_cdf": KolmogorovSmirnov(count: Int(v("n"))).cdf(v("d"))
    case "ks_exact_sf": KolmogorovSmirnov(count: Int(v("n"))).survival(v("d"))
    case "studentized_range_sf":
      StudentizedRange(groups: Int(v("k")), degreesOfFreedom: v("df")).survival(v("q"))
    default: nil
    }
  }
}
