import Probability

/// Every row of the candidate against every row of production: how often it wins, loses, and ties.
///
/// - Source: Pocock et al. (2012); Buyse (2010) for the net benefit; Bebu and Lachin (2016) for the errors, from the
///   variances of each row's share of wins and losses, with n − 1 below.
package struct WinRatio: Sendable, Equatable {
  /// Shares of all pairs.
  package let wins: Double
  package let losses: Double
  package var ties: Double { max(0, 1 - wins - losses) }
  /// Of the shares: variances and covariance.
  package let winVariance: Double
  package let lossVariance: Double
  package let covariance: Double

  /// Larger values win.
  ///
  /// - Complexity: O(number of different values) after their sort.
  package init(_ blocks: TieBlocks) throws(Unavailable) {
    precondition(blocks.groups == 2, "\(blocks.groups) arms")
    let sizes = blocks.sizes
    var (candidate, production) = (Records(of: sizes[1]), Records(of: sizes[0]))
    var (oneBelow, otherBelow) = (0, 0)
    for block in 0..<blocks.blocks {
      let one = Int(blocks.counts[2 * block])
      let other = Int(blocks.counts[2 * block + 1])
      candidate.add(
        one, wins: otherBelow, losses: sizes[1] - otherBelow - other)
      production.add(other, wins: sizes[0] - oneBelow - one, losses: oneBelow)
      oneBelow += one
      otherBelow += other
    }
    try self.init(candidate, production)
  }

  /// Several outcomes in the order of their weight: a pair is decided by the first in which its rows differ by more than
  /// the margin.
  ///
  /// - Parameters:
  ///   - candidate: an outcome each, with a value a row; larger values win.
  ///   - production: as many outcomes.
  ///   - margins: of each outcome, >= 0.
  /// - Complexity: O(n m), all pairs.
  package init(
    prioritised candidate: [[Double]], _ production: [[Double]], margins: [Double]
  ) throws(Unavailable) {
    precondition(
      candidate.count == production.count && candidate.count == margins.count && margins.count > 0,
      "\(candidate.count), \(production.count) outcomes, \(margins.count) margins")
    let (m, n) = (candidate[0].count, production[0].count)
    var (wins, losses) = (Array(repeating: 0, count: n), Array(repeating: 0, count: n))
    var ours = Records(of: n)
    for row in 0..<m {
      var (won, lost) = (0, 0)
      for other in 0..<n {
        for outcome in margins.indices {
          let lead = candidate[outcome][row] - production[outcome][other]
          guard abs(lead) > margins[outcome] else { continue }
          if lead > 0 {
            won += 1
            wins[other] += 1
          } else {
            lost += 1
            losses[other] += 1
          }
          break
        }
      }
      ours.add(1, wins: won, losses: lost)
    }
    var theirs = Records(of: m)
    for other in 0..<n { theirs.add(1, wins: wins[other], losses: losses[other]) }
    try self.init(ours, theirs)
  }

  private init(_ candidate: Records, _ production: Records) throws(Unavailable) {
    for records in [candidate, production] {
      guard records.count > 1 else { throw .tooFew(has: records.count, needs: 2) }
    }
    wins = candidate.meanWins
    losses = candidate.meanLosses
    winVariance = candidate.winVariance + production.winVariance
    lossVariance = candidate.lossVariance + production.lossVariance
    covariance = candidate.covariance + production.covariance
  }

  /// P(win) − P(loss).
  package var netBenefit: TEstimate {
    TEstimate(
      value: wins - losses,
      standardError: max(0, winVariance + lossVariance - 2 * covariance).squareRoot(),
      degreesOfFreedom: .infinity)
  }

  /// log(P(win) / P(loss)).
  ///
  /// - Throws: `emptyCell` without wins or without losses.
  package func logRatio() throws(Unavailable) -> TEstimate {
    guard wins > 0, losses > 0 else { throw .emptyCell }
    let variance =
      winVariance / wins / wins + lossVariance / losses / losses
      - 2 * covariance / wins / losses
    return TEstimate(
      value: Elementary.log(wins / losses), standardError: max(0, variance).squareRoot(),
      degreesOfFreedom: .infinity)
  }

  /// log((P(win) + ½ P(tie)) / (P(loss) + ½ P(tie))): the odds that ties split evenly.
  ///
  /// - Source: Brunner, Vandemeulebroecke and Mütze (2021).
  package func logOdds() throws(Unavailable) -> TEstimate {
    let half = (1 + wins - losses) / 2
    guard half > 0, half < 1 else { throw .separated }
    return netBenefit.mapped(
      to: Elementary.log(half / (1 - half)), slope: 1 / (2 * half * (1 - half)))
  }

  /// The wins and losses of each row of an arm, summed as integers.
  private struct Records {
    let opponents: Int
    var count = 0
    private var wins = 0
    private var losses = 0
    private var winSquares = Int128(0)
    private var lossSquares = Int128(0)
    private var products = Int128(0)

    init(of opponents: Int) { self.opponents = opponents }

    mutating func add(_ rows: Int, wins: Int, losses: Int) {
      count += rows
      self.wins += rows * wins
      self.losses += rows * losses
      winSquares += Int128(rows) * Int128(wins) * Int128(wins)
      lossSquares += Int128(rows) * Int128(losses) * Int128(losses)
      products += Int128(rows) * Int128(wins) * Int128(losses)
    }

    var meanWins: Double { Double(wins) / Double(count) / Double(opponents) }
    var meanLosses: Double { Double(losses) / Double(count) / Double(opponents) }
    var winVariance: Double { spread(winSquares, wins, wins) }
    var lossVariance: Double { spread(lossSquares, losses, losses) }
    var covariance: Double { spread(products, wins, losses) }

    /// The covariance of the rows' shares over the number of rows: exact up to the last divisions.
    private func spread(_ products: Int128, _ one: Int, _ other: Int) -> Double {
      let (n, m) = (Double(count), Double(opponents))
      let centred = Int128(count) * products - Int128(one) * Int128(other)
      return Double(centred) / n / n / (n - 1) / m / m
    }
  }
}
