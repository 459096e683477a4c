import Probability
import Testing

@testable import Statistics

/// Methods of the families of means, ratios, units and series, on data that suits all of them.
@Suite("Methods: means, ratios, units and series") struct MeanMethodTests {
  static let methods =
    Catalogue.means + Catalogue.ratios + Catalogue.units + Catalogue.series

  static var arms: [Method] {
    methods.filter { if case .arms = $0.body { true } else { false } }
  }
  static var pairs: [Method] {
    methods.filter { if case .pairs = $0.body { true } else { false } }
  }
  static let runnable = arms + pairs

  /// Both arms with everything that a method may need, 60 rows each, values about 5.
  static func sample(
    _ change: (Double) -> Double = { $0 }, seed: UInt64 = 51
  ) -> (arms: TwoArms, pairs: PairSample) {
    var luck = Luck(seed: seed, run: 0)
    func arm(_ shift: Double, first: Int) -> ArmSample {
      let covariate = (0..<60).map { _ in luck.normal() }
      return ArmSample(
        values: covariate.map { change(5 + shift + 0.7 * $0 + luck.normal()) },
        denominators: (0..<60).map { _ in change(2 + luck.unit()) },
        units: (0..<60).map { $0 % 20 }, covariates: [covariate],
        strata: (0..<60).map { $0 / 20 }, places: (0..<60).map { 2 * $0 + first })
    }
    let (candidate, production) = (arm(0.4, first: 1), arm(0, first: 0))
    return (
      TwoArms(candidate: candidate, production: production),
      PairSample(
        candidate: candidate.values, production: production.values,
        denominators: .init(
          candidate: candidate.denominators ?? [], production: production.denominators ?? []),
        units: candidate.units)
    )
  }

  static func run(
    _ method: Method, _ data: (arms: TwoArms, pairs: PairSample), _ question: Question
  ) throws -> Answer {
    switch method.body {
    case .arms(let body): try body(data.arms, question)
    case .pairs(let body): try body(data.pairs, question)
    case .ownCall: preconditionFailure("\(method.name) has a call of its own")
    }
  }

