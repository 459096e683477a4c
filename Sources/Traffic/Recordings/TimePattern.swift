/// A form of written times in the letters of strptime (POSIX.1-2024), with English names whatever the locale.
struct TimePattern: Equatable {
  let text: String
  private let parts: [Part]

  private enum Part: Equatable {
    case literal(UInt8)
    /// Any number of blanks, also none.
    case blanks
    case year, yearOfCentury, month, monthName, day, dayOfYear, hour, hourOfHalfDay, halfDay
    case minute, second, fraction, zone, zoneName, weekdayName, epochSeconds
  }

  /// Throws the letter that stands for nothing known, as `RecordingProblem.unknownTimeLetter`.
  init(_ text: String) throws(UnknownLetter) {
    self.text = text
    parts = try Self.parse(text)
  }

  struct UnknownLetter: Error { var letter: String }

  private static func parse(_ text: String) throws(UnknownLetter) -> [Part] {
    var parts: [Part] = []
    var letters = text.makeIterator()
    while let letter = letters.next() {
      guard letter == "%" else {
        parts += letter.isWhitespace ? [.blanks] : letter.utf8.map { .literal($0) }
        continue
      }
      guard let name = letters.next() else { throw UnknownLetter(letter: "% at its end") }
      guard let meaning = try meaning(of: name) else { throw UnknownLetter(letter: "%\(name)") }
      parts += meaning
    }
    return parts
  }

  private static func meaning(of letter: Character) throws(UnknownLetter) -> [Part]? {
    switch letter {
    case "Y": [.year]
    case "y": [.yearOfCentury]
    case "m": [.month]
    case "b", "B", "h": [.monthName]
    case "d", "e": [.day]
    case "j": [.dayOfYear]
    case "H", "k": [.hour]
    case "I", "l": [.hourOfHalfDay]
    case "p": [.halfDay]
    case "M": [.minute]
    case "S": [.second]
    case "f": [.fraction]
    case "z": [.zone]
    case "Z": [.zoneName]
    case "a", "A": [.weekdayName]
    case "s": [.epochSeconds]
    case "n", "t": [.blanks]
    case "%": [.literal(UInt8(ascii: "%"))]
    case "T": try parse("%H:%M:%S")
    case "R": try parse("%H:%M")
    case "D": try parse("%m/%d/%y")
    case "F": try parse("%Y-%m-%d")
    default: nil
    }
  }

  /// Reads all of a text.
  func read(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int
  ) -> Result<ClockReading, TimeReader.Fault> {
    var index = start
    var fields = Fields()
    for part in parts where !fields.read(part, bytes, &index, end) { return .failure(.unreadable) }
    guard index == end, let clock = fields.clock else { return .failure(.unreadable) }
    return .success(clock)
  }

  private struct Fields {
    var year: Int?
    var month = 1
    var day = 1
    var dayOfYear: Int?
    var hour = 0
    var hourOfHalfDay: Int?
    var isAfternoon = false
    var minute = 0
    var second = 0
    var nanosecond = 0
    var zone: Int?
    var epochSeconds: Int?

    mutating func read(
      _ part: Part, _ bytes: Span<UInt8>, _ index: inout Int, _ end: Int
    ) -> Bool {
      switch part {
      case .literal(let byte):
        guard index < end, bytes[index] == byte else { return false }
        index += 1
        return true
      case .blanks:
        while index < end, bytes[index] == 0x20 || (9...13).contains(bytes[index]) { index += 1 }
        return true
      case .year: return number(&year, bytes, &index, end, digits: 4, in: 0...9999)
      case .yearOfCentury:
        var short = 0
        guard number(&short, bytes, &index, end, digits: 2, in: 0...99) else { return false }
        year = short < 69 ? 2000 + short : 1900 + short
        return true
      case .month: return number(&month, bytes, &index, end, digits: 2, in: 1...12)
      case .monthName:
        guard let found = name(Self.months, bytes, &index, end) else { return false }
        month = found + 1
        return true
      case .day: return number(&day, bytes, &index, end, digits: 2, in: 1...31)
      case .dayOfYear: return number(&dayOfYear, bytes, &index, end, digits: 3, in: 1...366)
      case .hour: return number(&hour, bytes, &index, end, digits: 2, in: 0...23)
      case .hourOfHalfDay:
        return number(&hourOfHalfDay, bytes, &index, end, digits: 2, in: 1...12)
      case .halfDay:
        guard let found = name(["am", "pm"], bytes, &index, end) else { return false }
        isAfternoon = found == 1
        return true
      case .minute: return number(&minute, bytes, &index, end, digits: 2, in: 0...59)
      case .second: return number(&second, bytes, &index, end, digits: 2, in: 0...60)
      case .fraction:
        guard let found = readFraction(bytes, &index, end) else { return false }
        nanosecond = found
        return true
      case .zone: return readZone(bytes, &index, end)
      case .zoneName:
        guard name(["utc", "gmt", "z"], bytes, &index, end) != nil else { return false }
        zone = 0
        return true
      case .weekdayName: return name(Self.weekdays, bytes, &index, end) != nil
      case .epochSeconds:
        return number(&epochSeconds, bytes, &index, end, digits: 10, in: 0...(.max))
      }
    }

