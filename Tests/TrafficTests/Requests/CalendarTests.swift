import Foundation
import Testing

@testable import Traffic

@Suite("The calendar") struct CalendarTests {
  private func time(_ text: String) throws -> SimulatedTime {
    let bytes = Array(text.utf8)
    var reader = TimeReader(.rfc3339, zoneOffset: .zero)
    return SimulatedTime(nanoseconds: try reader.read(bytes.span, 0, bytes.count).get())
  }

  @Test("agrees with the system's on every day of 1600 to 2500")
  func everyDay() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    var previous: CalendarDate?
    for day in stride(from: -135_140, through: 194_000, by: 1) {
      let date = CalendarDate(daysSinceEpoch: day)
      if date.daysSinceEpoch != day { Issue.record("day \(day) gave \(date)") }
      if let previous, previous >= date { Issue.record("\(date) is not after \(previous)") }
      previous = date
      guard day % 61 == 0 else { continue }
      let parts = calendar.dateComponents(
        [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(day) * 86_400))
      #expect(parts.year == date.year && parts.month == date.month && parts.day == date.day)
      #expect(parts.weekday == date.weekday % 7 + 1)
    }
  }

  @Test("knows which days there are")
  func days() {
    #expect(CalendarDate(year: 2000, month: 2, day: 29) != nil)
    #expect(CalendarDate(year: 1900, month: 2, day: 29) == nil)
    #expect(CalendarDate(year: 2026, month: 4, day: 31) == nil)
    #expect(CalendarDate(year: 2026, month: 13, day: 1) == nil)
    #expect(CalendarDate(year: 2026, month: 1, day: 0) == nil)
    #expect(CalendarDate(year: 2026, month: 12, day: 31)?.quarter == 4)
  }

  @Test(
    "divides time into stretches that begin and end where people think",
    arguments: [
      (.minute, "2026-02-04T13:45:00Z", "2026-02-04T13:46:00Z"),
      (.hour, "2026-02-04T13:00:00Z", "2026-02-04T14:00:00Z"),
      (.day, "2026-02-04T00:00:00Z", "2026-02-05T00:00:00Z"),
      (.week, "2026-02-02T00:00:00Z", "2026-02-09T00:00:00Z"),
      (.month, "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"),
      (.quarter, "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z"),
      (.year, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
    ] as [(CalendarUnit, String, String)])
  func stretches(unit: CalendarUnit, start: String, next: String) throws {
    let moment = try time("2026-02-04T13:45:07.25Z")
    #expect(moment.start(of: unit).rfc3339 == start)
    #expect(moment.startOfNext(unit).rfc3339 == next)
    #expect(try time(start).start(of: unit).rfc3339 == start, "a start is its own start")
    let last = SimulatedTime(nanoseconds: try time(next).nanoseconds - 1)
    #expect(last.start(of: unit).rfc3339 == start)
  }

  @Test("goes over the turn of a year, before 1970, and by another clock")
  func edges() throws {
    let eve = try time("2025-12-31T23:30:00Z")
    #expect(eve.startOfNext(.quarter).rfc3339 == "2026-01-01T00:00:00Z")
    #expect(eve.startOfNext(.month).rfc3339 == "2026-01-01T00:00:00Z")
    #expect(eve.start(of: .week).rfc3339 == "2025-12-29T00:00:00Z")
    let old = try time("1969-12-31T23:59:59.5Z")
    #expect(old.start(of: .hour).rfc3339 == "1969-12-31T23:00:00Z")
    #expect(old.startOfNext(.day).rfc3339 == "1970-01-01T00:00:00Z")
    #expect(old.hour == 23 && old.minute == 59 && old.second == 59)
    let sydney = SimulatedDuration(seconds: 10 * 3600)
    #expect(
      try time("2026-02-04T13:45:00Z").start(of: .day, zone: sydney).rfc3339
        == "2026-02-03T14:00:00Z")
    #expect(
      try time("2026-02-04T14:15:00Z").start(of: .day, zone: sydney).rfc3339
        == "2026-02-04T14:00:00Z")
  }

  @Test("keeps inside of what can be told at its ends", arguments: CalendarUnit.allCases)
  func ends(unit: CalendarUnit) {
    let last = SimulatedTime(nanoseconds: .max)
    let first = SimulatedTime(nanoseconds: .min)
    #expect(last.startOfNext(unit) == last && last.start(of: unit) <= last)
    #expect(first.start(of: unit) == first && first.startOfNext(unit) > first)
    #expect(last.rfc3339 == "2262-04-11T23:47:16.854775807Z")
    #expect(first.rfc3339 == "1677-09-21T00:12:43.145224192Z")
  }

  @Test(
    "prints durations as scenarios write them",
    arguments: [
      (0, "0s"), (1_800_000_000_000, "30m"), (86_400_000_000_000 * 944, "944d"),
      (1_500_000_000, "1.5s"), (250_000_000, "250ms"), (90_000_000_000, "90s"),
      (-7_200_000_000_000, "-2h"), (1_234_567, "1.234567ms"), (1_234_567_891, "1.234567891s"),
      (999, "999ns"), (61_250_000_000, "61.25s"), (5_400_000_000_000, "90m"), (1, "1ns"),
      (12_300, "12.3us"), (Int64.min, "-9223372036.854775808s"),
    ] as [(Int64, String)])
  func durations(nanoseconds: Int64, text: String) {
    #expect(SimulatedDuration(nanoseconds: nanoseconds).text == text)
    guard nanoseconds >= 0 else { return }
    #expect(SimulatedDuration(text: text[...])?.nanoseconds == nanoseconds)
  }

  @Test(
    "reads no duration that is none",
    arguments: [
      "", "5", "ms", "1.ms", ".5s", "-1s", "1h30m", "0.5ns", "1.0000000001s", "1e3s", "1 s",
      "2weeks",
      "99999999999999999999s", "300000d",
    ])
  func noDuration(text: String) {
    #expect(SimulatedDuration(text: text[...]) == nil)
  }

  @Test(
    "prints durations as people say them",
    arguments: [
      (84_600_000_000_000, "23h 30m"), (60_500_000_000, "1m 0.5s"), (1_500_000_000, "1.5s"),
      (-90_061_000_000_000, "-1d 1h 1m 1s"), (3_600_000_000_000, "1h"), (0, "0s"),
    ] as [(Int64, String)])
  func readableDurations(nanoseconds: Int64, text: String) {
    #expect(SimulatedDuration(nanoseconds: nanoseconds).readableText == text)
  }
}
