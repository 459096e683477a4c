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
  /// Log u of each gap, whose unit exponential is −log u.
  private var logarithms: [Double] = []

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
    if logarithms.count < count { logarithms = Array(repeating: -1, count: count) }
    if case .exponential(let key, let antithetic) = gaps {
      Self.fillUnits(&logarithms, from: ordinal, count: count, key: key, antithetic: antithetic)
      var units = logarithms.mutableSpan
      Elementary.log(inPlace: &units)
    }
    var written = 0
    while written < count {
      written = walk.place(logarithms, into: &arrivals, rows: written..<count)
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

  /// One u a request in the front of `units`, 1 behind them.
  private static func fillUnits(
    _ units: inout [Double], from first: UInt64, count: Int, key: SIMD2<UInt32>, antithetic: Bool
  ) {
    let mirror: UInt64 = antithetic ? .max : 0
    var output = units.mutableSpan
    let end = first + UInt64(count)
    func unit(_ high: UInt32, _ low: UInt32) -> Double {
      (Double(Int64(((UInt64(high) << 32 | UInt64(low)) ^ mirror) >> 12)) + 0.5) * 0x1p-52
    }
    var row = 0
    var request = first
    while request < end {
      let entity = request >> 1
      let block = Philox.block(
        counter: SIMD4(
          UInt32(truncatingIfNeeded: entity), UInt32(truncatingIfNeeded: entity >> 32), 0, 0),
        key: key)
      if request & 1 == 0 {
        output[row] = unit(block.x, block.y)
        row += 1
        request += 1
      }
      if request < end {
        output[row] = unit(block.z, block.w)
        row += 1
        request += 1
      }
    }
    for row in count..<output.count { output[row] = 1 }
  }
}
