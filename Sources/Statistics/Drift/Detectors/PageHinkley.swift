/// The Page-Hinkley test for a change of the mean: a cumulative sum about the running mean, seen from its lowest
/// (highest) point.
///
/// With the mean x̄ₜ of the first t values, the rise is mₜ = α mₜ₋₁ + (xₜ − x̄ₜ − δ), and a change upward is announced when
/// mₜ − min m > λ; downward likewise with +δ and the maximum. An alarm starts the test anew.
///
/// - Source: Page (1954), "Continuous inspection schemes"; Hinkley (1971); Mouss et al. (2004) for the running mean.
package struct PageHinkley: DriftDetector {
  package enum Dialect: Sendable {
    /// No forgetting: α = 1.
    case paper
    /// river's: α = 0.9999.
    case river
    /// MOA's and frouros's: m itself > λ, no minimum is taken off; upward only. A fall before a rise hides the rise.
    case moa
    /// scikit-multiflow's: mₜ = max(0, α mₜ₋₁ + …) > λ, upward only.
    case scikitMultiflow
  }

  package enum Direction: Sendable {
    case up, down, both
  }

  /// The drift of the mean that is put up with, in the unit of the values.
  package let delta: Double
  /// λ, in the unit of the values.
  package let threshold: Double
  package let forgetting: Double
  /// No alarm before this many values.
  package let minimumCount: Int
  package let direction: Direction
  package let dialect: Dialect
  package private(set) var count = 0
  private var total = 0.0
  package private(set) var rise = 0.0
  package private(set) var lowestRise = Double.infinity
  package private(set) var fall = 0.0
  package private(set) var highestFall = -Double.infinity

  /// - Parameter forgetting: α, in (0, 1]; nil for the dialect's own.
  package init(
    delta: Double = 0.005, threshold: Double = 50, dialect: Dialect = .paper,
    direction: Direction = .both, forgetting: Double? = nil, minimumCount: Int = 30
  ) {
    precondition(threshold >= 0, "threshold \(threshold)")
    self.delta = delta
    self.threshold = threshold
    self.dialect = dialect
    self.direction = direction
    self.forgetting = forgetting ?? (dialect == .paper ? 1 : 0.9999)
    self.minimumCount = minimumCount
  }

  /// Of the values since the last alarm; 0 before any.
  package var mean: Double { count > 0 ? total / Double(count) : 0 }

  package mutating func reset() {
    count = 0
    total = 0
    rise = 0
    lowestRise = .infinity
    fall = 0
    highestFall = -.infinity
  }

  @inline(__always)
  package mutating func add(_ value: Double) -> DriftState {
    count += 1
    total += value
    // The mean as sum / n: no value waits for the mean before it.
    let deviation = value - total / Double(count)
    rise = forgetting * rise + (deviation - delta)
    guard exceeds(deviation) else { return .stable }
    reset()
    return .drift
  }

  @inline(__always)
  private mutating func exceeds(_ deviation: Double) -> Bool {
    switch dialect {
    case .moa: return count >= minimumCount && rise > threshold
    case .scikitMultiflow:
      rise = max(0, rise)
      return count >= minimumCount && rise > threshold
    case .paper, .river:
      fall = forgetting * fall + (deviation + delta)
      lowestRise = min(lowestRise, rise)
      highestFall = max(highestFall, fall)
      let up = direction == .down ? false : rise - lowestRise > threshold
      let down = direction == .up ? false : highestFall - fall > threshold
      return (up || down) && count >= minimumCount
    }
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInRegisters(values, to: &record)
  }
}
