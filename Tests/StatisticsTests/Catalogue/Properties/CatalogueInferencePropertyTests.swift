import Probability
import Testing

@testable import Statistics

@Suite("Tests and intervals of every method") struct CatalogueInferencePropertyTests {
  @Test("p is a probability, and its logarithm says the same", arguments: PropertyTrial.names)
  func probabilities(name: String) {
    Property { trial in
      var sides: [Double] = []
      for alternative in Question.Alternative.allCases {
        guard case .success(let answer) = trial.asked(alternative).answer() else { continue }
        if let interval = answer.interval, let estimate = answer.estimate,
          !interval.contains(estimate)
        {
          return "\(alternative): \(estimate) outside of \(interval)"
        }
        guard let p = answer.p else { continue }
        if !(p.value >= 0 && p.value <= 1 && p.ln <= 0 && p.ln.isFinite) { return "\(p)" }
        let isVisible = p.value > 1e-300
        if isVisible, abs(Elementary.log(p.value) - p.ln) > 1e-9 * max(1, -p.ln) { return "\(p)" }
        if alternative != .different { sides.append(p.value) }
      }
      // Both count what is as far as the data; of a distance, they are two distances.
      guard trial.method.estimand != .distribution, sides.count == 2 else { return nil }
      return sides[0] + sides[1] < 1 - 1e-9 ? "one-sided p \(sides)" : nil
    }.expect(name)
  }

  @Test("one-sided p-values of continuous laws add up to 1", arguments: continuous)
  func complements(name: String) {
    Property { trial in
      guard case .success(let one) = trial.asked(.greater).answer(),
        case .success(let other) = trial.asked(.less).answer(), let p = one.p, let q = other.p
      else { return nil }
      return abs(p.value + q.value - 1) < 1e-9 ? nil : "\(p.value) and \(q.value)"
    }.expect(name)
  }

  /// Those whose p is a tail of a normal or t law.
  static let continuous = [
    "welch", "student-t", "yuen", "winsorized", "glass-delta", "cohen-d", "hedges-g", "paired-t",
    "paired-yuen", "z-unpooled", "wald", "miettinen-nurminen", "mee", "agresti-caffo", "newcombe",
    "ratio-delta", "paired-ratio", "relative-lift", "relative-lift-log", "clustered", "cuped",
    "ancova", "post-stratified", "brunner-munzel", "brunner-munzel-logit", "cliffs-delta",
    "delong", "delong-unpaired", "cosine-difference", "cosine-paired", "variance-f",
    "log-variance", "levene", "cox", "log-rank", "restricted-mean-difference", "tango",
  ]

  @Test("the intervals of one question nest, from 50 to 99.9 %", arguments: PropertyTrial.names)
  func widening(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    guard method.widensWithLevel else { return }
    Property { trial in
      for alternative in [Question.Alternative.different, .greater] {
        var inner: (level: Double, bounds: Bounds)?
        for level in [0.5, 0.8, 0.95, 0.999] {
          let asked = trial.asked(alternative, level: level)
          guard case .success(let answer) = asked.answer(), let bounds = answer.interval else {
            continue
          }
          if let inner, !inner.bounds.isInside(bounds) {
            return "\(alternative): \(inner) and at \(level) \(bounds)"
          }
          inner = (level, bounds)
        }
      }
      return nil
    }.expect(name)
  }

  @Test(
    "the interval holds exactly the nulls that the test does not reject",
    arguments: PropertyTrial.names)
  func duality(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    guard method.isDual else { return }
    Property { trial in
      var luck = Luck(seed: 5, run: Int(trial.question.seed))
      for alternative in Question.Alternative.allCases {
        let asked = trial.asked(alternative, level: 0.5 + 0.49 * luck.unit())
        for null in asked.nulls(luck.unit()) {
          if let found = asked.with({ $0.question.null = null }).contradiction {
            return "\(alternative) at \(asked.question.level), null \(null): \(found)"
          }
        }
      }
      return nil
    }.expect(name)
  }

  @Test("a null further away is rejected at least as clearly", arguments: PropertyTrial.names)
  func monotony(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    guard method.isDual else { return }
    Property(exceptions: Self.fieller) { trial in
      for alternative in [Question.Alternative.greater, .less] {
        guard case .success(let answer) = trial.answer(), let estimate = answer.estimate else {
          return nil
        }
        let width = answer.interval.map { $0.isBounded ? $0.width : 1 } ?? 1
        var last: Double?
        for step in -3...3 {
          let null = estimate + Double(step) * width / 2.5
          let asked = trial.asked(alternative).with { $0.question.null = null }
          guard case .success(let answer) = asked.answer(), let p = answer.p else { continue }
          let ln = alternative == .greater ? p.ln : -p.ln
          if let last, ln < last - 1e-9 { return "\(alternative), null \(null): \(ln), \(last)" }
          last = ln
        }
      }
      return nil
    }.expect(name)
  }

  private static let fieller = Property.because([
    (
      "where production's mean may be 0, no lift is far away: Fieller's set is then no interval",
      [
        "relative-lift/skewed-30-effect", "relative-lift/binary-14-effect",
        "relative-lift/ties-14-effect",
        "paired-relative-lift/pairs-skewed-30-effect",
      ]
    )
  ])
}

extension PropertyTrial {
  /// The same about one side.
  fileprivate func asked(
    _ alternative: Question.Alternative, level: Double = 0.95
  ) -> PropertyTrial {
    with {
      $0.question.alternative = alternative
      $0.question.level = level
    }
  }

  /// Nulls around the ends of the interval.
  fileprivate func nulls(_ unit: Double) -> [Double] {
    guard case .success(let answer) = answer(), let interval = answer.interval, answer.p != nil
    else { return [] }
    let estimate = answer.estimate ?? 0
    let lower = interval.lower.isFinite ? interval.lower : estimate - 1
    let upper = interval.upper.isFinite ? interval.upper : estimate + 1
    return [1.4 * unit - 0.2, 1e-3, -1e-3, 1 - 1e-3, 1 + 1e-3].map { lower + $0 * (upper - lower) }
  }

  /// Whether p and the interval of one answer disagree about its null.
  fileprivate var contradiction: String? {
    guard case .success(let answer) = answer(), let p = answer.p, let interval = answer.interval,
      let null = question.null, abs(p.value - (1 - question.level)) > 1e-9
    else { return nil }
    let isRejected = p.value < 1 - question.level
    return isRejected == interval.contains(null) ? "p \(p.value), \(interval)" : nil
  }
}
