import Probability

/// The mean of a column as two numbers, from an exact sum.
struct Centre: Sendable, Equatable {
  /// The mean, rounded.
  let value: Double
  /// The mean of what remains of the values when `value` is taken off.
  let rest: Double

  init(value: Double, rest: Double) {
    self.value = value
    self.rest = rest
  }

  /// - Parameter values: one at least.
  init(of values: [Double]) {
    let n = Double(values.count)
    var total = ExactSum()
    total.add(contentsOf: values)
    let mean = total.value / n
    value = mean
    // Pieces of 18 bits have exact products with every n below 2³⁵.
    let high = Self.head(mean)
    let middle = Self.head(mean - high)
    total.add(-n * high)
    total.add(-n * middle)
    total.add(-n * ((mean - high) - middle))
    rest = total.value / n
  }

  /// The first 18 bits of `value`.
  private static func head(_ value: Double) -> Double {
    Double(bitPattern: value.bitPattern & 0xffff_fff8_0000_0000)
  }
}
