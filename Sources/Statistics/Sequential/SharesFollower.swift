import Probability

/// Looks at two shares after each row, at the price of a few logarithms.
///
/// The evidence against a difference is the least over the production's share p; so its value at any p, the likeliest of
/// an earlier look say, is an upper bound. Only where that bound moves something is the evidence itself computed.
struct SharesFollower: Sendable {
  private(set) var shares = TwoShares()
  private(set) var record: SequentialRecord
  private let bar: Double
  private let null: Double
  private let isOneSided: Bool
  /// ln of the mixtures' likelihood, row by row: as good as a screen needs.
  private var lnMixtures = 0.0
  /// The likeliest share of production under the null and under the ends, of an earlier look.
  private var places = (null: 0.5, lower: 0.5, upper: 0.5)

  init(null: Double, bar: Double, isOneSided: Bool) {
    self.null = null
    self.bar = bar
    self.isOneSided = isOneSided
    record = SequentialRecord(bar: bar)
    record.add(lower: -1, upper: isOneSided ? .infinity : 1)
  }

  mutating func add(candidate isSuccess: Bool) {
    lnMixtures += Self.lnNext(shares.candidate, isSuccess)
    shares.candidate.add(isSuccess)
  }

  mutating func add(production isSuccess: Bool) {
    lnMixtures += Self.lnNext(shares.production, isSuccess)
    shares.production.add(isSuccess)
  }

  mutating func look(row: Int) {
    guard let estimate = shares.estimate else { return }
    if !isOneSided || estimate > null {
      if null == 0 { places.null = shares.likeliest(0) }
      if atMost(null, places.null) > record.lnEvidence {
        places.null = shares.likeliest(null)
        record.add(lnEvidence: shares.lnEvidence(against: null), row: row)
      }
    }
    let ends = (record.lower, record.upper)
    if estimate > ends.0, atMost(ends.0, places.lower) > bar {
      record.add(lower: lowerEnd(), upper: isOneSided ? .infinity : ends.1)
    }
    if !isOneSided, estimate < ends.1, atMost(ends.1, places.upper) > bar {
      record.add(lower: record.lower, upper: upperEnd())
    }
  }

  /// The end of this look, where the evidence against that of earlier looks is above the bar.
  private mutating func lowerEnd() -> Double {
    var place = places.lower
    defer { places.lower = place }
    return shares.lowerEnd(bar: bar, from: record.lower, place: &place)
  }

  private mutating func upperEnd() -> Double {
    var place = places.upper
    defer { places.upper = place }
    return shares.upperEnd(bar: bar, from: record.upper, place: &place)
  }

  /// An upper bound of the evidence against `difference`, with room for the rounding of `lnMixtures`.
  private func atMost(_ difference: Double, _ p: Double) -> Double {
    let low = max(0, -difference)
    let p = max(low, min(min(1, 1 - difference), p))
    let (x, y) = (shares.candidate, shares.production)
    let likelihood =
      Self.times(x.successes, p + difference)
      + Self.times(x.trials - x.successes, 1 - p - difference)
      + Self.times(y.successes, p) + Self.times(y.trials - y.successes, 1 - p)
    return lnMixtures - likelihood + 1e-6 + 1e-12 * Double(x.trials + y.trials)
  }

  private static func times(_ count: Int, _ share: Double) -> Double {
    count == 0 ? 0 : Double(count) * Elementary.log(max(0, share))
  }

  /// ln of the mixture's probability of the next outcome.
  private static func lnNext(_ mixture: BernoulliMixture, _ isSuccess: Bool) -> Double {
    let count = isSuccess ? mixture.successes : mixture.trials - mixture.successes
    return Elementary.log((Double(count) + 0.5) / Double(mixture.trials + 1))
  }
}
