import Documents
import Simulation
import Statistics
import Traffic

/// A table's columns as far as a plan is measured from them.
struct PlanTable {
  /// As messages call it.
  let name: String
  let columns: TableColumns
  private let wanted: [WantedColumn]

  init(_ request: PlanRequest, _ wanted: [WantedColumn], isCancelled: () -> Bool) throws(StudyError)
  {
    let path = request.table ?? "-"
    let isSpooled = path == "-"
    if !isSpooled, let missing = NamedFile(path: path, directory: ".").missing(at: nil) {
      throw missing
    }
    let spool = isSpooled ? try SpooledInput(isCancelled: isCancelled) : nil
    name = isSpooled ? SpooledInput.name : path
    self.wanted = wanted
    let reader = TableReader(
      path: spool?.path ?? path, delimiter: request.delimiter, missing: request.missing)
    columns = try StudyError.fromTraffic { () throws(TrafficError) in
      try spool.naming { () throws(TrafficError) in try reader.read(wanted) }
    }
  }

  func numbers(_ name: String) -> [Double] {
    guard case .numbers(let values)? = column(name, .numbers) else { return [] }
    return values
  }

  func codes(_ name: String) -> [Int32] {
    guard case .categories(let codes, _)? = column(name, .categories) else { return [] }
    return codes
  }

  func times(_ name: String) -> [Int64] {
    guard case .times(let times)? = column(name, .times) else { return [] }
    return times
  }

  private func column(_ name: String, _ reading: WantedColumn.Reading) -> TableColumn? {
    zip(wanted, columns.columns).first { $0.0.name == name && $0.0.reading == reading }?.1
  }

  func error(_ message: String, help: String? = nil, row: Int? = nil) -> StudyError {
    let place = Place(file: name, line: row.map { columns.lines[$0] })
    return StudyError(.badData, Diagnostic(at: place, message, help: help))
  }
}

extension PlanRequest {
  /// The ground that a table gives.
  func ground(measuredBy isCancelled: () -> Bool) throws -> PlanGround {
    let measuredOptions = PlanOption.all.filter { $0.isMeasured && numbers[$0.name] != nil }
    if let option = measuredOptions.first {
      throw Mistake(
        "--\(option.name) is given, and a table, which would say it",
        help: "leave out one of the two")
    }
    if isPaired {
      throw Mistake(
        "--paired is given, and a table, which would say it", help: "name the columns with --pairs")
    }
    return try pairs.isEmpty ? metricGround(isCancelled) : pairsGround(isCancelled)
  }

  // MARK: One column

  private func metricGround(_ isCancelled: () -> Bool) throws -> PlanGround {
    let expression: MetricExpression
    do throws(MetricExpression.Mistake) {
      expression = try MetricExpression(metric, isOfPairs: false, isLone: true)
    } catch { throw Mistake(error.message, help: error.help) }
    if let covariate, method == nil {
      throw Mistake(
        "--covariate \(covariate) is for --pairs", help: "say --r2 for a covariate of a table")
    }
    let adjusters = [covariate].compactMap { $0 }
    let wanted =
      expression.columns.map { WantedColumn($0, .numbers, asker: "--metric") }
      + adjusters.map { WantedColumn($0, .numbers, asker: "--covariate") } + designColumns
    let table = try PlanTable(self, wanted, isCancelled: isCancelled)
    let rows = try self.rows(table, expression.columns + adjusters)
    let units = unit.map { AnalysisDesign.renumbered(rows, table.codes($0)).0 }
    let measured: MeasuredMetric
    do throws(Unavailable) {
      measured = try Self.measure(expression, table, rows, units, isSeries: time != nil)
    } catch { throw table.error("\(metric) cannot be planned from: \(error.text)") }
    var ground = Self.ground(expression, measured, name: metric)
    ground.unitWord = unit == nil ? "rows" : "units"
    describe(measured, table, rows, &ground)
    adjust(&ground)
    if method != nil {
      ground.rows = Self.drawn(expression, table, rows, units, adjusters, measured)
    }
    return ground
  }

  private static func drawn(
    _ expression: MetricExpression, _ table: PlanTable, _ rows: [Int], _ units: [Int]?,
    _ covariates: [String], _ measured: MeasuredMetric
  ) -> PlanRows {
    func column(_ name: String?) -> [Double] {
      let values = table.numbers(name ?? "")
      return rows.map { values[$0] }
    }
    var sample = ArmSample(values: [], units: units, covariates: covariates.map(column))
    var drawn = (asked: DataFacts.Asked.mean, probability: 0.5)
    switch expression.form {
    case .mean(let name): sample.values = column(name)
    case .share(let name, let comparison, let bound):
      sample.values = column(name).map { comparison.holds($0, bound) ? 1.0 : 0 }
    case .ratio(let numerator, let denominator):
      sample.values = column(numerator)
      sample.denominators = column(denominator)
      drawn.asked = .ratio
    case .quantile(let name, let p):
      sample.values = column(name)
      drawn = (.quantile, p)
    case .quality, .time, .ratioOfPairs, .classes, .flips:
      preconditionFailure("\(expression.text) is not of one column's own values")
    }
    return PlanRows(
      drawn: .arms(sample), asked: drawn.asked, isShare: measured.isShare,
      probability: drawn.probability)
  }

