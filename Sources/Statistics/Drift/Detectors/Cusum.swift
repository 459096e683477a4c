/// The cumulative sum chart: deviations from a reference, beyond an allowance, are added up and never fall below 0.
///
/// Upward S = max(0, S + x − μ − k), downward with μ − x; an alarm where S > h, after which the sums start again at 0.
/// The best chart against a shift of 2k in a known mean (Moustakides 1986).
///
/// - Source: Page (1954); Lucas and Crosier (1982) for the head start.
package struct Cusum: DriftDetector {
  package enum Reference: Sendable, Equatable {
    /// The mean μ before the change.
    case known(mean: Double)
    /// MOA's and frouros's: the mean of all values so far, the newest included; no alarm before `minimumCount` values.
    case running(minimumCount: Int)
  }

  package enum Sides: Sendable {
    case up, down, both
  }

  package let reference: Reference
  /// k, in the unit of the values.
  package let allowance: Double
  /// h, in the unit of the values.
  package let threshold: Double
  package let sides: Sides
  /// Where the sums start, in 0..<h; they start there again after an alarm.
  package let headStart: Double
  package private(set) var upper: Double
  package private(set) var lower: Double
  package private(set) var count = 0
  private var total = 0.0

  package init(
    _ reference: Reference, allowance: Double, threshold: Double, sides: Sides = .both,
    headStart: Double = 0
  ) {
    precondition(headStart >= 0 && headStart <= threshold, "head start \(headStart)")
    self.reference = reference
    self.allowance = allowance
    self.threshold = threshold
    self.sides = sides
    self.headStart = headStart
    upper = headStart
    lower = headStart
  }

  /// MOA's and frouros's statistic with their defaults.
  package static func moa(allowance: Double = 0.005, threshold: Double = 50) -> Cusum {
    Cusum(
      .running(minimumCount: 30), allowance: allowance, threshold: threshold, sides: .up)
  }

  /// The chart that adds up the logarithms of likelihood ratios: alarm where their sum since its lowest point
  /// exceeds `threshold`, a number without unit.
  package init(_ ratio: LogLikelihoodRatio, threshold: Double) {
    let scale = ratio.slope.magnitude
    let sides: Sides = ratio.slope > 0 ? .up : .down
    // slope · x + offset = |slope| · (x − c) upward, |slope| · (c − x) downward.
    self.init(
      .known(mean: -ratio.offset / ratio.slope), allowance: 0, threshold: threshold / scale,
      sides: sides)
  }

  package mutating func reset() {
    upper = headStart
    lower = headStart
    count = 0
    total = 0
  }

  /// Of the values since the last alarm; 0 before any.
  package var mean: Double { count > 0 ? total / Double(count) : 0 }

  @inline(__always)
  package mutating func add(_ value: Double) -> DriftState {
    count += 1
    let deviation: Double
    var isReady = true
    switch reference {
    case .known(let mean): deviation = value - mean
    case .running(let minimumCount):
      total += value
      deviation = value - total / Double(count)
      isReady = count >= minimumCount
    }
    upper = max(0, upper + (deviation - allowance))
    lower = max(0, lower - (deviation + allowance))
    let isUp = sides == .down ? false : upper > threshold
    let isDown = sides == .up ? false : lower > threshold
    guard isUp || isDown, isReady else { return .stable }
    reset()
    return .drift
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInRegisters(values, to: &record)
  }
}
