extension CalibrationCell {
  /// Whether the cell's data are of the kind that `method` takes.
  package func admits(_ method: Method) -> Bool {
    switch method.body {
    case .arms where isPaired, .pairs where !isPaired, .ownCall: return false
    case .arms, .pairs: break
    }
    if method.holdsUnder.values.contains(.twoClasses), values.contains(.continuous) { return false }
    return method.needs.allSatisfy(satisfies)
      && (shape != .scores || method.needs.contains(.labels))
  }

  private func satisfies(_ need: Method.Need) -> Bool {
    switch need {
    case .binary: shape == .binary || shape == .rare
    case .counts: shape == .ties
    case .positive: shape == .skewed
    case .range: range != nil
    // Times are values of which every row had its event.
    case .denominators, .strata, .times: true
    case .rewardModel: false
    case .covariates: !isPaired
    case .units: rows == .clustered
    case .labels: shape == .scores
    case .places: rows == .randomizedSeries || rows == .seriesPerArm
    case .smallSample: n <= 200
    }
  }

  /// Where every value lies, known before the data.
  var range: ClosedRange<Double>? { shape == .binary || shape == .rare ? 0...1 : nil }

  /// Whether `method` promises its error rates here, or at most them.
  package func isGated(_ method: Method) -> Bool { gate(of: method) != .none }

  /// What `method` promises here.
  func gate(of method: Method) -> CalibrationEntrant.Gate {
    let scope = method.holdsUnder
    let isSeries = rows == .seriesPerArm || rows == .pairSeries
    let fewest = isSeries ? max(scope.fewestRows, scope.fewestInSeries) : scope.fewestRows
    guard independentRows >= fewest else { return .none }
    var broken: Set<Scope.Limit> = scope.rows.contains(rows) ? [] : [.rows]
    for value in scope.values where !values.contains(value) {
      broken.insert(value == .continuous || value == .varied ? .ties : .values)
    }
    if let events = expectedEvents, events < scope.fewestEvents { broken.insert(.events) }
    guard broken.isEmpty else { return broken.isSubset(of: scope.cautiousBeyond) ? .upper : .none }
    return method.guarantee == .approximate ? .both : .upper
  }
}
