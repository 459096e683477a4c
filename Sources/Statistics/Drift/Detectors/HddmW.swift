import Probability

/// HDDM with a weighted mean: McDiarmid's inequality between moving averages before and after a cut.
///
/// Values lie in [0, 1]. A moving average z = λ x + (1 − λ) z, begun with the first value, has the sum of squared weights
/// b = λ² + (1 − λ)² b, begun with 1. The cut for a rise is moved to the newest value when z + √(½ b ln(1/α)) is lower than at the
/// cut; a rise is announced where the average after the cut exceeds that before by √(½ (b₁ + b₂) ln(1/α)). The work of a
/// value is constant.
///
/// - Source: Frías-Blanco et al. (2015), the W-test, as in the authors' program in MOA (river has the same).
package struct HddmW: DriftDetector {
  /// λ in (0, 1).
  package let weight: Double
  package let driftLevel: Double
  package let warningLevel: Double
  package let isTwoSided: Bool
  package private(set) var all = Average()
  private var beforeRise = Average()
  private var afterRise = Average()
  private var beforeFall = Average()
  private var afterFall = Average()
  /// The lowest z + bound, and the highest z − bound.
  package private(set) var riseCut = Double.infinity
  package private(set) var fallCut = -Double.infinity
  private let driftTerm: Double
  private let warningTerm: Double

  package struct Average: Sendable, Equatable {
    package private(set) var mean = 0.0
    /// b.
    package private(set) var squares = 1.0
    fileprivate private(set) var isEmpty = true

    @inline(__always)
    fileprivate mutating func add(_ value: Double, _ weight: Double) {
      mean = isEmpty ? value : weight * value + (1 - weight) * mean
      squares = weight * weight + (1 - weight) * (1 - weight) * squares
      isEmpty = false
    }
  }

  package init(
    driftLevel: Double = 0.001, warningLevel: Double = 0.005, weight: Double = 0.05,
    isTwoSided: Bool = false
  ) {
    precondition(
      driftLevel > 0 && driftLevel <= warningLevel && warningLevel < 1,
      "levels \(driftLevel), \(warningLevel)")
    precondition(weight > 0 && weight < 1, "weight \(weight)")
    self.weight = weight
    self.driftLevel = driftLevel
    self.warningLevel = warningLevel
    self.isTwoSided = isTwoSided
    driftTerm = -0.5 * Elementary.log(driftLevel)
    warningTerm = -0.5 * Elementary.log(warningLevel)
  }

  package mutating func reset() {
    all = Average()
    beforeRise = Average()
    afterRise = Average()
    beforeFall = Average()
    afterFall = Average()
    riseCut = .infinity
    fallCut = -.infinity
  }

  @inline(__always)
  package mutating func add(_ value: Double) -> DriftState {
    all.add(value, weight)
    let bound = (all.squares * driftTerm).squareRoot()
    if all.mean + bound < riseCut {
      riseCut = all.mean + bound
      beforeRise = all
      afterRise = Average()
    } else {
      afterRise.add(value, weight)
    }
    if all.mean - bound > fallCut {
      fallCut = all.mean - bound
      beforeFall = all
      afterFall = Average()
    } else {
      afterFall.add(value, weight)
    }
    var state = state(from: beforeRise, to: afterRise, isEmpty: afterRise.isEmpty)
    if isTwoSided, state != .drift {
      let fall = self.state(from: afterFall, to: beforeFall, isEmpty: afterFall.isEmpty)
      if fall.rawValue > state.rawValue { state = fall }
    }
    if state == .drift { reset() }
    return state
  }

  @inline(__always)
  private func state(from low: Average, to high: Average, isEmpty: Bool) -> DriftState {
    guard !isEmpty else { return .stable }
    let difference = high.mean - low.mean
    guard difference > 0 else { return .stable }
    let squares = low.squares + high.squares
    if difference <= (squares * warningTerm).squareRoot() { return .stable }
    return difference <= (squares * driftTerm).squareRoot() ? .warning : .drift
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInRegisters(values, to: &record)
  }
}
