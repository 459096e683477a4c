import Probability

/// Maps values to positions.
struct Scale: Sendable {
  var low: Double
  var high: Double
  var from: Double
  var to: Double
  var isLogarithmic = false

  init(_ low: Double, _ high: Double, from: Double, to: Double, isLogarithmic: Bool = false) {
    self.low = low
    self.high = high
    self.from = from
    self.to = to
    self.isLogarithmic = isLogarithmic
  }

  func callAsFunction(_ x: Double) -> Double {
    let span = transformed(high) - transformed(low)
    guard span != 0, x.isFinite else { return (from + to) / 2 }
    return from + (transformed(x) - transformed(low)) / span * (to - from)
  }

  /// Inside the drawn range, so that an interval that runs out stops at the edge.
  func clamped(_ x: Double) -> Double {
    if x == .infinity { return to }
    if x == -.infinity { return from }
    return self(min(high, max(low, x)))
  }

  private func transformed(_ x: Double) -> Double {
    isLogarithmic ? Elementary.log(max(x, 1e-300)) : x
  }
}

/// Where an axis is marked, and with which words.
struct Tick: Sendable, Equatable {
  var value: Double
  var label: String
}

enum Ticks {
  /// Steps of 1, 2, 2.5 or 5 times a power of ten, at most `count` + 1 of them, inside [low, high].
  static func linear(_ low: Double, _ high: Double, count: Int, style: NumberStyle) -> [Tick] {
    guard high > low, low.isFinite, high.isFinite, count > 0 else {
      return low.isFinite
        ? [
          Tick(
            value: low, label: style.number(low, decimals: Digits.decimals(significant: 3, of: low))
          )
        ]
        : []
    }
    let rough = (high - low) / Double(count)
    let exponent = Digits.exponent(of: rough)
    let base = Digits.powerOfTen(exponent)
    let multiple = [1.0, 2, 2.5, 5, 10].first { $0 * base >= rough * 0.999 } ?? 10
    let step = multiple * base
    let decimals = max(0, -exponent + (multiple == 2.5 ? 1 : 0) - (multiple == 10 ? 1 : 0))
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 100 else { return [] }
    return (0...Int(last - first)).map { index in
      let value = (first + Double(index)) * step
      return Tick(
        value: value, label: value == 0 ? "0" : style.number(value, decimals: decimals))
    }
  }

  /// Powers of ten, with 2 and 5 between them where there is room.
  static func logarithmic(_ low: Double, _ high: Double, style: NumberStyle) -> [Tick] {
    guard low > 0, high > low else { return [] }
    let first = Digits.exponent(of: low)
    let last = Digits.exponent(of: high)
    let multiples: [Double] = last - first <= 2 ? [1, 2, 5] : (last - first <= 4 ? [1, 3] : [1])
    var ticks: [Tick] = []
    for exponent in first...(last + 1) {
      for multiple in multiples {
        let value = multiple * Digits.powerOfTen(exponent)
        guard value >= low * 0.999_999, value <= high * 1.000_001 else { continue }
        ticks.append(Tick(value: value, label: style.number(value, decimals: max(0, -exponent))))
      }
    }
    return ticks
  }
}
