import Probability

/// A law and a time in words.
struct LawText {
  /// Times carry a unit; ratios have none.
  let isOfTimes: Bool

  /// "8.25 ms"; four digits.
  static func time(_ seconds: Double) -> String {
    guard seconds.isFinite else { return NumberStyle.missing }
    let units = [(1.0, "s"), (1e3, "ms"), (1e6, "µs"), (1e9, "ns")]
    let (factor, unit) = units.first { seconds.magnitude * $0.0 >= 1 } ?? (1, "s")
    if seconds == 0 { return "0 s" }
    if seconds.magnitude * 1e9 < 1 { return "\(number(seconds * 1e9)) ns" }
    return "\(number(seconds * factor)) \(unit)"
  }

  /// Four digits, without zeros at the end.
  static func number(_ x: Double) -> String {
    NumberStyle.terminal.number(
      x, decimals: Digits.decimals(significant: 4, of: x)
    ).trimmedZeros
  }

  func amount(_ x: Double) -> String { isOfTimes ? Self.time(x) : Self.number(x) }

  /// The parameters of a fitted law.
  func parameters(_ law: Distribution) -> String {
    switch law {
    case .exponential(let mean): return "mean \(amount(mean))"
    case .lognormal(let mu, let sigma):
      return "median \(amount(Elementary.exp(mu))), sigma \(Self.number(sigma))"
    case .gamma(let shape, let scale), .weibull(let shape, let scale):
      return "shape \(Self.number(shape)), scale \(amount(scale))"
    case .shifted(let by, let law): return "from \(amount(by)) up, \(parameters(law))"
    case .mixture(let parts):
      let total = parts.reduce(0) { $0 + $1.weight }
      return parts.map {
        "\(NumberStyle.terminal.percent($0.weight / total)) \(parameters($0.distribution))"
      }.joined(separator: "; ")
    case .quantiles(_, let values):
      return "\(values.count) points, \(amount(values[0])) to \(amount(values[values.count - 1]))"
    default: return ""
    }
  }
}

extension String {
  fileprivate var trimmedZeros: String {
    guard contains(".") else { return self }
    var text = self
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
