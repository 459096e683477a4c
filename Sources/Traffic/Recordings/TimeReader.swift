/// Reads times of one format as nanoseconds since 1970 in UTC.
struct TimeReader {
  enum Format: Equatable {
    case rfc3339
    case epoch(nanosecondsPerUnit: Int64)
    case pattern(TimePattern)
  }

  enum Fault: Error, Equatable { case unreadable, outOfRange }

  let format: Format
  /// What local clocks that name no zone are ahead of UTC.
  private let zoneOffset: Int
  /// Whether a time without a zone was read.
  private(set) var assumedZone = false
  /// Seconds numbered 60, which were read as the last nanosecond of the minute.
  private(set) var leapSeconds = 0
  /// The last date read and its midnight, because neighbours mostly share it.
  private var dateLetters: (UInt64, UInt64) = (0, 0)
  private var midnight = 0

  init(_ format: Format, zoneOffset: SimulatedDuration) {
    self.format = format
    self.zoneOffset = Int(zoneOffset.nanoseconds)
  }

  /// Tells the format from one time: nil when it is neither RFC 3339 nor a number.
  ///
  /// A number counts seconds below 10¹¹ (year 5138), milliseconds below 10¹⁴, microseconds below 10¹⁷,
  /// else nanoseconds.
  static func detect(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Format? {
    var digits = start
    if digits < end, bytes[digits] == UInt8(ascii: "-") { digits += 1 }
    let firstDigit = digits
    while digits < end, bytes[digits] &- 48 <= 9 { digits += 1 }
    if digits == firstDigit + 4, digits < end, bytes[digits] == UInt8(ascii: "-") {
      return .rfc3339
    }
    if digits == firstDigit { return nil }
    if digits < end {
      guard bytes[digits] == UInt8(ascii: ".") else { return nil }
      for index in digits + 1..<end where bytes[index] &- 48 > 9 { return nil }
    }
    switch digits - firstDigit {
    case ...11: return .epoch(nanosecondsPerUnit: 1_000_000_000)
    case ...14: return .epoch(nanosecondsPerUnit: 1_000_000)
    case ...17: return .epoch(nanosecondsPerUnit: 1000)
    default: return .epoch(nanosecondsPerUnit: 1)
    }
  }

  /// What a message says that was expected.
  var formatWords: String {
    switch format {
    case .rfc3339: "an RFC 3339 time such as 2026-01-31T14:00:00Z"
    case .epoch(1_000_000_000): "a number of seconds since 1970"
    case .epoch(1_000_000): "a number of milliseconds since 1970"
    case .epoch(1000): "a number of microseconds since 1970"
    case .epoch(1): "a number of nanoseconds since 1970"
    case .epoch(let size): "a number of units of \(size) ns since 1970"
    case .pattern(let pattern): "a time of the form \(quoted(pattern.text))"
    }
  }

  mutating func read(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int
  ) -> Result<Int64, Fault> {
    switch format {
    case .rfc3339: readRFC3339(bytes, start, end)
    case .epoch(let size): Self.readEpoch(bytes, start, end, nanosecondsPerUnit: size)
    case .pattern(let pattern):
      switch pattern.read(bytes, start, end) {
      case .success(let clock): instant(clock)
      case .failure(let fault): .failure(fault)
      }
    }
  }

  // MARK: RFC 3339

  /// "1996-05-07", a space or T, "12:30", perhaps ":59", perhaps up to nine digits of a second, perhaps a
  /// zone; also the date alone.
  private mutating func readRFC3339(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int
  ) -> Result<Int64, Fault> {
    guard end - start >= 10, readDate(bytes, start) else { return .failure(.unreadable) }
    var clock = ClockReading(midnight: midnight)
    var index = start + 10
    if index < end {
      let separator = bytes[index]
      guard separator == 0x20 || separator | 0x20 == UInt8(ascii: "t") else {
        return .failure(.unreadable)
      }
      guard clock.readTimeOfDay(bytes, &index, end), clock.readZone(bytes, &index, end),
        index == end
      else { return .failure(.unreadable) }
    }
    return instant(clock)
  }

  /// Reads "YYYY-MM-DD" into `midnight`.
  @inline(__always)
  private mutating func readDate(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    let head = ByteWords.word(bytes, start, count: 8)
    let tail = ByteWords.word(bytes, start + 8, count: 2)
    if head == dateLetters.0, tail == dateLetters.1 { return true }
    return readNewDate(bytes, start, letters: (head, tail))
  }

  @inline(never)
  private mutating func readNewDate(
    _ bytes: Span<UInt8>, _ start: Int, letters: (UInt64, UInt64)
  ) -> Bool {
    guard let year = twoDigits(bytes, start), let ofCentury = twoDigits(bytes, start + 2),
      bytes[start + 4] == UInt8(ascii: "-"), let month = twoDigits(bytes, start + 5),
      bytes[start + 7] == UInt8(ascii: "-"), let day = twoDigits(bytes, start + 8),
      let date = CalendarDate(year: year * 100 + ofCentury, month: month, day: day)
    else { return false }
    dateLetters = letters
    midnight = date.daysSinceEpoch
    return true
  }

  /// Puts a clock's reading together: days, nanosecond of the day, zone.
  @inline(__always)
  private mutating func instant(_ clock: ClockReading) -> Result<Int64, Fault> {
    var time = clock.nanosecondOfDay
    if let zone = clock.zone {
      time -= zone
    } else {
      time -= zoneOffset
      assumedZone = true
    }
    if clock.isLeapSecond {
      // A leap second is the last one of a day in UTC; elsewhere 60 is no second.
      let nextSecond = floorRemainder(time, SimulatedTime.nanosecondsPerDay)
      guard nextSecond < SimulatedTime.nanosecondsPerSecond else { return .failure(.unreadable) }
      time -= nextSecond + 1
      leapSeconds += 1
    }
    let (days, overflows) = clock.midnight.multipliedReportingOverflow(
      by: SimulatedTime.nanosecondsPerDay)
    let (sum, overflowsToo) = days.addingReportingOverflow(time)
    return overflows || overflowsToo ? .failure(.outOfRange) : .success(Int64(sum))
  }

  // MARK: Numbers

  /// A count of units since 1970 with any decimals, exactly, rounded to the nearest nanosecond.
  private static func readEpoch(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, nanosecondsPerUnit: Int64
  ) -> Result<Int64, Fault> {
    var index = start
    let isNegative = index < end && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    let firstDigit = index
    var whole: UInt64 = 0
    while index < end, bytes[index] &- 48 <= 9 {
      let (product, overflows) = whole.multipliedReportingOverflow(by: 10)
      if overflows || product > .max - 9 { return .failure(.outOfRange) }
      whole = product + UInt64(bytes[index] &- 48)
      index += 1
    }
    if index == firstDigit { return .failure(.unreadable) }
    var fraction: UInt64 = 0
    var scale: UInt64 = 1
    if index < end {
      if bytes[index] != UInt8(ascii: ".") { return .failure(.unreadable) }
      index += 1
      while index < end, bytes[index] &- 48 <= 9 {
        // Digits past the 18th are below any nanosecond's half that could still be decided.
        if scale < 1_000_000_000_000_000_000 {
          fraction = fraction * 10 + UInt64(bytes[index] &- 48)
          scale *= 10
        }
        index += 1
      }
      if index < end { return .failure(.unreadable) }
    }
    let unit = UInt64(nanosecondsPerUnit)
    let (nanoseconds, overflows) = whole.multipliedReportingOverflow(by: unit)
    let (quotient, remainder) = scale.dividingFullWidth(fraction.multipliedFullWidth(by: unit))
    let half = scale - remainder
    let roundsUp = remainder > half || (remainder == half && quotient & 1 == 1)
    let (sum, overflowsToo) = nanoseconds.addingReportingOverflow(quotient + (roundsUp ? 1 : 0))
    if overflows || overflowsToo || sum > UInt64(Int64.max) { return .failure(.outOfRange) }
    return .success(isNegative ? -Int64(sum) : Int64(sum))
  }
}

/// What a written time says before it is put on the time line.
struct ClockReading {
  /// Days since 1970.
  var midnight: Int
  var nanosecondOfDay = 0
  /// Nanoseconds ahead of UTC, when the text says so.
  var zone: Int?
  var isLeapSecond = false

