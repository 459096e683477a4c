import Probability
import Testing

@testable import Statistics

/// Times of remission (weeks) of 42 patients, Freireich et al. (1963), and a made-up stratum for each.
enum Remission {
  static let treated: [Double] = [
    6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35,
  ]
  static let control: [Double] = [
    1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23,
  ]
  static let censored = treated.indices.map { $0 >= 9 }
  static let arms = TwoArms(
    candidate: ArmSample(
      values: treated, strata: treated.indices.map { $0 % 2 }, censored: censored),
    production: ArmSample(values: control, strata: control.indices.map { $0 % 2 }))
}

func near(_ got: Double?, _ wanted: Double, _ relative: Double = 1e-12) -> Bool {
  guard let got else { return false }
  return abs(got - wanted) <= relative * abs(wanted)
}

@Suite("Times to an event") struct SurvivalTests {
  private func answer(
    _ name: String, _ question: Question = Question(), _ arms: TwoArms = Remission.arms
  ) throws -> Answer {
    let method = try #require(Catalogue.method(named: name))
    guard case .arms(let body) = method.body else { throw Unavailable.noVariation }
    return try body(arms, question)
  }

  @Test("Kaplan and Meier's curve agrees with lifelines 0.30.3 and statsmodels")
  func curve() throws {
    let curve = try SurvivalCurve(times: Remission.treated, censored: Remission.censored)
    #expect(near(curve.survival(at: 6), 6.0 / 7))
    #expect(near(curve.survival(at: 14), 0.69019608, 1e-7))
    #expect(near(curve.standardError(at: 23), 0.13459146, 1e-7))
    let interval = curve.interval(at: 13, level: 0.95)
    #expect(near(interval.lowerBound, 0.43161022, 1e-7))
    #expect(near(interval.upperBound, 0.84906596, 1e-7))
    #expect(curve.survival(at: 5.9) == 1 && curve.interval(at: 1, level: 0.9) == 1...1)
    let z = Normal.upperQuantile(0.025)
    #expect(curve.quantile(0.5) == 23)
    #expect(curve.quantileInterval(0.5, z: z) == Bounds(lower: 13, upper: .infinity))
    let other = try SurvivalCurve(times: Remission.control)
    #expect(other.quantile(0.5) == 8)
    #expect(other.quantileInterval(0.5, z: z) == Bounds(lower: 4, upper: 11))
    #expect(other.steps.last?.survival == 0)
  }

  @Test("log-rank, weighted and stratified, agrees with sums of fractions (and statsmodels)")
  func logRank() throws {
    func chiSquare(_ byStrata: Bool, _ weights: LogRank.Weights = .init()) throws -> Double {
      let z = try LogRank(RiskTable(Remission.arms, byStrata: byStrata), weights: weights).statistic
      return z * z
    }
    #expect(try near(chiSquare(false), 16.792940989216532))
    #expect(try near(chiSquare(false, .init(rho: 1)), 14.457150818717132))
    #expect(try near(chiSquare(false, .init(gamma: 1)), 13.04844862402074))
    #expect(try near(chiSquare(true), 15.431297947776297))
    let test = try LogRank(RiskTable(Remission.arms))
    #expect(near(test.observedMinusExpected, -10.25050094803113))
    #expect(near(test.variance, 6.2569605736755))
    let found = try answer("log-rank")
    #expect(near(found.p?.value, 4.1688091093394775e-05, 1e-9))
    #expect(near(found.estimate, Elementary.exp(-10.25050094803113 / 6.2569605736755)))
    #expect(try answer("log-rank", Question(alternative: .less)).p?.value ?? 1 < 1e-4)
    #expect(try answer("log-rank", Question(alternative: .greater)).p?.value ?? 0 > 0.99)
    // Not shown to be below a tenth.
    let tenth = try answer("log-rank", Question(alternative: .less, null: 0.1)).p
    #expect(tenth?.value ?? 0 > 0.05)
  }

  @Test("the Cox model agrees with 30 digits of mpmath (and statsmodels' PHReg)")
  func cox() throws {
    let plain = try HazardRatio(RiskTable(Remission.arms)).logarithm
    #expect(near(plain.value, -1.572125148829067012))
    #expect(near(plain.standardError, 0.412396717709455579))
    let stratified = try HazardRatio(RiskTable(Remission.arms, byStrata: true)).logarithm
    #expect(near(stratified.value, -1.4929198694370230))
    #expect(near(stratified.standardError, 0.40866657306683998))
  }

