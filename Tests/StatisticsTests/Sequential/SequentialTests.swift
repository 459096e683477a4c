import Probability
import Testing

@testable import Statistics

@Suite("Repeated looks") struct SequentialTests {
  static let names = Catalogue.sequential.map(\.name)

  /// An answer of a method to data that suit it; the candidate's mean is larger by about `shift`.
  private func answer(
    _ method: Method, run: Int, shift: Double, rows: Int = 300, question: Question
  ) throws -> Answer {
    var luck = Luck(seed: 91, run: run)
    let isBinary = method.needs.contains(.binary)
    func value(_ shift: Double) -> Double {
      let u = luck.unit()
      if isBinary { return u < 0.3 + shift ? 1 : 0 }
      if method.needs.contains(.counts) { return (u * (2 + 4 * shift)).rounded(.down) }
      return min(1, u * (1 + 2 * shift))
    }
    let x = (0..<rows).map { _ in value(shift) }
    let y = (0..<(rows * 3 / 4)).map { _ in value(0) }
    var question = question
    question.range = 0...1
    question.monitoring.expectedRows = 300
    switch method.body {
    case .arms(let run):
      let needsBelow = method.needs.contains(.denominators)
      return try run(
        TwoArms(
          candidate: ArmSample(values: x, denominators: needsBelow ? x.map { $0 + 1 } : nil),
          production: ArmSample(values: y, denominators: needsBelow ? y.map { $0 + 1 } : nil)),
        question)
    case .pairs(let run):
      let n = y.count
      return try run(PairSample(candidate: Array(x.prefix(n)), production: y), question)
    case .ownCall: throw Unavailable.noVariation
    }
  }

  @Test("the null is outside the interval exactly where p is at most alpha", arguments: names)
  func duality(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    let null = method.estimand.noDifference
    var (rejected, kept) = (0, 0)
    for run in 0..<4 {
      for alternative in Question.Alternative.allCases {
        for shift in [0, 0.25] {
          let question = Question(alternative: alternative)
          let answer = try answer(method, run: run, shift: shift, question: question)
          let interval = try #require(answer.interval)
          let p = try #require(answer.p)
          #expect(p.ln <= 0 && p.value >= 0 && !p.ln.isNaN)
          guard answer.cautions.isEmpty else { continue }
          #expect(interval.contains(null) == (p.value > 0.05), "\(name) \(answer)")
          if p.value <= 0.05 { rejected += 1 } else { kept += 1 }
        }
      }
    }
    #expect(kept > 0)
    #expect(rejected > 0 || name == "hoeffding-mixture" || name == "sequential-quantile", "\(name)")
  }

