import Probability

/// Looks at an estimate again and again with a normal mixture, and keeps what all looks say together.
///
/// A look costs a few additions and multiplications; a logarithm and a root are taken only where the interval or
/// the p-value moves. It answers "different" and "greater"; "less" is "greater" of the exchanged arms.
struct MixtureFollower: Sendable {
  /// How the mixture's spread is fixed beforehand.
  enum Spread: Sendable {
    /// In those of a row: the ratio of variances is `square` times the rows.
    case perRow(square: Double)
    /// As a variance, in the unit of the estimate.
    case variance(Double)
    /// As that of the estimate after `rows` rows times the tightest ratio, known from the first look on.
    case fromFirstLook(rows: Double)
  }

  private(set) var record: SequentialRecord
  private(set) var hasLooked = false
  private var spread: Spread
  private let burnIn: Double
  let null: Double
  private let alpha: Double
  private let isOneSided: Bool
  /// The one-sided rule in closed form instead of the folded mixture's.
  private let isClosedForm: Bool
  /// Whether the interval is wanted; the evidence alone is cheaper.
  private let tracksInterval: Bool
  private let twiceLnAlpha: Double
  /// ln(1 + ratio) of an earlier, smaller ratio: a lower bound of today's.
  private var known = (ratio: 0.0, ln: 0.0)

  /// - Parameters:
  ///   - alpha: of the interval; divided by what a dialect asks for.
  ///   - isClosedForm: whether a one-sided bound is the asymptotic sequence's.
  init(
    spread: Spread, alpha: Double, null: Double, isOneSided: Bool, isClosedForm: Bool,
    burnIn: Int, tracksInterval: Bool = true
  ) {
    self.tracksInterval = tracksInterval
    self.spread = spread
    self.alpha = alpha
    self.null = null
    self.isOneSided = isOneSided
    self.isClosedForm = isClosedForm
    self.burnIn = Double(burnIn)
    twiceLnAlpha = 2 * Elementary.log(alpha)
    record = SequentialRecord(bar: -Elementary.log(alpha))
  }

  @inline(__always)
  mutating func look(_ estimate: some FollowedEstimate, row: Int) {
    guard estimate.fewestRows >= burnIn else { return }
    let variance = estimate.variance
    guard variance > 0 else { return }
    let ratio: Double
    switch spread {
    case .perRow(let square): ratio = estimate.rows * square
    case .variance(let square): ratio = square / variance
    case .fromFirstLook(let rows):
      return firstLook(estimate, row: row, rows: rows)
    }
    if ratio < known.ratio { known = (0, 0) }
    // Nothing moves while z² is below both bars, each with the smaller logarithm.
    let value = estimate.estimate
    let bar = (known.ln - twiceLnAlpha) * variance * (1 + ratio)
    let slack = isOneSided ? Self.twiceLn2 : 0
    let fromNull = value - null
    let evidence = (2 * record.lnEvidence - slack + known.ln) * variance * (1 + ratio)
    let fromLower = value - record.lower
    let fromUpper = record.upper - value
    let movesP = fromNull * fromNull * ratio > evidence && (!isOneSided || fromNull > 0)
    let movesEnds =
      tracksInterval
      && (fromLower * fromLower * ratio > bar - slack * variance * (1 + ratio)
        || (!isOneSided && fromUpper * fromUpper * ratio > bar))
    if movesP || movesEnds { move(estimate, variance: variance, ratio: ratio, row: row) }
  }

  /// The exact look.
  private mutating func move(
    _ estimate: some FollowedEstimate, variance: Double, ratio: Double, row: Int
  ) {
    known = (ratio, Elementary.log1p(ratio))
    guard isReady(estimate) else { return }
    let error = variance.squareRoot()
    let (value, z) = (estimate.estimate, (estimate.estimate - null) / error)
    if !isOneSided {
      let mixture = NormalMixture(ratio: ratio)
      record.add(lnEvidence: mixture.lnEvidence(z: z), row: row)
      guard tracksInterval else { return }
      let reach = error * mixture.criticalZ(alpha: alpha)
      record.add(lower: value - reach, upper: value + reach)
    } else if isClosedForm {
      let bound = OneSidedNormalBound(ratio: ratio)
      record.add(lnEvidence: -bound.p(z: z).ln, row: row)
      record.add(lower: value - error * bound.criticalZ(alpha: alpha), upper: .infinity)
    } else {
      let mixture = NormalMixture(ratio: ratio)
      record.add(lnEvidence: mixture.lnEvidenceAbove(z: z), row: row)
      record.add(lower: value - error * mixture.criticalZAbove(alpha: alpha), upper: .infinity)
    }
  }

  /// Fixes the mixture once the estimate is near normal, and looks.
  private mutating func firstLook(_ estimate: some FollowedEstimate, row: Int, rows: Double) {
    guard isReady(estimate) else { return }
    let tuned = isOneSided ? NormalMixture.oneSidedTuning(alpha: alpha) : alpha
    let atTarget = estimate.variance * estimate.rows / rows
    spread = .variance(atTarget * NormalMixture.tightestRatio(alpha: tuned))
    look(estimate, row: row)
  }

  private mutating func isReady(_ estimate: some FollowedEstimate) -> Bool {
    guard estimate.steadiness.isEnough else { return false }
    hasLooked = true
    return true
  }

  /// Why there was no look at all.
  func whyNot(_ estimate: some FollowedEstimate) -> Unavailable {
    if estimate.fewestRows < burnIn {
      return .tooFew(has: Int(estimate.fewestRows), needs: Int(burnIn))
    }
    guard estimate.variance > 0 else { return .noVariation }
    let steadiness = estimate.steadiness
    return .notYetNormal(
      skewness: steadiness.skewness, effectiveRows: steadiness.effectiveRows)
  }

  private static let twiceLn2 = 1.386_294_361_119_890_6
}
