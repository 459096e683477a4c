/// p-values adjusted for being several, in the order they were given.
package enum Multiplicity {
  /// Keeps the chance of any false alarm below the level, whatever the dependence.
  ///
  /// - Source: Holm (1979).
  package static func holm(_ p: [Double]) -> [Double] {
    var largest = 0.0
    return adjust(p, order: ascending(p)) { value, place in
      largest = max(largest, min(1, value * Double(p.count - place)))
      return largest
    }
  }

  /// As Holm's with more power, for independent or positively dependent tests.
  ///
  /// - Source: Hochberg (1988).
  package static func hochberg(_ p: [Double]) -> [Double] {
    var smallest = 1.0
    return adjust(p, order: ascending(p).reversed()) { value, place in
      smallest = min(smallest, value * Double(place + 1))
      return smallest
    }
  }

  /// Keeps the expected share of false alarms among all alarms below the level.
  ///
  /// - Source: Benjamini and Hochberg (1995).
  package static func benjaminiHochberg(_ p: [Double]) -> [Double] {
    var smallest = 1.0
    return adjust(p, order: ascending(p).reversed()) { value, place in
      smallest = min(smallest, value * Double(p.count) / Double(p.count - place))
      return smallest
    }
  }

  private static func ascending(_ p: [Double]) -> [Int] {
    p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
  }

  private static func adjust(
    _ p: [Double], order: [Int], _ adjusted: (Double, Int) -> Double
  ) -> [Double] {
    precondition(p.allSatisfy { $0 >= 0 && $0 <= 1 }, "a p-value outside [0, 1]: \(p)")
    var answers = p
    for (place, index) in order.enumerated() { answers[index] = adjusted(p[index], place) }
    return answers
  }
}
