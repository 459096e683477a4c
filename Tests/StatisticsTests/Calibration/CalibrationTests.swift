import Documents
import Probability
import Testing

@testable import Statistics

@Suite("Calibration") struct CalibrationTests {
  @Test("cells have names of their own, and are found by them")
  func names() {
    #expect(Set(CalibrationPlan.cells.map(\.name)).count == CalibrationPlan.cells.count)
    for cell in CalibrationPlan.cells {
      #expect(CalibrationPlan.cell(named: cell.name) == cell)
    }
  }

  @Test(
    "parts of the runs, in any order, are the whole", arguments: ["skewed", "rare", "pairs-ties"])
  func merge(traffic: String) throws {
    let cell = try #require(CalibrationPlan.cell(named: "\(traffic)-200-effect"))
    let study = Calibration(cell, methods: Self.quick)
    let whole = CalibrationRecord(study, runs: 0..<30)
    let parts = [19..<30, 0..<7, 7..<19].map { CalibrationRecord(study, runs: $0) }
    #expect(CalibrationRecord(merging: parts) == whole)
    #expect(CalibrationRecord(merging: Array(parts.dropFirst())) != whole)
    #expect(CalibrationRecord(merging: parts + [parts[0]]) == nil)
    #expect(CalibrationRecord(merging: [parts[0], parts[1]]) == nil)
  }

  @Test("a record that is written and read is the same")
  func json() throws {
    let cell = try #require(CalibrationPlan.cell(named: "rare-200-null"))
    let record = CalibrationRecord(Calibration(cell, methods: Self.quick), runs: 0..<20)
    let text = record.json.written(.pretty)
    let node = try JSONNode.read(SourceText(name: "record", text: text), dialect: .json)
    #expect(CalibrationRecord(node) == record)
    #expect(CalibrationRecord(node)?.json.written(.pretty) == text)
  }

  @Test(
    "draws have the moments and the dependence that their cell says",
    arguments: CalibrationPlan.cells.filter { $0.n == 2_000 && $0.effect != .null })
  func draws(cell: CalibrationCell) {
    let draws = CalibrationDraws(cell)
    var sums = ExactSum()
    var squares = ExactSum()
    let runs = 40
    for run in 0..<runs {
      let values =
        cell.isPaired
        ? draws.pairs(run: run, needs: []).candidate
        : draws.arms(run: run, needs: []).candidate.values
      #expect(values.count == cell.n)
      for value in values { sums.add(value) }
      for value in values {
        squares.add((value - cell.candidate.mean) * (value - cell.candidate.mean))
      }
    }
    let total = Double(runs * cell.n)
    // With rho 0.9 the values carry the information of a nineteenth as many.
    let error = (cell.candidate.variance / (total / 19)).squareRoot()
    if cell.shape != .scores {
      #expect(abs(sums.value / total - cell.candidate.mean) < 5 * error)
    }
    if cell.shape == .normal {
      #expect(abs(squares.value / total - cell.candidate.variance) < 0.05)
    }
  }

  @Test("pairs correlate by a half, and a covariate by 0.6")
  func correlations() throws {
    func correlation(_ x: [Double], _ y: [Double]) throws -> Double {
      let (a, b) = (try Moments(of: x), try Moments(of: y))
      let products = x.indices.reduce(0.0) { $0 + (x[$1] - a.mean) * (y[$1] - b.mean) }
      return products / Double(x.count - 1) / (a.standardDeviation * b.standardDeviation)
    }
    for name in ["pairs-normal", "pairs-clustered", "pairs-series-0.5", "pairs-shared-shocks-0.5"] {
      let cell = try #require(CalibrationPlan.cell(named: "\(name)-2000-null"))
      let all = (0..<20).map { CalibrationDraws(cell).pairs(run: $0, needs: []) }
      let found = try correlation(all.flatMap(\.candidate), all.flatMap(\.production))
      #expect(abs(found - 0.5) < 0.05, "\(name): \(found)")
    }
    let cell = try #require(CalibrationPlan.cell(named: "normal-2000-null"))
    let all = (0..<20).map {
      CalibrationDraws(cell).arms(run: $0, needs: [.covariates, .strata, .denominators])
    }
    let found = try correlation(
      all.flatMap(\.candidate.values), all.flatMap { $0.candidate.covariates[0] })
    #expect(abs(found - 0.6) < 0.03, "\(found)")
    let sizes = all.flatMap { $0.candidate.denominators ?? [] }
    #expect(abs(try Moments(of: sizes).mean - 3) < 0.05)
    let strata = all.flatMap { $0.candidate.strata ?? [] }
    #expect(Set(strata) == [0, 1, 2, 3])
  }

