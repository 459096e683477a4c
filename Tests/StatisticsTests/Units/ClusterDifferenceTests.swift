import Probability
import Testing

@testable import Statistics

@Suite("Clusters, strata, triggers") struct ClusterDifferenceTests {
  /// CR2 and its degrees of freedom by the definition, with whole matrices.
  private func definition(
    _ values: [Double], _ units: [Int]
  ) -> (variance: Double, trace: Double, squares: Double) {
    let n = values.count
    let all = Double(n)
    let mean = values.reduce(0, +) / all
    let count = (units.max() ?? 0) + 1
    var variance = 0.0
    var columns: [[Double]] = []
    for unit in 0..<count {
      let rows = (0..<n).filter { units[$0] == unit }
      // (1 − J/N)^(−½) on the unit's rows, times the row of ones over N.
      let factor = 1 / (1 - Double(rows.count) / all).squareRoot() / all
      let error = rows.reduce(0) { $0 + (values[$1] - mean) * factor }
      variance += error * error
      columns.append(
        (0..<n).map { row in
          (units[row] == unit ? factor : 0) - Double(rows.count) * factor / all
        })
    }
    var (trace, squares) = (0.0, 0.0)
    for a in 0..<count {
      for b in 0..<count {
        let product = dot(columns[a], columns[b])
        squares += product * product
        if a == b { trace += product }
      }
    }
    return (variance, trace, squares)
  }

  @Test("CR2 and its degrees of freedom are those of the matrices")
  func matrices() throws {
    var luck = Luck(seed: 91, run: 0)
    func arm(_ sizes: [Int]) -> (values: [Double], units: [Int]) {
      let units = sizes.indices.flatMap { Array(repeating: $0, count: sizes[$0]) }
      let effects = sizes.map { _ in luck.normal() }
      return (units.map { effects[$0] + luck.normal() }, units)
    }
    let (one, other) = (arm([1, 4, 2, 9, 3]), arm([5, 5, 1, 2]))
    let difference = try ClusterDifference(
      candidate: .init(values: one.values, units: one.units),
      production: .init(values: other.values, units: other.units))
    let (a, b) = (definition(one.values, one.units), definition(other.values, other.units))
    #expect(abs(difference.cr2 / (a.variance + b.variance).squareRoot() - 1) < 1e-12)
    let trace = a.trace + b.trace
    let wanted = trace * trace / (a.squares + b.squares)
    #expect(abs(difference.estimate.degreesOfFreedom / wanted - 1) < 1e-12)
    // With a covariate that does not vary within the check, the general engine agrees.
    let constantFree = try RegressionAdjustment(
      candidate: ArmSample(values: one.values), production: ArmSample(values: other.values)
    ).interacted(units: one.units, other.units)
    #expect(abs(constantFree.standardError / difference.cr2 - 1) < 1e-12)
    #expect(abs(constantFree.degreesOfFreedom / wanted - 1) < 1e-11)
  }

  @Test("six units an arm of unequal size: CR2 keeps its level, CR1 does not come near")
  func fewUnits() throws {
    let runs = 1_500
    let sizes = [1, 2, 2, 4, 8, 20]
    var (bell, plain) = (0, 0)
    for run in 0..<runs {
      var luck = Luck(seed: 92, run: run)
      func arm() throws -> ClusterDifference.Arm {
        let units = sizes.indices.flatMap { Array(repeating: $0, count: sizes[$0]) }
        let effects = sizes.map { _ in 0.3 * luck.normal() }
        return try .init(values: units.map { effects[$0] + luck.normal() }, units: units)
      }
      let difference = try ClusterDifference(candidate: arm(), production: arm())
      if difference.estimate.pTwoSided().value <= 0.05 { bell += 1 }
      if difference.cr1Estimate.pTwoSided().value <= 0.05 { plain += 1 }
    }
    #expect((0.02...0.09).contains(Double(bell) / Double(runs)), "\(bell)")
    #expect(plain > bell + 40, "\(plain) \(bell)")
  }

  @Test(
    "a ramp whose share changed with the traffic: the plain difference is wrong, the strata right")
  func simpson() throws {
    var luck = Luck(seed: 93, run: 0)
    // On the first day a tenth is on the candidate, on the second, quieter one, half.
    func rows(_ count: Int, _ mean: Double) -> [Double] {
      (0..<count).map { _ in mean + luck.normal() }
    }
    let candidate = rows(100, 5.2) + rows(500, 3.2)
    let production = rows(900, 5) + rows(500, 3)
    let days = { (a: Int, b: Int) in
      Array(repeating: 0, count: a) + Array(repeating: 1, count: b)
    }
    let plain = try TTests.welch(
      candidate: Moments(of: candidate), production: Moments(of: production))
    #expect(plain.value < -0.5)
    for weights in [StratifiedDifference.Weights.share, .precision, .given([2, 3])] {
      let fair = try StratifiedDifference(
        candidate: candidate, strata: days(100, 500), production: production,
        strata: days(900, 500), weights: weights)
      #expect(abs(fair.value - 0.2) < 4 * fair.standardError && fair.standardError < 0.1)
    }
    #expect(throws: Unavailable.tooFew(has: 0, needs: 2)) {
      try StratifiedDifference(
        candidate: [1, 2], strata: [0, 0], production: [1, 2], strata: [1, 1])
    }
  }

  @Test("a diluted effect covers the truth, and is sharper than the effect on all units")
  func triggered() throws {
    let runs = 400
    var (covered, relative) = (0, 0)
    for run in 0..<runs {
      var luck = Luck(seed: 94, run: run)
      // Three in ten are triggered; they are worth 5 and gain 1, the others are worth 2.
      func arm(_ effect: Double) throws -> (triggered: Moments, rest: Moments, count: Int) {
        var (triggered, rest): ([Double], [Double]) = ([], [])
        for _ in 0..<400 {
          if luck.unit() < 0.3 {
            triggered.append(5 + effect + luck.normal())
          } else {
            rest.append(2 + luck.normal())
          }
        }
        return (try Moments(of: triggered), try Moments(of: rest), 400)
      }
      let (candidate, production) = (try arm(1), try arm(0))
      let effect = TriggeredEffect(
        candidate: candidate.triggered, candidateUnits: 400, production: production.triggered,
        productionUnits: 400)
      let onAll = try effect.onAll()
      if onAll.interval(level: 0.95).contains(0.3) { covered += 1 }
      let lift = try effect.relativeOnAll(untriggered: production.rest)
      if lift.interval(level: 0.95).contains(0.3 / 2.9) { relative += 1 }
      #expect(effect.triggerBalance.value > 1e-7)
      #expect(onAll.standardError < 0.07)
    }
    #expect(plausible(0.95, of: runs).contains(Double(covered) / Double(runs)), "\(covered)")
    #expect(plausible(0.95, of: runs).contains(Double(relative) / Double(runs)), "\(relative)")
  }
}
