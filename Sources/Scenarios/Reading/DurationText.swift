import Traffic

/// Durations as scenarios write them: "250ms", "1h30m", "14d", or ISO 8601 ("P14D").
enum DurationText {
  /// Exact to the nanosecond; nil when it is no duration, has a part of a nanosecond, or is too long.
  static func duration(_ text: String) -> SimulatedDuration? {
    guard let terms = terms(of: text), !terms.isEmpty else { return nil }
    var total: Int128 = 0
    for term in terms {
      guard let nanoseconds = nanoseconds(of: term) else { return nil }
      total += nanoseconds
    }
    return Int64(exactly: total).map(SimulatedDuration.init(nanoseconds:))
  }

  /// The same in seconds as a double, for the parameters of distributions; may carry a minus.
  static func seconds(_ text: String) -> Double? {
    let isNegative = text.hasPrefix("-")
    let unsigned = isNegative ? String(text.dropFirst()) : text
    guard let terms = terms(of: unsigned), !terms.isEmpty else { return nil }
    var total = 0.0
    for term in terms {
      guard let number = Double(term.number), number.isFinite else { return nil }
      // One rounding each: a unit below the second divides by a whole number.
      total +=
        term.unit.nanoseconds < second
        ? number / Double(second / term.unit.nanoseconds)
        : number * Double(term.unit.nanoseconds / second)
    }
    return isNegative ? -total : total
  }

  /// The shortest text that `seconds` reads back as the same double.
  static func text(seconds: Double) -> String {
    if seconds == 0 { return "0s" }
    var best = "\(number(seconds))s"
    for unit in units where unit.name != "s" && unit.isWritten {
      let count =
        unit.nanoseconds < second
        ? seconds * Double(second / unit.nanoseconds) : seconds / Double(unit.nanoseconds / second)
      for candidate in [count, count.nextUp, count.nextDown] {
        let text = "\(number(candidate))\(unit.name)"
        if text.count < best.count, self.seconds(text) == seconds { best = text }
      }
    }
    return best
  }

  struct Unit: Sendable {
    let name: String
    let nanoseconds: Int64
    /// Whether resolved scenarios use it.
    var isWritten = true
  }

  private struct Term {
    let number: Substring
    let unit: Unit
  }

  private static let second: Int64 = 1_000_000_000

  /// Ascending.
  static let units: [Unit] = [
    Unit(name: "ns", nanoseconds: 1), Unit(name: "us", nanoseconds: 1000),
    Unit(name: "µs", nanoseconds: 1000, isWritten: false),
    Unit(name: "μs", nanoseconds: 1000, isWritten: false),
    Unit(name: "ms", nanoseconds: 1_000_000), Unit(name: "s", nanoseconds: second),
    Unit(name: "m", nanoseconds: 60 * second),
    Unit(name: "min", nanoseconds: 60 * second, isWritten: false),
    Unit(name: "h", nanoseconds: 3600 * second), Unit(name: "d", nanoseconds: 86_400 * second),
    Unit(name: "w", nanoseconds: 604_800 * second, isWritten: false),
  ]

  private static func number(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func terms(of text: String) -> [Term]? {
    text.hasPrefix("P") ? isoTerms(of: text.dropFirst()) : plainTerms(of: text[...])
  }

  private static func plainTerms(of text: Substring) -> [Term]? {
    var rest = text
    var terms: [Term] = []
    while !rest.isEmpty {
      guard let number = numberPrefix(of: rest) else { return nil }
      rest = rest[number.endIndex...]
      let name = rest.prefix { !$0.isNumber && $0 != "." }
      guard let unit = units.first(where: { $0.name == name }) else { return nil }
      rest = rest[name.endIndex...]
      terms.append(Term(number: number, unit: unit))
    }
    return terms
  }

  /// ISO 8601 without years and months, whose length is not fixed.
  private static func isoTerms(of text: Substring) -> [Term]? {
    var rest = text
    var letters: [Character: String] = ["W": "w", "D": "d"]
    var terms: [Term] = []
    while let first = rest.first {
      if first == "T" {
        letters = ["H": "h", "M": "m", "S": "s"]
        rest = rest.dropFirst()
        guard !rest.isEmpty else { return nil }
        continue
      }
      guard let number = numberPrefix(of: rest), let letter = rest[number.endIndex...].first,
        let name = letters.removeValue(forKey: letter),
        let unit = units.first(where: { $0.name == name })
      else { return nil }
      rest = rest[number.endIndex...].dropFirst()
      terms.append(Term(number: number, unit: unit))
    }
    return terms
  }

  /// Digits, with digits after a point and an exponent where they stand.
  private static func numberPrefix(of text: Substring) -> Substring? {
    var end = text.startIndex
    func passDigits() -> Bool {
      let start = end
      while end < text.endIndex, text[end].isASCII, text[end].isNumber {
        end = text.index(after: end)
      }
      return end > start
    }
    guard passDigits() else { return nil }
    if end < text.endIndex, text[end] == "." {
      end = text.index(after: end)
      guard passDigits() else { return nil }
    }
    if end < text.endIndex, text[end] == "e" {
      end = text.index(after: end)
      if end < text.endIndex, text[end] == "-" || text[end] == "+" { end = text.index(after: end) }
      guard passDigits() else { return nil }
    }
    return text[..<end]
  }

  private static func nanoseconds(of term: Term) -> Int128? {
    let parts = term.number.split(separator: "e")
    guard let mantissa = parts.first, let exponent = parts.count > 1 ? Int(parts[1]) : 0 else {
      return nil
    }
    let sides = mantissa.split(separator: ".")
    let fraction = sides.count > 1 ? sides[1].reversed().drop { $0 == "0" }.reversed() : []
    guard sides[0].count + fraction.count <= 24, let digits = Int128(sides[0] + String(fraction)),
      (-40...24).contains(exponent)
    else { return nil }
    let (product, overflows) = digits.multipliedReportingOverflow(
      by: Int128(term.unit.nanoseconds))
    guard !overflows else { return nil }
    return shifted(product, by: exponent - fraction.count)
  }

  /// `value` · 10^`power`, when that is whole and fits.
  private static func shifted(_ value: Int128, by power: Int) -> Int128? {
    var value = value
    for _ in 0..<abs(power) {
      if power > 0 {
        let (next, overflows) = value.multipliedReportingOverflow(by: 10)
        if overflows { return nil }
        value = next
      } else {
        guard value.isMultiple(of: 10) else { return nil }
        value /= 10
      }
    }
    return value
  }
}
