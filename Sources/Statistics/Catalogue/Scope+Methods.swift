extension Method {
  /// Where its guarantee holds.
  package var holdsUnder: Scope { Scope.exceptions[name] ?? usualScope }

  private var usualScope: Scope {
    if case .pairs = body { return .independentPairs }
    return needs.contains(.units) ? .units : .independentRows
  }
}

extension Scope {
  /// The scopes that differ from what a method's design and needs say.
  static let exceptions: [String: Scope] = [:]
}
