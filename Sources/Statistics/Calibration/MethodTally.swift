/// How often a method rejected, covered and abstained, in integers, so that parts add up in any order.
package struct MethodTally: Sendable, Equatable {
  package static let rejectionLevels = [0.05, 0.01]
  package static let coverageLevels = [0.9, 0.95, 0.99]
  /// The level whose intervals' widths are summed.
  static let widthLevel = 1

  /// Runs in which the method gave an answer.
  package var answered = 0
  /// Runs in which it said why it gives none, by reason.
  package var abstentions: [String: Int] = [:]
  /// Runs with a p-value, and with one at most 0.05 and 0.01.
  package var tested = 0
  package var rejections = [0, 0]
  /// Runs with an interval, and with one that holds the truth, at each of `coverageLevels`.
  package var intervals = [0, 0, 0]
  package var covered = [0, 0, 0]
  /// Intervals at 95 % without an end, or wider than 2⁶⁰.
  package var unbounded = 0
  /// The others' widths, each rounded to a multiple of 2⁻⁴⁰, in such multiples.
  package var widths: Int128 = 0
  /// The estimates below 2⁶⁰, likewise, and how many they are.
  package var estimates: Int128 = 0
  package var estimated = 0

  package init() {}

  /// Runs in which the method was asked at all: one that is dear is asked in some.
  package var tried: Int { answered + abstentions.values.reduce(0, +) }

  package mutating func merge(_ other: MethodTally) {
    answered += other.answered
    abstentions.merge(other.abstentions) { $0 + $1 }
    tested += other.tested
    for index in rejections.indices { rejections[index] += other.rejections[index] }
    for index in intervals.indices {
      intervals[index] += other.intervals[index]
      covered[index] += other.covered[index]
    }
    unbounded += other.unbounded
    widths += other.widths
    estimates += other.estimates
    estimated += other.estimated
  }

  mutating func add(_ trial: MethodTrial) {
    guard trial.reason == nil else {
      abstentions[trial.reason ?? "", default: 0] += 1
      return
    }
    answered += 1
    if let p = trial.p {
      tested += 1
      for index in rejections.indices where p <= Self.rejectionLevels[index] {
        rejections[index] += 1
      }
    }
    for index in intervals.indices {
      if let holds = trial.covers[index] {
        intervals[index] += 1
        covered[index] += holds ? 1 : 0
      }
    }
    if let width = trial.width {
      if width < 0x1p60 { widths += Self.units(width) } else { unbounded += 1 }
    }
    if let estimate = trial.estimate, abs(estimate) < 0x1p60 {
      estimates += Self.units(estimate)
      estimated += 1
    }
  }

  private static func units(_ value: Double) -> Int128 {
    Int128((value * 0x1p40).rounded(.toNearestOrEven))
  }

  package var meanWidth: Double? {
    let bounded = intervals[Self.widthLevel] - unbounded
    return bounded > 0 ? Double(widths) * 0x1p-40 / Double(bounded) : nil
  }

  package var meanEstimate: Double? {
    estimated > 0 ? Double(estimates) * 0x1p-40 / Double(estimated) : nil
  }
}

/// What one method said in one run, against the truth.
struct MethodTrial: Sendable {
  /// Why there is no answer; nil where there is one.
  var reason: String?
  var p: Double?
  /// Whether the interval holds the truth, at each of `MethodTally.coverageLevels`; nil without an interval
  /// or without a known truth.
  var covers: [Bool?] = [nil, nil, nil]
  /// Of the interval at 95 %.
  var width: Double?
  var estimate: Double?
}
