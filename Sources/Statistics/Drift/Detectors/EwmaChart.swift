/// The exponentially weighted moving average chart for a known mean and standard deviation.
///
/// z = λ x + (1 − λ) z from z = μ; an alarm where |z − μ| > L σ √(λ/(2 − λ) · (1 − (1 − λ)²ⁿ)).
///
/// - Source: Roberts (1959), "Control chart tests based on geometric moving averages"; Lucas and Saccucci (1990).
package struct EwmaChart: DriftDetector {
  package enum Limits: Sendable {
    /// The variance of z after n values.
    case exact
    /// Its limit, from the first value on.
    case asymptotic
  }

  package let mean: Double
  package let standardDeviation: Double
  /// λ in (0, 1].
  package let weight: Double
  /// L, in standard deviations of z.
  package let width: Double
  package let limits: Limits
  package let sides: Cusum.Sides
  package private(set) var average: Double
  /// (1 − λ)²ⁿ.
  private var forgotten = 1.0
  private let limit: Double

  package init(
    mean: Double, standardDeviation: Double, weight: Double = 0.2, width: Double,
    limits: Limits = .exact, sides: Cusum.Sides = .both
  ) {
    precondition(weight > 0 && weight <= 1, "weight \(weight)")
    precondition(standardDeviation > 0, "standard deviation \(standardDeviation)")
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.weight = weight
    self.width = width
    self.limits = limits
    self.sides = sides
    average = mean
    limit = width * standardDeviation * (weight / (2 - weight)).squareRoot()
  }

  package mutating func reset() {
    average = mean
    forgotten = 1
  }

  @inline(__always)
  package mutating func add(_ value: Double) -> DriftState {
    average += weight * (value - average)
    forgotten *= (1 - weight) * (1 - weight)
    let reach = limits == .asymptotic ? limit : limit * (1 - forgotten).squareRoot()
    let isUp = sides == .down ? false : average - mean > reach
    let isDown = sides == .up ? false : mean - average > reach
    guard isUp || isDown else { return .stable }
    reset()
    return .drift
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInRegisters(values, to: &record)
  }
}

/// frouros's (and MOA's) geometric moving average about the running mean: S = α S + (1 − α)(x − x̄), alarm where S > λ.
///
/// It has no scale: λ is in the unit of the values. The paper's chart is `EwmaChart`.
package struct GeometricMovingAverage: DriftDetector {
  /// α in [0, 1).
  package let forgetting: Double
  package let threshold: Double
  package let minimumCount: Int
  package private(set) var count = 0
  package private(set) var statistic = 0.0
  private var total = 0.0

  package init(threshold: Double = 1, forgetting: Double = 0.99, minimumCount: Int = 30) {
    self.threshold = threshold
    self.forgetting = forgetting
    self.minimumCount = minimumCount
  }

  package var mean: Double { count > 0 ? total / Double(count) : 0 }

  package mutating func reset() {
    count = 0
    statistic = 0
    total = 0
  }

  @inline(__always)
  package mutating func add(_ value: Double) -> DriftState {
    count += 1
    total += value
    statistic =
      forgetting * statistic + (1 - forgetting) * (value - total / Double(count))
    guard count >= minimumCount, statistic > threshold else { return .stable }
    reset()
    return .drift
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInRegisters(values, to: &record)
  }
}
