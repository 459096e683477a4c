import Probability

/// What a bootstrap resamples: n independent units, each with what it adds to one ratio (or to two, whose
/// difference is wanted), Σ numerators / Σ denominators.
///
/// A mean is the ratio whose denominators are all 1. Numerators are held as residuals, numerator − ratio ·
/// denominator, so that a large mean costs no digits.
struct ResampledUnits: Sendable {
  struct Term: Sendable {
    /// +1 or −1: how the ratio enters the estimate.
    var sign: Double
    var ratio: Double
    /// One a unit, in multiples of `scale`.
    var residuals: [Double]
    var scale: Double
    /// In multiples of `denominatorScale`; nil where each is 1.
    var denominators: [Double]?
    var denominatorScale: Double
    /// Whether every row has the same ratio, so that every resample says the same.
    var isConstant: Bool

    /// A ratio of scaled sums times this is in the unit of the estimate.
    var factor: Double { sign * (scale / denominatorScale) }
  }

  let count: Int
  private(set) var terms: [Term]

  /// Σ sign · ratio.
  var estimate: Double { terms.reduce(0) { $0 + $1.sign * $1.ratio } }

  /// The units of one arm.
  init(_ arm: ArmSample, sign: Double = 1) throws(Unavailable) {
    let grouping = try Grouping(rows: arm.values.count, units: arm.units)
    count = grouping.count
    terms = [
      try Self.term(arm.values, over: arm.denominators, grouping: grouping, sign: sign)
    ]
  }

  /// The units of pairs: their difference is one mean, or with denominators two ratios.
  init(_ pairs: PairSample) throws(Unavailable) {
    let grouping = try Grouping(rows: pairs.candidate.count, units: pairs.units)
    count = grouping.count
    if let denominators = pairs.denominators {
      terms = [
        try Self.term(
          pairs.candidate, over: denominators.candidate, grouping: grouping, sign: 1),
        try Self.term(
          pairs.production, over: denominators.production, grouping: grouping, sign: -1),
      ]
    } else {
      let differences = pairs.candidate.indices.map { pairs.candidate[$0] - pairs.production[$0] }
      terms = [try Self.term(differences, over: nil, grouping: grouping, sign: 1)]
    }
  }

  /// With a denominator for every unit, also where each is 1: for resamples of varying size.
  var withDenominators: ResampledUnits {
    var units = self
    for term in terms.indices where terms[term].denominators == nil {
      units.terms[term].denominators = Array(repeating: 1, count: count)
    }
    return units
  }

  /// Which unit each row belongs to, numbered without gaps.
  private struct Grouping {
    /// nil where every row is a unit of its own.
    let units: [Int]?
    let count: Int

    init(rows: Int, units: [Int]?) throws(Unavailable) {
      if let units {
        precondition(units.count == rows, "\(units.count) units for \(rows) rows")
        let last = units.reduce(-1) { max($0, $1) }
        var isUsed = Array(repeating: false, count: last + 1)
        for unit in units { isUsed[unit] = true }
        var number = 0
        let numbers = isUsed.map { used in
          defer { if used { number += 1 } }
          return number
        }
        self.units = units.map { numbers[$0] }
        count = number
      } else {
        self.units = nil
        count = rows
      }
      guard count > 1 else { throw .tooFew(has: count, needs: 2) }
    }

    func sums(_ values: [Double]) -> [Double] {
      guard let units else { return values }
      var sums = Array(repeating: 0.0, count: count)
      for row in values.indices { sums[units[row]] += values[row] }
      return sums
    }
  }

  private static func term(
    _ values: [Double], over denominators: [Double]?, grouping: Grouping, sign: Double
  ) throws(Unavailable) -> Term {
    var numerator = ExactSum()
    for value in values { numerator.add(value) }
    var denominator = Double(values.count)
    if let denominators {
      precondition(
        denominators.count == values.count,
        "\(denominators.count) denominators, \(values.count) values")
      var sum = ExactSum()
      for value in denominators { sum.add(value) }
      denominator = sum.value
    }
    guard numerator.value.isFinite, denominator.isFinite else { throw .notFinite }
    guard denominator != 0 else { throw .zeroDenominator }
    let ratio = numerator.value / denominator
    let rows =
      denominators.map { below in values.indices.map { values[$0] - ratio * below[$0] } }
      ?? values.map { $0 - ratio }
    let residuals = grouping.sums(rows)
    guard residuals.allSatisfy(\.isFinite) else { throw .unrepresentable }
    let scale = residuals.reduce(0) { max($0, abs($1)) }.binaryScale
    var below: [Double]?
    if denominators != nil || grouping.units != nil {
      below = grouping.sums(denominators ?? values.map { _ in 1 })
    }
    let belowScale = (below ?? [1]).reduce(0) { max($0, abs($1)) }.binaryScale
    return Term(
      sign: sign, ratio: ratio, residuals: residuals.map { $0 / scale }, scale: scale,
      denominators: below.map { $0.map { $0 / belowScale } }, denominatorScale: belowScale,
      isConstant: isConstant(values, over: denominators, residuals: rows))
  }

  private static func isConstant(
    _ values: [Double], over denominators: [Double]?, residuals: [Double]
  ) -> Bool {
    if denominators == nil { return values.allSatisfy { $0 == values[0] } }
    // A row's residual is rounded at the size of its value.
    return values.indices.allSatisfy { abs(residuals[$0]) <= abs(values[$0]) * 0x1p-50 }
  }

  var isConstant: Bool { terms.allSatisfy(\.isConstant) }
}
