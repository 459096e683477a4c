import Probability
import Testing

@testable import Statistics

@Suite("Reference cases of repeated looks") struct SequentialReferenceTests {
  @Test("the asymptotic sequence's tuning", arguments: ReferenceCase.of("asymptotic_cs_rho"))
  func rho(reference: ReferenceCase) {
    let sequence = AsymptoticSequence(
      alpha: reference.input["alpha"].number, expectedRows: reference.input["n_star"].number)
    reference.expect([("rho", sequence.rho)])
  }

  @Test(
    "the asymptotic sequence", arguments: ReferenceCase.of("asymptotic_confidence_sequence"))
  func asymptotic(reference: ReferenceCase) {
    let sequence = AsymptoticSequence(
      alpha: reference.options["alpha"].number, expectedRows: reference.options["n_star"].number)
    let (estimate, error) = (reference.input["estimate"].number, reference.input["se"].number)
    let rows = reference.input["n"].number
    let reach = error * sequence.criticalZ(rows: rows)
    let p = sequence.p(z: estimate / error, rows: rows)
    reference.expect([
      ("rho", sequence.rho), ("halfwidth", reach), ("ci_low", estimate - reach),
      ("ci_high", estimate + reach), ("pvalue", p.value),
      ("halfwidth_one_sided", error * sequence.criticalZOneSided(rows: rows)),
    ])
    if !reference.expected["ln_pvalue"].isNull { reference.expect([("ln_pvalue", p.ln)]) }
  }

  @Test("the mixture test", arguments: ReferenceCase.of("msprt_normal"))
  func mixtureSPRT(reference: ReferenceCase) {
    let scale = reference.input["tau2"].number.squareRoot()
    let error = reference.input["variance"].number.squareRoot()
    let test = MixtureSPRT(effectScale: scale)
    let estimate = reference.input["estimate"].number
    let null = reference.input["theta0"].number
    let p = test.p(estimate: estimate, standardError: error, null: null)
    let statsig = MixtureSPRT(effectScale: scale, dialect: .statsig)
    reference.expect([
      (
        "log_likelihood_ratio",
        test.lnRatio(estimate: estimate, standardError: error, null: null)
      ),
      ("pvalue", p.value),
      ("always_valid_halfwidth_95", test.halfWidth(standardError: error, alpha: 0.05)),
      ("statsig_halfwidth_95", statsig.halfWidth(standardError: error, alpha: 0.05)),
    ])
    if !reference.expected["ln_pvalue"].isNull { reference.expect([("ln_pvalue", p.ln)]) }
  }

  @Test("the normal mixture's boundary", arguments: ReferenceCase.of("normal_mixture_bound"))
  func normalMixture(reference: ReferenceCase) {
    let bound = SumBoundary.normalMixture(
      at: reference.input["v"].number, alpha: reference.options["alpha"].number,
      tightestAt: reference.options["v_opt"].number,
      isOneSided: reference.options["one_sided"].flag)
    reference.expect([("bound", bound)])
  }

  @Test(
    "the gamma-exponential mixture's boundary",
    arguments: ReferenceCase.of("gamma_exponential_mixture_bound"))
  func gammaExponential(reference: ReferenceCase) {
    let alpha = reference.options["alpha"].number
    let mixture = GammaExponentialMixture(
      tightestAt: reference.options["v_opt"].number, alpha: alpha,
      scale: reference.options["c"].number)
    reference.expect([("bound", mixture.boundary(at: reference.input["v"].number, alpha: alpha))])
  }

  @Test("the stitched boundary", arguments: ReferenceCase.of("poly_stitching_bound"))
  func stitched(reference: ReferenceCase) {
    let bound = SumBoundary.stitched(
      at: reference.input["v"].number, alpha: reference.options["alpha"].number,
      start: reference.options["v_min"].number, scale: reference.options["c"].number,
      exponent: reference.options["s"].number, spacing: reference.options["eta"].number)
    reference.expect([("bound", bound)])
  }

  @Test(
    "the beta-binomial mixture's boundary",
    arguments: ReferenceCase.of("beta_binomial_mixture_bound"))
  func betaBinomial(reference: ReferenceCase) {
    let alpha = reference.options["alpha"].number
    let mixture = BoundedSumMixture(
      tightestAt: reference.options["v_opt"].number, alpha: alpha,
      low: reference.options["g"].number, high: reference.options["h"].number,
      isOneSided: reference.options["one_sided"].flag)
    reference.expect([("bound", mixture.boundary(at: reference.input["v"].number, alpha: alpha))])
  }

