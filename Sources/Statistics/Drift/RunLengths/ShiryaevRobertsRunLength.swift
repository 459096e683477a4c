import Probability

/// The mean run length of `ShiryaevRoberts` on normal values whose mean may move by `shift` standard deviations.
///
/// The statistic is followed as s = ln(1 + R), which starts at 0.
///
/// - Source: Moustakides, Polunchenko and Tartakovsky (2009), "Numerical comparison of CUSUM and Shiryaev-Roberts procedures".
package struct ShiryaevRobertsRunLength: Sendable, Equatable {
  /// Of the likelihood ratio, in standard deviations; not 0.
  package let shift: Double
  /// A.
  package let threshold: Double

  package init(shift: Double, threshold: Double) {
    precondition(shift != 0 && threshold > 0, "shift \(shift), threshold \(threshold)")
    self.shift = shift
    self.threshold = threshold
  }

  /// The mean number of values up to the alarm where their mean lies `actual` standard deviations off.
  package func mean(actual: Double = 0) throws(Unavailable) -> Double {
    let end = Elementary.log1p(threshold)
    let size = abs(shift)
    // ln of the likelihood ratio is normal with this mean and the standard deviation |shift|.
    let centre = shift * actual - 0.5 * shift * shift
    let equation = RunLengthEquation(
      interval: 0...end, nodes: 48 + Int(12 * end / min(1, size)), atom: nil,
      density: { from, to in
        let next = Elementary.expm1(to)
        let z = (Elementary.log(next) - from - centre) / size
        return Normal.density(z) / size * (next + 1) / next
      })
    let means = try equation.means()
    // From R = 0, once more through the equation: the nodes do not hold the end.
    let rule = GaussLegendre(count: equation.states.count)
    var sum = 1.0
    for node in rule.nodes.indices {
      let next = Elementary.expm1(equation.states[node])
      let z = (Elementary.log(next) - centre) / size
      sum +=
        end / 2 * rule.weights[node] * Normal.density(z) / size * (next + 1) / next * means[node]
    }
    return sum
  }

  /// The threshold at which the mean run length without a shift is `meanRunLength`: a little below it.
  package static func threshold(
    shift: Double, meanRunLength: Double
  ) throws(Unavailable) -> Double {
    precondition(meanRunLength > 1, "a mean run length of \(meanRunLength)")
    let goal = Elementary.log(meanRunLength)
    func excess(_ threshold: Double) -> Double {
      let procedure = ShiryaevRobertsRunLength(shift: shift, threshold: threshold)
      return ((try? procedure.mean()).map { Elementary.log($0) } ?? .infinity) - goal
    }
    let low = meanRunLength * 1e-3
    guard excess(low) < 0, excess(meanRunLength) > 0 else { throw .unreachable(best: low) }
    return bracketedRoot(low, meanRunLength, excess)
  }
}
