import Probability

/// The score on its way through the looks of a trial.
struct ScoreWalk: Sendable {
  private let information: [Double]
  private let drift: Double
  private var density: ScoreDensity
  /// The look that comes next.
  private var look: Int

  init(_ information: [Double], drift: Double) {
    self.information = information
    self.drift = drift
    density = ScoreDensity()
    look = 0
  }

  /// From a known z at the look `past` on.
  init(_ information: [Double], drift: Double, after past: Int, z: Double) {
    self.information = information
    self.drift = drift
    let time = information[past]
    density = ScoreDensity(time: time, score: z * time.squareRoot())
    look = past + 1
  }

  /// The probability to get to the next look and to be above z there.
  func above(_ z: Double) -> Double {
    z < .infinity ? density.above(z: z, time: information[look], drift: drift).probability : 0
  }

  func below(_ z: Double) -> Double {
    z > -.infinity ? density.below(z: z, time: information[look], drift: drift) : 0
  }

  /// The z that leaves the probability `target` above it at the next look, under no drift; infinity for none.
  ///
  /// The logarithm of that probability is concave in z, and without stopping it would be larger: from that z on,
  /// Newton's steps go down to the root.
  func criticalAbove(_ target: Double) -> Double {
    precondition(drift == 0, "a boundary under the drift \(drift)")
    guard target > 1e-300 else { return .infinity }
    var z = Normal.upperQuantile(target)
    if look == 0 { return z }
    let goal = Elementary.log(target)
    for _ in 0..<200 {
      let (probability, slope) = density.above(z: z, time: information[look], drift: drift)
      guard probability > 0, slope < 0 else {
        z -= 0.5
        continue
      }
      let step = (Elementary.log(probability) - goal) * probability / slope
      z -= step
      if step.magnitude <= 1e-14 * max(1, z.magnitude) { break }
      // Less probability is left than should be spent.
      if z < -40 { return -40 }
    }
    return z
  }

  /// The z that leaves the probability `target` below it at the next look, at most `most`; −infinity for none.
  func criticalBelow(_ target: Double, atMost most: Double) -> Double {
    guard target > 1e-300 else { return -.infinity }
    guard below(most) > target else { return most }
    let goal = Elementary.log(target)
    let marginal = drift * information[look].squareRoot() + Normal.quantile(min(0.5, target))
    let low = min(marginal, most) - 1
    return SequentialRoot.rising(from: low, to: most) {
      let probability = below($0)
      return probability > 0 ? Elementary.log(probability) - goal : -1e4
    }
  }

  /// On to the next look, for those who were between the bounds.
  mutating func pass(lower: Double, upper: Double) {
    defer { look += 1 }
    guard look + 1 < information.count else { return }
    density = density.advanced(
      to: information[look], between: (lower, upper), drift: drift,
      stepAfter: information[look + 1] - information[look])
  }
}
