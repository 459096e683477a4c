/// DDM: the error rate against the best that it has been.
///
/// With the error rate p of n answers and s = √(p(1 − p)/n), the smallest p + s is remembered as pₘ and sₘ; p + s beyond
/// pₘ + 2 sₘ is the warning zone, beyond pₘ + 3 sₘ drift. The rate is that since the last alarm, so that the detector grows slow
/// as it grows old; `Rddm` forgets.
///
/// - Source: Gama, Medas, Castillo and Rodrigues (2004), "Learning with drift detection".
package struct Ddm: DriftDetector {
  package enum Dialect: Sendable {
    /// From 30 answers on, with >= (and p + s above its smallest, so that a model without errors gives no alarm).
    case paper
    /// river's and MOA's: after 30 answers, with >.
    case river
    /// frouros's: from 30 answers on, with >, and the first of equally small p + s is kept.
    case frouros
  }

  package let minimumCount: Int
  /// In multiples of sₘ.
  package let warningLevel: Double
  package let driftLevel: Double
  package let dialect: Dialect
  package private(set) var count = 0
  private var errors = 0.0
  /// p and s where p + s was smallest; infinite before.
  package private(set) var bestRate = Double.infinity
  package private(set) var bestDeviation = Double.infinity

  package init(
    dialect: Dialect = .paper, minimumCount: Int = 30, warningLevel: Double = 2,
    driftLevel: Double = 3
  ) {
    precondition(warningLevel <= driftLevel, "warning at \(warningLevel), drift at \(driftLevel)")
    self.dialect = dialect
    self.minimumCount = minimumCount
    self.warningLevel = warningLevel
    self.driftLevel = driftLevel
  }

  package var errorRate: Double { count > 0 ? errors / Double(count) : 0 }

  package mutating func reset() {
    count = 0
    errors = 0
    bestRate = .infinity
    bestDeviation = .infinity
  }

  @inline(__always)
  package mutating func add(_ value: Double) -> DriftState {
    count += 1
    errors += value
    guard count >= (dialect == .river ? minimumCount + 1 : minimumCount) else { return .stable }
    let n = Double(count)
    let p = errors / n
    let s = (p * (1 - p) / n).squareRoot()
    let best = bestRate + bestDeviation
    if dialect == .frouros ? p + s < best : p + s <= best {
      bestRate = p
      bestDeviation = s
    }
    if passes(p + s, driftLevel) {
      reset()
      return .drift
    }
    return passes(p + s, warningLevel) ? .warning : .stable
  }

  @inline(__always)
  private func passes(_ reach: Double, _ level: Double) -> Bool {
    let limit = bestRate + level * bestDeviation
    guard dialect == .paper else { return reach > limit }
    return reach >= limit && reach > bestRate + bestDeviation
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInRegisters(values, to: &record)
  }
}
