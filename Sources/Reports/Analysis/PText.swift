import Probability
import Statistics

/// How a p-value is written: never as 0 that it is not.
enum PText {
  /// "0.031", "2.1e-7", "1.0e-280": two digits that come from its logarithm where it is small.
  static func text(_ p: PValue) -> String {
    if p.value >= 0.001 { return Digits.fixed(p.value, decimals: p.value < 0.1 ? 3 : 2) }
    guard p.ln.isFinite else { return "0" }
    let log = p.ln / 2.302_585_092_994_045_7
    var exponent = log.rounded(.down)
    var mantissa = Elementary.exp((log - exponent) * 2.302_585_092_994_045_7)
    if mantissa >= 9.95 {
      mantissa = 1
      exponent += 1
    }
    return "\(Digits.fixed(mantissa, decimals: 1))e\(Int(exponent))"
  }

  /// "p = 0.031".
  static func equation(_ p: PValue) -> String { "p = \(text(p))" }
}
