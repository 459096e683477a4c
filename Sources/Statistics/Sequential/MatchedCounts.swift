import Probability

/// Events of two arms, match by match: each row of the arm with fewer rows meets one or more of the other's.
///
/// Given the number of events in a match, the candidate's share of them is r m / (r m + n), with m and n the rows of
/// either arm in it and r the ratio of the rates. Matches come in two sizes at most, so that two counts a size are all
/// that the evidence needs.
///
/// - Source: Przyborowski and Wilenski (1940) for the conditional test; `BernoulliMixture` for each size.
struct MatchedCounts: Sendable {
  private let fewer: [Double]
  private let more: [Double]
  private let isCandidateFewer: Bool
  private var order: RowOrder
  private var match = 0
  /// Whether there have been events since this was last put back.
  var hasNews = false
  /// How many rows have been seen when the last match was complete.
  private(set) var rows = 0
  /// The rows of the larger arm in a match: ⌊ratio⌋ and one more.
  private let size: Int
  private var events0 = BernoulliMixture(successes: 0, trials: 0)
  private var events1 = BernoulliMixture(successes: 0, trials: 0)

  init(_ arms: TwoArms) {
    let (x, y) = (arms.candidate.values, arms.production.values)
    isCandidateFewer = x.count <= y.count
    (fewer, more) = isCandidateFewer ? (x, y) : (y, x)
    size = more.count / fewer.count
    order = RowOrder(arms)
  }

  var matches: Int { fewer.count }
  var events: Int { events0.trials + events1.trials }

  mutating func addMatch() {
    let start = match * more.count / fewer.count
    let end = (match + 1) * more.count / fewer.count
    var sum = 0.0
    for i in start..<end { sum += more[i] }
    let one = Int(fewer[match])
    let candidate = isCandidateFewer ? one : Int(sum)
    if end - start == size {
      events0.successes += candidate
      events0.trials += one + Int(sum)
    } else {
      events1.successes += candidate
      events1.trials += one + Int(sum)
    }
    match += 1
    if one + Int(sum) > 0 { hasNews = true }
    let (needsX, needsY) = isCandidateFewer ? (match, end) : (end, match)
    while order.candidate < needsX || order.production < needsY {
      _ = order.next()
      rows += 1
    }
  }

  /// The likeliest ratio; infinity where production had no events.
  var rateRatio: Double {
    let candidate = Double(events0.successes + events1.successes)
    let production = Double(events) - candidate
    if candidate == 0 || production == 0 { return candidate == 0 ? 0 : .infinity }
    if events1.trials == 0 || events0.trials == 0 {
      let mixture = events1.trials == 0 ? events0 : events1
      return mixture.odds * perOdds(events1.trials == 0 ? size : size + 1)
    }
    let root = SequentialRoot.rising(from: -700, to: 700) {
      -excessEvents(under: Elementary.exp($0))
    }
    return Elementary.exp(root)
  }

  /// How many more events the candidate has than it should under this ratio: the slope of the likelihood in ln r.
  func excessEvents(under ratio: Double) -> Double {
    Double(events0.successes + events1.successes)
      - Double(events0.trials) * share(ratio, size) - Double(events1.trials)
      * share(ratio, size + 1)
  }

  /// ln of the e-value against the ratio of rates `null`.
  func lnEvidence(against null: Double) -> Double {
    let ln =
      events0.lnEvidence(against: share(null, size))
      + events1.lnEvidence(against: share(null, size + 1))
    return ln.isNaN ? .infinity : ln
  }

  /// The lowest ratio against which the evidence stays below exp(`bar`); `outside` is one that is ruled out, 0 where none
  /// is known.
  func lowerEnd(bar: Double, from outside: Double) -> Double {
    if outside > 0 { return end(bar: bar, from: outside) }
    let middle = max(-700, min(700, Elementary.log(rateRatio)))
    guard excess(-700, bar) > 0 else { return 0 }
    return Elementary.exp(SequentialRoot.rising(from: -700, to: middle) { -excess($0, bar) })
  }

  func upperEnd(bar: Double, from outside: Double) -> Double {
    if outside < .infinity { return end(bar: bar, from: outside) }
    let middle = max(-700, min(700, Elementary.log(rateRatio)))
    guard excess(700, bar) > 0 else { return .infinity }
    return Elementary.exp(SequentialRoot.rising(from: middle, to: 700) { excess($0, bar) })
  }

  private func excess(_ ln: Double, _ bar: Double) -> Double {
    max(-1e300, min(1e300, lnEvidence(against: Elementary.exp(ln)) - bar))
  }

  /// The evidence is convex in ln r.
  private func end(bar: Double, from outside: Double) -> Double {
    let root = SequentialRoot.convex(from: Elementary.log(outside)) { ln in
      let r = Elementary.exp(ln)
      return (lnEvidence(against: r) - bar, -excessEvents(under: r))
    }
    return Elementary.exp(root)
  }

  /// The candidate's share of the events of a match with `size` rows of the larger arm.
  private func share(_ ratio: Double, _ size: Int) -> Double {
    guard ratio < .infinity else { return 1 }
    return isCandidateFewer
      ? ratio / (ratio + Double(size)) : ratio * Double(size) / (ratio * Double(size) + 1)
  }

  /// The ratio of the rates over the odds of the events.
  private func perOdds(_ size: Int) -> Double {
    isCandidateFewer ? Double(size) : 1 / Double(size)
  }
}