  init(midnight: Int) { self.midnight = midnight }

  /// Reads "?HH:MM[:SS[.fraction]]" from the separator on.
  @inline(__always)
  mutating func readTimeOfDay(_ bytes: Span<UInt8>, _ index: inout Int, _ end: Int) -> Bool {
    guard end - index >= 6, let hour = twoDigits(bytes, index + 1),
      bytes[index + 3] == UInt8(ascii: ":"), let minute = twoDigits(bytes, index + 4),
      hour <= 23, minute <= 59
    else { return false }
    var second = 0
    index += 6
    var nanosecond = 0
    if index < end, bytes[index] == UInt8(ascii: ":") {
      guard end - index >= 3, let seconds = twoDigits(bytes, index + 1), seconds <= 60
      else { return false }
      second = seconds
      index += 3
      if index < end, bytes[index] == UInt8(ascii: ".") {
        index += 1
        guard let fraction = readFraction(bytes, &index, end) else { return false }
        nanosecond = fraction
      }
    }
    set(hour: hour, minute: minute, second: second, nanosecond: nanosecond)
    return true
  }

  mutating func set(hour: Int, minute: Int, second: Int, nanosecond: Int) {
    isLeapSecond = second == 60
    let seconds = (hour * 60 + minute) * 60 + second
    nanosecondOfDay =
      seconds * SimulatedTime.nanosecondsPerSecond + (isLeapSecond ? 0 : nanosecond)
  }

