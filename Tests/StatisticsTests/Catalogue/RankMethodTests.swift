import Probability
import Testing

@testable import Statistics

@Suite("Methods of ranks and distributions") struct RankMethodTests {
  static let armNames = Catalogue.ranks.compactMap { method -> String? in
    if case .arms = method.body, !method.needs.contains(.labels) { method.name } else { nil }
  }
  static let pairNames = Catalogue.ranks.compactMap { method -> String? in
    if case .pairs = method.body, !method.needs.contains(.labels) { method.name } else { nil }
  }

  private func answer(
    _ name: String, _ x: [Double], _ y: [Double], _ question: Question
  ) throws -> Answer {
    let method = try #require(Catalogue.method(named: name))
    switch method.body {
    case .arms(let run): return try run(TwoArms(candidate: x, production: y), question)
    case .pairs(let run): return try run(PairSample(candidate: x, production: y), question)
    case .ownCall: throw Unavailable.noVariation
    }
  }

  private func samples(_ run: Int, _ n: Int, _ m: Int) -> (x: [Double], y: [Double]) {
    var luck = Luck(seed: 71, run: run)
    return ((0..<n).map { _ in luck.normal() + 0.2 }, (0..<m).map { _ in 1.3 * luck.normal() })
  }

  private func asks(_ name: String, _ alternative: Question.Alternative) throws -> Bool {
    let (x, y) = samples(0, 20, 20)
    do {
      _ = try answer(name, x, y, Question(alternative: alternative, resamples: 19))
      return true
    } catch Unavailable.onlyTwoSided { return false }
  }

  @Test("names are unique")
  func names() {
    #expect(Set(Catalogue.all.map(\.name)).count == Catalogue.all.count)
    #expect(Catalogue.ranks.count >= 24)
  }

  @Test("the order of the rows changes nothing", arguments: armNames)
  func order(name: String) throws {
    let (x, y) = samples(1, 24, 30)
    let question = Question(resamples: 199)
    let forwards = try answer(name, x, y, question)
    let backwards = try answer(name, x.reversed(), y.reversed(), question)
    #expect(forwards.p == backwards.p && forwards.interval == backwards.interval)
  }

  @Test("a unit of 2^k scales the estimate and changes no p", arguments: armNames + pairNames)
  func unit(name: String) throws {
    let (x, y) = samples(2, 26, 26)
    let question = Question(resamples: 199)
    let plain = try answer(name, x, y, question)
    let inUnit = [.shift, .medianDifference, .spreadDifference, .meanDifference].contains(
      try #require(Catalogue.method(named: name)).estimand)
    for exponent in [-490, 460] {
      let scale = Double(sign: .plus, exponent: exponent, significand: 1)
      let other = try answer(name, x.map { $0 * scale }, y.map { $0 * scale }, question)
      #expect(other.p == plain.p)
      #expect(other.estimate == plain.estimate.map { inUnit ? $0 * scale : $0 })
    }
  }

  @Test("an interval that belongs to its test ends where the test begins", arguments: armNames)
  func duality(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    guard method.isDual, method.estimand != .distribution, method.name != "welch-anova" else {
      return
    }
    try expectDuality(name, samples(3, 21, 33))
  }

  @Test("of pairs too", arguments: pairNames)
  func pairDuality(name: String) throws {
    let method = try #require(Catalogue.method(named: name))
    guard method.isDual, method.estimand != .distribution else { return }
    try expectDuality(name, samples(4, 30, 30))
  }

  @Test(
    "without ties the standard rank tests agree with their intervals too",
    arguments: ["mann-whitney", "mann-whitney-exact", "wilcoxon", "sign"])
  func untied(name: String) throws { try expectDuality(name, samples(5, 28, 28)) }

  private func expectDuality(_ name: String, _ data: (x: [Double], y: [Double])) throws {
    for alternative in Question.Alternative.allCases {
      for level in [0.8, 0.95] {
        var question = Question(level: level, alternative: alternative, resamples: 999)
        question.probability = 0.75
        let bounds = try #require(try answer(name, data.x, data.y, question).interval)
        let width = bounds.isBounded ? bounds.width : 0.1
        for (end, inwards) in [(bounds.lower, 1.0), (bounds.upper, -1.0)] where end.isFinite {
          for (step, isKept) in [(1e-6 * width, true), (-1e-6 * width, false)] {
            question.null = end + inwards * step
            let p = try #require(try answer(name, data.x, data.y, question).p).value
            #expect((p > 1 - level) == isKept, "\(name) \(alternative) \(level) \(end) \(p)")
          }
        }
      }
    }
  }

  @Test("exchanging the arms exchanges the directions", arguments: armNames + pairNames)
  func exchange(name: String) throws {
    guard try asks(name, .greater) else { return }
    let (x, y) = samples(6, 22, 22)
    let method = try #require(Catalogue.method(named: name))
    let there = try answer(name, x, y, Question(alternative: .greater, resamples: 99))
    let back = try answer(name, y, x, Question(alternative: .less, resamples: 99))
    // A random exchange of the arms is another one after them.
    guard !["brunner-munzel-permutation", "variance-permutation"].contains(name) else { return }
    #expect(abs(there.p!.value / back.p!.value - 1) < 1e-9, "\(name)")
    guard let first = there.estimate, let second = back.estimate else { return }
    switch method.estimand {
    case .varianceRatio: #expect(abs(first * second - 1) < 1e-12)
    case .probabilityLarger: #expect(abs(first + second - 1) < 1e-12)
    default: #expect(abs(first + second) < 1e-12)
    }
  }

  @Test("keeps its level when nothing differs", arguments: armNames + pairNames)
  func calibration(name: String) throws {
    // An exact law in steps stays below its level, and so does a limit.
    let runs = 80
    var rejections = 0
    for run in 0..<runs {
      var luck = Luck(seed: 72, run: run)
      let x = (0..<20).map { _ in luck.normal() }
      let y = (0..<20).map { _ in luck.normal() }
      let p = try answer(name, x, y, Question(resamples: 99, probability: 0.7)).p
      if try #require(p).value <= 0.1 { rejections += 1 }
    }
    #expect(
      Double(rejections) / Double(runs) <= plausible(0.12, of: runs).upperBound,
      "\(name): \(rejections)")
  }

