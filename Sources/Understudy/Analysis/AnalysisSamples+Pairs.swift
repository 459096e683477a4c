import Simulation
import Statistics
import Traffic

/// Two answers to each request.
extension AnalysisSamples {
  /// Both answers' values of the metric, one a row of the table; NaN where they are missing.
  private struct PairColumns {
    var production: [Double]
    var candidate: [Double]
    var denominators: [[Double]]?
    var labels: [Double]?
    /// The answers' own classes and what was true, of flips.
    var classes: [[Double]]?

    func has(_ row: Int) -> Bool {
      !production[row].isNaN && !candidate[row].isNaN && labels?[row].isNaN != true
        && denominators?.contains { $0[row].isNaN } != true
    }
  }

  /// - Parameter arm: which column is set against the baseline's.
  func pairs(
    _ expression: MetricExpression, arm: Int, segment: Int32?
  ) throws(StudyError) -> Sample {
    let columns = try pairColumns(expression, arm: arm)
    let rows = self.rows(arm, segment: segment).filter(columns.has)
    guard !rows.isEmpty else {
      throw table.error(
        .noPair(metric: expression.text, baseline: design.arms[0], arm: design.arms[arm]))
    }
    func taken(_ column: [Double]) -> [Double] {
      let values = rows.map { column[$0] }
      return expression.isRootMean ? Self.rootLinearised(values) : values
    }
    let pairs = PairSample(
      candidate: taken(columns.candidate), production: taken(columns.production),
      denominators: columns.denominators.map { both in
        .init(candidate: rows.map { both[1][$0] }, production: rows.map { both[0][$0] })
      }, labels: columns.labels.map { labels in rows.map { labels[$0] } },
      units: design.units.map { AnalysisDesign.renumbered(rows, $0).0 },
      strata: design.strata.map { codes in rows.map { Int(codes[$0]) } })
    var facts = DataFacts(pairs, asked: request.asked(expression))
    facts.hasPlaces = request.time != nil
    let differences = pairs.candidate.indices.map { pairs.candidate[$0] - pairs.production[$0] }
    let isOfNumbers = facts.asked != .areaUnderCurve && facts.asked != .classes
    let series = request.time != nil && isOfNumbers ? Self.standardized(differences) : nil
    let serial = series.flatMap { dependence($0, expression) }
    facts.isDependent = series.map(SerialDependence.mayMatter) ?? false
    if request.range != nil { facts.hasRange = true }
    let flips = columns.classes.flatMap { classes in
      Self.flips(
        candidate: rows.map { classes[1][$0] }, production: rows.map { classes[0][$0] },
        label: rows.map { classes[2][$0] }, level: request.level)
    }
    return Sample(
      data: .pairs(pairs), facts: facts, counts: (rows.count, rows.count),
      isConstant: pairs.denominators == nil
        && Self.isConstant([pairs.candidate, pairs.production]),
      dependence: serial, flips: flips)
  }

  private func pairColumns(
    _ expression: MetricExpression, arm: Int
  ) throws(StudyError) -> PairColumns {
    let names = [design.arms[0], design.arms[arm]]
    switch expression.form {
    case .classes:
      let classes = try AnalysisClasses(names, label: nil, table)
      return PairColumns(production: classes.answers[0], candidate: classes.answers[1])
    case .quality(.accuracy, _), .flips:
      let classes = try AnalysisClasses(names, label: request.label, table)
      let label = classes.label ?? []
      var columns = PairColumns(
        production: Self.isRight(classes.answers[0], label),
        candidate: Self.isRight(classes.answers[1], label))
      if expression.form == .flips { columns.classes = classes.answers + [label] }
      return columns
    default: break
    }
    let answers = names.map(table.numbers)
    switch expression.form {
    case .quality(let quality, _):
      try check(quality, names, expression)
      let label = table.numbers(request.label ?? "")
      if quality == .auc {
        return PairColumns(production: answers[0], candidate: answers[1], labels: label)
      }
      return PairColumns(
        production: Self.losses(quality, answers[0], label),
        candidate: Self.losses(quality, answers[1], label))
    case .share(_, let comparison, let bound):
      let shares = answers.map { column in
        column.map { $0.isNaN ? $0 : comparison.holds($0, bound) ? 1 : 0 }
      }
      return PairColumns(production: shares[0], candidate: shares[1])
    case .ratioOfPairs:
      return PairColumns(
        production: answers[0], candidate: answers[1],
        denominators: names.map { table.numbers(denominator(of: $0)) })
    default: return PairColumns(production: answers[0], candidate: answers[1])
    }
  }

  private func denominator(of answer: String) -> String {
    guard case .pairs(let columns) = request.layout, let index = columns.firstIndex(of: answer)
    else { return "" }
    return request.denominators[index]
  }

  private static func standardized(_ values: [Double]) -> [Double] {
    guard let moments = try? Moments(of: values), moments.standardDeviation > 0 else { return [] }
    return values.map { ($0 - moments.mean) / moments.standardDeviation }
  }
}
