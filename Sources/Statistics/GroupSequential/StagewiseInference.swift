import Probability

/// What a group-sequential trial says after it has stopped: p-value, interval and estimate that know of the looks.
///
/// Outcomes are ordered by the look at which the trial stopped: rejecting earlier is more extreme, and at the same look
/// a larger z is. Bounds for giving up that do not bind are left out of account.
///
/// - Source: Tsiatis, Rosner and Mehta (1984); Jennison and Turnbull (2000), section 8.5.
package struct StagewiseInference: Sendable {
  package let design: GroupSequentialDesign
  /// The look at which the trial stopped, from 0.
  package let look: Int
  package let z: Double

  package init(design: GroupSequentialDesign, look: Int, z: Double) {
    precondition(design.information.indices.contains(look), "look \(look)")
    precondition(z.isFinite, "a z of \(z)")
    self.design = design
    self.look = look
    self.z = z
  }

  /// The p-value of "no effect or one downwards", for a one-sided design; of "no effect" for a two-sided one.
  package var p: PValue {
    if look == 0, isAbove {
      let outward = design.sides == .two ? abs(z) : z
      let tail = PValue(value: Normal.survival(outward), ln: Normal.logSurvival(outward))
      return design.sides == .two ? tail.doubled : tail
    }
    guard design.sides == .two else { return PValue(tail(drift: 0, isAbove: isAbove).above) }
    let tails = tail(drift: 0, isAbove: isAbove)
    return PValue(min(tails.above, tails.below)).doubled
  }

  /// The drift that leaves half of the probability to either side.
  package var medianUnbiasedDrift: Double { drift(above: 0.5) }

  /// The drifts that are not rejected at `level`, two-sided.
  package func interval(level: Double) -> ClosedRange<Double> {
    let tail = (1 - level) / 2
    return drift(above: tail)...drift(above: 1 - tail)
  }

  package func lowerBound(level: Double) -> Double { drift(above: 1 - level) }

  /// The interval at this look from the repeated intervals, which hold whether the trial stops or not.
  ///
  /// - Source: Jennison and Turnbull (1989).
  package var repeatedInterval: Bounds {
    let critical = design.upper[look]
    let root = design.information[look].squareRoot()
    let lower = (z - critical) / root
    return Bounds(
      lower: lower, upper: design.sides == .two ? (z + critical) / root : .infinity)
  }

  /// Whether the outcome lies on the upper side, so that the tail above it is the smaller sum.
  private var isAbove: Bool { z >= (lower(look) + design.upper[look]) / 2 || lower(look) < -1e300 }

  private func lower(_ look: Int) -> Double {
    if design.sides == .two { return -design.upper[look] }
    guard let futility = design.futility, futility.isBinding else { return -.infinity }
    return futility.lower[look]
  }

  /// The drift at which an outcome as extreme as this, or more, has the probability `target`.
  private func drift(above target: Double) -> Double {
    let start = z / design.information[look].squareRoot()
    let step = 1 / design.information[look].squareRoot()
    let isComplement = target > 0.5
    // The smaller tail, by its logarithm: rises with the drift.
    func excess(_ drift: Double) -> Double {
      let tails = tail(drift: drift, isAbove: isAbove)
      let value = isComplement ? tails.below : tails.above
      let goal = isComplement ? 1 - target : target
      let ln = value > 0 ? Elementary.log(value) : -1e4
      return isComplement ? Elementary.log(goal) - ln : ln - Elementary.log(goal)
    }
    var (low, high) = (start, start)
    var stride = step
    while excess(low) > 0, stride < 1e6 * step { (low, stride) = (low - stride, 2 * stride) }
    stride = step
    while excess(high) < 0, stride < 1e6 * step { (high, stride) = (high + stride, 2 * stride) }
    return SequentialRoot.rising(from: low, to: high, excess)
  }

  /// The probabilities of outcomes at least and at most as high as this one; one is summed, the other its complement.
  private func tail(drift: Double, isAbove: Bool) -> (above: Double, below: Double) {
    var walk = ScoreWalk(design.information, drift: drift)
    var sum = 0.0
    for earlier in 0..<look {
      let (low, high) = (lower(earlier), design.upper[earlier])
      sum += isAbove ? walk.above(high) : walk.below(low)
      walk.pass(lower: low, upper: high)
    }
    sum += isAbove ? walk.above(z) : walk.below(z)
    let rest = max(0, 1 - sum)
    return isAbove ? (sum, rest) : (rest, sum)
  }
}
