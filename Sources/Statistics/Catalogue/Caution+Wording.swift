extension Caution {
  /// One sentence for a person.
  package var text: String {
    switch self {
    case .smallExpectedCount(let count):
      "the smallest expected count is \(count), too small for this approximation"
    case .approximated(let exact, let reason): "not \(exact), but its approximation: \(reason)"
    case .resolution(let n): "p cannot be smaller than 1 in \(n)"
    case .contradictoryLooks:
      "no value is inside the intervals of all looks: the rows changed on the way, or chance was "
        + "against the method; the interval is that of the last look"
    case .unboundedRatio:
      "the denominator may be 0 at this confidence, so the interval of the ratio has no end"
    case .onlyBounded:
      "rows without a value leave a whole range open, however many rows there are"
    }
  }
}
