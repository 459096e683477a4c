import Probability

/// Stopping bounds for a trial that is looked at a few times, in z values.
///
/// Information is told as a fraction of what the trial was planned to have; drift is the expected z at the fraction 1.
///
/// - Source: Jennison and Turnbull (2000); boundaries by numerical integration, see `ScoreDensity`.
package struct GroupSequentialDesign: Sendable, Equatable {
  /// Rising, above 0.
  package let information: [Double]
  /// Of all sides together.
  package let alpha: Double
  package let sides: Sides
  /// The z at which a look rejects; infinity where nothing may be spent.
  package internal(set) var upper: [Double]
  /// What each look spends of the upper side's error.
  package internal(set) var spent: [Double]
  /// Bounds for giving up, the last one equal to the upper.
  package internal(set) var futility: Futility?

  package enum Sides: Sendable, Equatable {
    /// Rejects for large z.
    case one
    /// Rejects for large |z|, each side with half of the error.
    case two

    var count: Double { self == .one ? 1 : 2 }
  }

  package struct Futility: Sendable, Equatable {
    package internal(set) var lower: [Double]
    /// The drift for which the error of giving up holds.
    package internal(set) var drift: Double
    /// Whether giving up is a must, so that the upper bounds count on it.
    package internal(set) var isBinding: Bool
  }

  /// - Parameters:
  ///   - information: the fractions at the looks, rising; the last may be above or below 1.
  ///   - spendsAll: whether the last look spends what is left even where less than all information is in.
  package init(
    spending: SpendingFunction, information: [Double], alpha: Double, sides: Sides,
    spendsAll: Bool = false
  ) {
    self.init(information, alpha, sides)
    var before = 0.0
    var cumulative = information.map { spending.spent(at: $0, of: alphaOfSide) }
    if spendsAll { cumulative[cumulative.count - 1] = alphaOfSide }
    var walk = ScoreWalk(information, drift: 0)
    for look in information.indices {
      spent[look] = max(0, cumulative[look] - before)
      before = cumulative[look]
      upper[look] = walk.criticalAbove(spent[look])
      walk.pass(lower: sides == .two ? -upper[look] : -.infinity, upper: upper[look])
    }
  }

  /// The error does not have to be spent by a function: the bounds have a shape, and one constant makes the error alpha.
  package init(
    shape: ClassicalShape, information: [Double], alpha: Double, sides: Sides
  ) {
    self.init(information, alpha, sides)
    let last = information[information.count - 1]
    let factors = information.map { shape.factor(at: $0 / last) }
    let bounds = { (constant: Double) in factors.map { constant * $0 } }
    let target = Elementary.log(alphaOfSide)
    let constant = SequentialRoot.rising(from: Normal.upperQuantile(alphaOfSide), step: 1) {
      target - Elementary.log(characteristics(drift: 0, upper: bounds($0)).power)
    }
    upper = bounds(constant)
    spent = characteristics(drift: 0).above
  }

  private init(_ information: [Double], _ alpha: Double, _ sides: Sides) {
    precondition(!information.isEmpty && information[0] > 0, "information \(information)")
    precondition(zip(information, information.dropFirst()).allSatisfy { $0 < $1 }, "\(information)")
    precondition(alpha > 0 && alpha < 1, "an error of \(alpha)")
    self.information = information
    self.alpha = alpha
    self.sides = sides
    upper = information.map { _ in .infinity }
    spent = information.map { _ in 0 }
  }
}

// MARK: - What a design does

extension GroupSequentialDesign {
  /// How a trial with some drift ends.
  package struct Characteristics: Sendable, Equatable {
    /// The probability to reject upwards at each look.
    package var above: [Double]
    /// The probability to reject downwards, or to give up, at each look; what stays between the bounds to the end is in
    /// neither.
    package var below: [Double]
    /// In fractions of the planned information.
    package var expectedInformation: Double

    /// The probability to reject upwards.
    package var power: Double { above.reduce(0, +) }
  }

  /// - Parameters:
  ///   - drift: the expected z when all planned information is in; 0 under the null hypothesis.
  ///   - obeysFutility: whether the trial stops at its bounds for giving up.
  package func characteristics(
    drift: Double, obeysFutility: Bool = true
  ) -> Characteristics {
    characteristics(drift: drift, upper: upper, lower: obeysFutility ? futility?.lower : nil)
  }

  private func characteristics(
    drift: Double, upper: [Double], lower: [Double]? = nil
  ) -> Characteristics {
    var walk = ScoreWalk(information, drift: drift)
    var result = Characteristics(above: [], below: [], expectedInformation: 0)
    var left = 1.0
    for look in information.indices {
      let low = lower?[look] ?? (sides == .two ? -upper[look] : -.infinity)
      let above = walk.above(upper[look])
      let below = low > -.infinity ? walk.below(low) : 0
      result.above.append(above)
      result.below.append(below)
      let isLast = look == information.count - 1
      result.expectedInformation += information[look] * (isLast ? left : above + below)
      left -= above + below
      walk.pass(lower: low, upper: upper[look])
    }
    return result
  }

  /// The drift at which the design rejects upwards with the probability `power`.
  package func drift(power: Double) -> Double {
    precondition(power > alphaOfSide && power < 1, "a power of \(power)")
    return SequentialRoot.rising(from: 0, step: fixedDrift(power: power)) {
      characteristics(drift: $0).power - power
    }
  }

  /// How many times the information of a trial with one look, of the same error and power, has to be planned for.
  package func inflation(power: Double) -> Double {
    let ratio = drift(power: power) / fixedDrift(power: power)
    return ratio * ratio
  }

  /// What is expected to be needed under the drift that has this power, in information of the trial with one look.
  package func expectedInflation(power: Double) -> Double {
    characteristics(drift: drift(power: power)).expectedInformation * inflation(power: power)
  }

  /// The drift of a trial with one look.
  package func fixedDrift(power: Double) -> Double {
    Normal.upperQuantile(alphaOfSide) + Normal.quantile(power)
  }

  var alphaOfSide: Double { alpha / sides.count }

  /// The probability, as seen after `look` (from 0) with this z, that a later look rejects upwards.
  ///
  /// - Parameter drift: nil for the one that the trial has shown so far.
  package func conditionalPower(after look: Int, z: Double, drift: Double?) -> Double {
    precondition(information.indices.contains(look), "look \(look) of \(information.count)")
    let time = information[look]
    let drift = drift ?? z / time.squareRoot()
    var walk = ScoreWalk(information, drift: drift, after: look, z: z)
    var power = 0.0
    for later in (look + 1)..<max(look + 1, information.count) {
      power += walk.above(upper[later])
      walk.pass(
        lower: futility?.lower[later] ?? (sides == .two ? -upper[later] : -.infinity),
        upper: upper[later])
    }
    return power
  }
}
