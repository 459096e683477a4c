import Probability
import Testing

@testable import Statistics

@Suite("Health, fairness and criteria of an experiment") struct OutcomeHealthTests {
  @Test("limits of agreement agree with 30 digits of noncentral t")
  func limits() throws {
    let d = [0.3, -0.1, 0.5, 0.2, -0.4, 0.9, 0.1, 0.05, -0.2, 0.6]
    let limits = try LimitsOfAgreement(PairSample(candidate: d, production: d.map { _ in 0 }))
    #expect(near(limits.limits.lower, -0.575877641473333))
    #expect(near(limits.limits.upper, 0.9658776414733329))
    let exact = try limits.intervals(level: 0.95).upper
    #expect(near(exact.lower, 0.6524931706537799) && near(exact.upper, 1.6899410647702608))
    let approximate = try limits.intervals(level: 0.95, .approximate).upper
    #expect(near(approximate.lower, 0.467774143806089))
    #expect(near(approximate.upper, 1.4639811391405768))
    let lower = try limits.intervals(level: 0.95).lower
    #expect(near(lower.lower, 2 * limits.bias.value - exact.upper))
  }

  @Test("Lin's concordance agrees with its formula in NumPy")
  func concordance() throws {
    let pairs = PairSample(
      candidate: [1.1, 2.3, 3.2, 4.8, 5.1, 6.0, 7.7, 8.1],
      production: [1.0, 2.6, 2.9, 5.2, 5.6, 6.4, 7.1, 9.0])
    let found = try Concordance(pairs)
    #expect(near(found.value, 0.9791452806742666))
    #expect(near(found.transformed.value, 2.276420042436052))
    #expect(near(found.transformed.standardError, 0.38650714969729144, 1e-10))
    let method = try #require(Catalogue.method(named: "lin-concordance"))
    guard case .pairs(let body) = method.body else { return }
    let answer = try body(pairs, Question())
    #expect(near(answer.interval?.lower, 0.9085022700134875, 1e-10))
    #expect(near(answer.interval?.upper, 0.9953787331324672, 1e-10))
  }

