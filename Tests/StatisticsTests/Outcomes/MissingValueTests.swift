import Probability
import Testing

@testable import Statistics

@Suite("Values that are missing for a reason") struct MissingValueTests {
  private static let none = Double.nan
  private let binary = TwoArms(
    candidate: [1, 0, 1, 1, none, 1, 0, none, 1, 1],
    production: [0, 1, 0, none, 0, 1, 1, 0, none, none, 1, 0])

  private func answer(
    _ name: String, _ arms: TwoArms, _ question: Question = Question()
  ) throws -> Answer {
    let method = try #require(Catalogue.method(named: name))
    guard case .arms(let body) = method.body else { throw Unavailable.noVariation }
    return try body(arms, question)
  }

  @Test("worst-case bounds and Imbens and Manski's interval agree with SciPy's root")
  func bounds() throws {
    let found = try answer("imbens-manski", binary)
    #expect(found.estimate == nil && found.cautions == [.onlyBounded])
    #expect(near(found.identified?.lower, 0.016666666666666607, 1e-14))
    #expect(near(found.identified?.upper, 0.46666666666666673))
    #expect(near(found.interval?.lower, -0.34680042357974744, 1e-11))
    #expect(near(found.interval?.upper, 0.7874397180803372, 1e-11))
    let far = try answer("imbens-manski", binary, Question(null: -0.9))
    #expect(near(far.p?.value, 1.6541112905880574e-05, 1e-10))
    let whole = try answer("manski-bounds", binary)
    let z = Normal.upperQuantile(0.025)
    #expect(near(whole.interval?.lower, 0.01666666666666666 - z * 0.22082261266144432))
    #expect(whole.p == (try answer("manski-bounds", binary, Question(null: 0)).p))
    #expect(try answer("manski-bounds", binary, Question(null: 0.2)).p == .one)
  }

  @Test("an interval's end is where the test stands at the level", arguments: [0.3, 0.8, 0.99])
  func isDual(level: Double) throws {
    for name in ["imbens-manski", "manski-bounds", "lee-bounds"] {
      let found = try answer(name, binary, Question(level: level))
      let low = try #require(found.interval?.lower)
      let high = try #require(found.interval?.upper)
      for (end, outward) in [(low, -1e-6), (high, 1e-6)] {
        let outside = try answer(name, binary, Question(null: end + outward)).p?.value ?? 1
        let inside = try answer(name, binary, Question(null: end - outward)).p?.value ?? 0
        #expect(outside < 1 - level && inside >= 1 - level, "\(name) \(end)")
      }
    }
  }

  @Test("without missing values the bounds are Welch's estimate")
  func complete() throws {
    let arms = TwoArms(candidate: [3, 1, 4, 1, 5], production: [2, 7, 1, 8])
    for name in ["imbens-manski", "lee-bounds"] {
      let found = try answer(name, arms, Question(range: 0...10))
      #expect(near(found.estimate, 2.8 - 4.5) && found.cautions.isEmpty)
    }
    #expect(throws: Unavailable.needsRange) { try answer("imbens-manski", arms) }
    #expect(throws: Unavailable.outsideRange(5)) {
      try answer("imbens-manski", arms, Question(range: 0...4.5))
    }
  }

  @Test("trimming bounds and weighted means agree with NumPy")
  func trimming() throws {
    let missing = Self.none
    let candidate = [3, 1, 4, 1.5, 5, missing, 9, 2.6, missing, 5.3]
    let production =
      [2, 7, missing, 1.8, 2.8, missing, 1.2, 0.5] + [missing, missing, missing]
    let set = try TrimmingBounds(candidate: candidate, production: production).set
    #expect(near(set.lower.value, 0.08499999999999908, 1e-11))
    #expect(near(set.lower.standardError, 1.4378488948580255))
    #expect(near(set.upper.value, 2.4883333333333337))
    #expect(near(set.upper.standardError, 1.6230503403799303))
    let turned = try TrimmingBounds(candidate: production, production: candidate).set
    #expect(near(turned.lower.value, -set.upper.value) && !turned.ends.contains(0))
    #expect(near(turned.upper.standardError, set.lower.standardError))
    let mean = try LabellingWeights.mean(
      [1, 2, missing, 4, 3, missing, 10, 12, missing, missing, 11],
      strata: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1])
    #expect(near(mean.value, 7.136363636363637) && near(mean.standardError, 1.3467503625182917))
    let known = try LabellingWeights.mean([1, 2, 6], chances: [0.5, 0.5, 1])
    #expect(near(known.value, 2.4))
  }

  @Test("weights mend a mean whose labels are missing at random; bounds hold it either way")
  func mends() throws {
    let runs = 200
    var (weighted, held) = (0, 0)
    for run in 0..<runs {
      var luck = Luck(seed: 5, run: run)
      func arm() -> ArmSample {
        var (values, strata): ([Double], [Int]) = ([], [])
        for _ in 0..<200 {
          let stratum = luck.unit() < 0.5 ? 0 : 1
          let value = luck.unit() < (stratum == 0 ? 0.2 : 0.7) ? 1.0 : 0
          values.append(luck.unit() < (stratum == 0 ? 0.4 : 0.9) ? value : .nan)
          strata.append(stratum)
        }
        return ArmSample(values: values, strata: strata)
      }
      let arms = TwoArms(candidate: arm(), production: arm())
      let mean = try LabellingWeights.mean(
        arms.candidate.values, strata: arms.candidate.strata ?? [])
      if mean.interval(level: 0.9).contains(0.45) { weighted += 1 }
      if try answer("imbens-manski", arms).interval?.contains(0) ?? false { held += 1 }
    }
    #expect(plausible(0.9, of: runs).contains(Double(weighted) / Double(runs)), "\(weighted)")
    #expect(held > runs * 9 / 10, "\(held)")
  }
}
