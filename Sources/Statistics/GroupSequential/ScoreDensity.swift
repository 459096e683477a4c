import Probability

/// Where the score stands at one look of a group-sequential trial that has not stopped before.
///
/// The score is a Brownian motion with drift whose time is the fraction of the information; z = score/√time. Its
/// density between the stopping bounds is kept at Gauss-Legendre nodes, on panels so short that what comes before and
/// after is smooth on them: probabilities are right to 10⁻¹³ or better.
///
/// - Source: Armitage, McPherson and Rowe (1969); Jennison and Turnbull (2000), chapter 19.
struct ScoreDensity: Sendable {
  private(set) var time: Double
  private var nodes: [Double]
  /// Density times the rule's weight.
  private var masses: [Double]
  /// How far the time moved to get here: how smooth the density is.
  private var stepBefore = Double.infinity

  /// All mass at one score.
  init(time: Double = 0, score: Double = 0) {
    self.time = time
    nodes = [score]
    masses = [1]
  }

  private static let reach = 9.0
  private static let panel = 4.0

  /// The probability to be above the critical value z at the later `time`, and its derivative by z.
  func above(z: Double, time next: Double, drift: Double) -> (probability: Double, slope: Double) {
    let step = next - time
    let root = step.squareRoot()
    let target = z * next.squareRoot() - drift * step
    var total = 0.0
    var density = 0.0
    for i in nodes.indices {
      let distance = (target - nodes[i]) / root
      total += masses[i] * Normal.survival(distance)
      density += masses[i] * Normal.density(distance)
    }
    return (total, -density * next.squareRoot() / root)
  }

  func below(z: Double, time next: Double, drift: Double) -> Double {
    let step = next - time
    let root = step.squareRoot()
    let target = z * next.squareRoot() - drift * step
    var total = 0.0
    for i in nodes.indices {
      total += masses[i] * Normal.survival((nodes[i] - target) / root)
    }
    return total
  }

  /// The density at the later `time`, between the critical values `lower` and `upper`.
  ///
  /// - Parameter stepAfter: how far the time will move from there.
  func advanced(
    to next: Double, between bounds: (lower: Double, upper: Double), drift: Double,
    stepAfter: Double
  ) -> ScoreDensity {
    let step = next - time
    let spread = next.squareRoot()
    let centre = drift * next
    // Beyond `reach` standard deviations below there is nothing to lose; above, tiny crossing probabilities have to
    // keep their digits, up to where densities underflow.
    let low = max(bounds.lower * spread, centre - Self.reach * spread)
    let high = min(
      bounds.upper * spread, centre + (bounds.upper < .infinity ? 37 : Self.reach) * spread)
    var result = self
    result.time = next
    result.stepBefore = step
    result.nodes = []
    result.masses = []
    guard low < high else { return result }
    let smooth = (1 / (1 / step + 1 / stepAfter)).squareRoot()
    let panels = max(1, Int(((high - low) / (Self.panel * smooth)).rounded(.up)))
    let half = (high - low) / Double(2 * panels)
    let rule = GaussLegendre.sixteen
    result.nodes.reserveCapacity(16 * panels)
    result.masses.reserveCapacity(16 * panels)
    for panel in 0..<panels {
      let middle = low + half * Double(2 * panel + 1)
      for i in 0..<16 {
        result.nodes.append(middle + half * rule.nodes[i])
        result.masses.append(half * rule.weights[i])
      }
    }
    weigh(&result, step: step, shift: drift * step)
    return result
  }

  /// Multiplies the weights of `next` with the density that this one has become.
  private func weigh(_ next: inout ScoreDensity, step: Double, shift: Double) {
    let scale = 1 / (2 * step)
    let constant = 0x1.9884533d43651p-2 / step.squareRoot()
    // What is 39 standard deviations of the step away is 0 in doubles.
    let far = 39 * step.squareRoot()
    var exponents: [Double] = []
    exponents.reserveCapacity(nodes.count)
    var first = 0
    for j in next.nodes.indices {
      let target = next.nodes[j] - shift
      while first < nodes.count, nodes[first] < target - far { first += 1 }
      exponents.removeAll(keepingCapacity: true)
      var i = first
      while i < nodes.count, nodes[i] <= target + far {
        let distance = target - nodes[i]
        exponents.append(-distance * distance * scale)
        i += 1
      }
      var span = exponents.mutableSpan
      Elementary.exp(inPlace: &span)
      var sum = 0.0
      for k in 0..<exponents.count { sum += masses[first + k] * exponents[k] }
      next.masses[j] *= constant * sum
    }
  }
}
