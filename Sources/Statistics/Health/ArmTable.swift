/// Counts of two arms over the values of a category: were the arms filled alike?
package struct ArmTable: Sendable, Equatable {
  package let candidate: [Int]
  package let production: [Int]

  /// - Parameters:
  ///   - candidate: rows of each category.
  ///   - production: as many categories.
  package init(candidate: [Int], production: [Int]) {
    precondition(candidate.count == production.count, "\(candidate.count), \(production.count)")
    self.candidate = candidate
    self.production = production
  }

  /// Of two columns of numbers that stand for categories, 0..<count.
  package init(candidate: [Int], production: [Int], count: Int) {
    func counts(_ column: [Int]) -> [Int] {
      var counts = Array(repeating: 0, count: count)
      for category in column { counts[category] += 1 }
      return counts
    }
    self.init(candidate: counts(candidate), production: counts(production))
  }

  /// Pearson's test that the arms have the categories in the same shares; empty categories are left out.
  ///
  /// - Source: Pearson (1900).
  package func chiSquare() throws(Unavailable) -> ChiSquareResult {
    let (n1, n2) = (candidate.reduce(0, +), production.reduce(0, +))
    guard n1 > 0, n2 > 0 else { throw .tooFew(has: min(n1, n2), needs: 1) }
    let shown = candidate.indices.filter { candidate[$0] + production[$0] > 0 }
    var statistic = 0.0
    for category in shown {
      let distance =
        Double(candidate[category]) * Double(n2) - Double(production[category]) * Double(n1)
      let all = Double(candidate[category] + production[category])
      statistic += distance / Double(n1) * (distance / Double(n2)) / all
    }
    return ChiSquareResult(statistic: statistic, degreesOfFreedom: shown.count - 1)
  }

  /// The smallest count expected where the arms are alike; below 5 the chi-square law is a rough guess.
  package var smallestExpected: Double {
    let (n1, n2) = (Double(candidate.reduce(0, +)), Double(production.reduce(0, +)))
    return candidate.indices.reduce(.infinity) { smallest, category in
      let all = Double(candidate[category] + production[category])
      return all > 0 ? min(smallest, all * min(n1, n2) / (n1 + n2)) : smallest
    }
  }
}