  @Test("truths in closed form agree with half a million draws")
  func truths() throws {
    for name in ["normal-2000-spread", "skewed-2000-effect", "ties-2000-effect"] {
      let cell = try #require(CalibrationPlan.cell(named: name))
      let draws = CalibrationDraws(cell)
      var (larger, above) = (0.0, 0.0)
      let shift = try #require(truth(.shift, cell))
      var total = 0.0
      for run in 0..<250 {
        let arms = draws.arms(run: run, needs: [])
        for (x, y) in zip(arms.candidate.values, arms.production.values) {
          total += 1
          larger += x > y ? 1 : x == y ? 0.5 : 0
          above += x - y > shift ? 1 : x - y == shift ? 0.5 : 0
        }
      }
      let error = 0.5 / total.squareRoot()
      #expect(abs(larger / total - (try #require(truth(.probabilityLarger, cell)))) < 5 * error)
      if cell.shape != .ties { #expect(abs(above / total - 0.5) < 5 * error) }
    }
    let skewed = try #require(CalibrationPlan.cell(named: "skewed-2000-effect"))
    #expect(abs(try #require(truth(.meanDifference, skewed)) - 0.3) < 1e-12)
    #expect(abs(try #require(truth(.relativeLift, skewed)) - 0.3) < 1e-12)
    #expect(abs(try #require(truth(.varianceRatio, skewed)) - 1.69) < 1e-12)
    // 20 % trimmed means of a lognormal scale as it does.
    let trimmed = skewed.production.trimmedMean(0.2)
    #expect(abs(try #require(truth(.trimmedMeanDifference, skewed)) - 0.3 * trimmed) < 1e-12)
    #expect(abs(Marginal.poisson(mean: 1.5).trimmedMean(0) - 1.5) < 1e-12)
  }

  private func truth(_ estimand: Estimand, _ cell: CalibrationCell) -> Double? {
    let method = Method(
      name: "", title: "", estimand: estimand, assumptions: [], failsWhen: "", source: "",
      body: .ownCall)
    return CalibrationTruth(cell).value(for: method)
  }

  @Test("the share beyond a pooled quantile is that of the draws, on few different values too")
  func tails() throws {
    let method = try #require(Catalogue.method(named: "tail-share"))
    for name in ["ties-2000-effect", "skewed-2000-effect"] {
      let cell = try #require(CalibrationPlan.cell(named: name))
      let truth = try #require(CalibrationTruth(cell).value(for: method))
      let draws = CalibrationDraws(cell)
      var difference = 0.0
      for run in 0..<100 {
        let arms = draws.arms(run: run, needs: [])
        difference += try TailShare(
          candidate: arms.candidate.values, production: arms.production.values,
          probability: CalibrationTruth.probability
        ).shares.candidateMinusProduction
      }
      // Of 200,000 rows an arm, a tenth of which lies beyond the threshold.
      #expect(abs(difference / 100 - truth) < 5 * 0.001, "\(name): \(difference / 100), \(truth)")
    }
  }

  @Test("only what is degenerate by definition needs no method")
  func reasons() throws {
    func reason(_ estimand: Estimand, _ name: String) throws -> String? {
      try #require(CalibrationPlan.cell(named: "\(name)-2000-effect"))
        .reasonWithoutMethod(of: estimand)
    }
    for cell in CalibrationPlan.cells {
      let reasons = Estimand.allCases.filter { cell.reasonWithoutMethod(of: $0) != nil }
      let compared = Set(reasons).subtracting([.agreement, .other])
      switch (cell.shape, cell.isPaired) {
      case (.binary, false), (.rare, false): #expect(compared == [.spreadDifference])
      case (.binary, true), (.rare, true):
        #expect(compared == [.spreadDifference, .trimmedMeanDifference])
      default: #expect(compared.isEmpty, "\(cell.name): \(compared)")
      }
    }
    // Of 0s and 1s the mean distance from the median is the share.
    let ones = (0..<1_000).map { $0 % 10 < 3 ? 1.0 : 0 }
    let zeros = (0..<1_000).map { $0 % 10 < 2 ? 1.0 : 0 }
    let spread = try Spread.difference(candidate: ones, production: zeros, centre: .median)
    #expect(abs(spread.value - 0.1) < 1e-12)
    // And the middle of the differences of pairs is 0, candidates better or not.
    let cell = try #require(CalibrationPlan.cell(named: "pairs-binary-2000-effect"))
    for run in 0..<10 {
      let pairs = CalibrationDraws(cell).pairs(run: run, needs: [])
      #expect(try TrimmedMean(of: pairs.differences(), trim: 0.2).mean.mean == 0)
    }
  }

  @Test("the band of one entry is the binomial's, and widens with their number")
  func band() {
    let one = CalibrationBand(entries: 1)
    let binomial = Binomial(trials: 10_000, probability: 0.05)
    let largest = one.largest(trials: 10_000, rate: 0.05)
    #expect(binomial.survival(largest) <= 0.05 && binomial.survival(largest - 1) > 0.05)
    #expect(one.place(of: largest, trials: 10_000, rate: 0.05) == .inside)
    #expect(one.place(of: largest + 1, trials: 10_000, rate: 0.05) == .above)
    #expect(one.place(of: 460, trials: 10_000, rate: 0.05) == .below)
    let many = CalibrationBand(entries: 3_000)
    #expect(many.largest(trials: 10_000, rate: 0.05) > largest)
    #expect(many.place(of: 460, trials: 10_000, rate: 0.05) == .inside)
  }

  /// Enough of the methods to see that the harness counts rightly.
  static let quick = Catalogue.all.filter { ["welch", "paired-t", "mcnemar"].contains($0.name) }

  /// Each method that is quick enough, in the first cell in which it promises its rates.
  static let short: [(cell: CalibrationCell, methods: [Method])] = {
    let cells = CalibrationPlan.cells.filter { $0.n == 200 && $0.effect == .null }
    var assigned = cells.map { _ in [Method]() }
    for method in CalibrationGroup.contestants where !slow.contains(method.name) {
      let first = cells.firstIndex {
        $0.admits(method) && $0.isGated(method) && CalibrationPlan.stride(of: method, in: $0) == 1
      }
      if let first { assigned[first].append(method) }
    }
    return zip(cells, assigned).map { ($0, $1) }.filter { !$0.1.isEmpty }
  }()

  /// Milliseconds a run even when optimized.
  private static let slow: Set<String> = [
    "bootstrap-t", "ratio-bootstrap-t", "paired-bootstrap-t", "paired-ratio-bootstrap-t",
    "cluster-bootstrap", "paired-cluster-bootstrap", "poisson-bootstrap",
    "paired-poisson-bootstrap", "wilcoxon", "cohen-d", "hedges-g", "quantile-difference",
    "paired-quantile-difference", "chosen-quantile", "chosen-paired-quantile", "sign-flip",
  ]

  @Test(
    "every method that promises its rates keeps them in 200 runs, within honest bounds",
    arguments: short.indices)
  func shortStudy(index: Int) {
    let (cell, methods) = Self.short[index]
    let record = CalibrationRecord(Calibration(cell, methods: methods), runs: 0..<200)
    // As many entries as the whole study has, at a chance of missing of one in a million.
    let band = CalibrationBand(entries: 3_000 * 50_000)
    for entry in record.entries {
      let place = entry.place(in: band)
      #expect(
        place == nil || place == .inside,
        "\(entry.cell): \(entry.method) \(entry.rate) \(entry.count) of \(entry.trials)")
    }
  }

