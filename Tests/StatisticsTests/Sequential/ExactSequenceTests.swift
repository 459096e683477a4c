import Probability
import Testing

@testable import Statistics

@Suite("Exact sequences") struct ExactSequenceTests {
  @Test("each end of the betting interval is where its bettor stands at his bar")
  func bettingEnds() {
    var luck = Luck(seed: 101, run: 0)
    let values = (0..<150).map { _ in luck.unit() * luck.unit() }
    var sequence = BettingSequence(alphaOfEnd: 0.025, null: 0.3)
    for x in values { sequence.add(x) }
    sequence.look()
    func lnWealth(_ m: Double, _ flip: Bool) -> Double {
      var other = BettingSequence(alphaOfEnd: 0.025, null: m)
      for x in values { other.add(x) }
      return flip ? other.lnEvidenceBelow : other.lnEvidenceAbove
    }
    let bar = -Elementary.log(0.025)
    #expect(abs(lnWealth(sequence.lower, false) - bar) < 1e-9)
    #expect(abs(lnWealth(sequence.upper, true) - bar) < 1e-9)
    for m in stride(from: 0.01, to: sequence.lower, by: 0.02) { #expect(lnWealth(m, false) > bar) }
    #expect(sequence.lower < 0.25 && sequence.upper > 0.25)
  }

  @Test("wealth of extreme luck neither overflows nor vanishes")
  func wealth() {
    var wealth = Wealth()
    for _ in 0..<5000 { wealth.multiply(by: 1.5) }
    let gain = 5000 * Elementary.log(1.5)
    #expect(abs(wealth.ln - gain) < 1e-8)
    #expect(wealth.reaches(1e9))
    for _ in 0..<12_000 { wealth.multiply(by: 0.5) }
    #expect(!wealth.reaches(1e-9))
    let loss = 12_000 * Elementary.log(0.5)
    #expect(abs(wealth.ln - gain - loss) < 1e-8)
  }

  @Test(
    "the evidence of two shares is the least over production's", arguments: [-0.3, 0, 0.15, 0.6])
  func twoShares(difference: Double) {
    for (a, m, b, n) in [(7, 20, 2, 31), (0, 12, 5, 9), (0, 5, 0, 9), (8, 8, 3, 10), (4, 4, 6, 6)] {
      let shares = TwoShares(
        candidate: BernoulliMixture(successes: a, trials: m),
        production: BernoulliMixture(successes: b, trials: n))
      let (low, high) = (max(0, -difference), min(1, 1 - difference))
      var least = Double.infinity
      for step in 0...20_000 {
        let p = low + (high - low) * Double(step) / 20_000
        least = min(
          least,
          shares.candidate.lnEvidence(against: p + difference)
            + shares.production.lnEvidence(against: p))
      }
      let evidence = shares.lnEvidence(against: difference)
      #expect(evidence <= least + 1e-12 && evidence >= least - 1e-4, "\(a) \(m) \(b) \(n)")
    }
  }

  @Test("the follower of two shares is at each row what all looks in full give")
  func follower() throws {
    var luck = Luck(seed: 102, run: 0)
    let bar = -Elementary.log(0.05)
    for isOneSided in [false, true] {
      var follower = SharesFollower(null: 0.02, bar: bar, isOneSided: isOneSided)
      var (lower, upper, evidence) = (-1.0, isOneSided ? Double.infinity : 1, 0.0)
      for row in 1...250 {
        if luck.unit() < 0.6 {
          follower.add(candidate: luck.unit() < 0.5)
        } else {
          follower.add(production: luck.unit() < 0.1)
        }
        follower.look(row: row)
        let shares = follower.shares
        guard let estimate = shares.estimate else { continue }
        // Each end by halving.
        var ends = (out: -1.0, inside: estimate)
        if shares.lnEvidence(against: -1) > bar {
          for _ in 0..<60 {
            let middle = (ends.out + ends.inside) / 2
            if shares.lnEvidence(against: middle) > bar {
              ends.out = middle
            } else {
              ends.inside = middle
            }
          }
        }
        lower = max(lower, ends.out)
        ends = (1, estimate)
        if !isOneSided, shares.lnEvidence(against: 1) > bar {
          for _ in 0..<60 {
            let middle = (ends.out + ends.inside) / 2
            if shares.lnEvidence(against: middle) > bar {
              ends.out = middle
            } else {
              ends.inside = middle
            }
          }
          upper = min(upper, ends.out)
        }
        if !isOneSided || estimate > 0.02 {
          evidence = max(evidence, shares.lnEvidence(against: 0.02))
        }
        #expect(abs(follower.record.lower - lower) < 1e-10, "row \(row)")
        #expect(follower.record.upper == upper || abs(follower.record.upper - upper) < 1e-10)
        #expect(abs(follower.record.lnEvidence - evidence) < 1e-10)
      }
      #expect(evidence > 3)
    }
  }

  @Test("the interval of a share ends where the evidence reaches its bar")
  func share() {
    for (k, n) in [(0, 10), (3, 10), (10, 10), (2, 5000), (61_000, 100_000)] {
      let mixture = BernoulliMixture(successes: k, trials: n)
      let interval = mixture.interval(alpha: 0.05)
      let bar = -Elementary.log(0.05)
      if k > 0 {
        #expect(abs(mixture.lnEvidence(against: interval.lowerBound) - bar) < 1e-7)
        let bound = mixture.lowerBound(alpha: 0.05)
        #expect(abs(mixture.lnEvidence(above: bound) - bar) < 1e-7)
        #expect(bound > interval.lowerBound)
      } else {
        #expect(interval.lowerBound == 0)
      }
      if k < n {
        #expect(abs(mixture.lnEvidence(against: interval.upperBound) - bar) < 1e-7)
      } else {
        #expect(interval.upperBound == 1)
      }
      let step = mixture.lowerEnd(bar: bar, from: interval.lowerBound * 0.9)
      #expect(abs(step - interval.lowerBound) <= 1e-9)
    }
  }

  @Test("the e-process of a share is a fair bet under every null, one-sided ones too")
  func fairBet() {
    // The mean of the e-value over all outcomes of ten trials.
    for null in [0.1, 0.5, 0.85] {
      var (two, above) = (0.0, 0.0)
      for k in 0...10 {
        let mixture = BernoulliMixture(successes: k, trials: 10)
        let chance = Binomial(trials: 10, probability: null).pmf(k)
        two += chance * Elementary.exp(mixture.lnEvidence(against: null))
        above += chance * Elementary.exp(mixture.lnEvidence(above: null))
      }
      #expect(abs(two - 1) < 1e-11)
      #expect(abs(above - 1) < 1e-11)
    }
  }

  @Test("ranks of a quantile's interval keep their error", arguments: [0.1, 0.5, 0.9])
  func ranks(p: Double) {
    let bar = -Elementary.log(0.025)
    for count in [1, 5, 40, 300] {
      let ranks = QuantileRanks(count: count, probability: p, bar: bar)
      #expect(ranks.lower < ranks.upper)
      // Too many values below, or too few: at one look no more often than the error.
      let law = Binomial(trials: count, probability: p)
      #expect(law.survival(ranks.upper - 1) <= 0.025)
      #expect(ranks.lower == 0 || law.cdf(ranks.lower - 1) <= 0.025)
      if count == 300 { #expect(ranks.lower > 0 && ranks.upper <= 300) }
    }
  }

  @Test("the order of growing data is that of sorting them")
  func growingOrder() {
    var luck = Luck(seed: 103, run: 0)
    let values = (0..<60).map { _ in (luck.unit() * 20).rounded() }
    var order = GrowingOrder(values)
    for count in 1...60 {
      order.advance()
      let sorted = values.prefix(count).sorted()
      for k in 1...count { #expect(order.smallest(k) == sorted[k - 1]) }
      #expect(order.smallest(0) == -.infinity && order.smallest(count + 1) == .infinity)
    }
  }

  @Test("rates in equal arms are the toss of a coin; ends stand at the bar")
  func rates() {
    let x = [3.0, 1, 0, 4, 2, 5, 1]
    let y = [1.0, 0, 0, 2, 1, 1, 0]
    var equal = MatchedCounts(TwoArms(candidate: x, production: y))
    for _ in 0..<7 { equal.addMatch() }
    #expect(equal.events == 21 && equal.rows == 14)
    #expect(abs(equal.rateRatio - 16 / 5.0) < 1e-14)
    let coin = BernoulliMixture(successes: 16, trials: 21)
    #expect(abs(equal.lnEvidence(against: 1) - coin.lnEvidence(against: 0.5)) < 1e-14)
    var uneven = MatchedCounts(TwoArms(candidate: x, production: Array(y.prefix(5))))
    for _ in 0..<5 { uneven.addMatch() }
    #expect(uneven.events == 20 && uneven.rows == 12)
    #expect((2...4).contains(uneven.rateRatio))
    for counts in [equal, uneven] {
      let low = counts.lowerEnd(bar: 1, from: 0)
      let high = counts.upperEnd(bar: 1, from: .infinity)
      #expect(abs(counts.lnEvidence(against: low) - 1) < 1e-9)
      #expect(abs(counts.lnEvidence(against: high) - 1) < 1e-9)
      #expect(low < counts.rateRatio && counts.rateRatio < high)
      #expect(abs(counts.lowerEnd(bar: 1, from: low / 2) / low - 1) < 1e-9)
    }
  }

  @Test("matches use each row once, in the order of time")
  func matches() {
    let arms = TwoArms(candidate: [1, 2, 3], production: [10, 20, 30, 40, 50, 60, 70])
    let matches = MatchedRows(arms)
    #expect(zip(matches.differences, [-14.0, -33, -57]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(matches.rows.last == 10)
    let last: Double = (1 + 1 / 3.0) / 4
    #expect(matches.variances == [0.375, 0.375, last])
    let turned = matches.differences.map { -$0 }
    #expect(MatchedRows(arms.exchanged).differences == turned)
  }

  @Test("running moments are those of two passes")
  func runningMoments() {
    var luck = Luck(seed: 104, run: 0)
    let values = (0..<500).map { _ in luck.normal() * luck.normal() }
    var moments = RunningMoments()
    for value in values { moments.add(value) }
    let mean = values.reduce(0, +) / 500
    func sum(_ power: (Double) -> Double) -> Double {
      values.reduce(0) { $0 + power($1 - mean) }
    }
    #expect(abs(moments.mean - mean) < 1e-14)
    #expect(abs(moments.squares / sum { $0 * $0 } - 1) < 1e-12)
    #expect(abs(moments.cubes / sum { $0 * $0 * $0 } - 1) < 1e-10)
    #expect(abs(moments.fourths / sum { $0 * $0 * $0 * $0 } - 1) < 1e-12)
  }

  @Test("the last of few looks sees all events, a late row without any included")
  func lastLook() throws {
    var x = [Double](repeating: 1, count: 60)
    x[59] = 0
    let y = (0..<60).map { $0 % 10 == 0 ? 1.0 : 0 }
    let arms = TwoArms(candidate: x, production: y)
    let once = try ShareMethods(Question(monitoring: Monitoring(looks: 1))).rates(of: arms)
    var counts = MatchedCounts(arms)
    for _ in 0..<60 { counts.addMatch() }
    #expect(once.looks == 1)
    let ln = try #require(once.answer.p?.ln)
    #expect(abs(ln + counts.lnEvidence(against: 1)) < 1e-12)
    #expect(once.answer.estimate == counts.rateRatio)
  }
}
