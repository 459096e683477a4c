import Probability

/// HDDM with the mean: Hoeffding's inequality between all values so far and those up to the place where their mean, plus its
/// bound, was lowest.
///
/// Values lie in [0, 1]. The cut is moved to the newest value when mean + √(ln(1/α)/2n) there is no larger than at the cut.
/// With x̄ of the n₁ values up to the cut and z̄ of all n, a rise is announced where z̄ − x̄ >= √(½ · (n − n₁)/(n₁ n) · ln(2/α)). The
/// work of a value is constant.
///
/// - Source: Frías-Blanco et al. (2015), "Online and non-parametric drift detection methods based on Hoeffding's bounds",
///   the A-test; ln(2/α) as in the authors' program in MOA (river has the same).
package struct HddmA: DriftDetector {
  /// α of drift and of the warning.
  package let driftLevel: Double
  package let warningLevel: Double
  /// Whether a fall of the mean is announced too.
  package let isTwoSided: Bool
  package private(set) var count = 0
  private var total = 0.0
  /// The values up to where the mean was lowest, and highest.
  package private(set) var lowest = Part()
  package private(set) var highest = Part()
  /// ½ ln(1/α) of drift, and ½ ln(2/α) of both.
  private let cutTerm: Double
  private let driftTerm: Double
  private let warningTerm: Double

  package struct Part: Sendable, Equatable {
    package fileprivate(set) var count = 0
    package fileprivate(set) var mean = 0.0
    /// The mean with its bound.
    fileprivate var reach = 0.0
  }

  package init(
    driftLevel: Double = 0.001, warningLevel: Double = 0.005, isTwoSided: Bool = false
  ) {
    precondition(
      driftLevel > 0 && driftLevel <= warningLevel && warningLevel < 1,
      "levels \(driftLevel), \(warningLevel)")
    self.driftLevel = driftLevel
    self.warningLevel = warningLevel
    self.isTwoSided = isTwoSided
    cutTerm = -0.5 * Elementary.log(driftLevel)
    driftTerm = 0.5 * Elementary.log(2 / driftLevel)
    warningTerm = 0.5 * Elementary.log(2 / warningLevel)
  }

  package var mean: Double { count > 0 ? total / Double(count) : 0 }

  package mutating func reset() {
    count = 0
    total = 0
    lowest = Part()
    highest = Part()
  }

  @inline(__always)
  package mutating func add(_ value: Double) -> DriftState {
    count += 1
    total += value
    let n = Double(count)
    let mean = total / n
    let bound = (cutTerm / n).squareRoot()
    if lowest.count == 0 || lowest.reach >= mean + bound {
      lowest = Part(count: count, mean: mean, reach: mean + bound)
    }
    if highest.count == 0 || highest.reach <= mean - bound {
      highest = Part(count: count, mean: mean, reach: mean - bound)
    }
    var state = state(since: lowest, rise: mean - lowest.mean)
    if isTwoSided, state != .drift {
      let fall = self.state(since: highest, rise: highest.mean - mean)
      if fall.rawValue > state.rawValue { state = fall }
    }
    if state == .drift { reset() }
    return state
  }

  @inline(__always)
  private func state(since cut: Part, rise: Double) -> DriftState {
    guard rise > 0, cut.count < count else { return .stable }
    let share = Double(count - cut.count) / (Double(cut.count) * Double(count))
    if rise < (share * warningTerm).squareRoot() { return .stable }
    return rise < (share * driftTerm).squareRoot() ? .warning : .drift
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInRegisters(values, to: &record)
  }
}
