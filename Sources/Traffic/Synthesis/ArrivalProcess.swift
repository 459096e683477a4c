import Documents
import Probability

/// The arrival times of requests, in order, in integer nanoseconds.
///
/// A Poisson process whose rate varies is one of unit rate seen through the integrated rate: unit
/// exponentials are added up, and each sum is mapped to the instant at which the integrated rate
/// reaches it (Çinlar 1975, section 4.7). The sums are integers in units of 2⁻⁵² expected arrivals,
/// and each instant is computed from its own sum: nothing drifts and block borders leave no trace.
///
/// Address of the gap before request r: stream "arrival", entity r div 2, words 2 (r mod 2) and the next.
struct ArrivalProcess: Sendable {
  private let curve: RateCurve
  private let gaps: Gaps
  private var walk: RateWalk
  private(set) var ordinal: UInt64 = 0
  private var scratch: [Int64] = []

  private enum Gaps: Sendable {
    case even
    case exponential(key: SIMD2<UInt32>, antithetic: Bool)
  }

  init(
    _ arrivals: SyntheticPlan.Arrivals, start: SimulatedTime, duration: SimulatedDuration?,
    seed: UInt64, antithetic: Bool
  ) {
    let exponential = Gaps.exponential(
      key: DrawKey(seed: seed, StreamName("arrival")).words, antithetic: antithetic)
    switch arrivals {
    case .constant(let rate): (curve, gaps) = (RateCurve(rate: rate), .even)
    case .poisson(let rate): (curve, gaps) = (RateCurve(rate: rate), exponential)
    case .piecewise(let period, let rates):
      (curve, gaps) = (RateCurve(period: period, rates: rates), exponential)
    }
    let (sum, overflow) = start.nanoseconds.addingReportingOverflow(duration?.nanoseconds ?? .max)
    walk = RateWalk(from: start.nanoseconds, end: overflow || duration == nil ? .max : sum)
    // The first of evenly spaced requests comes at the start itself.
    if case .even = gaps { walk.position = -RateCurve.one }
  }

  /// Writes the next arrivals to `arrivals[0..<count]`.
  ///
  /// - Returns: how many there were: less than `count` only at the end.
  mutating func fill(_ arrivals: inout [SimulatedTime], count: Int) throws(TrafficError) -> Int {
    guard !walk.isOver, count > 0 else { return 0 }
    if scratch.count < count { scratch = Array(repeating: RateCurve.one, count: count) }
    if case .exponential(let key, let antithetic) = gaps {
      Self.fillExponentials(
        &scratch, from: ordinal, count: count, key: key, antithetic: antithetic)
    }
    var written = 0
    while written < count {
      written = walk.place(scratch, into: &arrivals, rows: written..<count)
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

  /// Unit exponentials, −log u, cut to whole units of 2⁻⁵².
  private static func fillExponentials(
    _ gaps: inout [Int64], from first: UInt64, count: Int, key: SIMD2<UInt32>, antithetic: Bool
  ) {
    let mirror: UInt64 = antithetic ? .max : 0
    var output = gaps.mutableSpan
    var row = 0
    var half = Int(first & 1)
    var entity = first >> 1
    while row < count {
      let block = Philox.block(
        counter: SIMD4(
          UInt32(truncatingIfNeeded: entity), UInt32(truncatingIfNeeded: entity >> 32), 0, 0),
        key: key)
      while half < 2, row < count {
        let word = UInt64(block[2 * half]) << 32 | UInt64(block[2 * half + 1])
        let unit = (Double((word ^ mirror) >> 12) + 0.5) * 0x1p-52
        output[row] = Int64(-Elementary.log(unit) * 0x1p52)
        half += 1
        row += 1
      }
      half = 0
      entity += 1
    }
  }
}
