/// An e-detector for the mean of bounded values: what a gambler who bets on a change would own, over all places where it may
/// have been.
///
/// Values lie in `range`, scaled to [0, 1], and their mean before a change, given all before, is at most `mean`. A bet of share λ
/// multiplies by 1 + λ (x − m). The e-detector of Shiryaev and Roberts is M = (M + 1) · L, that of the cumulative sum M = max(M, 1) · L,
/// averaged over some λ. An alarm where M >= 1/α has a mean time to a false alarm of at least 1/α, for every distribution in
/// the range, also with dependence, and without any parameter of the world after the change.
///
/// - Source: Shin, Ramdas and Rinaldo (2024), "E-detectors: a nonparametric framework for sequential change detection",
///   Theorem 2.4 and section 4; Waudby-Smith and Ramdas (2024) for the bets.
package struct EDetector: DriftDetector {
  package enum Form: Sendable {
    case shiryaevRoberts, cumulativeSum
  }

  package let mean: Double
  package let range: ClosedRange<Double>
  package let level: Double
  package let form: Form
  package let sides: Cusum.Sides
  /// The wealth of each bet upward, then of each downward.
  private var wealth: SIMD16<Double>
  private let slopes: SIMD16<Double>
  private let weights: SIMD16<Double>
  private let scaledMean: Double

  /// - Parameters:
  ///   - mean: the largest (smallest, for falls) mean before a change, inside of `range`.
  ///   - level: α in (0, 1): one false alarm in 1/α values or more.
  package init(
    mean: Double, range: ClosedRange<Double> = 0...1, level: Double, form: Form = .shiryaevRoberts,
    sides: Cusum.Sides = .up
  ) {
    precondition(range.lowerBound < mean && mean < range.upperBound, "\(mean) in \(range)")
    precondition(level > 0 && level < 1, "level \(level)")
    self.mean = mean
    self.range = range
    self.level = level
    self.form = form
    self.sides = sides
    scaledMean = (mean - range.lowerBound) / (range.upperBound - range.lowerBound)
    var (slopes, weights) = (SIMD16<Double>(repeating: 0), SIMD16<Double>(repeating: 0))
    let share = sides == .both ? 0.5 / 8 : 1.0 / 8
    for bet in 0..<8 {
      // Half, a quarter, ... of the largest bet that cannot lose all.
      let size = 1 / Double(1 << (bet + 1))
      slopes[bet] = size / scaledMean
      slopes[8 + bet] = -size / (1 - scaledMean)
      weights[bet] = sides == .down ? 0 : share
      weights[8 + bet] = sides == .up ? 0 : share
    }
    self.slopes = slopes
    self.weights = weights
    wealth = SIMD16(repeating: 0)
  }

  /// M, >= 0; its mean after n values without a change is at most n.
  package var statistic: Double { (wealth * weights).sum() }

  package mutating func reset() { wealth = SIMD16(repeating: 0) }

  @inline(__always)
  package mutating func add(_ value: Double) -> DriftState {
    precondition(range.contains(value), "\(value) outside of \(range)")
    let place = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    let growth = 1 + slopes * (place - scaledMean)
    switch form {
    case .shiryaevRoberts: wealth = (wealth + 1) * growth
    case .cumulativeSum: wealth = pointwiseMax(wealth, SIMD16(repeating: 1)) * growth
    }
    guard statistic >= 1 / level else { return .stable }
    reset()
    return .drift
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInRegisters(values, to: &record)
  }
}
