import Probability
import TestSupport
import Testing

@testable import Statistics

/// The short form of what was run with 10,000 series of 2,000 rows: false alarms over all looks together are at most
/// alpha.
@Suite("Calibration of repeated looks") struct SequentialCalibrationTests {
  enum Law: CaseIterable { case normal, lognormal, rare }

  private func draw(_ law: Law, _ luck: inout RandomStream) -> Double {
    switch law {
    case .normal: luck.nextNormal()
    // A coefficient of variation of 3: ln 10 is the variance of the logarithm.
    case .lognormal: Elementary.exp(luck.nextNormal() * 1.517_427_129_385_146)
    case .rare: luck.nextUnit() < 0.002 ? 1 : 0
    }
  }

  @Test("a look after every outcome, or a hundred", arguments: Law.allCases, [nil, 100])
  func nearNormal(law: Law, looks: Int?) {
    for rule in [NormalMixtureMethods.Rule.mixtureSPRT, .asymptotic] {
      let question = Question(monitoring: Monitoring(expectedRows: 1000, looks: looks))
      let alarms = trials(200, seed: 111) { luck in
        var x: [Double] = []
        var y: [Double] = []
        for _ in 0..<(looks == nil ? 500 : 1000) {
          x.append(draw(law, &luck))
          y.append(draw(law, &luck))
        }
        let path = try? NormalMixtureMethods(rule, question)
          .path(of: TwoArms(candidate: x, production: y))
        return path?.firstCrossing != nil
      }
      #expect(alarms.isPlausible(underAtMost: 0.05), "\(law) \(rule): \(alarms)")
    }
  }

  @Test(
    "rare events, exactly",
    arguments: ["empirical-bernstein", "betting", "sequential-share", "sequential-rates"])
  func rareEvents(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    guard case .arms(let run) = method.body else { return }
    let question = Question(range: 0...1, monitoring: Monitoring(looks: 20))
    let alarms = try trials(200, seed: 112) { luck in
      let x = (0..<400).map { _ in luck.nextUnit() < 0.1 ? 1.0 : 0 }
      let y = (0..<300).map { _ in luck.nextUnit() < 0.1 ? 1.0 : 0 }
      let answer = try run(TwoArms(candidate: x, production: y), question)
      return answer.p?.value ?? 1 <= 0.05
    }
    #expect(alarms.isPlausible(underAtMost: 0.05), "\(name): \(alarms)")
  }

  @Test(
    "a real effect is found",
    arguments: [
      "msprt", "confidence-sequence", "empirical-bernstein", "betting", "hoeffding-mixture",
      "sequential-share", "sequential-rates", "sequential-mcnemar", "paired-betting",
    ])
  func power(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    let question = Question(
      alternative: .greater, range: 0...1,
      monitoring: Monitoring(expectedRows: 800, looks: 20))
    let found = try trials(20, seed: 113) { luck in
      let x = (0..<600).map { _ in luck.nextUnit() < 0.65 ? 1.0 : 0 }
      let y = (0..<600).map { _ in luck.nextUnit() < 0.35 ? 1.0 : 0 }
      let answer: Answer
      switch method.body {
      case .arms(let run): answer = try run(TwoArms(candidate: x, production: y), question)
      case .pairs(let run): answer = try run(PairSample(candidate: x, production: y), question)
      case .ownCall: return false
      }
      return answer.p?.value ?? 1 <= 0.05
    }
    #expect(found.hits == 20, "\(name): \(found)")
  }
}
