import Probability

/// The ratio of two shares, candidate / production.
extension TwoProportions {
  /// Nil where production has no success.
  package var shareRatio: Double? {
    production.successes > 0 ? candidate.value / production.value : nil
  }

  /// ln of the ratio with its standard error by the delta method; needs a success in each arm.
  ///
  /// - Source: Katz, Baptista, Azen and Pike (1978).
  package func logShareRatio() throws(Unavailable) -> TEstimate {
    guard candidate.successes > 0, production.successes > 0 else { throw .emptyCell }
    func term(_ share: Share) -> Double {
      Double(share.trials - share.successes) / Double(share.trials) / Double(share.successes)
    }
    let variance = term(candidate) + term(production)
    guard variance > 0 else { throw .noVariation }
    return TEstimate(
      value: Elementary.log(candidate.value / production.value),
      standardError: variance.squareRoot(), degreesOfFreedom: .infinity)
  }

  /// The score test of a ratio of `null` > 0, with the shares at their restricted maximum likelihood; its square
  /// is Koopman's statistic.
  ///
  /// - Source: Koopman (1984); Miettinen and Nurminen (1985) with N/(N − 1).
  package func ratioScore(null: Double, corrected: Bool = false) -> Double {
    let distance = candidate.value - null * production.value
    if distance == 0 { return 0 }
    let (n1, n2) = (Double(candidate.trials), Double(production.trials))
    let (k1, k2) = (Double(candidate.successes), Double(production.successes))
    let total = k1 + k2
    let linear = n1 * null + k1 + n2 + k2 * null
    let root = (linear * linear - 4 * (n1 + n2) * null * total).squareRoot()
    // The smaller root, without the subtraction.
    let second = min(1, 2 * total / (linear + root))
    let first = min(1, null * second)
    let factor = corrected ? (n1 + n2) / (n1 + n2 - 1) : 1
    let variance =
      factor * (first * (1 - first) / n1 + null * null * second * (1 - second) / n2)
    return variance > 0 ? distance / variance.squareRoot() : distance * .infinity
  }

  /// The ratios at which the score is z and −z, in 0...∞; needs a success.
  func ratioScoreEnds(z: Double, corrected: Bool = false) -> (low: Double, high: Double) {
    logEnds(z: z, of: shareRatio) { ratioScore(null: $0, corrected: corrected) }
  }

  /// The odds of a success, candidate / production: 0 or infinite where a cell is empty, nil where two are that
  /// leave it undefined.
  package var oddsRatio: Double? {
    let (k1, m1) = (Double(candidate.successes), Double(candidate.trials - candidate.successes))
    let (k2, m2) = (Double(production.successes), Double(production.trials - production.successes))
    let (up, down) = (k1 * m2, k2 * m1)
    return up == 0 && down == 0 ? nil : up / down
  }

  /// ln of the odds ratio with its standard error; needs four cells that are not empty.
  ///
  /// - Source: Woolf (1955).
  package func logOddsRatio() throws(Unavailable) -> TEstimate {
    let cells = [
      candidate.successes, candidate.trials - candidate.successes, production.successes,
      production.trials - production.successes,
    ].map { Double($0) }
    guard cells.allSatisfy({ $0 > 0 }) else { throw .emptyCell }
    return TEstimate(
      value: Elementary.log(cells[0] / cells[1] * (cells[3] / cells[2])),
      standardError: cells.reduce(0) { $0 + 1 / $1 }.squareRoot(), degreesOfFreedom: .infinity)
  }

  /// The score test of an odds ratio of `null` > 0.
  ///
  /// - Source: Cornfield (1956); Miettinen and Nurminen (1985) without N/(N − 1).
  package func oddsScore(null: Double) -> Double {
    let (n1, n2) = (Double(candidate.trials), Double(production.trials))
    let (k1, k2) = (Double(candidate.successes), Double(production.successes))
    let (total, rest) = (k1 + k2, n1 + n2 - k1 - k2)
    if total == 0 || rest == 0 { return 0 }
    // Each of the four cells for itself, so that none comes from a subtraction, however far out `null` is.
    let expected = [
      Self.expectedSuccesses(n1, n2, total, null), Self.expectedSuccesses(n2, n1, total, 1 / null),
      Self.expectedSuccesses(n1, n2, rest, 1 / null), Self.expectedSuccesses(n2, n1, rest, null),
    ]
    // All cells are equally far from what is expected; the smallest one says it best.
    let observed = [k1, k2, n1 - k1, n2 - k2]
    let smallest = observed.indices.min { observed[$0] < observed[$1] } ?? 0
    let isPlus = smallest == 0 || smallest == 3
    let excess = observed[smallest] - expected[smallest]
    let distance = isPlus ? excess : -excess
    if distance == 0 { return 0 }
    guard expected.allSatisfy({ $0 > 0 }) else { return distance * .infinity }
    return distance * expected.reduce(0) { $0 + 1 / $1 }.squareRoot()
  }

  /// The expected successes x of an arm at this odds ratio over another with the margins fixed: the root of
  /// (odds − 1) x² − b x + odds n s = 0 that lies among the possible ones.
  private static func expectedSuccesses(
    _ own: Double, _ other: Double, _ total: Double, _ odds: Double
  ) -> Double {
    let rise = odds - 1
    let b = rise * (own + total) + own + other
    let root = max(0, b * b - 4 * rise * odds * own * total).squareRoot()
    return b > 0 ? 2 * odds * own * total / (b + root) : (b - root) / (2 * rise)
  }

  /// The odds ratios at which the score is z and −z, in 0...∞.
  func oddsScoreEnds(z: Double) -> (low: Double, high: Double) {
    logEnds(z: z, of: oddsRatio) { oddsScore(null: $0) }
  }

  /// Where a score that falls with a ratio is z and −z, looked for on the scale of logarithms.
  private func logEnds(
    z: Double, of estimate: Double?, _ score: (Double) -> Double
  ) -> (low: Double, high: Double) {
    func end(_ target: Double) -> Double {
      let grown = Double(candidate.successes) + 0.5
      let start = Elementary.log(
        grown / Double(candidate.trials + 1) * Double(production.trials + 1)
          / (Double(production.successes) + 0.5))
      let isUp = score(Elementary.exp(start)) > target
      var (near, far) = (start, start)
      var step = 0.5
      while abs(far) < 600 {
        near = far
        far += isUp ? step : -step
        if (score(Elementary.exp(far)) > target) != isUp {
          return Elementary.exp(
            bracketedRoot(min(near, far), max(near, far)) { score(Elementary.exp($0)) - target })
        }
        step *= 2
      }
      return isUp ? .infinity : 0
    }
    // On the way to an estimate of 0 or ∞ the score keeps its sign; far out it is rounding alone.
    let isZero = z > 0 && estimate == 0
    let isEndless = z > 0 && (estimate ?? .infinity) == .infinity
    return (isZero ? 0 : end(z), isEndless ? .infinity : end(-z))
  }
}