  @Test("exchanging the arms turns the answer round", arguments: names)
  func exchange(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    let isRatio = method.estimand.noDifference == 1
    let null = isRatio ? 1.1 : 0.02
    let x = try answer(method, run: 9, shift: 0.2, question: Question(null: null))
    let turned = Method(
      name: name, title: "", estimand: method.estimand, needs: method.needs, assumptions: [],
      failsWhen: "", source: "", body: exchanged(method.body))
    let y = try answer(
      turned, run: 9, shift: 0.2, question: Question(null: isRatio ? 1 / null : -null))
    let back = isRatio ? y.inverted : y.negated
    for (a, b) in [
      (x.estimate, back.estimate), (x.p?.ln, back.p?.ln),
      (x.interval?.lower, back.interval?.lower), (x.interval?.upper, back.interval?.upper),
    ] {
      let (a, b) = (try #require(a), try #require(b))
      #expect(a == b || abs(a - b) <= 1e-9 * max(1, abs(b)), "\(name): \(x) \(back)")
    }
  }

  private func exchanged(_ body: Method.Body) -> Method.Body {
    switch body {
    case .arms(let run):
      .arms { arms, question throws(Unavailable) in try run(arms.exchanged, question) }
    case .pairs(let run):
      .pairs { pairs, question throws(Unavailable) in try run(pairs.exchanged, question) }
    case .ownCall: .ownCall
    }
  }

  @Test(
    "a higher level gives a wider interval",
    arguments: Catalogue.sequential.filter(\.widensWithLevel).map(\.name))
  func widening(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    for alternative in Question.Alternative.allCases {
      var before: Bounds?
      for level in [0.8, 0.9, 0.95, 0.99, 0.999] {
        let answer = try answer(
          method, run: 3, shift: 0.1, question: Question(level: level, alternative: alternative))
        let interval = try #require(answer.interval)
        if let before, answer.cautions.isEmpty {
          #expect(interval.lower <= before.lower && before.upper <= interval.upper, "\(name)")
        }
        before = interval
      }
    }
  }

  @Test(
    "tiny, huge and far numbers say the same", arguments: [-600, -490, 460],
    ["msprt", "confidence-sequence", "empirical-bernstein", "betting"])
  func scale(exponent: Int, name: String) throws {
    let unit = Double(sign: .plus, exponent: exponent, significand: 1)
    var luck = Luck(seed: 92, run: 0)
    let x = (0..<200).map { _ in luck.unit() }
    let y = (0..<200).map { _ in luck.unit() * 0.8 }
    let method = try #require(Catalogue.method(named: name))
    guard case .arms(let run) = method.body else { return }
    let plain = try run(TwoArms(candidate: x, production: y), Question(range: 0...1))
    let scaled = try run(
      TwoArms(candidate: x.map { $0 * unit }, production: y.map { $0 * unit }),
      Question(range: 0...unit))
    #expect(plain.p?.ln ?? 0 < -1)
    #expect(scaled.p == plain.p)
    #expect(scaled.interval?.lower == plain.interval.map { $0.lower * unit })
    guard name == "msprt" || name == "confidence-sequence" else { return }
    let far = try run(
      TwoArms(candidate: x.map { $0 + 1e9 }, production: y.map { $0 + 1e9 }), Question())
    let change = (far.p?.ln ?? 0) - (plain.p?.ln ?? 1)
    #expect(abs(change) < 1e-4)
  }

  @Test("a p-value beyond the smallest double keeps its logarithm")
  func smallP() throws {
    var luck = Luck(seed: 93, run: 0)
    let x = (0..<2000).map { _ in 10 + luck.normal() }
    let y = (0..<2000).map { _ in luck.normal() }
    for name in ["msprt", "confidence-sequence"] {
      let method = try #require(Catalogue.method(named: name))
      guard case .arms(let run) = method.body else { continue }
      let answer = try run(TwoArms(candidate: x, production: y), Question())
      let ln = try #require(answer.p?.ln)
      #expect(answer.p?.value == 0)
      #expect(ln < -1000 && ln.isFinite)
    }
  }

  @Test("data that a method cannot take give a reason")
  func reasons() throws {
    func run(_ name: String, _ x: [Double], _ y: [Double], _ question: Question = Question()) throws
    {
      let method = try #require(Catalogue.method(named: name))
      switch method.body {
      case .arms(let run): _ = try run(TwoArms(candidate: x, production: y), question)
      case .pairs(let run): _ = try run(PairSample(candidate: x, production: y), question)
      case .ownCall: break
      }
    }
    for name in Self.names {
      #expect(throws: Unavailable.self) {
        try run(name, [], [], Question(range: 0...1))
      }
    }
    for name in ["msprt", "confidence-sequence", "paired-msprt"] {
      #expect(throws: Unavailable.tooFew(has: 1, needs: 20)) { try run(name, [1], [0]) }
      let still = [Double](repeating: 1, count: 50)
      #expect(throws: Unavailable.noVariation) { try run(name, still, still) }
      #expect(throws: Unavailable.notFinite) { try run(name, [.infinity, 1], [0, 1]) }
    }
    // Two events in a thousand rows: nobody can know what their mean's distribution is.
    let rare = (0..<1000).map { $0 % 400 == 7 ? 1.0 : 0 }
    #expect(throws: Unavailable.self) {
      try run("confidence-sequence", rare, rare.map { 1 - $0 })
    }
    #expect(throws: Unavailable.needsRange) { try run("betting", [1], [0]) }
    #expect(throws: Unavailable.outsideRange(2)) {
      try run("empirical-bernstein", [1, 2], [0], Question(range: 0...1))
    }
    #expect(throws: Unavailable.nullOutside(lower: -1, upper: 1)) {
      try run("hoeffding-mixture", [1], [0], Question(null: 3, range: 0...1))
    }
    #expect(throws: Unavailable.notBinary) { try run("sequential-share", [0.5], [0]) }
    #expect(throws: Unavailable.notCounts) { try run("sequential-rates", [0.5], [0]) }
    #expect(throws: Unavailable.noVariation) { try run("sequential-mcnemar", [1, 0], [1, 0]) }
  }

  @Test("one row an arm gives nearly the whole range, and no evidence")
  func oneRow() throws {
    let arms = TwoArms(candidate: [1], production: [0])
    for name in ["empirical-bernstein", "betting", "hoeffding-mixture", "sequential-share"] {
      let method = try #require(Catalogue.method(named: name))
      guard case .arms(let run) = method.body else { continue }
      let answer = try run(arms, Question(range: 0...1))
      #expect(answer.interval?.upper == 1 && answer.interval?.lower ?? 0 < -0.7, "\(name)")
      #expect(answer.p?.value ?? 0 > 0.2)
    }
  }

  @Test("the path narrows, its p-value falls, and it crosses where they say")
  func path() throws {
    var luck = Luck(seed: 94, run: 0)
    let x = (0..<900).map { _ in luck.normal() + 0.3 }
    let y = (0..<500).map { _ in luck.normal() }
    let question = Question(monitoring: Monitoring(expectedRows: 600))
    let path = try NormalMixtureMethods(.asymptotic, question)
      .path(of: TwoArms(candidate: x, production: y))
    // A hundred times a row of each arm comes at once.
    #expect(path.looks == 1300)
    #expect(path.marks.count > 80 && path.marks.count <= 100)
    let crossing = try #require(path.firstCrossing)
    for (before, after) in zip(path.marks, path.marks.dropFirst()) {
      #expect(after.interval.lower >= before.interval.lower)
      #expect(after.interval.upper <= before.interval.upper)
      #expect(after.p.ln <= before.p.ln)
    }
    for mark in path.marks {
      #expect((mark.p.value <= 0.05) == (mark.rows >= crossing))
      #expect(mark.interval.contains(0) == (mark.rows < crossing))
    }
    #expect(path.marks.last?.p == path.answer.p)
  }

  @Test("rows that stand on one clock are read in its order")
  func places() throws {
    // The candidate's first half comes before any row of production.
    let x = (0..<200).map { Double($0 % 7) }
    let y = (0..<200).map { Double($0 % 5) }
    func arms(_ xPlaces: [Int]?, _ yPlaces: [Int]?) -> TwoArms {
      TwoArms(
        candidate: ArmSample(values: x, places: xPlaces),
        production: ArmSample(values: y, places: yPlaces))
    }
    let even = try NormalMixtureMethods(.asymptotic, Question()).path(of: arms(nil, nil))
    let alternating = try NormalMixtureMethods(.asymptotic, Question()).path(
      of: arms((0..<200).map { 2 * $0 }, (0..<200).map { 2 * $0 + 1 }))
    let late = try NormalMixtureMethods(.asymptotic, Question()).path(
      of: arms(
        (0..<200).map { $0 < 100 ? $0 : 2 * $0 }, (0..<200).map { 2 * $0 + 201 }))
    #expect(even.looks == 200 && alternating.looks == 400)
    #expect(even.answer.estimate == alternating.answer.estimate)
    #expect(late.answer.interval != even.answer.interval)
  }

  @Test("the monitor says of a stream what the method says of its table")
  func monitor() throws {
    for rule in [NormalMixtureMethods.Rule.mixtureSPRT, .asymptotic] {
      var luck = Luck(seed: 95, run: 0)
      let x = (0..<400).map { _ in luck.normal() + 0.35 }
      let y = (0..<400).map { _ in luck.normal() }
      let question = Question(monitoring: Monitoring(expectedRows: 500))
      var monitor = MeansMonitor(rule, question)
      for i in x.indices {
        monitor.add(candidate: x[i])
        monitor.look()
        monitor.add(production: y[i])
        monitor.look()
      }
      let path = try NormalMixtureMethods(rule, question).path(
        of: TwoArms(
          candidate: ArmSample(values: x, places: x.indices.map { 2 * $0 }),
          production: ArmSample(values: y, places: y.indices.map { 2 * $0 + 1 })))
      #expect(monitor.firstCrossing == path.firstCrossing)
      #expect(abs(monitor.p.ln - (path.answer.p?.ln ?? 0)) < 1e-10)
      #expect(abs(monitor.interval.lower - (path.answer.interval?.lower ?? 0)) < 1e-12)
      var quick = MeansMonitor(rule, question, tracksInterval: false)
      #expect(
        quick.firstCrossing(candidate: x.span, production: y.span) == path.firstCrossing)
    }
  }

  @Test("the table of a known variance is the mixture test's boundary")
  func knownVariance() {
    let boundary = KnownVarianceBoundary(
      rows: 50, variance: 2, effectVariance: 0.3, alpha: 0.05)
    var values = [Double](repeating: 0, count: 50)
    let test = MixtureSPRT(effectScale: 0.3.squareRoot())
    let reach = test.halfWidth(standardError: (2 / 50.0).squareRoot(), alpha: 0.05) * 50
    values[49] = reach * (1 - 1e-12)
    #expect(boundary.firstCrossing(values.span) == nil)
    values[49] = -reach * (1 + 1e-12)
    #expect(boundary.firstCrossing(values.span) == 50)
  }

  @Test("a look's p-value by the mixture test is one where its interval ends")
  func dialects() {
    for dialect in [Monitoring.Dialect.johari, .statsig] {
      let test = MixtureSPRT(effectScale: 0.1, dialect: dialect)
      let reach = test.halfWidth(standardError: 0.05, alpha: 0.01)
      #expect(abs(test.p(estimate: reach, standardError: 0.05).value - 0.01) < 1e-13)
    }
  }

  @Test("calibrated p-values are e-values, merged ones too")
  func eValues() {
    // The mean of an e-value over a uniform p is at most 1: midpoints of a grid in ln p.
    for calibrate: (PValue) -> EValue in [
      { EValue(calibrating: $0) }, { EValue(calibrating: $0, power: 0.3) },
      { EValue(calibratingByRoot: $0) },
    ] {
      var mean = 0.0
      let step = 0.001
      for k in 0..<60_000 {
        let ln = -(Double(k) + 0.5) * step
        let e = calibrate(PValue(value: Elementary.exp(ln), ln: ln))
        mean += step * Elementary.exp(ln + e.ln)
      }
      #expect(mean < 1.000_001 && mean > 0.93, "\(mean)")
    }
    let values = [EValue(4), EValue(0.5), EValue(ln: 800)]
    #expect(EValue.product([values[0], values[1]]).value == 2)
    #expect(abs(EValue.mean([values[0], values[1]]).value - 2.25) < 1e-14)
    #expect(abs(EValue.mean(values).ln - (800 - Elementary.log(3))) < 1e-12)
    #expect(EValue(ln: 800).p.ln == -800)
    #expect(EValue(0.5).p.value == 1)
    #expect(EValue(calibrating: .one).value == 0.5)
    #expect(abs(EValue(calibrating: PValue(0.6)).value - 0.597_222_96) < 1e-8)
  }
}
