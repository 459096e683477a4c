import Probability
import Simulation
import Statistics
import Traffic

/// A metric's values as the methods take them.
struct AnalysisSamples {
  let request: AnalysisRequest
  let table: AnalysisTable
  let design: AnalysisDesign

  /// What stands before a method: its data, and how many rows lack a value.
  struct Sample {
    var data: Data
    var facts: DataFacts
    /// Of the baseline and of the arm.
    var counts: (Int, Int)
    var isConstant: Bool
    var dependence: AnalysisHealth.Dependence?

    /// The two arms' own means, where means are asked for and two rows an arm give one.
    var means: Answer.Arms? {
      guard facts.asked == .mean else { return nil }
      let columns =
        switch data {
        case .arms(let arms): (arms.candidate.values, arms.production.values)
        case .pairs(let pairs): (pairs.candidate, pairs.production)
        }
      guard let candidate = try? Moments(of: columns.0),
        let production = try? Moments(of: columns.1)
      else { return nil }
      return Answer.Arms(candidate: candidate.mean, production: production.mean)
    }

    enum Data {
      case arms(TwoArms)
      case pairs(PairSample)
    }
  }

  // MARK: Arms

  /// A row's value, and its denominator where the metric is a ratio; NaN where it is missing.
  func values(_ expression: MetricExpression) -> (values: [Double], denominators: [Double]?) {
    switch expression.form {
    case .ratio(let numerator, let denominator):
      return (table.numbers(numerator), table.numbers(denominator))
    case .mean(let column), .quantile(let column, _): return (table.numbers(column ?? ""), nil)
    case .share(let column, let comparison, let bound):
      let values = table.numbers(column ?? "").map { value in
        value.isNaN ? value : comparison.holds(value, bound) ? 1 : 0
      }
      return (values, nil)
    case .quality: return ([], nil)
    }
  }

  /// The rows of an arm that have a value of the metric.
  func kept(_ expression: MetricExpression, arm: Int) -> [Int] {
    let (values, denominators) = values(expression)
    return design.rows[arm].filter { !values[$0].isNaN && denominators?[$0].isNaN != true }
  }

  /// - Parameter arm: which one is set against the baseline.
  func arms(_ expression: MetricExpression, arm: Int) throws(StudyError) -> Sample {
    var (values, denominators) = values(expression)
    if let weights = design.weights {
      values = values.indices.map { values[$0] * weights[$0] }
      denominators = weights
    }
    let rows = [0, arm].map { kept(expression, arm: $0) }
    for (index, arm) in [0, arm].enumerated() {
      if rows[index].isEmpty {
        throw table.error(
          .noOutcome(
            metric: expression.text, arm: design.arms[arm], rows: design.rows[arm].count))
      }
      if let weights = design.weights, rows[index].allSatisfy({ weights[$0] == 0 }) {
        throw table.error(.noWeight(column: request.weight ?? "", arm: design.arms[arm]))
      }
    }
    let places = request.time == nil ? nil : places(rows)
    let sides: [ArmSample] = rows.indices.map { index in
      side(rows[index], values, denominators, places: places?[index])
    }
    let arms = TwoArms(candidate: sides[1], production: sides[0])
    var facts = DataFacts(arms, asked: request.asked(expression))
    let dependence = dependence(arms, expression)
    facts.isDependent = Self.mayDepend(dependence)
    if request.range != nil { facts.hasRange = true }
    return Sample(
      data: .arms(arms), facts: facts, counts: (rows[0].count, rows[1].count),
      isConstant: denominators == nil && Self.isConstant(sides.map(\.values)),
      dependence: dependence)
  }

