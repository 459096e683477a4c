import Probability

/// Does a method keep its promise on this very traffic? The arms' own units are dealt out anew at random, many times,
/// so that nothing differs but luck, and the method is run each time.
///
/// Given the table, the runs are independent, so that the number of false alarms is binomial.
///
/// - Source: Kohavi, Tang and Xu (2020), chapter 19, A/A tests by replay.
package struct ResampledCalibration: Sendable, Equatable {
  /// One a run that gave a p-value.
  package let pValues: [Double]
  /// Runs in which the method had no answer.
  package let failures: Int

  /// Deals the units of both arms out anew, as many to each arm as it has; within a pair, the two answers are
  /// exchanged or not, unit by unit.
  ///
  /// - Parameters:
  ///   - question: two-sided questions show both directions at once.
  ///   - runs: > 0; a thousand tell 5 % from 7 %.
  ///   - seed: the deals are a function of it.
  /// - Throws: what the method threw, if it never answered.
  package init(
    _ method: Method, on arms: TwoArms, _ question: Question = Question(), runs: Int = 1_000,
    seed: UInt64 = 0
  ) throws(Unavailable) {
    guard case .arms(let body) = method.body else {
      preconditionFailure("\(method.name) does not compare two arms")
    }
    let deal = UnitDeal(arms)
    try self.init(runs: runs) { run throws(Unavailable) in
      try body(deal.dealt(seed: seed, run: run), question)
    }
  }

  package init(
    _ method: Method, on pairs: PairSample, _ question: Question = Question(), runs: Int = 1_000,
    seed: UInt64 = 0
  ) throws(Unavailable) {
    guard case .pairs(let body) = method.body else {
      preconditionFailure("\(method.name) does not compare pairs")
    }
    try self.init(runs: runs) { run throws(Unavailable) in
      try body(pairs.exchanged(seed: seed, run: run), question)
    }
  }

  private init(
    runs: Int, _ answer: (Int) throws(Unavailable) -> Answer
  ) throws(Unavailable) {
    precondition(runs > 0, "\(runs) runs")
    var (values, failures, last): ([Double], Int, Unavailable?) = ([], 0, nil)
    for run in 0..<runs {
      do throws(Unavailable) {
        if let p = try answer(run).p { values.append(p.value) } else { failures += 1 }
      } catch {
        failures += 1
        last = error
      }
    }
    if values.isEmpty { throw last ?? .tooFew(has: 0, needs: 1) }
    pValues = values
    self.failures = failures
  }

  /// How many runs called a difference at `alpha`.
  package func alarms(at alpha: Double) -> OneProportion {
    OneProportion(successes: pValues.filter { $0 <= alpha }.count, trials: pValues.count)
  }

  /// Whether the number of alarms is what `alpha` explains: `alpha` lies in the exact interval of the true share. Too few
  /// alarms count only where `allowsCaution` is false.
  package func keeps(_ alpha: Double, level: Double = 0.99, allowsCaution: Bool = true) -> Bool {
    let interval = alarms(at: alpha).clopperPearsonInterval(level: level)
    return interval.lowerBound <= alpha && (allowsCaution || alpha <= interval.upperBound)
  }

  /// The distance of the p-values from the uniform distribution. A method of few distinct p-values is never uniform,
  /// and still sound where its alarms are few.
  package var uniformity: OneSampleKolmogorovSmirnov {
    get throws(Unavailable) { try OneSampleKolmogorovSmirnov(probabilities: pValues) }
  }
}

extension PairSample {
  /// The two answers of each unit's requests exchanged where its coin says so.
  fileprivate func exchanged(seed: UInt64, run: Int) -> PairSample {
    var luck = RandomStream(seed: seed, .pairExchange, entity: UInt64(run))
    var coins: [Bool] = []
    for _ in 0...(units?.max() ?? candidate.count) { coins.append(luck.nextUnit() < 0.5) }
    var dealt = self
    for row in candidate.indices where coins[units?[row] ?? row] {
      swap(&dealt.candidate[row], &dealt.production[row])
      if let below = denominators {
        dealt.denominators?.candidate[row] = below.production[row]
        dealt.denominators?.production[row] = below.candidate[row]
      }
    }
    return dealt
  }
}

extension StreamName {
  fileprivate static let pairExchange = StreamName("calibration/exchange")
}
