import Testing

@testable import Statistics

@Suite("Group-sequential designs") struct GroupSequentialTests {
  private func near(_ a: Double, _ b: Double, _ tolerance: Double = 2e-8) -> Bool {
    abs(a - b) <= tolerance * max(1, abs(b))
  }

  @Test("bounds for giving up agree with an independent integration")
  func givingUp() {
    let plain = GroupSequentialDesign(
      spending: .hwangShihDeCani(gamma: -4), information: [1 / 3.0, 2 / 3.0, 1], alpha: 0.025,
      sides: .one)
    let loose = plain.givingUp(
      spending: .hwangShihDeCani(gamma: -2), beta: 0.1, isBinding: false)
    #expect(loose.upper == plain.upper)
    #expect(near(loose.futility?.drift ?? 0, 3.352_866_616_081_11))
    for (got, wanted) in zip(
      loose.futility?.lower ?? [], [-0.238_724_033_235_3, 0.941_067_235_637_1, 1.999_226_354_306])
    { #expect(near(got, wanted)) }
    let binding = plain.givingUp(
      spending: .hwangShihDeCani(gamma: -2), beta: 0.1, isBinding: true)
    #expect(near(binding.futility?.drift ?? 0, 3.319_610_812_396_81))
    for (got, wanted) in zip(
      binding.upper, [3.010_739_485_385_7, 2.546_219_209_134_7, 1.964_336_796_572_6])
    { #expect(near(got, wanted)) }
    for (got, wanted) in zip(
      binding.futility?.lower ?? [],
      [-0.257_924_280_444_6, 0.913_905_385_926_8, 1.964_336_796_572_6])
    { #expect(near(got, wanted)) }
    let uneven = GroupSequentialDesign(
      spending: .obrienFleming, information: [0.3, 0.5, 0.8, 1], alpha: 0.05, sides: .one
    ).givingUp(spending: .obrienFleming, beta: 0.2, isBinding: true)
    #expect(near(uneven.futility?.drift ?? 0, 2.599_931_682_450_37))
    for (got, wanted) in zip(
      uneven.futility?.lower ?? [],
      [-0.644_491_429_300_8, 0.317_667_410_412_1, 1.204_380_628_012, 1.628_418_184_867_7])
    { #expect(near(got, wanted)) }
  }

  @Test("a design that gives up has its errors")
  func errors() {
    let design = GroupSequentialDesign(
      spending: .pocock, information: [0.2, 0.35, 0.9, 1], alpha: 0.03, sides: .one
    ).givingUp(spending: .power(rho: 2), beta: 0.15, isBinding: true)
    #expect(near(design.characteristics(drift: 0).power, 0.03, 1e-9))
    let effect = design.characteristics(drift: design.futility?.drift ?? 0)
    #expect(near(effect.power, 0.85, 1e-9))
    #expect(near(effect.above.reduce(0, +) + effect.below.reduce(0, +), 1, 1e-9))
  }

  @Test(
    "the published factors of sample size: two-sided 0.05, power 0.9",
    arguments: [(2, 1.100, 1.007), (5, 1.207, 1.026)])
  func inflation(looks: Int, pocock: Double, obrienFleming: Double) {
    let information = (1...looks).map { Double($0) / Double(looks) }
    let even = GroupSequentialDesign(
      shape: .pocock, information: information, alpha: 0.05, sides: .two)
    let late = GroupSequentialDesign(
      shape: .obrienFleming, information: information, alpha: 0.05, sides: .two)
    #expect(abs(even.inflation(power: 0.9) - pocock) < 6e-4)
    #expect(abs(late.inflation(power: 0.9) - obrienFleming) < 6e-4)
    #expect(even.expectedInflation(power: 0.9) < late.expectedInflation(power: 0.9))
  }

  private var fiveLooks: GroupSequentialDesign {
    GroupSequentialDesign(
      spending: .obrienFleming, information: [0.2, 0.4, 0.6, 0.8, 1], alpha: 0.025, sides: .one)
  }

  @Test(
    "inference after the stop agrees with an independent integration",
    arguments: [
      (2, 2.9, [0.002_050_709_262_86, 3.728_554_307_235_8, 1.186_703_523_944_9, 6.263_790_155_95]),
      (4, 1, [0.158_787_923_750_26, 0.999_556_400_778_5, -0.960_668_831_957_4, 2.959_642_331_68]),
      (0, 5.1, [1.698_267_407_15e-7, 11.403_946_685_249, 7.021_333_982_366, 15.786_559_388_13]),
    ])
  func stagewise(look: Int, z: Double, wanted: [Double]) {
    let inference = StagewiseInference(design: fiveLooks, look: look, z: z)
    let interval = inference.interval(level: 0.95)
    #expect(abs(inference.p.value / wanted[0] - 1) < 1e-8)
    #expect(near(inference.medianUnbiasedDrift, wanted[1]))
    #expect(near(interval.lowerBound, wanted[2]))
    #expect(near(interval.upperBound, wanted[3]))
  }

  @Test("at its bound a look has spent what the p-value says", arguments: [0, 1, 2, 3, 4])
  func boundary(look: Int) {
    let design = fiveLooks
    let inference = StagewiseInference(design: design, look: look, z: design.upper[look])
    let spent = design.spent[0...look].reduce(0, +)
    #expect(abs(inference.p.value / spent - 1) < 1e-8)
    #expect(look < 4 || near(inference.lowerBound(level: 0.975), 0, 1e-7))
  }

  @Test("two sides mirror each other")
  func mirror() {
    let design = GroupSequentialDesign(
      spending: .pocock, information: [0.4, 0.7, 1], alpha: 0.05, sides: .two)
    for (look, z) in [(0, 2.9), (1, -2.7), (2, 0.4)] {
      let up = StagewiseInference(design: design, look: look, z: z)
      let down = StagewiseInference(design: design, look: look, z: -z)
      #expect(near(up.p.value, down.p.value, 1e-10))
      #expect(near(up.medianUnbiasedDrift, -down.medianUnbiasedDrift, 1e-9))
      let (a, b) = (up.interval(level: 0.9), down.interval(level: 0.9))
      #expect(near(a.lowerBound, -b.upperBound, 1e-9))
    }
  }

  @Test("conditional power agrees with an independent integration")
  func conditionalPower() {
    let design = fiveLooks
    #expect(near(design.conditionalPower(after: 1, z: 1.5, drift: 3), 0.834_151_435_361_8))
    #expect(near(design.conditionalPower(after: 1, z: 1.5, drift: nil), 0.687_723_492_669_5))
    #expect(design.conditionalPower(after: 4, z: 3, drift: 3) == 0)
  }

  @Test("looks at nearly the same information keep the level")
  func closeLooks() {
    let design = GroupSequentialDesign(
      spending: .pocock, information: [0.99, 1], alpha: 0.025, sides: .one)
    #expect(near(design.upper[1], 2.109_500_476_746))
    #expect(near(design.characteristics(drift: 0).power, 0.025, 1e-10))
    let dense = GroupSequentialDesign(
      spending: .pocock, information: (1...40).map { Double($0) / 40 }, alpha: 0.05, sides: .two)
    let check = dense.characteristics(drift: 0)
    #expect(near(check.power, 0.025, 1e-9))
  }

  @Test("nothing can be spent where next to nothing may be")
  func earlyLook() {
    let design = GroupSequentialDesign(
      spending: .obrienFleming, information: [0.001, 0.5, 1], alpha: 0.05, sides: .two)
    #expect(design.upper[0] == .infinity)
    #expect(near(design.upper[1], 2.962_588_042_727_6))
    let under = GroupSequentialDesign(
      spending: .obrienFleming, information: [0.5, 0.8], alpha: 0.025, sides: .one,
      spendsAll: true)
    #expect(near(under.characteristics(drift: 0).power, 0.025, 1e-10))
  }

  @Test("a trial over a table stops, and says so")
  func table() throws {
    var luck = Luck(seed: 81, run: 0)
    let x = (0..<1000).map { _ in luck.normal() + 0.3 }
    let y = (0..<700).map { _ in luck.normal() }
    let arms = TwoArms(candidate: x, production: y)
    let plan = GroupSequentialPlan(looks: 5)
    let test = try GroupSequentialTest.means(of: arms, plan: plan, question: Question())
    #expect(test.stop == .rejected)
    #expect(test.looks.count < 5)
    #expect(test.answer.p?.value ?? 1 < 0.05)
    #expect(test.answer.interval?.lower ?? 0 > 0)
    let method = try #require(Catalogue.method(named: "group-sequential"))
    guard case .arms(let run) = method.body else { return }
    let greater = try run(arms, Question(alternative: .greater, null: 0.1))
    let less = try run(arms.exchanged, Question(alternative: .less, null: -0.1))
    #expect(greater.estimate == less.estimate.map { -$0 })
    #expect(greater.p == less.p)
    #expect(greater.interval?.lower == less.interval.map { -$0.upper })
  }

  @Test("a trial without a chance gives up")
  func giveUp() throws {
    var luck = Luck(seed: 82, run: 0)
    let x = (0..<800).map { _ in luck.normal() - 0.2 }
    let y = (0..<800).map { _ in luck.normal() }
    let plan = GroupSequentialPlan(
      looks: 4, givingUp: .init(spending: .hwangShihDeCani(gamma: -2), beta: 0.1))
    let test = try GroupSequentialTest.means(
      of: TwoArms(candidate: x, production: y), plan: plan,
      question: Question(level: 0.975, alternative: .greater))
    #expect(test.stop == .gaveUp)
    #expect(test.looks.count < 4)
  }

  @Test("keeps its error rate, and its estimate its median, when nothing differs")
  func calibration() {
    let design = fiveLooks
    var (rejected, below) = (0, 0)
    let runs = 200
    for run in 0..<runs {
      var luck = Luck(seed: 83, run: run)
      var score = 0.0
      for look in 0..<5 {
        score += luck.normal() * 0.2.squareRoot()
        let z = score / design.information[look].squareRoot()
        guard z >= design.upper[look] || look == 4 else { continue }
        if z >= design.upper[look] { rejected += 1 }
        let inference = StagewiseInference(design: design, look: look, z: z)
        // The median-unbiased estimate is below 0 where the p-value is above one half.
        if inference.p.value > 0.5 { below += 1 }
        break
      }
    }
    #expect(plausible(0.025, of: runs).contains(Double(rejected) / Double(runs)))
    #expect(plausible(0.5, of: runs).contains(Double(below) / Double(runs)))
  }
}
