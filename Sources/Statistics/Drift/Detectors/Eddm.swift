/// EDDM: the distance between errors, against the longest that it has been.
///
/// With the mean m and the standard deviation s of the numbers of answers from one error to the next, the largest m + 2s is
/// remembered; from 30 errors on, (m + 2s)/max below 0.95 is the warning zone and below 0.90 drift. Made for slow changes; on
/// a stationary stream it is known to cry wolf.
///
/// - Source: Baena-García et al. (2006), "Early drift detection method".
package struct Eddm: DriftDetector {
  package enum Dialect: Sendable {
    /// The standard deviation with n below; the warning zone is left at the next error outside of it.
    case paper
    /// river's: n − 1 below, from 31 errors on, otherwise as the paper.
    case river
    /// frouros's: as the paper, but a right answer ends the warning zone.
    case frouros
  }

  package let dialect: Dialect
  package let minimumErrors: Int
  /// Shares of the largest m + 2s.
  package let warningShare: Double
  package let driftShare: Double
  package private(set) var count = 0
  package private(set) var errors = 0
  package private(set) var meanDistance = 0.0
  /// Σ (distance − mean)².
  private var deviations = 0.0
  private var lastError = 0
  package private(set) var longest = -Double.infinity
  private var isWarning = false

  package init(
    dialect: Dialect = .paper, minimumErrors: Int = 30, warningShare: Double = 0.95,
    driftShare: Double = 0.9
  ) {
    precondition(driftShare <= warningShare, "drift at \(driftShare), warning at \(warningShare)")
    self.dialect = dialect
    self.minimumErrors = minimumErrors
    self.warningShare = warningShare
    self.driftShare = driftShare
  }

  /// Of the distances between errors, as the dialect takes it; 0 before there are enough.
  package var distanceVariance: Double {
    let below = dialect == .river ? errors - 1 : errors
    return below > 0 ? deviations / Double(below) : 0
  }

  package mutating func reset() {
    count = 0
    errors = 0
    meanDistance = 0
    deviations = 0
    lastError = 0
    longest = -.infinity
    isWarning = false
  }

  @inline(__always)
  package mutating func add(_ value: Double) -> DriftState {
    count += 1
    if value == 1 { return addError() }
    if dialect == .frouros { isWarning = false }
    return isWarning ? .warning : .stable
  }

  private mutating func addError() -> DriftState {
    errors += 1
    let distance = Double(count - lastError)
    lastError = count
    let before = distance - meanDistance
    meanDistance += before / Double(errors)
    deviations += before * (distance - meanDistance)
    let first = dialect == .river ? minimumErrors + 1 : minimumErrors
    guard count >= first else { return .stable }
    let reach = meanDistance + 2 * distanceVariance.squareRoot()
    if reach > longest {
      longest = reach
      if dialect == .frouros { isWarning = false }
    } else if errors >= first {
      let share = reach / longest
      if share < driftShare {
        reset()
        return .drift
      }
      isWarning = share < warningShare
    }
    return isWarning ? .warning : .stable
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInRegisters(values, to: &record)
  }
}
