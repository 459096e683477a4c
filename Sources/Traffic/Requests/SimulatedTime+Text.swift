extension SimulatedTime {
  /// RFC 3339 in UTC, with as many digits of a second as it needs: "1997-05-04T00:30:00.25Z".
  package var rfc3339: String {
    let date = date
    let rest = nanosecondOfDay % Self.nanosecondsPerSecond
    let fraction = rest == 0 ? "" : ".\(decimalDigits(rest, ofWidth: 9))"
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
      + "T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))\(fraction)Z"
  }
}

extension SimulatedDuration {
  /// Exact and short, as scenarios write it: "30m", "944d", "1.5s", "250ms", "-2h".
  ///
  /// The largest unit that gives a whole number of days, hours, minutes or seconds; else decimals of the
  /// largest of s, ms, us and ns that is not too large.
  package var text: String {
    if nanoseconds == 0 { return "0s" }
    let sign = nanoseconds < 0 ? "-" : ""
    let size = nanoseconds.magnitude
    for unit in Self.units where size % unit.size == 0 && unit.size >= Self.second {
      return "\(sign)\(size / unit.size)\(unit.name)"
    }
    let unit = Self.units.first { $0.size <= Self.second && $0.size <= size } ?? ("ns", 1)
    let (whole, rest) = size.quotientAndRemainder(dividingBy: unit.size)
    let places = String(unit.size).count - 1
    let fraction = rest == 0 ? "" : ".\(decimalDigits(Int(rest), ofWidth: places))"
    return "\(sign)\(whole)\(fraction)\(unit.name)"
  }

  /// Of one number and one unit, as `text` writes it: "250ms", "1.5s"; nil where it is none, or has a part
  /// of a nanosecond.
  package init?(text: Substring) {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard let unit = Self.units.first(where: { $0.name == text[number.endIndex...] }),
      let whole = parts.first.flatMap({ UInt64($0) }), parts.count <= 2
    else { return nil }
    var total = whole.multipliedReportingOverflow(by: unit.size)
    var size = unit.size
    for digit in parts.count == 2 ? parts[1] : "" {
      guard size % 10 == 0, let value = digit.wholeNumberValue else { return nil }
      size /= 10
      let (sum, overflows) = total.partialValue.addingReportingOverflow(UInt64(value) * size)
      total = (sum, total.overflow || overflows)
    }
    guard parts.last != "", !total.overflow, let nanoseconds = Int64(exactly: total.partialValue)
    else { return nil }
    self.init(nanoseconds: nanoseconds)
  }

  /// For sentences: the whole of it in units from days to seconds, then a fraction: "23h 30m", "1m 0.5s".
  package var readableText: String {
    var size = nanoseconds.magnitude
    var parts: [String] = []
    for unit in Self.units where unit.size > Self.second && size >= unit.size {
      parts.append("\(size / unit.size)\(unit.name)")
      size %= unit.size
    }
    if parts.isEmpty { return text }
    if size > 0 {
      let rest = size % Self.second
      let fraction = rest == 0 ? "" : ".\(decimalDigits(Int(rest), ofWidth: 9))"
      parts.append("\(size / Self.second)\(fraction)s")
    }
    return (nanoseconds < 0 ? "-" : "") + parts.joined(separator: " ")
  }

  private static let second: UInt64 = 1_000_000_000
  private static let units: [(name: String, size: UInt64)] = [
    ("d", 86_400 * second), ("h", 3600 * second), ("m", 60 * second), ("s", second),
    ("ms", 1_000_000), ("us", 1000), ("ns", 1),
  ]
}

private func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value.magnitude)
  let zeros = String(repeating: "0", count: max(0, width - digits.count))
  return (value < 0 ? "-" : "") + zeros + digits
}

/// The digits after the point of `value / 10^width`, without trailing zeros.
private func decimalDigits(_ value: Int, ofWidth width: Int) -> String {
  var digits = Substring(padded(value, width))
  while digits.last == "0" { digits.removeLast() }
  return String(digits)
}
