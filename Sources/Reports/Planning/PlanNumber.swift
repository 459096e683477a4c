import Documents
import Simulation

/// Numbers of a plan as a person reads them.
struct PlanNumber {
  let style = NumberStyle.terminal

  /// Three significant digits, or as many as a whole number has.
  func amount(_ x: Double) -> String {
    let size = x.magnitude
    if size != 0, !(1e-6..<1e15).contains(size) {
      return JSONValue.text(of: x).replacing("-", with: style.minus)
    }
    let decimals = max(0, Digits.decimals(significant: 3, of: x))
    return style.number(
      Double(Digits.trimmed(x, decimals: decimals)) ?? x, decimals: kept(x, decimals))
  }

  /// Decimals without zeros at the end.
  private func kept(_ x: Double, _ decimals: Int) -> Int {
    let text = Digits.trimmed(x, decimals: decimals)
    return text.split(separator: ".").count == 2 ? text.split(separator: ".")[1].count : 0
  }

  /// "12.5 %" of 0.125.
  func percent(_ share: Double) -> String { style.unit(amount(100 * share), "%") }

  /// A chance: 80 %, 99.9 %.
  func chance(_ chance: Double) -> String {
    let rest = min(chance, 1 - chance)
    let decimals = rest >= 0.01 ? 1 : rest >= 0.001 ? 2 : 3
    return style.unit(Digits.trimmed(100 * chance, decimals: decimals), "%")
  }

  /// "[76.8, 81.8]", in percent.
  func chances(_ range: ClosedRange<Double>) -> String {
    let ends = [range.lowerBound, range.upperBound].map { Digits.trimmed(100 * $0, decimals: 1) }
    return "[\(ends[0]), \(ends[1])]"
  }

  /// "3.2 hours", "12 days".
  func time(_ days: Double) -> String {
    if days < 1.0 / 24 { return unit(amount(days * 1_440), "minutes") }
    if days < 2 { return unit(amount(days * 24), "hours") }
    return days < 100
      ? unit(amount(days), "days") : unit(count(Int(min(1e15, days.rounded()))), "days")
  }

  private func unit(_ text: String, _ word: String) -> String {
    text == "1" ? "1 \(word.dropLast())" : "\(text) \(word)"
  }

  func count(_ n: Int) -> String { style.count(n) }

  /// "1 day".
  func days(_ days: Int) -> String { "\(count(days)) \(days == 1 ? "day" : "days")" }
}
