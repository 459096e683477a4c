import Probability
import Simulation
import Statistics
import Traffic

/// A metric's values as the methods take them.
struct AnalysisSamples {
  let request: AnalysisRequest
  let table: AnalysisTable
  let design: AnalysisDesign
  /// Whether the method is given rows without a value, as NaN.
  var readsMissing = false

  /// What stands before a method: its data, and how many rows lack a value.
  struct Sample {
    var data: Data
    var facts: DataFacts
    /// Of the baseline and of the arm.
    var counts: (Int, Int)
    var isConstant: Bool
    var dependence: AnalysisHealth.Dependence?
    var flips: AnalysisFinding.Flips?

    /// The difference of means with its error, as segments are compared by; nil where there is none.
    var effect: TEstimate? {
      guard facts.asked == .mean else { return nil }
      let estimate: TEstimate? =
        switch data {
        case .arms(let arms):
          try? TTests.difference(
            candidate: arms.candidate.center(), production: arms.production.center())
        case .pairs(let pairs): try? pairs.meanDifference
        case .log: nil
        }
      guard let estimate, estimate.standardError > 0 else { return nil }
      return estimate
    }

    /// The two arms' own means, where means are asked for and two rows an arm give one.
    var means: Answer.Arms? {
      guard facts.asked == .mean else { return nil }
      let columns: ([Double], [Double]) =
        switch data {
        case .arms(let arms): (arms.candidate.values, arms.production.values)
        case .pairs(let pairs): (pairs.candidate, pairs.production)
        case .log: ([], [])
        }
      guard let candidate = try? Moments(of: columns.0),
        let production = try? Moments(of: columns.1)
      else { return nil }
      return Answer.Arms(candidate: candidate.mean, production: production.mean)
    }

    enum Data {
      case arms(TwoArms)
      case pairs(PairSample)
      /// With each round's unit, where there are units.
      case log(LoggedDecisions, units: [Int]?)
    }
  }

  /// A metric's columns, one value a row; NaN where it is missing.
  struct Columns {
    var values: [Double]
    var denominators: [Double]?
    /// What was true, of scores that rank.
    var labels: [Double]?
    /// 1 where the event came, 0 where the row was only followed so far.
    var events: [Double]?

    /// Whether a row has all that the metric needs.
    func has(_ row: Int) -> Bool {
      !values[row].isNaN && denominators?[row].isNaN != true && labels?[row].isNaN != true
        && events?[row].isNaN != true
    }
  }

  /// The sample of an arm against the baseline, of all rows or of one segment's.
  func sample(
    _ expression: MetricExpression, arm: Int, segment: Int32? = nil
  ) throws(StudyError) -> Sample {
    switch request.layout {
    case .arms: try arms(expression, arm: arm, segment: segment)
    case .pairs: try pairs(expression, arm: arm, segment: segment)
    case .policies: try log(arm: arm, segment: segment)
    }
  }

  func rows(_ arm: Int, segment: Int32?) -> [Int] {
    guard let segment, let segments = design.segments else { return design.rows[arm] }
    return design.rows[arm].filter { segments[$0] == segment }
  }

  // MARK: Arms

  func columns(_ expression: MetricExpression) throws(StudyError) -> Columns {
    switch expression.form {
    case .ratio(let numerator, let denominator):
      return Columns(values: table.numbers(numerator), denominators: table.numbers(denominator))
    case .mean(let column), .quantile(let column, _):
      return Columns(values: table.numbers(column ?? ""))
    case .share(let column, let comparison, let bound):
      let values = table.numbers(column ?? "").map { value in
        value.isNaN ? value : comparison.holds(value, bound) ? 1 : 0
      }
      return Columns(values: values)
    case .quality(let quality, let column):
      return try columns(of: quality, of: column ?? "", expression)
    case .time(let duration, let event):
      try table.check(duration) { $0 < 0 ? .negativeTime(column: duration, value: $0) : nil }
      try table.check(event) { value in
        value.isNaN || value == 0 || value == 1 ? nil : .notAnEvent(column: event, value: value)
      }
      return Columns(values: table.numbers(duration), events: table.numbers(event))
    case .ratioOfPairs, .classes, .flips: return Columns(values: [])
    }
  }

  /// Of arms: each answer's loss against the label, or for what ranks the score and the label themselves.
  private func columns(
    of quality: MetricExpression.Quality, of answer: String, _ expression: MetricExpression
  ) throws(StudyError) -> Columns {
    let label = request.label ?? ""
    if quality == .accuracy {
      let classes = try AnalysisClasses([answer], label: label, table)
      return Columns(values: Self.isRight(classes.answers[0], classes.label ?? []))
    }
    try check(quality, [answer], expression)
    let (values, labels) = (table.numbers(answer), table.numbers(label))
    if quality == .auc { return Columns(values: values, labels: labels) }
    return Columns(values: Self.losses(quality, values, labels))
  }