  private func side(
    _ rows: [Int], _ values: [Double], _ denominators: [Double]?, places: [Int]?
  ) -> ArmSample {
    ArmSample(
      values: rows.map { values[$0] },
      denominators: denominators.map { column in rows.map { column[$0] } },
      units: design.units.map { AnalysisDesign.renumbered(rows, $0).0 },
      covariates: request.covariates.map { name in
        let column = table.numbers(name)
        return rows.map { column[$0] }
      },
      strata: design.strata.map { codes in rows.map { Int(codes[$0]) } }, places: places)
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

  /// Whether values lie near their neighbours in time, each seen from its arm's mean.
  private func dependence(
    _ arms: TwoArms, _ expression: MetricExpression
  ) -> AnalysisHealth.Dependence? {
    guard let first = arms.candidate.places, let second = arms.production.places else { return nil }
    var series = [Double](repeating: 0, count: first.count + second.count)
    for (side, places) in [(arms.candidate, first), (arms.production, second)] {
      guard let moments = try? Moments(of: side.values), moments.standardDeviation > 0 else {
        return nil
      }
      for (value, place) in zip(side.values, places) {
        series[place] = (value - moments.mean) / moments.standardDeviation
      }
    }
    return dependence(series, expression)
  }

  private func dependence(
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

  private static func mayDepend(_ dependence: AnalysisHealth.Dependence?) -> Bool {
    dependence.map {
      SeriesInference.mayDepend(effective: $0.effectiveSampleSize, of: $0.count)
    } ?? false
  }

  private static func isConstant(_ columns: [[Double]]) -> Bool {
    columns.allSatisfy { column in column.allSatisfy { $0 == column[0] } }
      && Set(columns.compactMap(\.first)).count == 1
  }

  // MARK: Pairs

  /// - Parameter arm: which column is set against the baseline's.
  func pairs(_ expression: MetricExpression, arm: Int) throws(StudyError) -> Sample {
    let columns = [0, arm].map { table.numbers(design.arms[$0]) }
    let labels = request.label.map { table.numbers($0) }
    if case .quality(let quality) = expression.form {
      try check(quality, [0, arm].map { design.arms[$0] }, expression)
    }
    let rows = design.rows[arm].filter { row in
      columns.allSatisfy { !$0[row].isNaN }
        && !(needsLabel(expression) && labels?[row].isNaN == true)
    }
    guard !rows.isEmpty else {
      throw table.error(
        .noPair(metric: expression.text, baseline: design.arms[0], arm: design.arms[arm]))
    }
    let kept = labels.map { labels in rows.map { labels[$0] } }
    let answers = columns.map { column in
      Self.answers(rows.map { column[$0] }, kept, expression.form)
    }
    let isRank = request.asked(expression) == .areaUnderCurve
    let pairs = PairSample(
      candidate: answers[1], production: answers[0], labels: isRank ? kept : nil,
      units: design.units.map { AnalysisDesign.renumbered(rows, $0).0 },
      strata: design.strata.map { codes in rows.map { Int(codes[$0]) } })
    var facts = DataFacts(pairs, asked: request.asked(expression))
    facts.hasPlaces = request.time != nil
    let differences = answers[0].indices.map { answers[1][$0] - answers[0][$0] }
    let dependence =
      request.time == nil || isRank ? nil : dependence(Self.standardized(differences), expression)
    facts.isDependent = Self.mayDepend(dependence)
    if request.range != nil { facts.hasRange = true }
    return Sample(
      data: .pairs(pairs), facts: facts, counts: (rows.count, rows.count),
      isConstant: Self.isConstant(answers), dependence: dependence)
  }

  private static func standardized(_ values: [Double]) -> [Double] {
    guard let moments = try? Moments(of: values), moments.standardDeviation > 0 else { return [] }
    return values.map { ($0 - moments.mean) / moments.standardDeviation }
  }

  func needsLabel(_ expression: MetricExpression) -> Bool {
    if case .quality = expression.form { true } else { false }
  }

  private func check(
    _ quality: MetricExpression.Quality, _ arms: [String], _ expression: MetricExpression
  ) throws(StudyError) {
    if quality.isOfClasses, let label = request.label {
      try table.check(label) { value in
        value.isNaN || value == 0 || value == 1 ? nil : .notAClass(column: label, value: value)
      }
    }
    guard quality.isOfProbabilities else { return }
    for arm in arms {
      try table.check(arm) { value in
        value.isNaN || (0...1).contains(value)
          ? nil : .notAProbability(column: arm, value: value, metric: expression.text)
      }
    }
  }

  /// One answer's value of the metric, row by row.
  private static func answers(
    _ answers: [Double], _ labels: [Double]?, _ form: MetricExpression.Form
  ) -> [Double] {
    switch form {
    case .share(_, let comparison, let bound):
      return answers.map { comparison.holds($0, bound) ? 1 : 0 }
    case .quality(let quality):
      guard let labels else { return answers }
      return losses(quality, answers, labels)
    case .mean, .quantile, .ratio: return answers
    }
  }

  private static func losses(
    _ quality: MetricExpression.Quality, _ answers: [Double], _ labels: [Double]
  ) -> [Double] {
    func each(_ loss: (Double, Double) -> Double) -> [Double] {
      answers.indices.map { loss(answers[$0], labels[$0]) }
    }
    let options = MetricOptions()
    switch quality {
    case .auc: return answers
    case .logLoss:
      let clip = options.logLossClip
      return each { answer, label in
        let probability = min(1 - clip, max(clip, label == 1 ? answer : 1 - answer))
        return -Elementary.log(probability)
      }
    case .brier: return each { ($0 - $1) * ($0 - $1) }
    case .accuracy:
      let areProbabilities =
        labels.allSatisfy { $0 == 0 || $0 == 1 } && answers.allSatisfy { (0...1).contains($0) }
      return each { answer, label in
        let named = areProbabilities ? (answer >= options.threshold ? 1 : 0) : answer
        return named == label ? 1 : 0
      }
    case .mae: return each { abs($0 - $1) }
    case .rmse: return rootLinearised(each { ($0 - $1) * ($0 - $1) })
    }
  }

  /// Values whose mean is the root of the squares' mean and whose error is its error to first order.
  private static func rootLinearised(_ squares: [Double]) -> [Double] {
    guard let mean = try? Moments(of: squares).mean, mean > 0 else { return squares }
    let root = mean.squareRoot()
    return squares.map { root / 2 + $0 / (2 * root) }
  }
}
