import Probability

/// The power of an exact test of two shares: the chances of all tables that it rejects, summed.
///
/// It is not smooth in the arms' sizes: a unit more may lower it.
package struct ExactSharePower: Sendable, Equatable {
  package enum Test: Sendable, Equatable, CaseIterable { case fisher, boschloo, barnard }

  package let test: Test
  package let candidateCount: Int
  package let productionCount: Int

  /// Tables up to which every one is tested.
  package static let mostTables = 40_000

  /// - Throws: `.tooLarge` where there are more tables than `mostTables`.
  package init(
    _ test: Test, candidateCount: Int, productionCount: Int
  ) throws(Unavailable) {
    precondition(candidateCount > 0 && productionCount > 0, "\(candidateCount), \(productionCount)")
    let tables = Double(candidateCount + 1) * Double(productionCount + 1)
    guard tables <= Double(Self.mostTables) else {
      throw .tooLarge(has: candidateCount + productionCount, most: 400)
    }
    self.test = test
    self.candidateCount = candidateCount
    self.productionCount = productionCount
  }

  /// The power, and with equal shares the error, at `alpha` in (0, 1).
  ///
  /// - Complexity: a test for each table; one-sided, each row of tables is halved until its end is found.
  package func power(
    candidate: Double, production: Double, alternative: Question.Alternative = .different,
    alpha: Double = 0.05
  ) -> Double {
    let first = Binomial(trials: candidateCount, probability: candidate)
    let second = Binomial(trials: productionCount, probability: production)
    let chances = (0...candidateCount).map { first.pmf($0) }
    var sum = ExactSum()
    for successes in 0...productionCount {
      let weight = second.pmf(successes)
      guard weight > 0 else { continue }
      for count in rejected(against: successes, alternative, alpha) {
        sum.add(weight * chances[count])
      }
    }
    return min(1, sum.value)
  }

  /// The candidate's successes that are rejected where production has `successes`.
  private func rejected(
    against successes: Int, _ alternative: Question.Alternative, _ alpha: Double
  ) -> [Int] {
    func rejects(_ count: Int) -> Bool { p(count, successes, alternative) <= alpha }
    let last = candidateCount
    switch alternative {
    case .different: return (0...last).filter(rejects)
    case .greater:
      // The more successes, the smaller p.
      var (low, high) = (-1, last + 1)
      while high - low > 1 {
        let middle = low + (high - low) / 2
        if rejects(middle) { high = middle } else { low = middle }
      }
      return Array(high..<(last + 1))
    case .less:
      var (low, high) = (-1, last + 1)
      while high - low > 1 {
        let middle = low + (high - low) / 2
        if rejects(middle) { low = middle } else { high = middle }
      }
      return Array(0..<high)
    }
  }

  private func p(
    _ count: Int, _ successes: Int, _ alternative: Question.Alternative
  ) -> Double {
    let shares = TwoProportions(
      candidate: .init(successes: count, trials: candidateCount),
      production: .init(successes: successes, trials: productionCount))
    switch test {
    case .fisher: return shares.conditional.p(alternative).value
    case .boschloo: return UnconditionalTest(shares, order: .fisher).p(alternative)?.value ?? 0
    case .barnard: return UnconditionalTest(shares, order: .score).p(alternative)?.value ?? 0
    }
  }
}
