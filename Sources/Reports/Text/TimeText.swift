import Traffic

/// A calendar date and time of day in UTC, with the words of a chart.
struct CivilTime: Equatable {
  private let date: CalendarDate
  /// Since midnight.
  let nanosecondOfDay: Int

  static let nanosecondsPerDay = Int64(SimulatedTime.nanosecondsPerDay)
  static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  init(_ time: SimulatedTime) {
    date = time.date
    nanosecondOfDay = time.nanosecondOfDay
  }

  /// Midnight in UTC of the first of a month, counted from January of `year`: it may run over 11.
  static func midnight(year: Int, month index: Int) -> SimulatedTime {
    let split = index.floorDivided(by: 12)
    let date = CalendarDate(year: year + split.quotient, month: split.remainder + 1, day: 1)
    return date.flatMap { SimulatedTime(date: $0) } ?? SimulatedTime(nanoseconds: .max)
  }

  var year: Int { date.year }
  var month: Int { date.month }
  var day: Int { date.day }
  /// 0 is Monday.
  var weekday: Int { date.weekday - 1 }
  var monthName: String { Self.monthNames[month - 1] }
  var hour: Int { nanosecondOfDay / 3_600_000_000_000 }
  var minute: Int { nanosecondOfDay / 60_000_000_000 % 60 }
  var second: Int { nanosecondOfDay / 1_000_000_000 % 60 }
  var nanosecond: Int { nanosecondOfDay % 1_000_000_000 }
  var isMidnight: Bool { nanosecondOfDay == 0 }
}

extension FixedWidthInteger {
  /// Quotient rounded down, remainder not negative; `divisor` > 0.
  func floorDivided(by divisor: Self) -> (quotient: Self, remainder: Self) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

/// Moments and lengths of time in words.
struct TimeText {
  /// Where the run starts. Traffic that starts at the epoch has no calendar: its moments are
  /// offsets.
  var start: SimulatedTime

  var hasCalendar: Bool { start.nanoseconds != 0 }

  /// "2 Mar 1998 14:30", or "+3 d 4 h" where the traffic has no calendar.
  func moment(_ time: SimulatedTime) -> String {
    guard hasCalendar else { return "+" + Self.length(time - start) }
    let civil = CivilTime(time)
    let clock = civil.isMidnight ? "" : " " + Self.clock(civil)
    return "\(civil.day) \(civil.monthName) \(civil.year)" + clock
  }

  /// "2 Mar 1998".
  func date(_ time: SimulatedTime) -> String {
    guard hasCalendar else { return moment(time) }
    let civil = CivilTime(time)
    return "\(civil.day) \(civil.monthName) \(civil.year)"
  }

  /// "7 May 1997 to 5 Dec 1998 (19 months)".
  func span(_ duration: SimulatedDuration) -> String {
    let length = Self.aboutLength(duration)
    guard hasCalendar else { return length }
    let end = start + duration
    if date(start) == date(end) {
      let (first, last) = (coarseClock(start, of: duration), coarseClock(end, of: duration))
      return "\(date(start)), \(first) to \(last) (\(length))"
    }
    return "\(date(start)) to \(date(end)) (\(length))"
  }

  /// To the minute or the second, where a run is so long that less says nothing.
  private func coarseClock(_ time: SimulatedTime, of duration: SimulatedDuration) -> String {
    let step: Int64 =
      duration.nanoseconds >= 600_000_000_000
      ? 60_000_000_000 : duration.nanoseconds >= 10_000_000_000 ? 1_000_000_000 : 1
    return Self.clock(
      CivilTime(
        SimulatedTime(nanoseconds: time.nanoseconds.floorDivided(by: step).quotient * step)))
  }

  static func clock(_ civil: CivilTime) -> String {
    let text = two(civil.hour) + ":" + two(civil.minute)
    guard civil.second != 0 || civil.nanosecond != 0 else { return text }
    let fraction = civil.nanosecond / 1_000_000
    return text + ":" + two(civil.second)
      + (fraction == 0 ? "" : "." + String(String(1_000 + fraction).dropFirst()))
  }

  /// Its two largest parts: "3 d 4 h", "1 min 30 s", "250 ms".
  static func length(_ duration: SimulatedDuration) -> String {
    let units: [(Int64, String)] = [
      (86_400_000_000_000, "d"), (3_600_000_000_000, "h"), (60_000_000_000, "min"),
      (1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "µs"), (1, "ns"),
    ]
    var rest = duration.nanoseconds.magnitude
    var parts: [String] = []
    for (size, name) in units where parts.count < 2 {
      let n = rest / UInt64(size)
      if n > 0 { parts.append("\(n) \(name)") } else if !parts.isEmpty { break }
      rest %= UInt64(size)
    }
    let text = parts.isEmpty ? "0 s" : parts.joined(separator: " ")
    return duration.nanoseconds < 0 ? "\u{2212}" + text : text
  }

  /// One rounded number of the unit that fits: "19 months", "9 days", "40 minutes".
  static func aboutLength(_ duration: SimulatedDuration) -> String {
    let seconds = duration.seconds
    let units: [(Double, Double, String)] = [
      (86_400 * 365.2425 * 3, 86_400 * 365.2425, "year"),
      (86_400 * 60, 86_400 * 30.436875, "month"),
      (86_400 * 2, 86_400, "day"), (3_600 * 2, 3_600, "hour"), (120, 60, "minute"),
      (1, 1, "second"),
    ]
    for (from, size, name) in units where seconds >= from {
      let n = Digits.fixed(seconds / size, decimals: 0)
      return "\(n) \(name)\(n == "1" ? "" : "s")"
    }
    return length(duration)
  }

  private static func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
}
