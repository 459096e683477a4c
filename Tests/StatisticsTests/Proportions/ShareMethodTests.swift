import Probability
import Testing

@testable import Statistics

@Suite("Methods of shares and counts") struct ShareMethodTests {
  static let arms = (Catalogue.proportions + Catalogue.agreement).filter { method in
    if case .arms = method.body { true } else { false }
  }
  static let pairs = Catalogue.agreement.filter { method in
    if case .pairs = method.body { method.estimand != .distribution } else { false }
  }

  private func column(_ ones: Int, _ rows: Int) -> [Double] {
    Array(repeating: 1, count: ones) + Array(repeating: 0, count: rows - ones)
  }

  private func run(_ method: Method, _ data: TwoArms, _ question: Question) throws -> Answer {
    guard case .arms(let body) = method.body else { throw Unavailable.notBinary }
    return try body(data, question)
  }

  private func run(_ method: Method, _ data: PairSample, _ question: Question) throws -> Answer {
    guard case .pairs(let body) = method.body else { throw Unavailable.notBinary }
    return try body(data, question)
  }

  /// Random pairs of answers, not too extreme.
  private func randomPairs(_ luck: inout Luck) -> PairSample {
    let shares = [0.3 + 0.3 * luck.unit(), 0.3 + 0.3 * luck.unit()]
    let n = 40 + Int(luck.unit() * 60)
    var (first, second): ([Double], [Double]) = ([], [])
    for _ in 0..<n {
      first.append(luck.unit() < shares[0] ? 1 : 0)
      second.append(luck.unit() < shares[1] ? 1 : 0)
    }
    return PairSample(candidate: first, production: second)
  }

