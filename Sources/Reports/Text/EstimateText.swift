import Simulation

/// An estimate in the unit a person reads it in, with digits that follow its interval.
struct EstimateText {
  var value: Double
  var interval: Interval?
  var decimals: Int

  /// - Parameter factor: turns the metric's own unit into the one that is read (100 for percent).
  init(_ estimate: Estimate, factor: Double) {
    value = estimate.value * factor
    interval = estimate.interval.map {
      Interval(low: $0.low * factor, high: $0.high * factor, level: $0.level)
    }
    decimals = Self.decimals(value: value, interval: interval)
  }

  static func decimals(value: Double, interval: Interval?) -> Int {
    guard let interval, let half = halfWidth(value, interval), half > 0 else {
      return Digits.decimals(significant: 3, of: value)
    }
    return Digits.decimals(halfWidth: half)
  }

  private static func halfWidth(_ value: Double, _ interval: Interval) -> Double? {
    switch (interval.low.isFinite, interval.high.isFinite) {
    case (true, true): (interval.high - interval.low) / 2
    case (true, false): value - interval.low
    case (false, true): interval.high - value
    case (false, false): nil
    }
  }

  func number(_ style: NumberStyle, signed: Bool = false) -> String {
    style.number(value, decimals: decimals, signed: signed)
  }

  /// "[0.8, 3.0]", or nothing without an interval.
  func bracket(_ style: NumberStyle) -> String {
    guard let interval else { return "" }
    let low = style.number(interval.low, decimals: decimals)
    let high = style.number(interval.high, decimals: decimals)
    return "[\(low), \(high)]"
  }

  /// "1.9 points [0.8, 3.0]".
  func full(_ style: NumberStyle, unit: String, signed: Bool = false) -> String {
    let head = style.unit(number(style, signed: signed), unit)
    return interval == nil ? head : head + " " + bracket(style)
  }

  /// The same with its direction told by a word: magnitude, and the ends turned with it.
  func turnedPositive() -> Self {
    guard value < 0 else { return self }
    var turned = self
    turned.value = -value
    turned.interval = interval.map { Interval(low: -$0.high, high: -$0.low, level: $0.level) }
    return turned
  }

  var intervalExcludesZero: Bool {
    guard let interval else { return false }
    return interval.low > 0 || interval.high < 0
  }
}
