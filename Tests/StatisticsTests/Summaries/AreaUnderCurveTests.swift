import Probability
import Testing

@testable import Statistics

@Suite("Area under the curve") struct AreaUnderCurveTests {
  private func column(_ n: Int, ties: Bool, seed: UInt64) -> (scores: [Double], labels: [Bool]) {
    var luck = Luck(seed: seed, run: 0)
    var scores: [Double] = []
    var labels: [Bool] = []
    for _ in 0..<n {
      let isPositive = luck.unit() < 0.3
      let score = Elementary.logistic(luck.normal() + (isPositive ? 0.5 : -1))
      labels.append(isPositive)
      scores.append(ties ? (score * 10).rounded() / 10 : score)
    }
    return (scores, labels)
  }

  @Test("counts pairs, ties half", arguments: [false, true])
  func pairs(ties: Bool) throws {
    let (scores, labels) = column(200, ties: ties, seed: 31)
    var wins = 0.0
    var count = 0.0
    for (a, isPositive) in zip(scores, labels) where isPositive {
      for (b, isAlsoPositive) in zip(scores, labels) where !isAlsoPositive {
        wins += a > b ? 1 : a == b ? 0.5 : 0
        count += 1
      }
    }
    let area = try AreaUnderCurve(scores: scores, labels: labels)
    #expect(area.value == wins / count)
  }

  @Test("negative, zero and infinite scores sort as numbers do")
  func order() throws {
    let scores = [-Double.infinity, -2.5, -0.0, 0.0, 0x1p-1030, 3, .infinity]
    let area = try AreaUnderCurve(
      scores: scores, labels: [false, false, false, true, true, true, true])
    #expect(area.value == 11.5 / 12)
  }

  /// Measured over 2,000 runs of 5,000 requests, nominal 5 %, the difference of two equal columns and (in
  /// brackets) DeLong's independent test: independent 5.3 (5.6), rare class of 2 % 5.9 (5.6), labels AR(1) 0.9
  /// 4.8 (4.9), errors AR(1) 0.9 5.8 (17.5), both 6.5 (46.9), both with a class of 5 % 6.9 (39.2).
  @Test("influence values sum to 0 and give DeLong's variance when independent")
  func influence() throws {
    let (scores, labels) = column(600, ties: true, seed: 32)
    let area = try AreaUnderCurve(scores: scores, labels: labels)
    let influence = area.influence
    #expect(abs(influence.reduce(0, +)) < 1e-9)
    let variance = influence.reduce(0) { $0 + $1 * $1 } / 600 / 600
    let delong = area.independentEstimate.standardError
    #expect(abs(variance.squareRoot() / delong - 1) < 0.01)
    let series = try area.inference()
    #expect(series.mean == area.value)
    #expect((0.7...1.4).contains(series.standardError / delong))
  }

  @Test("any order of the requests and any increasing change of the scores give the same area")
  func invariance() throws {
    let (scores, labels) = column(300, ties: true, seed: 33)
    let area = try AreaUnderCurve(scores: scores, labels: labels)
    let backwards = try AreaUnderCurve(scores: scores.reversed(), labels: labels.reversed())
    let cubed = try AreaUnderCurve(scores: scores.map { $0 * $0 * $0 }, labels: labels)
    #expect(backwards.value == area.value)
    #expect(backwards.components == area.components.reversed())
    #expect(cubed == area)
  }

  @Test("labels of one class have no area")
  func oneClass() {
    #expect(throws: Unavailable.oneClassOnly) {
      try AreaUnderCurve(scores: [0.1, 0.2], labels: [true, true])
    }
    #expect(throws: Unavailable.oneClassOnly) {
      var binned = BinnedAUC()
      binned.add(0.5, isPositive: false)
      return try binned.value()
    }
  }

  @Test("the binned area is within its bound of the exact one, and merges to the same bits")
  func binned() throws {
    let (scores, labels) = column(2000, ties: false, seed: 34)
    let exact = try AreaUnderCurve(scores: scores, labels: labels).value
    var whole = BinnedAUC()
    var parts = [BinnedAUC(), BinnedAUC()]
    for (row, score) in scores.enumerated() {
      whole.add(score, isPositive: labels[row])
      parts[row % 2].add(score, isPositive: labels[row])
    }
    let bound = try whole.errorBound()
    #expect(abs(try whole.value() - exact) <= bound)
    #expect(bound < 0.002)
    parts[1].merge(parts[0])
    #expect(parts[1] == whole)
    let curve = try whole.curve()
    #expect(curve.first == .init(falsePositiveRate: 0, truePositiveRate: 0))
    #expect(curve.last == .init(falsePositiveRate: 1, truePositiveRate: 1))
  }

  @Test("bins ascend with the score over all of [0, 1]")
  func bins() {
    var scores = (0...1000).map { Double($0) / 1000 }
    for power in 1...40 {
      let small = Double(sign: .plus, exponent: -power, significand: 1)
      scores += [small, 1 - small]
    }
    let bins = scores.sorted().map { BinnedAUC.bin(of: $0) }
    #expect(zip(bins, bins.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(BinnedAUC.bin(of: 0) == 0)
  }
}
