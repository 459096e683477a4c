import Probability

/// An estimate as it will be: where it lies from the value that is tested, and how far it will vary.
package struct PlannedEstimate: Sendable, Equatable {
  /// The expected estimate less the tested value, on the scale on which it is nearly normal.
  package var distance: Double
  /// Of the estimate, under the truth.
  package var standardError: Double
  /// That the test divides by: under its null hypothesis where it assumes one.
  package var nullStandardError: Double
  /// Infinity is a z test.
  package var degreesOfFreedom: Double

  package init(
    distance: Double, standardError: Double, nullStandardError: Double? = nil,
    degreesOfFreedom: Double = .infinity
  ) {
    self.distance = distance
    self.standardError = standardError
    self.nullStandardError = nullStandardError ?? standardError
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The chance to reject upwards, with `tail` of error there.
  ///
  /// - Source: the noncentral t; for z, Φ((distance − z s₀) / s₁).
  package func powerAbove(tail: Double) -> Double {
    guard standardError > 0, distance.isFinite else { return distance > 0 ? 1 : 0 }
    if degreesOfFreedom.isFinite { return powerOfT(critical(tail)) }
    return Normal.cdf((distance - critical(tail) * nullStandardError) / standardError)
  }

  /// P(T > t) of the noncentral t, t > 0.
  private func powerOfT(_ t: Double) -> Double {
    let noncentrality = distance / standardError
    if noncentrality < 60 {
      return noncentrality < -40
        ? 0
        : NoncentralT(degreesOfFreedom: degreesOfFreedom, noncentrality: noncentrality).survival(t)
    }
    // Far out the mixtures have too many terms. T > t where s < (z + noncentrality) / t: the mean of that chance over
    // z, which is smooth.
    let law = ChiSquare(degreesOfFreedom: degreesOfFreedom)
    var sum = 0.0
    for panel in -9..<9 {
      sum += GaussLegendre.sixteen.integral(over: Double(panel)...Double(panel + 1)) { z in
        let s = (z + noncentrality) / t
        return Normal.density(z) * law.cdf(degreesOfFreedom * s * s)
      }
    }
    return min(1, sum)
  }

  /// The chance to reject downwards.
  package func powerBelow(tail: Double) -> Double { mirrored.powerAbove(tail: tail) }

  /// The chance to reject on either side, with `tail` of error on each.
  package func powerEither(tail: Double) -> Double {
    min(1, powerAbove(tail: tail) + powerBelow(tail: tail))
  }

  /// The estimate of the other difference.
  package var mirrored: PlannedEstimate {
    var mirrored = self
    mirrored.distance = -distance
    return mirrored
  }

  func critical(_ tail: Double) -> Double {
    TEstimate(value: 0, standardError: 1, degreesOfFreedom: degreesOfFreedom)
      .criticalValue(upperTail: tail)
  }

  /// The chance that this estimate lies far enough above its value and `other`, the same estimate, below its own: both
  /// one-sided tests of an equivalence.
  ///
  /// With s the estimated error over the true one, s² being χ²/ν, the mean over s of the chance that z lies between.
  ///
  /// - Source: Owen (1965); Phillips (1990).
  package func powerBetween(_ other: PlannedEstimate, tail: Double) -> Double {
    let c = critical(tail)
    func chance(_ s: Double) -> Double {
      let low = (s * c * nullStandardError - distance) / standardError
      let high = (-other.distance - s * c * other.nullStandardError) / other.standardError
      return low < high ? Normal.cdf(high) - Normal.cdf(low) : 0
    }
    guard degreesOfFreedom.isFinite else { return chance(1) }
    // From this s on, nothing lies between.
    let room = distance / standardError - other.distance / other.standardError
    let most =
      room
      / (c * (nullStandardError / standardError + other.nullStandardError / other.standardError))
    return most > 0 ? Self.overSpread(degreesOfFreedom, upTo: most, chance) : 0
  }

  /// The mean of `value` over s below `most`, where ν s² is chi-square with ν degrees of freedom.
  private static func overSpread(
    _ degreesOfFreedom: Double, upTo most: Double, _ value: (Double) -> Double
  ) -> Double {
    let half = degreesOfFreedom / 2
    // log s is nearly normal with this spread.
    let spread = (0.5 / degreesOfFreedom).squareRoot() * (1 + 1 / degreesOfFreedom)
    let constant = Elementary.log(2) + half * Elementary.log(half) - GammaFunction.log(half)
    let (from, to) = (-20 * spread, min(10 * spread, Elementary.log(most)))
    guard from < to else { return 0 }
    let panels = 40
    var sum = 0.0
    for panel in 0..<panels {
      let width = (to - from) / Double(panels)
      let start = from + Double(panel) * width
      sum += GaussLegendre.sixteen.integral(over: start...(start + width)) {
        let square = Elementary.exp(2 * $0)
        let density = Elementary.exp(constant + degreesOfFreedom * $0 - half * square)
        return density < 1e-22 ? 0 : density * value(square.squareRoot())
      }
    }
    return sum
  }
}
