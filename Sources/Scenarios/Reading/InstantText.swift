import Traffic

/// Instants as scenarios write them: RFC 3339, or a date alone for its midnight in UTC.
enum InstantText {
  enum Flaw: Error { case form, noZone, noSuchTime, outOfRange }

  static func instant(_ text: String) -> Result<SimulatedTime, Flaw> {
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, let year = number(bytes, 0..<4), bytes[4] == UInt8(ascii: "-"),
      let month = number(bytes, 5..<7), bytes[7] == UInt8(ascii: "-"),
      let day = number(bytes, 8..<10)
    else { return .failure(.form) }
    guard let date = CalendarDate(year: year, month: month, day: day) else {
      return .failure(.noSuchTime)
    }
    if bytes.count == 10 { return time(date, seconds: 0, nanoseconds: 0) }
    return dayTime(bytes).flatMap {
      time(date, seconds: $0.seconds, nanoseconds: $0.nanoseconds)
    }
  }

  /// A distance from UTC such as "+10:00".
  static func zone(_ text: String) -> SimulatedDuration? {
    if text == "UTC" || text == "Z" { return .zero }
    return offset(Array(text.utf8)).map {
      SimulatedDuration(nanoseconds: Int64($0) * 1_000_000_000)
    }
  }

  static func zoneText(_ zone: SimulatedDuration) -> String {
    if zone == .zero { return "UTC" }
    let minutes = Int(zone.nanoseconds.magnitude / 60_000_000_000)
    let sign = zone < .zero ? "-" : "+"
    return "\(sign)\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
  }

  /// What stands after the date: T, a time of day with up to nine digits of a fraction, a zone.
  private static func dayTime(
    _ bytes: [UInt8]
  ) -> Result<(seconds: Int, nanoseconds: Int), Flaw> {
    guard bytes.count >= 19, bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == 0x20,
      let hour = number(bytes, 11..<13), bytes[13] == UInt8(ascii: ":"),
      let minute = number(bytes, 14..<16), bytes[16] == UInt8(ascii: ":"),
      let second = number(bytes, 17..<19)
    else { return .failure(.form) }
    var at = 19
    var nanoseconds = 0
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      let start = at + 1
      at = start
      while at < bytes.count, isDigit(bytes[at]) { at += 1 }
      guard (1...9).contains(at - start), let digits = number(bytes, start..<at) else {
        return .failure(.form)
      }
      nanoseconds = (at - start..<9).reduce(digits) { value, _ in value * 10 }
    }
    guard at < bytes.count else { return .failure(.noZone) }
    guard hour < 24, minute < 60, second < 60 else { return .failure(.noSuchTime) }
    guard let zone = offset(Array(bytes[at...])) else { return .failure(.form) }
    return .success((hour * 3600 + minute * 60 + second - zone, nanoseconds))
  }

  /// Seconds from UTC of "Z" or "±hh:mm".
  private static func offset(_ bytes: [UInt8]) -> Int? {
    if bytes == [UInt8(ascii: "Z")] || bytes == [UInt8(ascii: "z")] { return 0 }
    guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
      let hours = number(bytes, 1..<3), bytes[3] == UInt8(ascii: ":"),
      let minutes = number(bytes, 4..<6), hours < 24, minutes < 60
    else { return nil }
    return (hours * 60 + minutes) * (bytes[0] == UInt8(ascii: "-") ? -60 : 60)
  }

  private static func time(
    _ date: CalendarDate, seconds: Int, nanoseconds: Int
  ) -> Result<SimulatedTime, Flaw> {
    let total =
      (Int128(date.daysSinceEpoch) * 86_400 + Int128(seconds)) * 1_000_000_000 + Int128(nanoseconds)
    guard let exact = Int64(exactly: total) else { return .failure(.outOfRange) }
    return .success(SimulatedTime(nanoseconds: exact))
  }

  private static func number(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    guard range.upperBound <= bytes.count, bytes[range].allSatisfy(isDigit) else { return nil }
    return bytes[range].reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
