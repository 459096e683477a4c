/// The rate of arrivals over virtual time, cut into pieces in which it is constant.
///
/// The expected number of arrivals in a piece is its mass, an integer in units of 2⁻⁵² arrivals (or
/// `1 / unit` of them), at most 2⁶²; longer pieces are cut. So positions on the integrated rate are added up in integers,
/// and no length of run lets them drift.
package struct RateCurve: Sendable {
  /// A stretch of time with one rate.
  package struct Piece: Sendable {
    package var start: Int64
    package var end: Int64
    /// Expected arrivals in units of the curve.
    package var mass: Int64
    package var nanosecondsPerUnit: Double

    /// The instant at which the integrated rate has grown by `position` since the start, rounded to
    /// the nearest nanosecond.
    package func time(at position: Int64) -> Int64 {
      min(start &+ Int64(Double(position) * nanosecondsPerUnit + 0.5), end)
    }
  }

  /// One expected arrival.
  package static let one: Int64 = 1 << 52
  static let finest = 0x1p52

  /// Units of mass in one expected arrival: 2⁵², or 2⁴⁰ where gaps may be long.
  let unit: Double
  private var states: RateStates?

  private let period: Int64
  /// The instant from which periods are counted, both ways.
  private let origin: Int64
  private let rates: [Double]

  private static let day: Int64 = 86_400_000_000_000
  private static let secondsToNanoseconds = 1e9

  /// The same rate for ever.
  package init(rate: Double) {
    self.init(period: 0, origin: 0, rates: [rate], unit: Self.finest)
  }

  init(_ arrivals: SyntheticPlan.Arrivals, unit: Double, seed: UInt64) {
    switch arrivals {
    case .constant(let rate), .poisson(let rate), .hawkes(let rate, _, _):
      self.init(period: 0, origin: 0, rates: [rate], unit: unit)
    case .users: self.init(period: 0, origin: 0, rates: [1], unit: unit)
    case .piecewise(let period, let rates): self.init(period: period, rates: rates, unit: unit)
    case .wave(let wave): self.init(period: wave.period, rates: wave.rates, unit: unit)
    case .states(let states):
      self.init(period: 0, origin: 0, rates: [1], unit: unit)
      self.states = RateStates(states, seed: seed)
    }
  }

  /// Rates of the equal parts of a period. Periods of whole weeks start on a Monday, all others
  /// are counted from 1970-01-01, so that a day starts at midnight; both in UTC.
  package init(period: SimulatedDuration, rates: [Double]) {
    self.init(period: period, rates: rates, unit: Self.finest)
  }

  private init(period: SimulatedDuration, rates: [Double], unit: Double) {
    precondition(period.nanoseconds > 0, "a period of \(period.nanoseconds) ns")
    let isWeeks = period.nanoseconds % (7 * Self.day) == 0
    // 1970-01-01 was a Thursday; the Monday after it is four days later.
    self.init(
      period: period.nanoseconds, origin: isWeeks ? 4 * Self.day : 0, rates: rates, unit: unit)
  }

  private init(period: Int64, origin: Int64, rates: [Double], unit: Double) {
    precondition(
      !rates.isEmpty && rates.allSatisfy { $0 >= 0 && $0 <= 1e9 } && rates.contains { $0 > 0 },
      "rates \(rates)")
    self.period = period
    self.origin = origin
    self.rates = rates
    self.unit = unit
  }

  /// The piece that starts at `time`, or nil at the end of virtual time.
  package mutating func piece(from time: Int64) -> Piece? {
    guard time < Int64.max else { return nil }
    let (rate, wholeEnd) = part(at: time)
    var end = wholeEnd
    let longest = 0x1p62 / unit / rate * Self.secondsToNanoseconds
    if Double(end) - Double(time) > longest { end = time + Int64(longest) }
    let length = Double(UInt64(bitPattern: end &- time))
    let mass = rate * length / Self.secondsToNanoseconds * unit
    return Piece(
      start: time, end: end, mass: Int64(min(mass, 0x1p62)),
      nanosecondsPerUnit: mass >= 1 ? length / mass : 0)
  }

  /// The rate at `time`, and the end of the part of the period that it lies in.
  ///
  /// Part i of n starts floor(i · period / n) after the period does.
  private mutating func part(at time: Int64) -> (rate: Double, end: Int64) {
    if let part = states?.part(at: time) { return part }
    guard rates.count > 1 else { return (rates[0], .max) }
    let n = Int128(rates.count)
    let remainder = (Int128(time) - Int128(origin)) % Int128(period)
    let phase = remainder < 0 ? remainder + Int128(period) : remainder
    // The largest i with floor(i · period / n) <= phase.
    let index = ((phase + 1) * n + Int128(period) - 1) / Int128(period) - 1
    let end = Int128(time) - phase + (index + 1) * Int128(period) / n
    return (rates[Int(index)], Int64(min(end, Int128(Int64.max))))
  }
}
