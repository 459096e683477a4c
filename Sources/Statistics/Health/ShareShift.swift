import Probability

/// Does the plain difference mislead because the arms' shares of traffic changed between periods of a ramp (or between
/// other strata)?
///
/// With the same shares in all strata, the plain and the stratified difference estimate the same. Where shares changed
/// and strata differ, the plain one compares unlike traffic (Simpson's paradox) and the stratified one is to be read.
///
/// - Source: Simpson (1951); Crook et al. (2009) on ramps.
package struct ShareShift: Sendable, Equatable {
  package enum Verdict: Sendable, Equatable {
    /// The shares did not change as far as the rows say, and the differences agree.
    case steady
    /// The shares changed, but it made no difference to this metric.
    case harmless
    /// The shares changed and moved the plain difference.
    case misleading
    /// It even turned its sign.
    case reversed
  }

  /// Are the arms' shares alike in all strata?
  package let shares: ChiSquareResult
  /// Candidate − production over all rows, and averaged over strata by their shares of all rows.
  package let pooled: TEstimate
  package let stratified: TEstimate
  /// pooled − stratified, given the strata of the rows; its error counts what both share.
  package let gap: TEstimate
  package let verdict: Verdict

  /// - Parameters:
  ///   - arms: with strata (periods).
  ///   - level: below which a p-value counts, of the shares and of the gap.
  /// - Throws: as `StratifiedDifference`: two rows an arm are needed in each stratum.
  package init(_ arms: TwoArms, level: Double = 0.001) throws(Unavailable) {
    let (one, other) = (arms.candidate, arms.production)
    let strata = one.strata ?? Array(repeating: 0, count: one.values.count)
    let otherStrata = other.strata ?? Array(repeating: 0, count: other.values.count)
    let count = max(strata.max() ?? 0, otherStrata.max() ?? 0) + 1
    let table = ArmTable(candidate: strata, production: otherStrata, count: count)
    shares = try table.chiSquare()
    pooled = try TTests.welch(
      candidate: Moments(of: one.values), production: Moments(of: other.values))
    stratified = try StratifiedDifference(
      candidate: one.values, strata: strata, production: other.values, strata: otherStrata
    ).estimate
    let first = try Self.parts(one.values, strata, table)
    let second = try Self.parts(other.values, otherStrata, table)
    gap = TEstimate(
      value: first.value - second.value,
      standardError: rootOfSquares(first.standardError, second.standardError),
      degreesOfFreedom: .infinity)
    guard shares.degreesOfFreedom > 0, shares.p.value < level else {
      verdict = .steady
      return
    }
    guard gap.standardError > 0, gap.pTwoSided().value < level else {
      verdict = .harmless
      return
    }
    verdict = pooled.value * stratified.value < 0 ? .reversed : .misleading
  }

  /// One arm's Σ (own share − share of all rows) · mean, over its strata.
  private static func parts(
    _ values: [Double], _ strata: [Int], _ table: ArmTable
  ) throws(Unavailable) -> TEstimate {
    var groups: [[Double]] = Array(repeating: [], count: table.candidate.count)
    for row in values.indices { groups[strata[row]].append(values[row]) }
    let all = table.candidate.reduce(0, +) + table.production.reduce(0, +)
    let origin = Centre(of: values).value
    var (sum, error) = (ExactSum(), 0.0)
    for stratum in groups.indices where !groups[stratum].isEmpty {
      let moments = try Moments(of: groups[stratum])
      let held = Double(table.candidate[stratum] + table.production[stratum])
      let weight =
        (Double(moments.count) * Double(all) - held * Double(values.count))
        / Double(values.count) / Double(all)
      sum.add(weight * (moments.mean - origin))
      error = rootOfSquares(error, abs(weight) * moments.standardError)
    }
    return TEstimate(value: sum.value, standardError: error, degreesOfFreedom: .infinity)
  }
}
