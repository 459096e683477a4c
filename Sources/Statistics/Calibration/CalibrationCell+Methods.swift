extension CalibrationCell {
  /// Whether the cell's data are of the kind that `method` takes.
  package func admits(_ method: Method) -> Bool {
    switch method.body {
    case .arms where isPaired, .pairs where !isPaired, .ownCall: return false
    case .arms, .pairs: break
    }
    return method.needs.allSatisfy(satisfies)
      && (shape != .scores || method.needs.contains(.labels))
  }

  private func satisfies(_ need: Method.Need) -> Bool {
    switch need {
    case .binary: shape == .binary || shape == .rare
    case .counts: shape == .ties
    case .positive: shape == .skewed
    case .range: range != nil
    case .denominators, .strata: true
    case .covariates: !isPaired
    case .units: rows == .clustered
    case .labels: shape == .scores
    case .places: rows == .randomizedSeries
    case .smallSample: n <= 200
    }
  }

  /// Where every value lies, known before the data.
  var range: ClosedRange<Double>? { shape == .binary || shape == .rare ? 0...1 : nil }

  /// Whether `method` promises its error rates here.
  package func isGated(_ method: Method) -> Bool {
    let scope = method.holdsUnder
    return scope.rows.contains(rows) && scope.values.isSubset(of: values)
      && independentRows >= scope.fewestRows
      && (expectedEvents.map { $0 >= scope.fewestEvents } ?? true)
  }

  func gate(of method: Method) -> CalibrationEntrant.Gate {
    guard isGated(method) else { return .none }
    return method.guarantee == .approximate ? .both : .upper
  }
}
