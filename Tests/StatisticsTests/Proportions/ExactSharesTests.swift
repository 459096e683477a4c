import Probability
import Testing

@testable import Statistics

/// A table with what fractions and 40 digits give for it; see each test.
struct ShareTable: Sendable, CustomTestStringConvertible {
  var counts: (Int, Int, Int, Int)
  var expected: [Double]

  init(_ k1: Int, of n1: Int, _ k2: Int, of n2: Int, _ expected: [Double]) {
    counts = (k1, n1, k2, n2)
    self.expected = expected
  }

  var testDescription: String { "\(counts)" }

  var shares: TwoProportions {
    TwoProportions(
      candidate: .init(successes: counts.0, trials: counts.1),
      production: .init(successes: counts.2, trials: counts.3))
  }
}

private func near(_ got: Double, _ wanted: Double, _ tolerance: Double = 1e-12) -> Bool {
  got == wanted || abs(got - wanted) <= tolerance * abs(wanted)
}

@Suite("Exact tests of shares") struct ExactSharesTests {
  /// Conditional estimate, interval by tails, lower end by the mid-p, interval by likelihood, p of an odds ratio of 2.
  static let conditionalTables: [ShareTable] = [
    ShareTable(
      9, of: 10, 3, of: 10,
      [
        17.26903393797168, 1.387113537943416, 1047.839981703822, 1.788954148413173,
        1.510950067792817, 514.4705883659176, 0.07535320957009428,
      ]),
    ShareTable(
      6, of: 7, 2, of: 7,
      [
        11.71434592436801, 0.7203390686297659, 823.9798414911475, 0.9673371804917161,
        0.9624203274979067, 403.9590258815193, 0.2802056555269923,
      ]),
    ShareTable(
      5, of: 56, 0, of: 29,
      [
        .infinity, 0.4832715010420047, .infinity, 0.6477156937793947, 0.499484357788832,
        .infinity, 0.5822758793320355,
      ]),
    ShareTable(
      56, of: 70, 48, of: 80,
      [
        2.649187295723694, 1.209115478924126, 6.039873013133444, 1.276159154292712,
        1.241337838942585, 5.855886480390697, 0.5829168722131537,
      ]),
    ShareTable(
      3, of: 12, 9, of: 11,
      [
        0.08573069492375033, 0.005741135096039588, 0.7314188342762804, 0.008383616695025775,
        0.008662623146267555, 0.5942008193220011, 0.0006999936570154057,
      ]),
  ]

  @Test(
    "Fisher's estimate and intervals agree with sums of 40 digits", arguments: conditionalTables)
  func fisher(table: ShareTable) {
    let test = table.shares.conditional
    let tails = test.interval(level: 0.95, sides: .tails)
    let likelihood = test.interval(level: 0.95, sides: .likelihood)
    let got = [
      test.estimate ?? .nan, tails.lower, tails.upper,
      test.interval(level: 0.95, sides: .midP).lower, likelihood.lower, likelihood.upper,
      test.p(.different, odds: 2).value,
    ]
    for (value, wanted) in zip(got, table.expected) {
      #expect(near(value, wanted, 1e-11), "\(value), not \(wanted)")
    }
  }

  /// Barnard two-sided and greater, Boschloo greater: rational regions, the supremum over 40,000 shares.
  static let unconditionalTables: [ShareTable] = [
    ShareTable(9, of: 10, 3, of: 10, [0.00795555114746, 0.00397777557373, 0.00397777557373]),
    ShareTable(3, of: 12, 9, of: 11, [0.00824594497681, 1, 0.99702141825]),
    ShareTable(5, of: 56, 0, of: 29, [0.116747168368, 0.0706465586554, 0.0776314240144]),
    ShareTable(7, of: 34, 1, of: 34, [0.0281058409961, 0.0140529204981, 0.0192319610614]),
    ShareTable(2, of: 5, 19, of: 23, [0.078518367491, 1, 0.971959461418]),
    ShareTable(30, of: 60, 15, of: 45, [0.103538092735, 0.0568199807568, 0.0452695529425]),
  ]

  @Test("Barnard and Boschloo agree with fractions", arguments: unconditionalTables)
  func unconditional(table: ShareTable) throws {
    let barnard = UnconditionalTest(table.shares, order: .score)
    let boschloo = UnconditionalTest(table.shares, order: .fisher)
    let got = [barnard.p(.different), barnard.p(.greater), boschloo.p(.greater)]
    for (p, wanted) in zip(got, table.expected) {
      let value = try #require(p).value
      #expect(near(value, wanted, 2e-8), "\(value), not \(wanted)")
    }
  }

