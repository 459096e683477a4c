import Documents
import Probability
import Testing

@testable import Statistics

@Suite("Calibration") struct CalibrationTests {
  static let cheap = CalibrationPlan.cells.filter { $0.n == 200 }

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
    // 10 % trimmed means of a lognormal scale as it does.
    let trimmed = skewed.production.trimmedMean(0.1)
    #expect(abs(try #require(truth(.trimmedMeanDifference, skewed)) - 0.3 * trimmed) < 1e-12)
    #expect(abs(Marginal.poisson(mean: 1.5).trimmedMean(0) - 1.5) < 1e-12)
  }

  private func truth(_ estimand: Estimand, _ cell: CalibrationCell) -> Double? {
    let method = Method(
      name: "", title: "", estimand: estimand, assumptions: [], failsWhen: "", source: "",
      body: .ownCall)
    return CalibrationTruth(cell).value(for: method)
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

  @Test(
    "every method that promises its rates in a cell keeps them in 200 runs, within honest bounds",
    arguments: Self.cheap)
  func shortStudy(cell: CalibrationCell) {
    let record = CalibrationRecord(Calibration(cell, methods: Self.quick), runs: 0..<200)
    // As many entries as the whole study has, at a chance of missing of one in a million.
    let band = CalibrationBand(entries: 3_000 * 50_000)
    for entry in record.entries {
      let place = entry.place(in: band)
      #expect(
        place == nil || place == .inside,
        "\(entry.cell): \(entry.method) \(entry.rate) \(entry.count) of \(entry.trials)")
    }
  }
}