  @Test("every name stands once")
  func names() {
    let names = Self.methods.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count >= 38)
  }

  @Test("answers have an estimate, an interval around it and a p-value", arguments: runnable)
  func complete(method: Method) throws {
    let answer = try Self.run(method, Self.sample(), Question())
    let estimate = try #require(answer.estimate)
    let interval = try #require(answer.interval)
    let p = try #require(answer.p)
    #expect(interval.contains(estimate) && interval.isBounded)
    #expect(p.value > 0 && p.value < 1 && abs(Elementary.log(p.value) - p.ln) < 1e-9)
    #expect(answer.statistic?.isNaN == false)
  }

  @Test(
    "an interval's end as the null has p = 1 − level, for every alternative", arguments: runnable,
    Question.Alternative.allCases)
  func dual(method: Method, alternative: Question.Alternative) throws {
    var question = Question(level: 0.9, alternative: alternative)
    let interval = try #require(try Self.run(method, Self.sample(), question).interval)
    var ends: [Double] = []
    if alternative != .less {
      ends.append(interval.lower)
    } else {
      #expect(interval.lower == -.infinity)
    }
    if alternative != .greater {
      ends.append(interval.upper)
    } else {
      #expect(interval.upper == .infinity)
    }
    for end in ends {
      question.null = end
      let p = try #require(try Self.run(method, Self.sample(), question).p)
      #expect(abs(p.value - 0.1) < 1e-8, "\(method.name) at \(end): \(p.value)")
    }
  }

  @Test("a higher level widens the interval", arguments: runnable)
  func nested(method: Method) throws {
    let narrow = try #require(
      try Self.run(method, Self.sample(), Question(level: 0.8)).interval)
    let wide = try #require(try Self.run(method, Self.sample(), Question(level: 0.95)).interval)
    #expect(wide.lower < narrow.lower && narrow.upper < wide.upper)
  }

  @Test(
    "another unit changes no p-value: 2⁻⁴⁹⁸ (1e-150), 2⁴⁶⁵ (1e140)", arguments: runnable,
    [-498, 465])
  func scale(method: Method, exponent: Int) throws {
    let scale = Double(sign: .plus, exponent: exponent, significand: 1)
    let plain = try Self.run(method, Self.sample(), Question())
    let scaled = try Self.run(method, Self.sample { $0 * scale }, Question())
    let (p, q) = (try #require(plain.p), try #require(scaled.p))
    #expect(abs(p.ln - q.ln) < 1e-11, "\(p.value) \(q.value)")
    let isFree =
      method.estimand == .standardizedDifference || method.estimand == .relativeLift
      || method.estimand == .ratioDifference
    let factor = isFree ? 1 : scale
    let (a, b) = (try #require(plain.interval), try #require(scaled.interval))
    #expect(abs(b.lower / (a.lower * factor) - 1) < 1e-9)
    #expect(abs(b.upper / (a.upper * factor) - 1) < 1e-9)
  }

  @Test(
    "an offset of 2³⁰ (1e9) on values with few bits changes nothing",
    arguments: runnable.filter {
      $0.estimand != .relativeLift && $0.estimand != .ratioDifference
    })
  func offset(method: Method) throws {
    // 20 bits below the point stay exact under the offset.
    func few(_ x: Double) -> Double { (x * 0x1p20).rounded() * 0x1p-20 }
    let plain = try Self.run(method, Self.sample { few($0) }, Question())
    let moved = try Self.run(method, Self.sample { few($0) + 0x1p30 }, Question())
    let (p, q) = (try #require(plain.p), try #require(moved.p))
    #expect(abs(p.ln - q.ln) < 1e-11, "\(p.value) \(q.value)")
    #expect(abs((moved.estimate ?? .nan) - (plain.estimate ?? .nan)) < 1e-12)
  }

  @Test(
    "the order of independent rows does not matter, to the last bit",
    arguments: runnable.filter { method in
      !Catalogue.series.contains { $0.name == method.name }
    })
  func order(method: Method) throws {
    var data = Self.sample()
    let plain = try Self.run(method, data, Question())
    data.arms.candidate = data.arms.candidate.reversed
    data.pairs = PairSample(
      candidate: data.pairs.candidate.reversed(), production: data.pairs.production.reversed(),
      denominators: data.pairs.denominators.map {
        .init(candidate: $0.candidate.reversed(), production: $0.production.reversed())
      }, units: data.pairs.units?.reversed())
    #expect(try Self.run(method, data, Question()) == plain)
  }

  @Test("empty and lone rows, and rows without variation, give a reason", arguments: runnable)
  func edges(method: Method) {
    for count in [0, 1] {
      let arm = ArmSample(
        values: Array(repeating: 1, count: count),
        denominators: Array(repeating: 1, count: count), units: Array(repeating: 0, count: count),
        covariates: [Array(repeating: 1, count: count)], strata: Array(repeating: 0, count: count),
        places: Array(0..<count))
      let pairs = PairSample(
        candidate: arm.values, production: arm.values,
        denominators: .init(candidate: arm.values, production: arm.values), units: arm.units)
      #expect(throws: Unavailable.self) {
        try Self.run(method, (TwoArms(candidate: arm, production: arm), pairs), Question())
      }
    }
    let still = Self.sample { _ in 1 }
    #expect(throws: Unavailable.self) { try Self.run(method, still, Question()) }
  }
}

extension ArmSample {
  fileprivate var reversed: ArmSample {
    ArmSample(
      values: values.reversed(), denominators: denominators?.reversed(), units: units?.reversed(),
      covariates: covariates.map { $0.reversed() }, strata: strata?.reversed(),
      places: places?.reversed())
  }
}