  @Test("no exact test rejects too often, whatever the common share", arguments: [0.02, 0.3, 0.5])
  func size(share: Double) throws {
    let (n1, n2) = (11, 14)
    let level = 0.05
    var rates = [0.0, 0.0, 0.0]
    for a in 0...n1 {
      for b in 0...n2 {
        let shares = TwoProportions(
          candidate: .init(successes: a, trials: n1), production: .init(successes: b, trials: n2))
        let chance =
          Binomial(trials: n1, probability: share).pmf(a)
          * Binomial(trials: n2, probability: share).pmf(b)
        let p = [
          shares.conditional.p(.different),
          try #require(UnconditionalTest(shares, order: .fisher).p(.different)),
          try #require(UnconditionalTest(shares, order: .score).p(.different)),
        ]
        for (test, p) in p.enumerated() where p.value <= level { rates[test] += chance }
        // Boschloo's p is never above Fisher's by tails.
        #expect(p[1].value <= shares.conditional.p(.different, sides: .tails).value + 1e-12)
      }
    }
    for rate in rates { #expect(rate <= level + 1e-12, "\(rates)") }
    #expect(rates[1] >= rates[0] - 1e-12)
  }

  @Test("exchanging arms, and successes with failures, changes no p-value")
  func symmetry() throws {
    for (k1, n1, k2, n2) in [(3, 17, 9, 20), (0, 8, 5, 9), (40, 41, 60, 90)] {
      let shares = TwoProportions(
        candidate: .init(successes: k1, trials: n1), production: .init(successes: k2, trials: n2))
      let turned = TwoProportions(
        candidate: .init(successes: n1 - k1, trials: n1),
        production: .init(successes: n2 - k2, trials: n2))
      for order in [UnconditionalTest.Order.score, .fisher] {
        let p = try #require(UnconditionalTest(shares, order: order).p(.different)).value
        let exchanged = try #require(
          UnconditionalTest(shares.exchanged, order: order).p(.different))
        let complement = try #require(UnconditionalTest(turned, order: order).p(.different))
        #expect(near(exchanged.value, p, 1e-9) && near(complement.value, p, 1e-9))
      }
      let p = shares.conditional.p(.different).value
      #expect(near(shares.exchanged.conditional.p(.different).value, p))
      #expect(near(turned.conditional.p(.different).value, p))
      let interval = shares.conditional.interval(level: 0.9)
      let turnedRound = turned.conditional.interval(level: 0.9)
      #expect(near(interval.lower, 1 / turnedRound.upper, 1e-10))
    }
  }

  @Test("an empty table of successes says nothing, and says so")
  func empty() throws {
    let none = TwoProportions(
      candidate: .init(successes: 0, trials: 9), production: .init(successes: 0, trials: 4))
    #expect(none.conditional.p(.different).value == 1)
    #expect(none.conditional.estimate == nil)
    #expect(none.conditional.interval(level: 0.95) == Bounds(lower: 0, upper: .infinity))
    for order in [UnconditionalTest.Order.score, .fisher] {
      #expect(try #require(UnconditionalTest(none, order: order).p(.different)).value == 1)
    }
    let one = TwoProportions(
      candidate: .init(successes: 1, trials: 1), production: .init(successes: 0, trials: 1))
    #expect(try #require(UnconditionalTest(one, order: .score).p(.different)).value == 0.5)
  }

  @Test("p-values far below the smallest double keep their logarithm")
  func farTails() throws {
    let far = TwoProportions(
      candidate: .init(successes: 3000, trials: 3000),
      production: .init(successes: 0, trials: 3000))
    let p = far.conditional.p(.greater)
    // 1 / (6000 over 3000).
    #expect(p.value == 0)
    #expect(near(p.ln, -GammaFunction.logChoose(6000, 3000), 1e-13))
    #expect(near(far.conditional.p(.different).ln, p.ln + 0.693_147_180_559_945_3, 1e-13))
    #expect(UnconditionalTest(far, order: .score).p(.different) == nil)
    let name = try #require(Catalogue.method(named: "boschloo"))
    guard case .arms(let run) = name.body else { return }
    let answer = try run(
      TwoArms(
        candidate: Array(repeating: 1, count: 3000), production: Array(repeating: 0, count: 3000)),
      Question())
    #expect(answer.cautions.count == 1 && (answer.p?.ln ?? 0) < -4000)
    let middle = TwoProportions(
      candidate: .init(successes: 400, trials: 500), production: .init(successes: 20, trials: 500))
    let boschloo = try #require(UnconditionalTest(middle, order: .fisher).p(.different))
    #expect(boschloo.value > 0 && boschloo.ln < middle.conditional.p(.different).ln + 0.7)
  }

  @Test("large tables stay exact and quick")
  func large() {
    let shares = TwoProportions(
      candidate: .init(successes: 123_456, trials: 1_000_000),
      production: .init(successes: 122_000, trials: 990_000))
    let p = shares.conditional.p(.different, sides: .tails).value
    // The z test without correction says 0.6314; the exact tail holds half a point more on either side.
    #expect(p > 0.6314 && p < 0.634)
    let interval = shares.conditional.interval(level: 0.95)
    #expect(interval.lower < 1 && interval.upper > 1)
    #expect(near(interval.lower, 0.9936383714, 2e-5) && near(interval.upper, 1.0105746393, 2e-5))
  }
}
