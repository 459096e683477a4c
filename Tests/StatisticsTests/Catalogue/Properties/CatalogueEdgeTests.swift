import Probability
import Testing

@testable import Statistics

/// Data at the ends of what there is: an answer with its reason, or a sound one; never a number that is none.
@Suite("Every method at the edges") struct CatalogueEdgeTests {
  @Test(
    "few, equal, missing, infinite and extremely separated values", arguments: PropertyTrial.names)
  func edges(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    for edge in EdgeData.all(for: method) {
      for decoration in EdgeData.Decoration.all(for: method) {
        for alternative in edge.alternatives {
          let trial = edge.trial(method, decoration, alternative)
          guard case .success(let answer) = trial.answer() else { continue }
          let found = answer.unsound ?? edge.unsound(answer, of: method)
          #expect(found == nil, "\(name) on \(trial.place), \(alternative): \(found ?? "")")
        }
      }
    }
  }

  @Test(
    "a tail beyond all numbers keeps its logarithm", arguments: [1e3, 1e7, 3.1e15, 1.6e19, 1e150])
  func farTails(z: Double) {
    for alternative in [Question.Alternative.different, .greater] {
      let p = PValue(z: z, alternative)
      #expect(p.value == 0 && abs(p.ln / (-0.5 * z * z) - 1) < 1e-4, "\(p)")
    }
    let certain = PValue(z: z, .less)
    #expect(certain.value == 1 && certain.ln == 0)
  }

  @Test("the law of a far noncentral t joins that of a near one", arguments: [3, 40, 500])
  func noncentral(degrees: Int) {
    // Either side of where the way to compute it changes, the ratio to the noncentrality has the same law.
    for ratio in [0.9, 0.99, 1.0, 1.02, 1.2] {
      let near = NoncentralT(degreesOfFreedom: Double(degrees), noncentrality: 9_990)
      let far = NoncentralT(degreesOfFreedom: Double(degrees), noncentrality: 10_010)
      let (p, q) = (near.logSurvival(ratio * 9_990), far.logSurvival(ratio * 10_010))
      #expect(abs(p - q) < 1e-6 * max(1, abs(p)), "\(ratio): \(p) \(q)")
    }
  }
}

extension Answer {
  /// What no answer may say.
  fileprivate var unsound: String? {
    let numbers = [estimate, statistic, standardError, degreesOfFreedom, p?.value, p?.ln]
    if numbers.contains(where: { $0?.isNaN ?? false }) { return "not a number: \(self)" }
    if let p {
      if !(p.value >= 0 && p.value <= 1 && p.ln <= 0 && p.ln.isFinite) { return "\(p)" }
      if p.value > 1e-300, abs(Elementary.log(p.value) - p.ln) > 1e-6 * max(1, -p.ln) {
        return "\(p)"
      }
    }
    if let standardError, !(standardError > 0 && standardError.isFinite) {
      return "an error of \(standardError)"
    }
    // A ratio over nothing is endless, and then its interval is, too.
    if let estimate, !estimate.isFinite, interval?.upper != .infinity, interval?.lower != -.infinity
    {
      return "an estimate of \(estimate) in \(String(describing: interval))"
    }
    return nil
  }
}