  private var designColumns: [WantedColumn] {
    [
      unit.map { WantedColumn($0, .categories, asker: "--unit") },
      time.map { WantedColumn($0, .times, asker: "--time") },
    ].compactMap { $0 }
  }

  /// The rows that have all columns, in the order of time.
  private func rows(_ table: PlanTable, _ names: [String]) throws -> [Int] {
    if let unit, let row = table.codes(unit).firstIndex(of: -1) {
      throw table.error(
        "column \(unit) is empty, which --unit asks for",
        help: "take rows without a unit out of the table", row: row)
    }
    let columns = names.map(table.numbers)
    let complete = (0..<table.columns.rowCount).filter { row in
      columns.allSatisfy { !$0[row].isNaN }
    }
    guard let time else { return complete }
    let times = table.times(time)
    return complete.sorted { (times[$0], $0) < (times[$1], $1) }
  }

  private static func measure(
    _ expression: MetricExpression, _ table: PlanTable, _ rows: [Int], _ units: [Int]?,
    isSeries: Bool
  ) throws(Unavailable) -> MeasuredMetric {
    func column(_ name: String?) -> [Double] {
      let values = table.numbers(name ?? "")
      return rows.map { values[$0] }
    }
    switch expression.form {
    case .mean(let name):
      return try MeasuredMetric(mean: column(name), units: units, isSeries: isSeries)
    case .share(let name, let comparison, let bound):
      let values = column(name).map { comparison.holds($0, bound) ? 1.0 : 0 }
      return try MeasuredMetric(mean: values, units: units, isSeries: isSeries)
    case .ratio(let numerator, let denominator):
      return try MeasuredMetric(
        numerators: column(numerator), denominators: column(denominator), units: units,
        isSeries: isSeries)
    case .quantile(let name, let p):
      return try MeasuredMetric(
        quantile: p, of: column(name), units: units, isSeries: isSeries)
    case .quality, .time, .ratioOfPairs, .classes, .flips:
      preconditionFailure("\(expression.text) is not of one column's own values")
    }
  }

  private static func ground(
    _ expression: MetricExpression, _ measured: MeasuredMetric, name: String
  ) -> PlanGround {
    let metric: PlanFindings.Metric
    let comparison: any PlannedComparison
    switch expression.form {
    case .ratio:
      metric = .ratio
      comparison = PlannedMeans(deviation: measured.deviation, test: .normal)
    case .quantile:
      metric = .quantile
      comparison = PlannedMeans(deviation: measured.deviation, test: .normal)
    default:
      metric = measured.isShare ? .share : .mean
      comparison =
        measured.isShare
        ? PlannedShares(production: measured.value) : PlannedMeans(deviation: measured.deviation)
    }
    var ground = PlanGround(name: name, metric: metric, comparison)
    ground.baseline = measured.value
    ground.methods = [PlanWording.method(metric, isPaired: false)]
    ground.assumptions = PlanWording.assumptions(metric, isPaired: false)
    return ground
  }

  private func describe(
    _ measured: MeasuredMetric, _ table: PlanTable, _ rows: [Int], _ ground: inout PlanGround
  ) {
    let short = PlanWording.short
    let count = table.columns.rowCount
    ground.measured.append(
      "\(ground.name) is \(short(measured.value)), with a standard deviation of "
        + "\(short(measured.deviation)) a row, over \(rows.count) "
        + (rows.count == count ? "rows." : "of \(count) rows; the others have no value."))
    var unitCount = rows.count
    if let units = measured.units {
      unitCount = units.count
      ground.unitSize = units.size
      ground.factor *= units.designEffect
      ground.measured.append(
        "\(units.count) units make \(short(units.size)) rows each (cv \(short(units.sizeVariation))), "
          + "which correlate by \(short(units.correlation)): the variance is "
          + "\(short(units.designEffect)) times that of independent rows.")
      ground.methods.append("the variance from the units' own sums")
    }
    describe(measured.series, &ground)
    ground.perDay = numbers["per-day"] ?? perDay(table, rows, unitCount, &ground)
  }

