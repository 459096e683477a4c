import Testing

@testable import Statistics

@Suite("Chooser") struct ChooserTests {
  @Test("every method of its table is in the catalogue, and can be run from a table's columns")
  func names() {
    for name in Chooser.table.flatMap(\.methods) {
      guard let method = Catalogue.method(named: name) else {
        Issue.record("no method \(name)")
        continue
      }
      if case .ownCall = method.body, !method.isOfPolicies {
        Issue.record("\(name) has a call of its own")
      }
    }
  }

  @Test("the ends of its table need nothing of the data, so that means can always be compared")
  func fallbacks() throws {
    for (name, layout) in [
      (Chooser.fallbackOfArms, DataFacts.Layout.arms), (Chooser.fallbackOfPairs, .pairs),
    ] {
      let method = try #require(Catalogue.method(named: name))
      let bare = DataFacts(layout: layout, asked: .mean, smallerCount: 0, count: 0)
      #expect(method.misfit(bare) == nil)
    }
  }

  /// A change of the facts of 1,000 rows of plain numbers, and what is then chosen.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var layout: DataFacts.Layout
    var asked = DataFacts.Asked.mean
    var change: @Sendable (inout DataFacts) -> Void = { _ in }
    var method: String

    init(
      _ name: String, _ layout: DataFacts.Layout, asked: DataFacts.Asked = .mean, _ method: String,
      change: @escaping @Sendable (inout DataFacts) -> Void = { _ in }
    ) {
      testDescription = name
      self.layout = layout
      self.asked = asked
      self.method = method
      self.change = change
    }
  }

  private static let cases: [Case] = [
    Case("plain arms", .arms, "welch"),
    Case("units", .arms, "clustered") {
      $0.hasRepeatedUnits = true
      $0.smallerUnitCount = 100
    },
    Case("units of one row each", .arms, "welch") { $0.smallerUnitCount = 500 },
    Case("covariates", .arms, "cuped") { $0.hasCovariates = true },
    Case("covariates and units", .arms, "cuped-clustered") {
      $0.hasCovariates = true
      $0.hasRepeatedUnits = true
      $0.smallerUnitCount = 100
    },
    Case("strata", .arms, "post-stratified") { $0.hasStrata = true },
    Case("time without dependence", .arms, "welch") { $0.hasPlaces = true },
    Case("two series beside each other", .arms, "series-difference") {
      $0.hasPlaces = true
      $0.isParallel = true
      $0.isDependent = true
    },
    Case("time with dependence", .arms, "series-interleaved") {
      $0.hasPlaces = true
      $0.isDependent = true
    },
    Case("shares", .arms, "miettinen-nurminen") {
      $0.isBinary = true
      $0.smallestExpectedCount = 50
    },
    Case("few rare events", .arms, "boschloo") {
      ($0.isBinary, $0.smallestExpectedCount) = (true, 2)
      ($0.smallerCount, $0.count) = (20, 40)
    },
    Case("many rows with rare events", .arms, "miettinen-nurminen") {
      ($0.isBinary, $0.smallestExpectedCount) = (true, 2)
    },
    Case("far from normal", .arms, "permutation") { $0.skewness = 9 },
    Case("skewed but large", .arms, "welch") { $0.skewness = 2 },
    Case("a ratio", .arms, asked: .ratio, "ratio-delta") { $0.hasDenominators = true },
    Case("a quantile", .arms, asked: .quantile, "quantile-difference"),
    Case("rankings of rows of their own", .arms, asked: .areaUnderCurve, "delong-unpaired") {
      $0.hasLabels = true
    },
    Case("times to an event", .arms, asked: .time, "log-rank") { $0.hasTimes = true },
    Case("times in strata", .arms, asked: .time, "log-rank-stratified") {
      $0.hasTimes = true
      $0.hasStrata = true
    },
    Case("a ratio of pairs", .pairs, asked: .ratio, "paired-ratio") { $0.hasDenominators = true },
    Case("two columns of classes", .pairs, asked: .classes, "bowker"),
    Case("the log of a policy", .log, "self-normalized"),
    Case("a log with a reward model", .log, "doubly-robust") { $0.hasRewardModel = true },
    Case("pairs", .pairs, "paired-t"),
    Case("pairs of units", .pairs, "paired-clustered") {
      $0.hasRepeatedUnits = true
      $0.smallerUnitCount = 100
    },
    Case("pairs in time", .pairs, "series-paired") {
      $0.hasPlaces = true
      $0.isDependent = true
    },
    Case("pairs of shares", .pairs, "tango") { $0.isBinary = true },
    Case("pairs far from normal", .pairs, "sign-flip") { $0.skewness = 9 },
    Case("two rankings", .pairs, asked: .areaUnderCurve, "delong") { $0.hasLabels = true },
    Case("a quantile of pairs", .pairs, asked: .quantile, "paired-quantile-difference"),
  ]

  @Test("picks by the design", arguments: cases)
  func picks(_ input: Case) {
    var facts = DataFacts(
      layout: input.layout, asked: input.asked, smallerCount: 500, count: 1_000)
    input.change(&facts)
    #expect(Chooser.choice(for: facts)?.method.name == input.method)
  }

  @Test("passes over names that the catalogue lacks, down to nothing")
  func degrades() throws {
    var facts = DataFacts(layout: .arms, asked: .mean, smallerCount: 500, count: 1_000)
    facts.hasRepeatedUnits = true
    facts.smallerUnitCount = 100
    let welch = try #require(Catalogue.method(named: "welch"))
    #expect(Chooser.choice(for: facts, among: [welch])?.method.name == "welch")
    #expect(Chooser.choice(for: facts, among: []) == nil)
  }

  @Test("does not see which arm is ahead")
  func blind() {
    let low = [1.0, 2, 2, 3, 9, 1, 4, 2, 5]
    let high = low.map { $0 + 100 }
    let facts = DataFacts(TwoArms(candidate: low, production: high), asked: .mean)
    let swapped = DataFacts(TwoArms(candidate: high, production: low), asked: .mean)
    #expect(facts == swapped)
  }

  @Test("knows shares, counts, units and rare events from the values")
  func facts() {
    var arms = TwoArms(candidate: [0, 1, 0, 0], production: [0, 0, 1, 1])
    arms.candidate.units = [0, 0, 1, 2]
    arms.production.units = [0, 1, 2, 3]
    let facts = DataFacts(arms, asked: .mean)
    #expect(facts.isBinary && facts.isCounts && !facts.isPositive && facts.hasRange)
    #expect(facts.hasRepeatedUnits && facts.smallerUnitCount == 3)
    #expect(facts.smallestExpectedCount == 1.5)
    let pairs = DataFacts(PairSample(candidate: [1, 0, 1], production: [1, 1, 1]), asked: .mean)
    #expect(pairs.smallestExpectedCount == 1 && !pairs.hasRepeatedUnits)
  }

  @Test("skewness does not depend on place or size", arguments: [1e-140, 1, 1e140])
  func skewness(scale: Double) {
    let plain = [0.0, 0, 0, 0, 1]
    let found = DataFacts.skewness(plain.map { $0 * scale })
    #expect(abs(found - DataFacts.skewness(plain)) < 1e-9)
    #expect(found > 1)
    #expect(abs(DataFacts.skewness(plain.map { $0 + 1e6 }) - DataFacts.skewness(plain)) < 1e-6)
    #expect(DataFacts.skewness([3, 3, 3]) == 0)
  }
}
