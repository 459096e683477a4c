import Probability

/// STEPD: the error rate of the last W answers against that of all answers before them, by a test of equal proportions.
///
/// With the shares p₀ of the n₀ answers before and p₁ of the last W, and p of all, T = (|p₀ − p₁| − ½(1/n₀ + 1/W)) / √(p(1 − p)(1/n₀ +
/// 1/W)); drift where the normal tail beyond T is below 0.003, a warning below 0.05, from 2W answers on.
///
/// - Source: Nishida and Yamauchi (2007), "Detecting concept drift using statistical testing".
package struct Stepd: DriftDetector {
  package enum Dialect: Sendable {
    case paper
    /// frouros's: the tail beyond |T|, so that rates that are closer than the correction for continuity count as far apart
    /// (a model without errors gives an alarm every 2W answers).
    case frouros
  }

  package let dialect: Dialect
  package let driftLevel: Double
  package let warningLevel: Double
  package private(set) var count = 0
  package private(set) var errors = 0
  private var recent: BitWindow
  private let driftPlace: Double
  private let warningPlace: Double

  package init(
    dialect: Dialect = .paper, driftLevel: Double = 0.003, warningLevel: Double = 0.05,
    windowCount: Int = 30
  ) {
    precondition(
      driftLevel > 0 && driftLevel < warningLevel && warningLevel < 1,
      "levels \(driftLevel), \(warningLevel)")
    self.dialect = dialect
    self.driftLevel = driftLevel
    self.warningLevel = warningLevel
    recent = BitWindow(capacity: windowCount)
    driftPlace = Normal.upperQuantile(driftLevel)
    warningPlace = Normal.upperQuantile(warningLevel)
  }

  package mutating func reset() {
    count = 0
    errors = 0
    recent.removeAll()
  }

  @inline(__always)
  package mutating func add(_ value: Double) -> DriftState {
    count += 1
    if value != 0 { errors += 1 }
    recent.push(value != 0)
    guard count >= 2 * recent.capacity else { return .stable }
    let (late, early) = (Double(recent.capacity), Double(count - recent.capacity))
    let p = Double(errors) / Double(count)
    let inverse = 1 / early + 1 / late
    let gap = (Double(errors - recent.ones) / early - Double(recent.ones) / late).magnitude
    let deviation = (p * (1 - p) * inverse).squareRoot()
    var place = gap - 0.5 * inverse
    if dialect == .frouros { place = place.magnitude }
    // Without errors, or without right answers, nothing is known of the deviation.
    guard deviation > 0 || dialect == .frouros else { return .stable }
    if place > driftPlace * deviation {
      reset()
      return .drift
    }
    return place > warningPlace * deviation ? .warning : .stable
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInPlace(values, to: &record)
  }
}
