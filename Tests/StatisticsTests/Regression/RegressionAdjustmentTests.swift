import Probability
import Testing

@testable import Statistics

@Suite("Covariates") struct RegressionAdjustmentTests {
  private func arm(
    _ luck: inout Luck, _ count: Int, effect: Double, columns: Int, slope: Double
  ) -> ArmSample {
    let covariates = (0..<columns).map { _ in (0..<count).map { _ in luck.normal() } }
    let values = (0..<count).map { row in
      effect + luck.normal() + covariates.reduce(0) { $0 + slope * $1[row] }
    }
    return ArmSample(values: values, covariates: covariates)
  }

  @Test("adjusted differences keep their level and save variance", arguments: [1, 3])
  func calibration(columns: Int) throws {
    let runs = 500
    var (rejections, saved) = (0, 0.0)
    for run in 0..<runs {
      var luck = Luck(seed: 101, run: run)
      let adjustment = try RegressionAdjustment(
        candidate: arm(&luck, 25, effect: 0, columns: columns, slope: 1),
        production: arm(&luck, 40, effect: 0, columns: columns, slope: 1))
      let estimate = try adjustment.interacted()
      if estimate.pTwoSided().value <= 0.05 { rejections += 1 }
      saved += try adjustment.varianceReduction(of: estimate) / Double(runs)
    }
    #expect(plausible(0.055, of: runs).contains(Double(rejections) / Double(runs)), "\(rejections)")
    #expect(saved > 0.35, "\(saved)")
  }

  @Test("covariates under units keep their level")
  func clustered() throws {
    let runs = 250
    var rejections = 0
    for run in 0..<runs {
      var luck = Luck(seed: 102, run: run)
      func sample() -> (ArmSample, [Int]) {
        let units = (0..<15).flatMap { Array(repeating: $0, count: 1 + $0 % 4) }
        let effects = (0..<15).map { _ in luck.normal() }
        let users = (0..<15).map { _ in luck.normal() }
        let covariate = units.map { users[$0] + 0.5 * luck.normal() }
        let values = units.indices.map { covariate[$0] + effects[units[$0]] + luck.normal() }
        return (ArmSample(values: values, covariates: [covariate]), units)
      }
      let (candidate, production) = (sample(), sample())
      let estimate = try RegressionAdjustment(candidate: candidate.0, production: production.0)
        .interacted(units: candidate.1, production.1)
      if estimate.pTwoSided().value <= 0.05 { rejections += 1 }
    }
    #expect(plausible(0.05, of: runs).contains(Double(rejections) / Double(runs)), "\(rejections)")
  }

  @Test("a covariate that follows from others, or does not vary, is named")
  func collinear() {
    var luck = Luck(seed: 103, run: 0)
    var arm = arm(&luck, 20, effect: 0, columns: 2, slope: 1)
    arm.covariates[1] = arm.covariates[0].map { 2 * $0 }
    #expect(throws: Unavailable.collinear) {
      try RegressionAdjustment(candidate: arm, production: arm).interacted()
    }
    arm.covariates = [Array(repeating: 3, count: 20)]
    #expect(throws: Unavailable.collinear) {
      try RegressionAdjustment(candidate: arm, production: arm).ancova()
    }
    let few = ArmSample(values: [1, 2, 3], covariates: [[1, 5, 2]])
    #expect(throws: Unavailable.tooFew(has: 3, needs: 4)) {
      try RegressionAdjustment(candidate: few, production: few)
    }
  }

  @Test("eigenvalues and vectors of a small matrix put it together again")
  func eigen() {
    var luck = Luck(seed: 104, run: 0)
    var matrix = SymmetricMatrix(size: 5)
    for row in 0..<5 {
      for column in 0...row { matrix[row, column] = luck.normal() }
    }
    let (values, vectors) = matrix.eigen()
    for row in 0..<5 {
      for column in 0..<5 {
        let sum = values.indices.reduce(0) {
          $0 + values[$1] * vectors[$1][row] * vectors[$1][column]
        }
        #expect(abs(sum - matrix[row, column]) < 1e-13)
      }
    }
  }
}