  @Test("restricted means agree with sums of fractions (and lifelines)")
  func restrictedMeans() throws {
    let contrast = try SurvivalContrast(Remission.arms)
    let means = try contrast.restrictedMeans(to: 20)
    #expect(near(means.candidate.value, 16.116526610644257))
    #expect(near(means.candidate.standardError, 1.2515601960050473))
    #expect(near(means.production.value, 8.428571428571429))
    #expect(near(means.production.standardError, 1.268082682503922))
    #expect(contrast.commonHorizon == 23)
    let found = try answer("restricted-mean-difference")
    #expect(near(found.estimate, 17.909243697478992 - 8.666666666666666))
    #expect(near(found.standardError, rootOfSquares(1.55318997824838, 1.3773900412645483)))
    var question = Question()
    question.horizon = 20
    let ratio = try answer("restricted-mean-ratio", question)
    #expect(near(ratio.estimate, 16.116526610644257 / 8.428571428571429))
    question.horizon = 40
    #expect(throws: Unavailable.followUpEnds(35)) {
      try answer("restricted-mean-difference", question)
    }
  }

  @Test("without censoring a restricted mean is the mean of the times cut at the horizon")
  func uncensored() throws {
    var luck = Luck(seed: 11, run: 0)
    let times = (0..<200).map { _ in -Elementary.log(luck.unit()) }
    let curve = try SurvivalCurve(times: times)
    let cut = try Moments(of: times.map { min(1.5, $0) })
    let mean = try curve.restrictedMean(to: 1.5)
    #expect(near(mean.value, cut.mean))
    #expect(near(mean.standardError, cut.standardError * (199.0 / 200).squareRoot(), 1e-10))
    let scaled = try SurvivalCurve(times: times.map { $0 * 0x1p-400 })
    #expect(try scaled.restrictedMean(to: 1.5 * 0x1p-400).value == mean.value * 0x1p-400)
  }

  @Test("medians: the interval holds what the test does not reject")
  func medians() throws {
    let found = try answer("median-time")
    #expect(found.estimate == 15)
    let interval = try #require(found.interval)
    #expect(near(interval.lower, 15 - 109.0.squareRoot()) && interval.upper == .infinity)
    #expect(try answer("median-time", Question(null: 4)).p?.value ?? 1 < 0.05)
    #expect(try answer("median-time", Question(null: 5)).p?.value ?? 0 > 0.05)
  }

  @Test("a curve without an end, no events, and separated arms are said to be so")
  func edges() throws {
    func arms(_ one: [Double], _ other: [Double], _ censored: [Bool]? = nil) -> TwoArms {
      TwoArms(
        candidate: ArmSample(values: one, censored: censored), production: ArmSample(values: other))
    }
    #expect(throws: Unavailable.separated) { try answer("cox", .init(), arms([5, 6], [1, 2])) }
    #expect(throws: Unavailable.separated) {
      try answer("cox", .init(), arms([5, 6], [1, 2], [true, true]))
    }
    let none = TwoArms(
      candidate: ArmSample(values: [1], censored: [true]),
      production: ArmSample(values: [2], censored: [true]))
    #expect(throws: Unavailable.emptyCell) { try answer("cox", .init(), none) }
    #expect(throws: Unavailable.noVariation) { try answer("log-rank", .init(), none) }
    #expect(throws: Unavailable.notPositive) { try answer("cox", .init(), arms([-1], [1])) }
    #expect(throws: Unavailable.notFinite) { try answer("log-rank", .init(), arms([.nan], [1])) }
    #expect(throws: Unavailable.followUpEnds(1)) { try answer("median-time", .init(), none) }
  }

  @Test("log-rank, Cox and restricted means keep their error where nothing differs")
  func calibration() throws {
    let runs = 300
    var alarms = [0, 0, 0]
    for run in 0..<runs {
      var luck = Luck(seed: 12, run: run)
      func arm() -> ArmSample {
        var (times, censored): ([Double], [Bool]) = ([], [])
        for _ in 0..<60 {
          let (event, end) = (-Elementary.log(luck.unit()), 3 * luck.unit())
          times.append(min(event, end))
          censored.append(event > end)
        }
        return ArmSample(values: times, censored: censored)
      }
      let arms = TwoArms(candidate: arm(), production: arm())
      var question = Question()
      question.horizon = 1.5
      for (place, name) in ["log-rank", "cox", "restricted-mean-difference"].enumerated()
      where try answer(name, question, arms).p?.value ?? 1 <= 0.05 {
        alarms[place] += 1
      }
    }
    for count in alarms {
      #expect(plausible(0.055, of: runs).contains(Double(count) / Double(runs)), "\(alarms)")
    }
  }
}