  static let odd: [(x: [Double], y: [Double])] = [
    ([], []), ([1], [2]), ([1], [1]), ([1, 1], [1, 1]), ([1, 2], [3, 4]), ([0, 0, 0], [1, 1, 1]),
    ([0, 1, 0, 1, 1], [1, 0, 0, 1, 1]), ([5, 5, 5, 5, 5, 6], [5, 5, 5, 5, 5, 5]),
    ([1e-150, 2e-150, -3e-150], [1e140, -1e140, 2e140]), ([1, 2, 3], [1, 2, 1e300]),
    ([-.infinity, 1, 2, 3], [1, .infinity, 2, .infinity]),
    ([.infinity, 1, 2, 3], [.infinity, 1, 2, 4]),
    ((0..<90).map { 1e9 + Double($0 % 7) }, (0..<90).map { 1e9 + Double($0 % 5) }),
    ((0..<60).map { Double($0) }, (0..<60).map { Double($0) + 1000 }),
  ]

  @Test("odd values give an answer without NaN, or a reason", arguments: armNames + pairNames)
  func oddValues(name: String) throws {
    for (place, data) in Self.odd.enumerated() {
      for alternative in Question.Alternative.allCases {
        var question = Question(alternative: alternative, resamples: 19, probability: 0.8)
        for null in [nil, 0.3, 1e12] {
          question.null = null
          let got: Answer
          do { got = try answer(name, data.x, data.y, question) } catch is Unavailable { continue }
          let numbers = [got.estimate, got.interval?.lower, got.interval?.upper, got.statistic]
          #expect(numbers.allSatisfy { $0?.isNaN != true }, "\(name) \(place) \(got)")
          let p = try #require(got.p)
          #expect(p.value >= 0 && p.value <= 1 && p.ln <= 0, "\(name) \(place) \(p)")
        }
      }
    }
  }

  @Test("areas of two arms differ as their scores do")
  func areas() throws {
    var luck = Luck(seed: 73, run: 0)
    let labels = (0..<300).map { _ in luck.unit() < 0.4 ? 1.0 : 0 }
    let good = labels.map { 2 * $0 + luck.normal() }
    let bad = labels.map { 0.3 * $0 + luck.normal() }
    guard case .arms(let unpaired)? = Catalogue.method(named: "delong-unpaired")?.body,
      case .pairs(let paired)? = Catalogue.method(named: "delong")?.body
    else { return #expect(Bool(false)) }
    let apart = try unpaired(
      TwoArms(
        candidate: ArmSample(values: good, labels: labels),
        production: ArmSample(values: bad, labels: labels)), Question())
    let together = try paired(
      PairSample(candidate: good, production: bad, labels: labels), Question())
    #expect(apart.estimate == together.estimate && together.p!.value < 1e-6)
    #expect(apart.arms == together.arms)
    #expect(throws: Unavailable.noLabels) {
      try paired(PairSample(candidate: good, production: bad), Question())
    }
  }
}
