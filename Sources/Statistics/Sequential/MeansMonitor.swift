import Probability

/// The mixture test or the asymptotic sequence of two means over rows that are still coming.
///
/// Constant time and memory a row; the state after the last row is what `NormalMixtureMethods` says of the whole table.
/// The values should be of a size whose fourth powers a double holds.
package struct MeansMonitor: Sendable {
  private var estimate = FollowedMeans()
  private var follower: MixtureFollower
  private var rows = 0
  private let lnFactor: Double

  /// - Parameters:
  ///   - question: `.different` or `.greater`; its looks are those that are made.
  ///   - tracksInterval: false where only p and the crossing are wanted, which is faster.
  package init(
    _ rule: NormalMixtureMethods.Rule, _ question: Question, tracksInterval: Bool = true
  ) {
    precondition(question.alternative != .less, "exchange the arms")
    let method = NormalMixtureMethods(rule, question)
    follower = method.follower(unit: 1, tracksInterval: tracksInterval)
    lnFactor = method.lnFactor
  }

  @inline(__always)
  package mutating func add(candidate value: Double) {
    rows += 1
    estimate.candidate.add(value)
  }

  @inline(__always)
  package mutating func add(production value: Double) {
    rows += 1
    estimate.production.add(value)
  }

  /// Takes what is known now into account.
  @inline(__always)
  package mutating func look() { follower.look(estimate, row: rows) }

  /// After how many rows the null value was first ruled out; nil if it was not.
  package var firstCrossing: Int? { follower.record.firstCrossing }
  /// Whether there has been a look at an estimate near enough to normal.
  package var hasLooked: Bool { follower.hasLooked }
  /// Without ends where it is not tracked.
  package var interval: Bounds { follower.record.interval }
  package var p: PValue { follower.record.p(lnFactor: lnFactor) }
  package var candidateMinusProduction: Double { estimate.estimate }

  /// Adds rows in turn, a candidate's before a production's, with a look after each, until the null value is ruled out.
  ///
  /// - Parameters:
  ///   - candidate: one value a row; `production` has as many.
  /// - Returns: after how many rows of both arms it fell; nil where it stands.
  package mutating func firstCrossing(
    candidate: Span<Double>, production: Span<Double>
  ) -> Int? {
    precondition(candidate.count == production.count, "arms of different length")
    // A local copy keeps the state in registers.
    var monitor = self
    defer { self = monitor }
    for i in candidate.indices {
      monitor.add(candidate: candidate[i])
      monitor.look()
      monitor.add(production: production[i])
      monitor.look()
      if monitor.firstCrossing != nil { break }
    }
    return monitor.firstCrossing
  }
}

/// The mixture test of a mean whose rows have a known variance: its boundary is one table for all experiments of a
/// design, and a look costs an addition and a comparison.
///
/// - Source: Robbins (1970); Johari, Koomen, Pekelis and Walsh (2022).
package struct KnownVarianceBoundary: Sendable {
  /// At place i the |sum of (value − null)| that rules the null value out after i + 1 rows.
  private let bounds: [Double]

  /// - Parameters:
  ///   - rows: the longest series that will be looked at.
  ///   - variance: of a value; of a pair's difference where pairs are looked at.
  ///   - effectVariance: the mixture's.
  package init(rows: Int, variance: Double, effectVariance: Double, alpha: Double) {
    precondition(variance > 0 && effectVariance > 0, "variances \(variance), \(effectVariance)")
    bounds = (0..<rows).map { row in
      let n = Double(row + 1)
      let mixture = NormalMixture(ratio: n * effectVariance / variance)
      return mixture.criticalZ(alpha: alpha) * (n * variance).squareRoot()
    }
  }

  /// After how many of the differences from the null value it is ruled out; nil where it stands.
  package func firstCrossing(_ differences: Span<Double>) -> Int? {
    precondition(differences.count <= bounds.count, "\(differences.count) rows")
    var sum = 0.0
    let span = bounds.span
    for i in differences.indices {
      sum += differences[i]
      if sum.magnitude >= span[i] { return i + 1 }
    }
    return nil
  }
}