  @Test(
    "sequences of bounded means",
    arguments: ReferenceCase.of("confidence_sequence_bounded_mean"))
  func bounded(reference: ReferenceCase) {
    let alpha = reference.options["alpha"].number
    var bernstein = EmpiricalBernstein(
      alphaOfEnd: alpha / 2, largestBet: reference.options["truncation_eb"].number)
    var hoeffding = PredictableHoeffding(
      alphaOfEnd: alpha / 2, largestBet: reference.options["truncation_hoeffding"].number)
    var mixture = HoeffdingMixture(
      alpha: alpha, tightestAt: reference.options["conjmix_t_opt"].number / 4)
    let places = reference.expected["at_index_0based"].numbers.map { Int($0) }
    var got: [String: [Double]] = [:]
    var running = (low: 0.0, high: 1.0)
    for (index, x) in reference.column("x").enumerated() {
      bernstein.add(x)
      hoeffding.add(x)
      mixture.add(x, varianceAtMost: 0.25)
      running = (max(running.low, bernstein.lower), min(running.high, bernstein.upper))
      guard places.contains(index) else { continue }
      got["empirical_bernstein_low", default: []].append(bernstein.lower)
      got["empirical_bernstein_high", default: []].append(bernstein.upper)
      got["empirical_bernstein_running_low", default: []].append(running.low)
      got["empirical_bernstein_running_high", default: []].append(running.high)
      got["hoeffding_low", default: []].append(hoeffding.lower)
      got["hoeffding_high", default: []].append(hoeffding.upper)
      got["conjmix_hoeffding_low", default: []].append(max(0, mixture.mean - mixture.reach))
      got["conjmix_hoeffding_high", default: []].append(min(1, mixture.mean + mixture.reach))
    }
    #expect(got.count == 8)
    for (field, values) in got { reference.expect(field, each: values) }
  }

  @Test("constant bets", arguments: ReferenceCase.of("betting_log_wealth_constant"))
  func constantBets(reference: ReferenceCase) {
    let wealth = Wealth.constantBet(
      reference.options["lam"].number, mean: reference.options["m"].number,
      on: reference.column("x"))
    reference.expect([("log_wealth", wealth.ln)])
  }

  @Test(
    "the e-process of a share", arguments: ReferenceCase.of("bernoulli_kt_mixture_evalue"))
  func krichevskyTrofimov(reference: ReferenceCase) {
    let x = reference.column("x")
    let mixture = BernoulliMixture(successes: Int(x.reduce(0, +)), trials: x.count)
    reference.expect([
      ("log_evalue", mixture.lnEvidence(against: reference.options["null_p"].number))
    ])
  }

  private func spending(_ reference: ReferenceCase) -> SpendingFunction {
    switch reference.options["spending"].string {
    case "asOF": .obrienFleming
    case "asP": .pocock
    case "asHSD": .hwangShihDeCani(gamma: reference.options["parameter"].number)
    default: .power(rho: reference.options["parameter"].number)
    }
  }

  @Test("spent errors", arguments: ReferenceCase.of("lan_demets_spending"))
  func lanDeMets(reference: ReferenceCase) {
    let information = reference.input["information"].numbers
    let isTwoSided = reference.options["sided"].int == 2
    let alpha = reference.options["alpha"].number
    let design = GroupSequentialDesign(
      spending: spending(reference), information: information, alpha: alpha,
      sides: isTwoSided ? .two : .one)
    let null = design.characteristics(drift: 0)
    let effect = design.characteristics(drift: 3)
    reference.expect("critical_z", each: design.upper)
    let cumulative = information.map {
      spending(reference).spent(at: $0, of: isTwoSided ? alpha / 2 : alpha)
    }
    reference.expect("cumulative_alpha_one_sided", each: cumulative)
    reference.expect("crossing_probability", each: null.above)
    reference.expect([
      ("power_at_drift3", effect.power),
      ("expected_information_at_drift3", effect.expectedInformation),
    ])
  }

  @Test("bounds of a shape", arguments: ReferenceCase.of("classical_group_sequential"))
  func classical(reference: ReferenceCase) {
    let name = reference.options["shape"].string
    let shape: ClassicalShape
    switch name {
    case "OF": shape = .obrienFleming
    case "P": shape = .pocock
    default: shape = .wangTsiatis(delta: Double(name.dropFirst(13).dropLast()) ?? .nan)
    }
    let design = GroupSequentialDesign(
      shape: shape, information: reference.input["information"].numbers,
      alpha: reference.options["alpha"].number,
      sides: reference.options["sided"].int == 2 ? .two : .one)
    reference.expect("critical_z", each: design.upper)
    reference.expect([("constant", design.upper[design.upper.count - 1])])
  }

  @Test("e-values under multiplicity", arguments: ReferenceCase.of("e_bh"))
  func multiplicity(reference: ReferenceCase) {
    let flags = EValue.benjaminiHochberg(
      reference.input["e"].numbers, level: reference.options["alpha"].number)
    let fallen = flags.indices.filter { flags[$0] }.map(Double.init)
    #expect(fallen == reference.expected["rejected_0based"].numbers)
  }
}