    /// The instant, when the fields name one.
    var clock: ClockReading? {
      if let epochSeconds {
        let (days, rest) = epochSeconds.quotientAndRemainder(dividingBy: 86_400)
        var clock = ClockReading(midnight: days)
        clock.zone = 0
        clock.nanosecondOfDay = rest * SimulatedTime.nanosecondsPerSecond + nanosecond
        return clock
      }
      guard let year, let date = CalendarDate(year: year, month: month, day: day) else {
        return nil
      }
      var midnight = date.daysSinceEpoch
      if let dayOfYear {
        guard dayOfYear <= (CalendarDate.isLeap(year) ? 366 : 365) else { return nil }
        midnight += dayOfYear - 1
      }
      var clock = ClockReading(midnight: midnight)
      let hour = hourOfHalfDay.map { $0 % 12 + (isAfternoon ? 12 : 0) } ?? hour
      clock.set(hour: hour, minute: minute, second: second, nanosecond: nanosecond)
      clock.zone = zone
      return clock
    }

    /// Up to `digits` digits; POSIX lets leading zeros be left out and blanks stand in their place.
    private func number(
      _ value: inout Int, _ bytes: Span<UInt8>, _ index: inout Int, _ end: Int, digits: Int,
      in range: ClosedRange<Int>
    ) -> Bool {
      while index < end, bytes[index] == 0x20 { index += 1 }
      let first = index
      var found = 0
      while index < end, index - first < digits, bytes[index] &- 48 <= 9 {
        found = found * 10 + Int(bytes[index] &- 48)
        index += 1
      }
      value = found
      return index > first && range.contains(found)
    }

    private func number(
      _ value: inout Int?, _ bytes: Span<UInt8>, _ index: inout Int, _ end: Int, digits: Int,
      in range: ClosedRange<Int>
    ) -> Bool {
      var found = 0
      guard number(&found, bytes, &index, end, digits: digits, in: range) else { return false }
      value = found
      return true
    }

    /// A name or its first three letters, in any case.
    private func name(
      _ names: [String], _ bytes: Span<UInt8>, _ index: inout Int, _ end: Int
    ) -> Int? {
      for (number, name) in names.enumerated() {
        let full = Array(name.utf8)
        for letters in [full, Array(full.prefix(3))]
        where end - index >= letters.count
          && letters.indices.allSatisfy({ bytes[index + $0] | 0x20 == letters[$0] })
        {
          index += letters.count
          return number
        }
      }
      return nil
    }

    private mutating func readZone(
      _ bytes: Span<UInt8>, _ index: inout Int, _ end: Int
    ) -> Bool {
      // The zone may be followed by other parts, so it is cut out first.
      var zoneEnd = index
      while zoneEnd < end, zoneEnd - index < 6,
        bytes[zoneEnd] &- 48 <= 9 || "+-:zZ".utf8.contains(bytes[zoneEnd])
      {
        zoneEnd += 1
      }
      guard zoneEnd > index else { return false }
      var clock = ClockReading(midnight: 0)
      guard clock.readZone(bytes, &index, zoneEnd), index == zoneEnd else { return false }
      zone = clock.zone
      return true
    }

    private static let months = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september",
      "october", "november", "december",
    ]
    private static let weekdays = [
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]
  }
}
