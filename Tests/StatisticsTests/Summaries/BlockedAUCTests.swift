import Probability
import Testing

@testable import Statistics

@Suite("Blocked area under the curve") struct BlockedAUCTests {
  private struct Requests {
    var candidate: [Double] = []
    var production: [Double] = []
    var labels: [Bool] = []

    init(_ n: Int, rho: Double, seed: UInt64) {
      var luck = Luck(seed: seed, run: 0)
      let class1 = luck.autoregression(rho, count: n)
      let errors = (luck.autoregression(rho, count: n), luck.autoregression(rho, count: n))
      for row in 0..<n {
        let isPositive = class1[row] > 0.5
        let signal = isPositive ? 0.5 : -1
        labels.append(isPositive)
        candidate.append(Elementary.logistic(signal + errors.0[row]))
        production.append(Elementary.logistic(signal + errors.1[row]))
      }
    }

    func blocked(_ scores: [Double], _ rows: some Sequence<Int>) -> BlockedAUC {
      var blocked = BlockedAUC()
      for row in rows { blocked.add(scores[row], isPositive: labels[row], at: UInt64(row)) }
      return blocked
    }
  }

  @Test("agrees with the exact area and its series error", arguments: [0.0, 0.8])
  func agreement(rho: Double) throws {
    let requests = Requests(1000, rho: rho, seed: 51)
    let exact = try PairedAUC(
      candidateScores: requests.candidate, productionScores: requests.production,
      labels: requests.labels)
    let candidate = requests.blocked(requests.candidate, 0..<1000)
    let production = requests.blocked(requests.production, 0..<1000)
    let (one, both) = (
      try candidate.estimate(),
      try BlockedAUC.difference(candidate: candidate, production: production)
    )
    let (exactOne, exactBoth) = (try exact.candidate.inference(), try exact.inference())
    #expect(abs(one.value - exactOne.mean) <= (try candidate.binned.errorBound()))
    #expect(abs(both.value - exactBoth.mean) < 0.002)
    #expect(abs(one.standardError / exactOne.standardError - 1) < 0.05)
    #expect(abs(both.standardError / exactBoth.standardError - 1) < 0.05)
  }

  @Test("parts in any order merge to the bits of the whole")
  func merging() throws {
    let requests = Requests(3000, rho: 0, seed: 52)
    let whole = requests.blocked(requests.candidate, 0..<3000)
    var odd = requests.blocked(requests.candidate, stride(from: 2999, to: 0, by: -2))
    odd.merge(requests.blocked(requests.candidate, stride(from: 0, to: 3000, by: 2)))
    #expect(try odd.estimate() == whole.estimate())
  }

  @Test("bins ascend with the score over all of [0, 1]")
  func bins() {
    var scores = (0...1000).map { Double($0) / 1000 }
    for power in 1...40 {
      let small = Double(sign: .plus, exponent: -power, significand: 1)
      scores += [small, small * 0.999, 1 - small, 1 - small * 0.999]
    }
    let bins = scores.sorted().map { BlockedAUC.bin(of: $0) }
    #expect(zip(bins, bins.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(bins.first == 0)
    #expect(Set(bins).count > 200)
  }

  @Test("labels of one class and too few blocks give a reason")
  func reasons() {
    var blocked = BlockedAUC()
    #expect(throws: Unavailable.tooFew(has: 0, needs: 2)) { try blocked.estimate() }
    blocked.add(0.2, isPositive: false, at: 0)
    #expect(throws: Unavailable.oneClassOnly) { try blocked.estimate() }
    blocked.add(0.7, isPositive: true, at: 1)
    #expect(throws: Unavailable.tooFew(has: 2, needs: 16)) { try blocked.estimate() }
  }
}