  /// The interval's ends are where the p-value passes the error, from either side.
  private func expectDual(
    _ method: Method, _ seed: Int, _ answer: (Question) throws -> Answer
  ) throws {
    for alternative in Question.Alternative.allCases {
      let question = Question(level: 0.9, alternative: alternative)
      let interval = try #require(try answer(question).interval)
      let isRatio = method.estimand.noDifference == 1
      for (end, isLow) in [(interval.lower, true), (interval.upper, false)] {
        guard end.isFinite, !isRatio || end > 0, isRatio || abs(end) < 1 else { continue }
        let step = (isRatio ? 1e-6 * end : 1e-6) * (isLow ? -1 : 1)
        var (outside, inside) = (question, question)
        (outside.null, inside.null) = (end + step, end - step)
        let (out, into) = (
          try answer(outside).p?.value ?? .nan, try answer(inside).p?.value ?? .nan
        )
        #expect(
          out <= 0.1 + 1e-9 && into >= 0.1 - 1e-9,
          "\(method.name) \(alternative) seed \(seed): \(out), \(into) about \(end)")
      }
    }
  }

  @Test("every name is a method's own")
  func names() {
    let names = (Catalogue.proportions + Catalogue.agreement).map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { name in Catalogue.all.filter { $0.name == name }.count == 1 })
  }

  @Test("interval and test agree, two-sided and one-sided", arguments: arms.map(\.name))
  func dualArms(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    guard method.isDual, !["boschloo", "barnard"].contains(name) else { return }
    for seed in 0..<8 {
      var luck = Luck(seed: 61, run: seed)
      let data = randomPairs(&luck)
      let production = Array(data.production.dropLast(7))
      try expectDual(method, seed) { question in
        try run(method, TwoArms(candidate: data.candidate, production: production), question)
      }
    }
  }

  @Test("interval and test of pairs agree", arguments: pairs.map(\.name))
  func dualPairs(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    guard method.isDual, name != "mcnemar-edwards" else { return }
    for seed in 0..<8 {
      var luck = Luck(seed: 62, run: seed)
      var data = randomPairs(&luck)
      if name == "sign" {
        data = PairSample(
          candidate: data.candidate.map { _ in 0.1 * luck.normal() },
          production: data.candidate.map { _ in 0 })
      }
      try expectDual(method, seed) { try run(method, data, $0) }
    }
  }

  @Test("intervals widen with the level and keep the estimate", arguments: arms.map(\.name))
  func widening(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    let data = TwoArms(candidate: column(13, 60), production: column(22, 71))
    var last: Bounds?
    for level in [0.5, 0.8, 0.95, 0.999] {
      let answer = try run(method, data, Question(level: level))
      guard let interval = answer.interval else { continue }
      #expect(interval.contains(try #require(answer.estimate)))
      if let last { #expect(interval.lower < last.lower && last.upper < interval.upper) }
      last = interval
    }
  }

  @Test("every method says why it cannot answer", arguments: arms.map(\.name))
  func reasons(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    let empty = TwoArms(candidate: [], production: [1, 0])
    #expect(throws: Unavailable.tooFew(has: 0, needs: 1)) { try run(method, empty, Question()) }
    let wrong = TwoArms(candidate: [0.5, 1], production: [1, 0])
    #expect(throws: method.needs.contains(.binary) ? Unavailable.notBinary : .notCounts) {
      try run(method, wrong, Question())
    }
    let isRatio = method.estimand.noDifference == 1
    let data = TwoArms(candidate: column(13, 60), production: column(22, 71))
    #expect(throws: (any Error).self) {
      try run(method, data, Question(null: isRatio ? 0 : 1))
    }
  }

  @Test("nothing is NaN, and no p is 0, in the corners", arguments: arms.map(\.name))
  func corners(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    for (k1, n1, k2, n2) in [
      (0, 1, 0, 1), (1, 1, 0, 1), (1, 1, 1, 1), (0, 9, 9, 9), (0, 30, 1, 1), (5, 5, 5, 5),
      (0, 40, 0, 3), (1, 1000, 0, 1),
    ] {
      for alternative in Question.Alternative.allCases {
        let question = Question(alternative: alternative)
        let data = TwoArms(candidate: column(k1, n1), production: column(k2, n2))
        guard let answer = try? run(method, data, question) else { continue }
        let p = try #require(answer.p)
        #expect(p.value > 0 && p.value <= 1 && p.ln <= 0, "\(name) \(k1)/\(n1) \(k2)/\(n2)")
        #expect(answer.estimate.map { !$0.isNaN } ?? true)
        if let interval = answer.interval {
          #expect(!interval.lower.isNaN && !interval.upper.isNaN)
        }
      }
    }
  }

  @Test("score intervals of ratios agree with sums of 40 digits")
  func ratios() throws {
    func bounds(_ name: String, _ k1: Int, _ n1: Int, _ k2: Int, _ n2: Int) throws -> [Double] {
      let data = TwoArms(candidate: column(k1, n1), production: column(k2, n2))
      let interval = try run(try #require(Catalogue.method(named: name)), data, Question()).interval
      return [interval?.lower ?? .nan, interval?.upper ?? .nan]
    }
    let cases: [([Double], [Double])] = [
      (try bounds("koopman", 56, 70, 48, 80), [1.079821506361898, 1.670805578019112]),
      (try bounds("koopman", 9, 10, 3, 10), [1.353237193866729, 8.467668686709776]),
      // Koopman's own example, to its printed digits 2.94 and 7.15.
      (try bounds("koopman", 36, 40, 16, 80), [2.939569192214994, 7.15222343486603]),
      (
        try bounds("miettinen-nurminen-ratio", 56, 70, 48, 80),
        [1.079047119534427, 1.672145359089768]
      ),
      (try bounds("odds-ratio-score", 56, 70, 48, 80), [1.28465912461516, 5.527003126925952]),
      (try bounds("odds-ratio-score", 9, 10, 3, 10), [2.130069280048742, 181.6907881646448]),
      (try bounds("g-test", 56, 70, 48, 80), [0.05469266244767014, 0.3393737347722051]),
      (try bounds("g-test", 9, 10, 3, 10), [0.205522156446375, 0.8633867059398959]),
    ]
    for (got, wanted) in cases {
      for (value, target) in zip(got, wanted) {
        #expect(abs(value / target - 1) < 1e-11, "\(value), not \(target)")
      }
    }
  }

  @Test("with few successes the score and exact tests keep their level, for shifted nulls too")
  func calibration() throws {
    let names = ["miettinen-nurminen", "mee", "newcombe", "fisher", "koopman", "poisson-rates"]
    // Exact rates by summing over all tables of 20 and 25 rows with shares 0.4 and 0.25.
    let (n1, n2, p1, p2) = (20, 25, 0.4, 0.25)
    for name in names {
      let method = try #require(Catalogue.method(named: name))
      guard method.needs.contains(.binary) else { continue }
      let null: Double =
        switch method.estimand {
        case .shareRatio: p1 / p2
        case .oddsRatio: p1 / (1 - p1) * ((1 - p2) / p2)
        default: p1 - p2
        }
      var rate = 0.0
      for a in 0...n1 {
        for b in 0...n2 {
          let data = TwoArms(candidate: column(a, n1), production: column(b, n2))
          guard let answer = try? run(method, data, Question(null: null)),
            (answer.p?.value ?? 1) <= 0.05
          else { continue }
          rate +=
            Binomial(trials: n1, probability: p1).pmf(a)
            * Binomial(trials: n2, probability: p2).pmf(b)
        }
      }
      #expect(rate <= (method.guarantee == .exact ? 0.05 : 0.065), "\(name): \(rate)")
      #expect(rate >= 0.01, "\(name): \(rate)")
    }
  }
}
