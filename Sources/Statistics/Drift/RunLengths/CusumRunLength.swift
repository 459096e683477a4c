import Probability

/// The run length of the cumulative sum chart on normal values, in their standard deviations.
///
/// - Source: Page (1954); the equation of `RunLengthEquation`. Two sides: van Dobben de Bruyn (1968) and Lucas and Crosier (1982),
///   1/L = 1/L⁺ + 1/L⁻, exact for charts whose sides have one allowance and one threshold.
package struct CusumRunLength: Sendable, Equatable {
  /// k.
  package let allowance: Double
  /// h.
  package let threshold: Double
  package let sides: Cusum.Sides
  /// Where the sums start.
  package let headStart: Double

  package init(
    allowance: Double, threshold: Double, sides: Cusum.Sides = .both, headStart: Double = 0
  ) {
    precondition(allowance >= 0 && threshold > 0, "k \(allowance), h \(threshold)")
    precondition(headStart >= 0 && headStart <= threshold, "head start \(headStart)")
    self.allowance = allowance
    self.threshold = threshold
    self.sides = sides
    self.headStart = headStart
  }

  /// The mean number of values up to the alarm where their mean lies `shift` standard deviations off.
  package func mean(shift: Double = 0) throws(Unavailable) -> Double {
    switch sides {
    case .up: return try oneSided(shift).started
    case .down: return try oneSided(-shift).started
    case .both:
      let (up, down) = (try oneSided(shift), try oneSided(-shift))
      return (up.started * down.fresh + up.fresh * down.started - up.fresh * down.fresh)
        / (up.fresh + down.fresh)
    }
  }

  /// The chance of an alarm within so many values, of a one-sided chart.
  package func probability(within count: Int, shift: Double = 0) -> Double {
    precondition(sides != .both, "the sides of a two-sided chart are not independent")
    let equation = equation(sides == .up ? shift : -shift)
    return 1 - start(of: equation.survival(count), equation, sides == .up ? shift : -shift, 0)
  }

  private func oneSided(_ shift: Double) throws(Unavailable) -> (fresh: Double, started: Double) {
    let equation = equation(shift)
    let means = try equation.means()
    return (means[0], start(of: means, equation, shift, 1))
  }

  /// A solution at the head start: the equation itself carries it there from the nodes.
  private func start(
    of solution: [Double], _ equation: RunLengthEquation, _ shift: Double, _ constant: Double
  ) -> Double {
    guard headStart > 0 else { return solution[0] }
    let rule = GaussLegendre(count: equation.states.count - 1)
    let half = threshold / 2
    var sum = constant + Normal.cdf(allowance - headStart - shift) * solution[0]
    for node in rule.nodes.indices {
      let place = equation.states[node + 1]
      sum +=
        half * rule.weights[node] * Normal.density(place + allowance - headStart - shift)
        * solution[node + 1]
    }
    return sum
  }

  private func equation(_ shift: Double) -> RunLengthEquation {
    RunLengthEquation(
      interval: 0...threshold, nodes: 24 + Int(6 * threshold),
      atom: (0, { Normal.cdf(allowance - $0 - shift) }),
      density: { Normal.density($1 + allowance - $0 - shift) })
  }

  /// The threshold at which the mean run length without a shift is `meanRunLength`.
  ///
  /// - Parameter meanRunLength: above that of a threshold of 0, and at most 1e9.
  package static func threshold(
    allowance: Double, meanRunLength: Double, sides: Cusum.Sides = .both
  ) throws(Unavailable) -> Double {
    let goal = Elementary.log(meanRunLength)
    func excess(_ threshold: Double) -> Double {
      let chart = CusumRunLength(allowance: allowance, threshold: threshold, sides: sides)
      return ((try? chart.mean()).map { Elementary.log($0) } ?? .infinity) - goal
    }
    var high = 1.0
    while excess(high) < 0 {
      high *= 2
      guard high < 1_000 else { throw .unreachable(best: high) }
    }
    let low = high == 1 ? 1e-6 : high / 2
    guard excess(low) <= 0 else { throw .unreachable(best: low) }
    return bracketedRoot(low, high, excess)
  }
}
