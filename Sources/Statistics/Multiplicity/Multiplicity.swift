import Probability

/// p-values adjusted for being several, in the order they were given.
package enum Multiplicity {
  /// Keeps the chance of any false alarm below the level, whatever the dependence; Holm's always does better.
  package static func bonferroni(_ p: [Double]) -> [Double] {
    adjust(p, order: Array(p.indices)) { value, _ in min(1, value * Double(p.count)) }
  }

  /// 1 − (1 − p)^m: keeps the chance of any false alarm below the level for independent tests.
  ///
  /// - Source: Šidák (1967).
  package static func sidak(_ p: [Double]) -> [Double] {
    adjust(p, order: Array(p.indices)) { value, _ in power(value, p.count) }
  }

  /// Holm's steps with Šidák's correction, for independent tests.
  package static func holmSidak(_ p: [Double]) -> [Double] {
    var largest = 0.0
    return adjust(p, order: ascending(p)) { value, place in
      largest = max(largest, power(value, p.count - place))
      return largest
    }
  }

  /// Closed testing with Simes's test of every subset: at least as powerful as Hochberg's, on the same conditions.
  ///
  /// - Complexity: O(m²).
  /// - Source: Hommel (1988), with the algorithm of Wright (1992).
  package static func hommel(_ p: [Double]) -> [Double] {
    let order = ascending(p)
    let sorted = order.map { p[$0] }
    let m = sorted.count
    guard m > 1 else { return p }
    func simes(_ size: Int, from start: Int) -> Double {
      (1...size).reduce(Double.infinity) {
        min($0, Double(size) * sorted[start + $1 - 1] / Double($1))
      }
    }
    var adjusted = [Double](repeating: simes(m, from: 0), count: m)
    for size in stride(from: m - 1, to: 1, by: -1) {
      // The `size` − 1 largest values and one of the others.
      let tail = (1..<size).reduce(Double.infinity) {
        min($0, Double(size) * sorted[m - size + $1] / Double($1 + 1))
      }
      for index in 0...(m - size) {
        adjusted[index] = max(adjusted[index], min(Double(size) * sorted[index], tail))
      }
      for index in (m - size + 1)..<m {
        adjusted[index] = max(adjusted[index], adjusted[m - size])
      }
    }
    var answers = p
    for (place, index) in order.enumerated() {
      answers[index] = min(1, max(adjusted[place], sorted[place]))
    }
    return answers
  }

  /// Keeps the expected share of false alarms among all alarms below the level, whatever the dependence.
  ///
  /// - Source: Benjamini and Yekutieli (2001).
  package static func benjaminiYekutieli(_ p: [Double]) -> [Double] {
    let harmonic = stride(from: p.count, to: 0, by: -1).reduce(0) { $0 + 1 / Double($1) }
    var smallest = 1.0
    return adjust(p, order: ascending(p).reversed()) { value, place in
      smallest = min(smallest, value * harmonic * Double(p.count) / Double(p.count - place))
      return smallest
    }
  }

  /// The level at which the intervals of `selected` out of `of` findings keep the expected share of selected intervals
  /// that miss below 1 − `level`.
  ///
  /// - Source: Benjamini and Yekutieli (2005), false coverage rate.
  package static func levelOfSelected(
    _ selected: Int, of count: Int, level: Double
  ) -> Double {
    precondition((1...count).contains(selected), "\(selected) selected of \(count)")
    return 1 - Double(selected) * (1 - level) / Double(count)
  }

  private static func power(_ p: Double, _ count: Int) -> Double {
    -Elementary.expm1(Double(count) * Elementary.log1p(-p))
  }

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
