/// exp(exponent) · factor: a tail probability that may lie below the smallest double.
struct ScaledProbability {
  var exponent: Double
  var factor: Double

  var value: Double { Elementary.exp(exponent) * factor }
  var logarithm: Double { exponent + Elementary.log(factor) }

  func plus(_ other: ScaledProbability) -> ScaledProbability {
    if factor == 0 || other.factor == 0 { return factor == 0 ? other : self }
    let top = max(exponent, other.exponent)
    return ScaledProbability(
      exponent: top,
      factor: factor * Elementary.exp(exponent - top)
        + other.factor * Elementary.exp(other.exponent - top))
  }
}

/// One of two complementary probabilities, the one that was computed without cancellation.
struct Tail {
  var isLower: Bool
  var probability: ScaledProbability

  init(isLower: Bool, probability: ScaledProbability) {
    self.isLower = isLower
    self.probability = probability
  }

  /// A count of equally likely cases, of a total.
  init(isLower: Bool, share: Double, of total: Double) {
    self.isLower = isLower
    let ratio = share / total
    probability =
      ratio > 1e-300 || share == 0
      ? ScaledProbability(exponent: 0, factor: ratio)
      : ScaledProbability(exponent: Elementary.log(share) - Elementary.log(total), factor: 1)
  }

  /// No probability, as of arguments without a meaning.
  static let none = Tail(isLower: true, probability: ScaledProbability(exponent: 0, factor: .nan))
  /// Everything lies above: the lower tail is 0.
  static let below = Tail(isLower: true, probability: ScaledProbability(exponent: 0, factor: 0))
  /// Everything lies below: the upper tail is 0.
  static let above = Tail(isLower: false, probability: ScaledProbability(exponent: 0, factor: 0))

  /// The tails exchanged.
  var mirrored: Tail { Tail(isLower: !isLower, probability: probability) }

  /// The lower tail or the upper as it is asked for.
  func scaled(lower asksLower: Bool) -> ScaledProbability {
    asksLower == isLower
      ? probability : ScaledProbability(exponent: 0, factor: 1 - probability.value)
  }

  var lower: Double { isLower ? value : 1 - value }
  var upper: Double { isLower ? 1 - value : value }
  var logLower: Double { isLower ? logarithm : Elementary.log1p(-value) }
  var logUpper: Double { isLower ? Elementary.log1p(-value) : logarithm }

  /// Roundings do not lift a probability above 1.
  private var value: Double { probability.value > 1 ? 1 : probability.value }
  private var logarithm: Double { probability.logarithm > 0 ? 0 : probability.logarithm }
}
