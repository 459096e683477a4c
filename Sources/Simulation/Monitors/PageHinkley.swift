/// The two-sided Page-Hinkley test for a change of the mean.
///
/// Dialect: river's, to the bit. The mean includes the newest value; sums forget with α = 0.9999; an alarm needs
/// 30 values and resets the test.
///
/// - Source: Page (1954), "Continuous inspection schemes"; Hinkley (1971).
package struct PageHinkley: Sendable {
  private let delta: Double
  private let threshold: Double
  private var count = 0
  private var mean = 0.0
  private var rise = 0.0
  private var lowestRise = Double.infinity
  private var fall = 0.0
  private var highestFall = -Double.infinity

  private static let forgetting = 0.9999
  private static let minimumCount = 30

  package init(delta: Double, threshold: Double) {
    self.delta = delta
    self.threshold = threshold
  }

  /// Takes the next value; true on an alarm.
  package mutating func update(_ value: Double) -> Bool {
    count += 1
    mean += 1 / Double(count) * (value - mean)
    rise = Self.forgetting * rise + (value - mean) - delta
    fall = Self.forgetting * fall + (value - mean) + delta
    lowestRise = min(lowestRise, rise)
    highestFall = max(highestFall, fall)
    guard count >= Self.minimumCount,
      rise - lowestRise > threshold || highestFall - fall > threshold
    else { return false }
    self = PageHinkley(delta: delta, threshold: threshold)
    return true
  }
}