  private func describe(_ series: MeasuredMetric.Series?, _ ground: inout PlanGround) {
    guard let series else { return }
    let short = PlanWording.short
    let facts = "Neighbours in time correlate by \(short(series.autocorrelation))"
    if isByTime {
      ground.factor *= series.factor
      ground.measured.append(
        facts + ": the long-run variance is \(short(series.factor)) times a row's.")
      ground.methods.append("the long-run variance of a series")
    } else if series.autocorrelation > 0.05 {
      ground.measured.append(
        facts + ", which does not count where units are assigned one by one; say --by-time where "
          + "the arms take turns.")
    }
  }

  /// As many units as the table's time brought, a day.
  private func perDay(
    _ table: PlanTable, _ rows: [Int], _ unitCount: Int, _ ground: inout PlanGround
  ) -> Double? {
    guard let time, rows.count > 1 else { return nil }
    let times = table.times(time)
    let day: Int64 = 86_400_000_000_000
    let span = times[rows[rows.count - 1]].subtractingReportingOverflow(times[rows[0]])
    guard !span.overflow, span.partialValue > 0 else { return nil }
    // Dates without a clock: the last day counts whole.
    let isOfDates = rows.allSatisfy { times[$0] % day == 0 }
    let days = (Double(span.partialValue) + (isOfDates ? Double(day) : 0)) / Double(day)
    let perDay = Double(unitCount) / days
    ground.measured.append(
      "\(PlanWording.short(days)) days brought \(unitCount) \(ground.unitWord), "
        + "\(PlanWording.short(perDay)) a day.")
    return perDay
  }

  // MARK: A shadow's pairs

  private func pairsGround(_ isCancelled: () -> Bool) throws -> PlanGround {
    guard pairs.count == 2, pairs[0] != pairs[1] else {
      throw Mistake(
        "--pairs \(pairs.joined(separator: ",")) does not name two columns",
        help: "as in --pairs production,candidate")
    }
    guard metric == "mean" else {
      throw Mistake("--metric \"\(metric)\" is not planned from pairs", help: "say --metric mean")
    }
    let wanted =
      pairs.map { WantedColumn($0, .numbers, asker: "--pairs") }
      + [covariate.map { WantedColumn($0, .numbers, asker: "--covariate") }].compactMap { $0 }
      + designColumns
    let table = try PlanTable(self, wanted, isCancelled: isCancelled)
    let rows = try self.rows(table, pairs + [covariate].compactMap { $0 })
    func column(_ name: String) -> [Double] {
      let values = table.numbers(name)
      return rows.map { values[$0] }
    }
    let units = unit.map { AnalysisDesign.renumbered(rows, table.codes($0)).0 }
    let (candidate, production) = (column(pairs[1]), column(pairs[0]))
    let shadow: ShadowPlan
    do throws(Unavailable) {
      shadow = try ShadowPlan(
        candidate: candidate, production: production, covariate: covariate.map(column),
        units: units, isSeries: time != nil)
      guard shadow.differenceDeviation > 0 else { throw .noVariation }
    } catch {
      throw table.error("\(pairs[0]) and \(pairs[1]) cannot be planned from: \(error.text)")
    }
    var ground = ground(shadow, table, rows)
    if method != nil {
      ground.rows = PlanRows(
        drawn: .pairs(PairSample(candidate: candidate, production: production, units: units)),
        asked: .mean, isShare: (candidate + production).allSatisfy { $0 == 0 || $0 == 1 })
    }
    return ground
  }

  private func ground(_ shadow: ShadowPlan, _ table: PlanTable, _ rows: [Int]) -> PlanGround {
    let short = PlanWording.short
    var ground = PlanGround(
      name: "mean", metric: .mean, PlannedPairs(deviation: shadow.differenceDeviation))
    ground.baseline = shadow.productionMean
    ground.shadow = shadow
    ground.unitWord = "pairs"
    ground.factor = shadow.pairFactor
    ground.methods = [PlanWording.method(.mean, isPaired: true)]
    ground.assumptions = PlanWording.assumptions(.mean, isPaired: true)
    ground.measured.append(
      "\(pairs[1]) − \(pairs[0]) is \(short(shadow.difference)) on average, with a standard "
        + "deviation of \(short(shadow.differenceDeviation)), over \(shadow.pairCount) pairs; the "
        + "answers correlate by \(short(shadow.correlation)).")
    if time != nil {
      ground.measured.append(
        "The differences' long-run variance is \(short(shadow.serialFactor)) times a pair's.")
    }
    if let units = shadow.units {
      ground.measured.append(
        "\(units.facts.count) units make \(short(units.facts.size)) pairs each, whose answers "
          + "correlate by \(short(units.facts.correlation)): the differences' variance is "
          + "\(short(units.difference)) times that of independent pairs, an arm's "
          + "\(short(units.production)) times.")
      ground.methods.append("the variance from the units' own sums")
    }
    ground.perDay = numbers["per-day"] ?? perDay(table, rows, rows.count, &ground)
    return ground
  }
}