  @Test("the calibration slope agrees with statsmodels' robust logit")
  func slope() throws {
    let scores = [0.1, 0.2, 0.35, 0.4, 0.55, 0.6, 0.7, 0.8, 0.9, 0.3, 0.65, 0.15]
    let truth = [0, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 1].map { $0 == 1 }
    let found = try CalibrationInfluence.slope(scores, truth)
    #expect(near(found.value, 1.0530902158443176, 1e-10))
    let squares = found.rows.reduce(0) { $0 + $1 * $1 }
    #expect(near(squares.squareRoot() / 12, 0.6081525668565805, 1e-9))
    #expect(throws: Unavailable.separated) {
      try CalibrationInfluence.slope([0.1, 0.2, 0.8], [false, false, true])
    }
  }

  @Test("a group that the candidate fails is found, and the others are not")
  func fairness() throws {
    var luck = Luck(seed: 21, run: 0)
    var (one, other, labels): ([Double], [Double], [Double]) = ([], [], [])
    var groups: [Int] = []
    for row in 0..<1_500 {
      let group = row % 3
      let chance = luck.unit()
      labels.append(luck.unit() < chance ? 1 : 0)
      other.append(chance)
      one.append(group == 2 ? chance * 0.7 : min(1, max(0, chance + 0.02 * luck.normal())))
      groups.append(group)
    }
    let fairness = try GroupFairness(
      PairSample(candidate: one, production: other, labels: labels), groups: groups)
    for measure in GroupFairness.Measure.allCases {
      let findings = fairness.findings(measure)
      #expect(findings.map(\.group) == [0, 1, 2], "\(measure)")
      // A factor of the score hardly moves the slope.
      guard measure != .calibrationSlope else { continue }
      #expect(findings[2].adjustedP.value < 0.01, "\(measure)")
      #expect(findings[0].adjustedP.value > 0.001 && findings[1].adjustedP.value > 0.001)
      #expect(findings[2].againstOthers.map { $0.pTwoSided().value < 0.01 } ?? false, "\(measure)")
    }
    #expect(throws: Unavailable.noLabels) {
      try GroupFairness(PairSample(candidate: [1], production: [0]), groups: [0])
    }
  }

  @Test("a criterion agrees with the numerical influence of each row")
  func criterion() throws {
    let overall = try OverallCriterion(
      candidate: [[1, 2, 3, 4, 6], [0.5, 0.7, 0.2, 0.9, 0.4]],
      production: [[1, 2, 2, 4, 3, 5], [0.4, 0.6, 0.1, 0.8, 0.3, 0.2]])
    let value = try overall.value([
      .init(metric: 0, weight: 1, scale: .productionMean), .init(metric: 1, weight: -0.5),
    ])
    #expect(near(value.value, -0.13902598139069705, 1e-12))
    #expect(near(value.standardError, 0.502996886741191, 1e-7))
  }

  @Test("a launch needs its criterion and every guardrail")
  func launch() {
    func estimate(_ value: Double) -> TEstimate {
      TEstimate(value: value, standardError: 1, degreesOfFreedom: .infinity)
    }
    let safe = LaunchDecision.Guardrail(
      name: "errors", effect: estimate(0), margin: 3, moreIsBetter: false)
    let unsafe = LaunchDecision.Guardrail(
      name: "revenue", effect: estimate(0), margin: 1, moreIsBetter: true)
    let good = LaunchDecision(criterion: estimate(2.5), guardrails: [safe], level: 0.025)
    #expect(good.ships && good.p == good.criterionP)
    let bad = LaunchDecision(criterion: estimate(2.5), guardrails: [safe, unsafe], level: 0.025)
    #expect(!bad.ships && bad.unproven == [unsafe] && bad.p == unsafe.p)
  }

  @Test("a ramp that turns the sign of a difference is noticed; a steady one is not")
  func shareShift() throws {
    func arms(_ sizes: [(candidate: Int, production: Int)]) -> TwoArms {
      var luck = Luck(seed: 31, run: 0)
      var (one, other) = (ArmSample(values: [], strata: []), ArmSample(values: [], strata: []))
      for (period, size) in sizes.enumerated() {
        for _ in 0..<size.candidate {
          one.values.append(luck.normal() + 3 * Double(period) + 0.3)
          one.strata?.append(period)
        }
        for _ in 0..<size.production {
          other.values.append(luck.normal() + 3 * Double(period))
          other.strata?.append(period)
        }
      }
      return TwoArms(candidate: one, production: other)
    }
    let ramp = try ShareShift(arms([(900, 100), (500, 500)]))
    #expect(ramp.verdict == .reversed && ramp.pooled.value < 0 && ramp.stratified.value > 0)
    #expect(near(ramp.gap.value, ramp.pooled.value - ramp.stratified.value, 1e-10))
    let steady = try ShareShift(arms([(400, 100), (400, 100)]))
    #expect(steady.verdict == .steady && abs(steady.gap.value) < 1e-12)
  }

  @Test("dealing units out anew passes a sound method and catches one that ignores units")
  func resampled() throws {
    var luck = Luck(seed: 41, run: 0)
    func arm() -> ArmSample {
      var (values, units): ([Double], [Int]) = ([], [])
      for unit in 0..<30 {
        let level = luck.normal()
        for _ in 0..<8 {
          values.append(level + 0.3 * luck.normal())
          units.append(unit)
        }
      }
      return ArmSample(values: values, units: units)
    }
    let arms = TwoArms(candidate: arm(), production: arm())
    func check(_ name: String) throws -> ResampledCalibration {
      let method = try #require(Catalogue.method(named: name))
      return try ResampledCalibration(method, on: arms, runs: 200, seed: 3)
    }
    let sound = try check("clustered")
    #expect(sound.keeps(0.05) && sound.failures == 0)
    #expect(try sound.uniformity.pExact.value > 0.001)
    let naive = try check("welch")
    #expect(!naive.keeps(0.05) && naive.alarms(at: 0.05).value > 0.3)
    #expect(try check("clustered") == sound)
    let paired = try #require(Catalogue.method(named: "paired-t"))
    let pairs = PairSample(
      candidate: arms.candidate.values, production: arms.production.values,
      units: arms.candidate.units)
    #expect(try !ResampledCalibration(paired, on: pairs, runs: 200).keeps(0.05))
  }

  @Test("noise of production is not held against the candidate")
  func noise() throws {
    var luck = Luck(seed: 51, run: 0)
    func flags(_ chance: Double) -> [Bool] { (0..<800).map { _ in luck.unit() < chance } }
    let control = NoiseControl([
      .init(name: "clock", raw: flags(0.9), noise: flags(0.9)),
      .init(name: "price", raw: flags(0.08), noise: flags(0.01)),
      .init(name: "same", raw: flags(0), noise: flags(0)),
    ])
    #expect(control.findings.map(\.field) == ["clock", "price"])
    #expect(control.findings[0].adjustedP.value > 0.01)
    #expect(control.findings[1].adjustedP.value < 1e-4)
    #expect(control.findings[1].answer.interval.map { $0.lower > 0.01 } ?? false)
    let clustered = NoiseControl(
      [.init(name: "price", raw: flags(0.08), noise: flags(0.01))], units: (0..<800).map { $0 / 4 })
    #expect(clustered.findings[0].adjustedP.value < 1e-4)
  }

  @Test("segments: an outlier is drawn in, the interaction is seen, and selection widens intervals")
  func segments() throws {
    func estimate(_ value: Double) -> TEstimate {
      TEstimate(value: value, standardError: 1, degreesOfFreedom: .infinity)
    }
    let effects = try SegmentEffects([0, 0.5, -0.5, 6].map { estimate($0) })
    // Σ (y − 1.5)² = 27.5.
    #expect(near(effects.q, 27.5) && effects.degreesOfFreedom == 3)
    #expect(near(effects.interaction.value, 4.624519629175551e-06, 1e-11))
    #expect(effects.segments[3].shrunken.value < 6 && effects.segments[0].shrunken.value > 0)
    #expect(effects.segments.map { $0.selected != nil } == [false, false, false, true])
    #expect(effects.segments[3].selected == effects.segments[3].simultaneous)
    #expect(effects.segments[3].adjustedP.value < 1e-7)
    #expect(throws: Unavailable.tooFew(has: 1, needs: 2)) { try SegmentEffects([estimate(1)]) }
  }

  @Test("every method of the family has a name of its own and answers or says why")
  func catalogue() throws {
    #expect(Set(Catalogue.all.map(\.name)).count == Catalogue.all.count)
    #expect(Catalogue.outcomes.count >= 24)
    for method in Catalogue.outcomes {
      for values in [[Double](), [1], [1, 1, 1], [1, 2, 3]] {
        do throws(Unavailable) {
          let answer: Answer
          switch method.body {
          case .arms(let body):
            answer = try body(TwoArms(candidate: values, production: values), Question())
          case .pairs(let body):
            answer = try body(PairSample(candidate: values, production: values), Question())
          case .ownCall: continue
          }
          #expect(!(answer.p?.value.isNaN ?? false), "\(method.name) \(values)")
          #expect(!(answer.estimate?.isNaN ?? false), "\(method.name) \(values)")
        } catch {}
      }
    }
  }
}