  /// The rows of an arm that have what the metric needs.
  func kept(_ expression: MetricExpression, arm: Int) -> [Int] {
    guard let columns = try? columns(expression) else { return design.rows[arm] }
    return design.rows[arm].filter(columns.has)
  }

  /// - Parameter arm: which one is set against the baseline.
  private func arms(
    _ expression: MetricExpression, arm: Int, segment: Int32?
  ) throws(StudyError) -> Sample {
    var columns = try columns(expression)
    if let weights = design.weights {
      columns.values = columns.values.indices.map { columns.values[$0] * weights[$0] }
      columns.denominators = weights
    }
    let all = [0, arm].map { self.rows($0, segment: segment) }
    let rows = all.map { $0.filter(columns.has) }
    for (index, arm) in [0, arm].enumerated() {
      if rows[index].isEmpty {
        throw table.error(
          .noOutcome(metric: expression.text, arm: design.arms[arm], rows: all[index].count))
      }
      if let weights = design.weights, rows[index].allSatisfy({ weights[$0] == 0 }) {
        throw table.error(.noWeight(column: request.weight ?? "", arm: design.arms[arm]))
      }
    }
    let places = request.time == nil ? nil : places(rows)
    let isRoot = expression.isRootMean
    let sides: [ArmSample] = rows.indices.map { index in
      side(rows[index], columns, places: places?[index], isRoot: isRoot)
    }
    let arms = TwoArms(candidate: sides[1], production: sides[0])
    var facts = DataFacts(arms, asked: request.asked(expression))
    let dependence = arms.standardizedInTime.flatMap { self.dependence($0, expression) }
    facts.isDependent = SerialDependence.mayMatter(arms)
    if request.range != nil { facts.hasRange = true }
    let given =
      readsMissing
      ? TwoArms(
        candidate: side(all[1], columns, places: nil, isRoot: isRoot),
        production: side(all[0], columns, places: nil, isRoot: isRoot)) : arms
    let isConstant =
      columns.denominators == nil && columns.labels == nil && columns.events == nil
      && !readsMissing && Self.isConstant(sides.map(\.values))
    return Sample(
      data: .arms(given), facts: facts,
      counts: readsMissing ? (all[0].count, all[1].count) : (rows[0].count, rows[1].count),
      isConstant: isConstant, dependence: dependence)
  }

  private func side(
    _ rows: [Int], _ columns: Columns, places: [Int]?, isRoot: Bool
  ) -> ArmSample {
    let values = rows.map { columns.values[$0] }
    return ArmSample(
      values: isRoot ? Self.rootLinearised(values) : values,
      denominators: columns.denominators.map { column in rows.map { column[$0] } },
      units: design.units.map { AnalysisDesign.renumbered(rows, $0).0 },
      covariates: request.covariates.map { name in
        let column = table.numbers(name)
        return rows.map { column[$0] }
      },
      strata: design.strata.map { codes in rows.map { Int(codes[$0]) } }, places: places,
      labels: columns.labels.map { column in rows.map { column[$0] } },
      censored: columns.events.map { column in rows.map { column[$0] == 0 } })
  }

  /// Where the rows of two arms stand in their common order.
  private func places(_ rows: [[Int]]) -> [[Int]] {
    let times = table.times(request.time ?? "")
    var all: [(row: Int, side: Int)] = []
    for (side, rows) in rows.enumerated() { all += rows.map { ($0, side) } }
    all.sort { (times[$0.row], $0.row) < (times[$1.row], $1.row) }
    var places: [[Int]] = rows.map { _ in [] }
    for (place, item) in all.enumerated() { places[item.side].append(place) }
    return places
  }

  /// How much values that are near in time tell of each other.
  func dependence(
    _ series: [Double], _ expression: MetricExpression
  ) -> AnalysisHealth.Dependence? {
    guard let inference = try? SeriesAccumulator.inference(of: series) else { return nil }
    return AnalysisHealth.Dependence(
      metric: expression.text, count: inference.n,
      effectiveSampleSize: inference.effectiveSampleSize,
      isClear: Dependence.isClear(
        inference.effectiveSampleSize, of: inference.n,
        degreesOfFreedom: inference.degreesOfFreedom))
  }

  static func isConstant(_ columns: [[Double]]) -> Bool {
    columns.allSatisfy { column in column.allSatisfy { $0 == column[0] } }
      && Set(columns.compactMap(\.first)).count == 1
  }
}

extension PairSample {
  /// Candidate − production with its error by units, where there are any.
  fileprivate var meanDifference: TEstimate {
    get throws(Unavailable) {
      guard let units else { return try TTests.paired(first: candidate, second: production) }
      var counts = Array(repeating: 0, count: (units.max() ?? -1) + 1)
      var sums = Array(repeating: 0.0, count: counts.count)
      for (row, unit) in units.enumerated() {
        counts[unit] += 1
        sums[unit] += candidate[row] - production[row]
      }
      return try ClusteredMean(counts: counts, sums: sums).estimate
    }
  }
}
