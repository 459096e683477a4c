import Documents
import Probability

/// The arrival times of requests, in order, in integer nanoseconds.
///
/// A Poisson process whose rate varies is one of unit rate seen through the integrated rate: unit
/// exponentials are added up, and each sum is mapped to the instant at which the integrated rate
/// reaches it (Çinlar 1975, section 4.7). So is a renewal process with other gaps of mean 1. The sums are
/// integers in units of 2⁻⁵² expected arrivals (2⁻⁴⁰ for gaps that are not exponential), and each instant is
/// computed from its own sum: nothing drifts and block borders leave no trace.
///
/// The gap before request r is its draw of `RequestDraws` in the stream "arrival"; where requests come
/// in groups, that before group g is draw g.
struct ArrivalProcess: Sendable {
  private var curve: RateCurve
  private var law: GapLaw
  private let draws: RequestDraws
  /// A second exponential for each request of a self-exciting process.
  private let otherDraws: RequestDraws
  private var walk: RateWalk
  /// Of the next request.
  private(set) var ordinal: UInt64 = 0
  /// Of the next instant: a request's, or a group's.
  private var instant: UInt64 = 0
  private var gaps: [Double] = []
  private var otherGaps: [Double] = []
  private var groups: ArrivalGroups?
  /// Where requests stand whose arrivals the services decide; nil for all others.
  private let placeholder: SimulatedTime?

  init(_ plan: SyntheticPlan, seed: UInt64, antithetic: Bool) {
    draws = RequestDraws(seed: seed, stream: "arrival", antithetic: antithetic)
    otherDraws = RequestDraws(seed: seed, stream: "arrival/base", antithetic: antithetic)
    law = plan.gapLaw
    curve = RateCurve(plan.arrivals, unit: law.unit, seed: seed)
    let (sum, overflow) = plan.start.nanoseconds.addingReportingOverflow(
      plan.duration?.nanoseconds ?? .max)
    walk = RateWalk(
      from: plan.start.nanoseconds, end: overflow || plan.duration == nil ? .max : sum)
    // The first of evenly spaced requests comes at the start itself.
    if case .even = law { walk.position = -RateCurve.one }
    placeholder = plan.isPaced ? plan.start : nil
    groups = plan.groups.map { ArrivalGroups(sizes: $0, seed: seed, antithetic: antithetic) }
  }

  /// Writes the next arrivals to `arrivals[0..<count]`.
  ///
  /// - Returns: how many there were: less than `count` only at the end.
  mutating func fill(_ arrivals: inout [SimulatedTime], count: Int) throws(TrafficError) -> Int {
    var written = 0
    if let placeholder {
      for row in 0..<count { arrivals[row] = placeholder }
      written = count
    } else if var groups {
      self.groups = nil  // so that it is changed in place
      defer { self.groups = groups }
      while written < count {
        if groups.isEmpty {
          var times = groups.times
          let first = instant
          let found = try fillInstants(&times, count: ArrivalGroups.stretch)
          if found == 0 { break }
          groups.take(times, count: found, from: first)
        }
        written = groups.write(&arrivals, rows: written..<count)
      }
    } else {
      written = try fillInstants(&arrivals, count: count)
    }
    ordinal += UInt64(written)
    return written
  }

  private mutating func fillInstants(
    _ arrivals: inout [SimulatedTime], count: Int
  ) throws(TrafficError) -> Int {
    guard !walk.isOver, count > 0 else { return 0 }
    drawGaps(count)
    var written = 0
    while written < count {
      written = walk.place(gaps, unit: curve.unit, into: &arrivals, rows: written..<count)
      guard written < count, !walk.isOver else { break }
      guard walk.enterNextPiece(of: &curve) else {
        throw .badData(Self.endOfTime(after: ordinal + UInt64(written)))
      }
    }
    instant += UInt64(written)
    return written
  }

  private mutating func drawGaps(_ count: Int) {
    if gaps.count != count { gaps = Array(repeating: 1, count: count) }
    switch law {
    case .even: break
    case .exponential: draws.fillExponentials(&gaps, from: instant)
    case .renewal(let distribution, let mean):
      draws.fillUnits(&gaps, from: instant)
      var values = gaps.mutableSpan
      distribution.replaceUnits(&values)
      for row in 0..<count { values[row] = min(values[row] / mean, GapLaw.longest) }
    case .excited(var excitation):
      if otherGaps.count != count { otherGaps = gaps }
      draws.fillExponentials(&gaps, from: instant)
      otherDraws.fillExponentials(&otherGaps, from: instant)
      excitation.replace(&gaps, with: otherGaps)
      law = .excited(excitation)
    }
  }

  private static func endOfTime(after requests: UInt64) -> Diagnostics {
    Diagnostics([
      Diagnostic(
        .error, "the arrivals pass the end of virtual time (April 2262) after \(requests) requests",
        help: "raise the rate, or end the traffic with a duration")
    ])
  }
}

extension SyntheticPlan {
  fileprivate var gapLaw: GapLaw {
    switch arrivals {
    case .constant, .users: return .even
    case .hawkes(let rate, let branching, let decay):
      return .excited(
        SelfExcitation(branching: branching, decaySeconds: decay.seconds, rate: rate))
    case .poisson, .piecewise, .wave, .states:
      guard let gaps, let mean = gaps.mean else { return .exponential }
      return .renewal(gaps, mean: mean)
    }
  }
}