  /// Reads "Z", "+10:00", "+1000", "+10", or nothing.
  @inline(__always)
  mutating func readZone(_ bytes: Span<UInt8>, _ index: inout Int, _ end: Int) -> Bool {
    if index == end { return true }
    let sign = bytes[index]
    index += 1
    if sign | 0x20 == UInt8(ascii: "z") {
      zone = 0
      return true
    }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), end - index >= 2,
      let hours = twoDigits(bytes, index), hours <= 23
    else { return false }
    index += 2
    var minutes = 0
    if index < end, bytes[index] == UInt8(ascii: ":") { index += 1 }
    if index < end {
      guard end - index >= 2, let more = twoDigits(bytes, index), more <= 59 else { return false }
      minutes = more
      index += 2
    }
    let size = (hours * 60 + minutes) * 60 * SimulatedTime.nanosecondsPerSecond
    zone = sign == UInt8(ascii: "-") ? -size : size
    return true
  }
}

/// The number that two digits stand for.
@inline(__always)
func twoDigits(_ bytes: Span<UInt8>, _ place: Int) -> Int? {
  let tens = bytes[place] &- 48
  let ones = bytes[place + 1] &- 48
  return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : nil
}

/// One to nine digits after the point, as nanoseconds; more only where they are zeros.
@inline(__always)
func readFraction(_ bytes: Span<UInt8>, _ index: inout Int, _ end: Int) -> Int? {
  var nanoseconds = 0
  var place = SimulatedTime.nanosecondsPerSecond
  let first = index
  while index < end {
    let digit = bytes[index] &- 48
    if digit > 9 { break }
    if place == 1, digit != 0 { return nil }
    if place > 1 {
      place /= 10
      nanoseconds += Int(digit) * place
    }
    index += 1
  }
  return index == first ? nil : nanoseconds
}