  @Test("the short study has most methods, and every scope is that of a method")
  func coverage() {
    let names = Set(Self.short.flatMap { $0.methods.map(\.name) })
    #expect(names.count > 90, "\(names.count)")
    let known = Set(CalibrationGroup.contestants.map(\.name))
    for name in Scope.exceptions.keys.sorted() { #expect(known.contains(name), "\(name)") }
  }
}

@Suite("The judge on trial") struct JudgeTests {
  @Test("everything that stands against the judge is in the catalogue")
  func entrants() {
    for trials in JudgeTrials.all {
      let count =
        switch trials.situation {
        case .slowMinutes: 4
        case .errors: 3
        default: 2
        }
      #expect(trials.entrants.count == count, "\(trials.name)")
    }
  }

  @Test("the rule is that of its terms: a clear shift is high or low, equal arms pass")
  func rule() throws {
    let production = (0..<60).map { Double($0 % 12) }
    let judged = try KayentaJudge(candidate: production.map { $0 + 20 }, production: production)
    #expect(judged.verdict == .high && judged.shift == 20)
    let lower = try KayentaJudge(candidate: production.map { $0 - 20 }, production: production)
    #expect(lower.verdict == .low && lower.shift == -20)
    #expect(try KayentaJudge(candidate: production, production: production).verdict == .pass)
    let constant = Array(repeating: 3.0, count: 60)
    #expect(try KayentaJudge(candidate: constant, production: constant).verdict == .pass)
    #expect(throws: Unavailable.self) { try KayentaJudge(candidate: [1], production: [1, 2]) }
  }

