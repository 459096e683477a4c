import Probability
import Testing

@testable import Statistics

@Suite("Switchbacks") struct SwitchbackTests {
  /// Blocks of `length` periods with drawn arms, a drifting base, an effect, and a trace of the other arm in
  /// the first period after a switch.
  private func experiment(
    run: Int, blocks: Int, length: Int, effect: Double, trace: Double
  ) -> (values: [Double], isCandidate: [Bool]) {
    var luck = Luck(seed: 71, run: run)
    let base = luck.autoregression(0.5, count: blocks * length)
    let arms = (0..<blocks).map { _ in luck.unit() < 0.5 }
    let isCandidate = arms.flatMap { Array(repeating: $0, count: length) }
    let values = base.indices.map { period in
      let before = period > 0 && isCandidate[period - 1]
      return base[period] + (isCandidate[period] ? effect : 0) + (before ? trace : 0)
    }
    return (values, isCandidate)
  }

  @Test("leaving out the burn-in leaves out the periods after each switch")
  func burnIn() {
    let isCandidate = [false, false, true, true, true, false, true, true, true]
    let values = isCandidate.map { $0 ? 1.0 : 0 }
    func kept(_ burnIn: Int) -> [Int] {
      Switchback(values: values, isCandidate: isCandidate, burnIn: burnIn).kept
    }
    #expect(kept(0) == Array(0..<9))
    #expect(kept(1) == [0, 1, 3, 4, 7, 8])
    #expect(kept(2) == [0, 1, 4, 8])
  }

  @Test("a trace biases the plain difference, and the burn-in frees it")
  func trace() throws {
    var (plain, clean) = (0.0, 0.0)
    for run in 0..<60 {
      let data = experiment(run: run, blocks: 60, length: 4, effect: 1, trace: -0.5)
      func estimate(_ burnIn: Int) throws -> Double {
        try Switchback(values: data.values, isCandidate: data.isCandidate, burnIn: burnIn)
          .neweyWest().value
      }
      plain += try estimate(0) / 60
      clean += try estimate(1) / 60
    }
    // Settled periods carry effect + trace = 0.5; of all periods one in eight has the wrong predecessor, either way.
    #expect(abs(clean - 0.5) < 0.05, "\(clean)")
    #expect(abs(plain - 0.625) < 0.05, "\(plain)")
  }

  @Test("the carry-over test finds a trace and keeps its level without one")
  func carryOver() throws {
    var (found, alarms, answered) = (0, 0, 0)
    for run in 0..<150 {
      func p(_ trace: Double) throws -> Double {
        let data = experiment(run: run, blocks: 100, length: 3, effect: 1, trace: trace)
        let estimates = try Switchback(
          values: data.values, isCandidate: data.isCandidate, burnIn: 1
        ).carryOver(level: 0.95)
        return estimates[0].pTwoSided().both(estimates[1].pTwoSided()).value
      }
      guard let quiet = try? p(0), let traced = try? p(0.8) else { continue }
      answered += 1
      if quiet <= 0.05 { alarms += 1 }
      if traced <= 0.05 { found += 1 }
    }
    #expect(answered > 140)
    #expect(found > 120, "\(found)")
    #expect(alarms <= 21, "\(alarms)")
  }

  @Test("drawing the assignment again keeps the level and covers the effect")
  func randomization() throws {
    var covered = 0
    let runs = 60
    for run in 0..<runs {
      let data = experiment(run: run, blocks: 24, length: 3, effect: 0.7, trace: 0)
      let answer = try Switchback(values: data.values, isCandidate: data.isCandidate, burnIn: 1)
        .randomization(blockLength: 3, question: Question(level: 0.9, resamples: 199))
      #expect(answer.interval.contains(answer.estimate))
      if answer.interval.contains(0.7) { covered += 1 }
    }
    #expect(covered >= 44, "\(covered)")
  }

  @Test("too few blocks for the level give an interval without an end")
  func fewBlocks() throws {
    let data = experiment(run: 3, blocks: 3, length: 4, effect: 1, trace: 0)
    let arms = [true, false, true].flatMap { Array(repeating: $0, count: 4) }
    let answer = try Switchback(values: data.values, isCandidate: arms, burnIn: 1)
      .randomization(blockLength: 4, question: Question(resamples: 99))
    #expect(!answer.interval.isBounded && answer.p.value > 0.05)
  }
}
