import Probability

/// The mean run length of the two-sided `EwmaChart` with asymptotic limits on normal values, in their standard deviations.
///
/// - Source: Crowder (1987), "A simple method for studying run-length distributions of exponentially weighted moving average charts".
package struct EwmaRunLength: Sendable, Equatable {
  /// λ.
  package let weight: Double
  /// L, in standard deviations of the average.
  package let width: Double

  package init(weight: Double, width: Double) {
    precondition(weight > 0 && weight <= 1 && width > 0, "weight \(weight), width \(width)")
    self.weight = weight
    self.width = width
  }

  /// The mean number of values up to the alarm where their mean lies `shift` standard deviations off.
  package func mean(shift: Double = 0) throws(Unavailable) -> Double {
    let limit = width * (weight / (2 - weight)).squareRoot()
    // The average's step is as wide as λ; some nodes for each of it.
    let nodes = 31 + 2 * Int(4 * limit / weight)
    let equation = RunLengthEquation(
      interval: -limit...limit, nodes: nodes, atom: nil,
      density: { Normal.density(($1 - (1 - weight) * $0) / weight - shift) / weight })
    // An odd rule has a node at 0, where the chart starts.
    return try equation.means()[nodes / 2]
  }

  /// The width at which the mean run length without a shift is `meanRunLength`.
  package static func width(weight: Double, meanRunLength: Double) throws(Unavailable) -> Double {
    let goal = Elementary.log(meanRunLength)
    func excess(_ width: Double) -> Double {
      let chart = EwmaRunLength(weight: weight, width: width)
      return ((try? chart.mean()).map { Elementary.log($0) } ?? .infinity) - goal
    }
    guard excess(0.01) < 0, excess(8) > 0 else { throw .unreachable(best: 8) }
    return bracketedRoot(0.01, 8, excess)
  }
}
