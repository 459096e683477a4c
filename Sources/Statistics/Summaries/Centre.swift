import Probability

/// The mean of a column as two numbers, from an exact sum, and the unit that its squares are taken in.
struct Centre: Sendable, Equatable {
  /// The mean, rounded.
  let value: Double
  /// The mean of what remains of the values when `value` is taken off, nearly.
  let rest: Double
  /// The largest |value|.
  let largest: Double

  /// - Parameter values: one at least.
  init(of values: [Double]) {
    let n = Double(values.count)
    let total = ExactSum.total(values.span)
    value = total.head / n
    rest = Self.rest(total.head, total.rest, n, value)
    largest = total.largest
  }

  /// A power of two at the size of the values where their squares would come near the ends of the doubles; 1
  /// for all usual sizes. Scaling by it rounds nothing.
  var scale: Double { Self.scale(largest: largest) }

  static func scale(largest: Double) -> Double {
    guard largest > 0, largest.isFinite, !(0x1p-200...0x1p200).contains(largest) else { return 1 }
    return Double(sign: .plus, exponent: max(-1000, largest.exponent), significand: 1)
  }

  /// (head + rest − n · mean) / n, with n · mean in two exact parts (Dekker 1971).
  private static func rest(_ head: Double, _ rest: Double, _ n: Double, _ mean: Double) -> Double {
    guard mean.magnitude > 0x1p-900, head.magnitude < 0x1p900 else { return 0 }
    let product = n * mean
    let (a, b) = (upperHalf(n), upperHalf(mean))
    let (c, d) = (n - a, mean - b)
    let error = ((a * b - product) + a * d + c * b) + c * d
    return ((head - product) + (rest - error)) / n
  }

  /// The first 26 bits.
  private static func upperHalf(_ value: Double) -> Double {
    Double(bitPattern: value.bitPattern & 0xffff_ffff_f800_0000)
  }
}
