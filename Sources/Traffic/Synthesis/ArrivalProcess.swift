import Documents
import Probability

/// The arrival times of requests, in order, in integer nanoseconds.
///
/// A Poisson process whose rate varies is one of unit rate seen through the integrated rate: unit
/// exponentials are added up, and each sum is mapped to the instant at which the integrated rate
/// reaches it (Çinlar 1975, section 4.7). The sums are integers in units of 2⁻⁵² expected arrivals,
/// and each instant is computed from its own sum: nothing drifts and block borders leave no trace.
///
/// The gap before request r is its exponential of `RequestDraws` in the stream "arrival".
struct ArrivalProcess: Sendable {
  private let curve: RateCurve
  /// Draws of the gaps; nil spaces the requests evenly.
  private let draws: RequestDraws?
  private var walk: RateWalk
  private(set) var ordinal: UInt64 = 0
  private var gaps: [Double] = []

  init(
    _ arrivals: SyntheticPlan.Arrivals, start: SimulatedTime, duration: SimulatedDuration?,
    seed: UInt64, antithetic: Bool
  ) {
    let random = RequestDraws(seed: seed, stream: "arrival", antithetic: antithetic)
    switch arrivals {
    case .constant(let rate): (curve, draws) = (RateCurve(rate: rate), nil)
    case .poisson(let rate): (curve, draws) = (RateCurve(rate: rate), random)
    case .piecewise(let period, let rates):
      (curve, draws) = (RateCurve(period: period, rates: rates), random)
    }
    let (sum, overflow) = start.nanoseconds.addingReportingOverflow(duration?.nanoseconds ?? .max)
    walk = RateWalk(from: start.nanoseconds, end: overflow || duration == nil ? .max : sum)
    // The first of evenly spaced requests comes at the start itself.
    if draws == nil { walk.position = -RateCurve.one }
  }

  /// Writes the next arrivals to `arrivals[0..<count]`.
  ///
  /// - Returns: how many there were: less than `count` only at the end.
  mutating func fill(_ arrivals: inout [SimulatedTime], count: Int) throws(TrafficError) -> Int {
    guard !walk.isOver, count > 0 else { return 0 }
    if gaps.count < count { gaps = Array(repeating: 1, count: count) }
    draws?.fillExponentials(&gaps, from: ordinal)
    var written = 0
    while written < count {
      written = walk.place(gaps, into: &arrivals, rows: written..<count)
      guard written < count, !walk.isOver else { break }
      guard walk.enterNextPiece(of: curve) else {
        throw .badData(Self.endOfTime(after: ordinal + UInt64(written)))
      }
    }
    ordinal += UInt64(written)
    return written
  }

  private static func endOfTime(after requests: UInt64) -> Diagnostics {
    Diagnostics([
      Diagnostic(
        .error, "the arrivals pass the end of virtual time (April 2262) after \(requests) requests",
        help: "raise the rate, or end the traffic with a duration")
    ])
  }
}
