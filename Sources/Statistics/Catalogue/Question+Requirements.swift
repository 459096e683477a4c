extension Question {
  /// The value asked about, inside `range` and not at its ends.
  func null(or none: Double, in range: (Double, Double)) throws(Unavailable) -> Double {
    let null = null ?? none
    guard null > range.0, null < range.1 else {
      throw .nullOutside(lower: range.0, upper: range.1)
    }
    return null
  }

  /// The null, or `standard`; inside `range` or at its ends.
  func null(_ standard: Double, in range: ClosedRange<Double>) throws(Unavailable) -> Double {
    let null = null ?? standard
    guard range.contains(null) else {
      throw .nullOutside(lower: range.lowerBound, upper: range.upperBound)
    }
    return null
  }

  /// For tests that have no other null hypothesis.
  func requireNoDifference(_ none: Double = 0) throws(Unavailable) {
    if let null, null != none { throw .onlyNoDifference }
  }

  /// For statistics without a direction.
  func requireTwoSided() throws(Unavailable) {
    if alternative != .different { throw .onlyTwoSided }
  }

  /// For tests of any difference at all.
  func requireUndirected() throws(Unavailable) {
    try requireTwoSided()
    try requireNoDifference()
  }
}