  @Test("in 200 runs, ours keeps its level where nothing differs, and the judge does not")
  func alarms() throws {
    let band = CalibrationBand(entries: 10_000_000)
    var judged: [String: Int] = [:]
    for trials in JudgeTrials.all where trials.isNull && trials.situation.requests == nil {
      let record = CalibrationRecord(trials, runs: 0..<200)
      judged[trials.name] = record.lines[0].tally.rejections[0]
      for entry in record.entries where entry.gate != .none {
        #expect(entry.place(in: band) == .inside, "\(entry.cell) \(entry.method) \(entry.count)")
      }
    }
    #expect((judged["judge-series-0.0-60-null"] ?? 200) < 10)
    #expect((judged["judge-series-0.9-60-null"] ?? 0) > 60)
  }
}

@Suite("Several levels at once") struct FurtherLevelsTests {
  private static let traffics = [
    "skewed", "binary", "ties", "clustered", "pairs-normal", "pairs-binary", "pairs-clustered",
    "scores",
  ]

  @Test("methods of times are tried on all arms, whose rows all had their event")
  func times() throws {
    let ofTimes = Catalogue.all.filter { $0.needs.contains(.times) && $0.estimand != .other }
    #expect(ofTimes.count == 11)
    for traffic in Self.traffics {
      let cell = try #require(CalibrationPlan.cell(named: "\(traffic)-200-effect"))
      for method in ofTimes {
        var plain = method
        plain.needs.remove(.times)
        #expect(cell.admits(method) == cell.admits(plain), "\(method.name) in \(cell.name)")
        #expect(cell.admits(method) != (cell.isPaired || traffic == "scores"))
      }
    }
  }

  @Test("a method's further intervals are those that it gives when it is asked for them")
  func further() throws {
    for traffic in Self.traffics {
      var cell = try #require(CalibrationPlan.cell(named: "\(traffic)-200-effect"))
      cell.n = 30
      let draws = CalibrationDraws(cell)
      for method in Catalogue.all where cell.admits(method) && method.guarantee != .anytime {
        try expectSame(method, draws, range: cell.range)
      }
    }
  }

  private func expectSame(
    _ method: Method, _ draws: CalibrationDraws, range: ClosedRange<Double>?
  ) throws {
    let data: CalibrationData =
      if case .pairs = method.body { .pairs(draws.pairs(run: 1, needs: method.needs)) } else {
        .arms(draws.arms(run: 1, needs: method.needs))
      }
    var question = Question(seed: 5, resamples: 49, range: range)
    question.furtherLevels = [0.9, 0.99]
    guard let answer = try? data.answer(of: method, to: question),
      !answer.furtherIntervals.isEmpty
    else { return }
    #expect(answer.furtherIntervals.count == 2, "\(method.name)")
    question.furtherLevels = []
    for (place, level) in [0.9, 0.99].enumerated() {
      question.level = level
      let alone = try data.answer(of: method, to: question).interval
      #expect(alone == answer.furtherIntervals[place], "\(method.name) at \(level)")
    }
  }
}
