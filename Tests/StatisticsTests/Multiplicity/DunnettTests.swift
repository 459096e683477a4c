import Probability
import Testing

@testable import Statistics

@Suite("Dunnett's comparisons, selected results") struct DunnettTests {
  @Test(
    "the tail agrees with nested quadrature in another program (SciPy's normal law, 60 points a panel)",
    arguments: [
      ([1.0, 1, 1], 1.0, Double.infinity, 2.35, 0.049_868_406_810_655_34),
      ([10, 20, 30], 40, .infinity, 3, 0.007_941_908_999_675_252),
      ([5, 5], 5, 12, 2.5, 0.050_211_960_152_856_665),
      ([5, 9], 7, 18, 6, 2.203_362_151_001_257_7e-05),
    ])
  func tail(sizes: [Double], production: Double, degrees: Double, t: Double, wanted: Double) {
    let law = Dunnett(candidates: sizes, production: production, degreesOfFreedom: degrees)
    #expect(abs(law.twoSided(t) / wanted - 1) < 1e-9)
  }

  @Test("one candidate is Student's t", arguments: [1.0, 20])
  func oneCandidate(degrees: Double) {
    let law = Dunnett(candidates: [7], production: 9, degreesOfFreedom: degrees)
    let student = StudentT(degreesOfFreedom: degrees)
    for t in [0.5, 5] {
      #expect(abs(law.twoSided(t) / student.twoSided(t) - 1) < 1e-8, "\(degrees), \(t)")
      #expect(abs(law.greater(t) / student.survival(t) - 1) < 1e-8, "\(degrees), \(t)")
    }
  }

  @Test("critical values are those of the published table, k = 3, equal sizes")
  func published() {
    // Dunnett (1964), two-sided 5 %.
    for (degrees, value) in [(20.0, 2.54), (.infinity, 2.35)] {
      let law = Dunnett(
        candidates: [4, 4, 4], production: 4, degreesOfFreedom: degrees)
      #expect(abs(law.criticalValue(twoSided: 0.05) - value) < 0.0051, "\(degrees)")
    }
  }

  @Test("intervals of a result that passed a bar cover the truth", arguments: [-1.0, 0, 2])
  func selected(truth: Double) {
    var (seen, covered, below) = (0, 0, 0)
    var luck = Luck(seed: 12, run: 0)
    while seen < 2_000 {
      let value = truth + luck.normal()
      guard value > 1 else { continue }
      seen += 1
      let estimate = SelectedEstimate(value: value, standardError: 1, bar: 1)
      if estimate.interval(level: 0.9).contains(truth) { covered += 1 }
      if estimate.medianUnbiased < truth { below += 1 }
    }
    #expect(plausible(0.9, of: seen).contains(Double(covered) / Double(seen)))
    #expect(plausible(0.5, of: seen).contains(Double(below) / Double(seen)))
  }

  @Test("far above the bar the selection does not matter, at the bar nothing is known")
  func farAndNear() {
    let far = SelectedEstimate(value: 50, standardError: 1, bar: 1)
    #expect(abs(far.medianUnbiased - 50) < 1e-9)
    #expect(abs(far.interval(level: 0.95).upperBound - 51.959_963_984_540_05) < 1e-9)
    #expect(
      SelectedEstimate(value: 1, standardError: 1, bar: 1).medianUnbiased == -.infinity)
  }
}
