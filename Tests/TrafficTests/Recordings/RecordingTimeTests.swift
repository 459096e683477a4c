import Testing

@testable import Traffic

@Suite("Times of a recording") struct RecordingTimeTests {
  /// The arrival of one row, or nil when its time is refused.
  private func read(
    _ time: String, _ format: RecordingPlan.TimeFormat = .automatic, zone: Double = 0
  ) throws -> String? {
    let folder = try RecordingFolder()
    try folder.write("x,time\n1,\"\(time)\"\n")
    let plan = dataPlan {
      $0.timeFormat = format
      $0.zoneOffset = SimulatedDuration(seconds: zone * 3600)
    }
    do {
      let source = try RecordingSource(plan: plan, baseDirectory: folder.path)
      return try TrafficContract.replay(source, blockSize: 1).requests.first?.arrival.rfc3339
    } catch TrafficError.badData {
      return nil
    }
  }

  @Test(
    "may be written in RFC 3339, with or without a zone, to the nanosecond",
    arguments: [
      ("2026-01-31T14:00:00Z", "2026-01-31T14:00:00Z"),
      ("2026-01-31t14:00:00z", "2026-01-31T14:00:00Z"),
      ("2026-01-31 14:00:00", "2026-01-31T14:00:00Z"),
      ("2026-01-31T14:00", "2026-01-31T14:00:00Z"),
      ("2026-01-31", "2026-01-31T00:00:00Z"),
      ("2023-11-16 18:15:46.6805900", "2023-11-16T18:15:46.68059Z"),
      ("2026-01-31T14:00:00.123456789Z", "2026-01-31T14:00:00.123456789Z"),
      ("2026-01-31T14:00:00.12345678900Z", "2026-01-31T14:00:00.123456789Z"),
      ("2026-01-31T14:00:00.5+10:00", "2026-01-31T04:00:00.5Z"),
      ("2026-01-31T14:00:00-0330", "2026-01-31T17:30:00Z"),
      ("2019-11-24 00:03:24.688993+00:00", "2019-11-24T00:03:24.688993Z"),
      ("2026-03-01T00:30:00+01", "2026-02-28T23:30:00Z"),
      ("1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999999999Z"),
      ("1700-02-28T00:00:00Z", "1700-02-28T00:00:00Z"),
      ("2261-12-31T23:59:59Z", "2261-12-31T23:59:59Z"),
      ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999999999Z"),
      ("2017-01-01T00:59:60.7+01:00", "2016-12-31T23:59:59.999999999Z"),
    ])
  func rfc3339(written: String, expected: String) throws {
    #expect(try read(written) == expected)
  }

  @Test(
    "are refused when there is no such time",
    arguments: [
      "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-32", "2026-01-31T24:00:00",
      "2026-01-31T14:60",
      "2026-01-31T14:00:61Z", "2026-01-31T14:00:60Z", "2026-01-31T14:00:00.Z",
      "2026-01-31T14:00:00.1234567891Z", "2026-01-31T14:00:00+25:00", "2026-01-31T14:00:00+1",
      "2026-01-31T14:00:00Z ", "2026-01-31T", "2026-01-31 14", "2026-1-31", "2026-01-3",
      "202x-01-31",
      "2026-01-31T1/:00:00", "2026-01-31T14:00:00ZZ", "1677-01-01", "2263-01-01", "soon", "12:30",
      "1.2.3", "-", "1e9", "99999999999999999999",
    ])
  func refused(written: String) throws {
    #expect(try read(written) == nil)
  }

  @Test("without a zone are read in the one assumed, which is told")
  func zones() throws {
    #expect(try read("2026-01-31T14:00:00", zone: 10) == "2026-01-31T04:00:00Z")
    #expect(try read("2026-01-31T14:00:00Z", zone: 10) == "2026-01-31T14:00:00Z")
    let folder = try RecordingFolder()
    for (time, isAssumed) in [("2026-01-31", true), ("2026-01-31T00:00Z", false), ("17", false)] {
      try folder.write("x,time\n1,\(time)\n")
      let plan = dataPlan { $0.zoneOffset = SimulatedDuration(seconds: 3600) }
      let source = try RecordingSource(plan: plan, baseDirectory: folder.path)
      #expect(source.assumedZone == (isAssumed ? SimulatedDuration(seconds: 3600) : nil))
    }
  }

  @Test("count a leap second that was moved")
  func leapSeconds() throws {
    let folder = try RecordingFolder()
    try folder.write(
      "x,time\n1,2016-12-31T23:59:59.5Z\n2,2016-12-31T23:59:60.25Z\n3,2017-01-01T00:00:00Z\n")
    let traffic = try TrafficContract.check {
      try RecordingSource(plan: dataPlan(), baseDirectory: folder.path)
    }
    #expect(
      traffic.counts.map(\.sentence)
        == ["1 time fell into a leap second and was moved to the end of the second before"])
  }

  @Test(
    "may count seconds, milliseconds, microseconds or nanoseconds, told by their size",
    arguments: [
      ("0", "1970-01-01T00:00:00Z"), ("1.5", "1970-01-01T00:00:01.5Z"),
      ("-1", "1969-12-31T23:59:59Z"), ("-0.25", "1969-12-31T23:59:59.75Z"),
      ("1714636243.233953", "2024-05-02T07:50:43.233953Z"),
      ("1714636243.2339531239", "2024-05-02T07:50:43.233953124Z"),
      ("1714636243", "2024-05-02T07:50:43Z"), ("1714636243233", "2024-05-02T07:50:43.233Z"),
      ("1714636243233953", "2024-05-02T07:50:43.233953Z"),
      ("1714636243233953124", "2024-05-02T07:50:43.233953124Z"),
      ("1714636243233.5", "2024-05-02T07:50:43.2335Z"), ("807256800", "1995-08-01T06:00:00Z"),
    ])
  func epochs(written: String, expected: String) throws {
    #expect(try read(written) == expected)
  }

  @Test("may count any unit")
  func ownUnits() throws {
    let days = RecordingPlan.TimeFormat.epoch(nanosecondsPerUnit: 86_400_000_000_000)
    #expect(try read("20454.5", days) == "2026-01-01T12:00:00Z")
    #expect(try read("0.000000000000005", days) == "1970-01-01T00:00:00Z")
    #expect(try read("0.000000000000006", days) == "1970-01-01T00:00:00.000000001Z")
    #expect(try read("200000", days) == nil)
  }

  @Test(
    "may follow a pattern",
    arguments: [
      ("%d/%b/%Y:%H:%M:%S %z", "17/May/2015:10:05:03 +0000", "2015-05-17T10:05:03Z"),
      ("%d/%b/%Y:%H:%M:%S %z", "01/Aug/1995:00:00:01 -0400", "1995-08-01T04:00:01Z"),
      ("%m/%d/%y %I:%M %p", "1/5/26 12:30 AM", "2026-01-05T00:30:00Z"),
      ("%m/%d/%y %I:%M %p", "01/05/70 01:30 pm", "1970-01-05T13:30:00Z"),
      ("%Y%m%dT%H%M%S.%f", "20260131T140000.25", "2026-01-31T14:00:00.25Z"),
      ("%A, %d %B %Y %T %Z", "Saturday, 31 January 2026 14:00:00 GMT", "2026-01-31T14:00:00Z"),
      ("%a %b %e %T %Y", "Sat Jan 31 14:00:00 2026", "2026-01-31T14:00:00Z"),
      ("%Y-%j", "2024-366", "2024-12-31T00:00:00Z"),
      ("%s.%f", "1714636243.5", "2024-05-02T07:50:43.5Z"),
      ("%F %R%z", "2026-01-31 14:00+02:00", "2026-01-31T12:00:00Z"),
      ("%D %T 100%%", "01/31/26 14:00:01 100%", "2026-01-31T14:00:01Z"),
      ("%d. %m. %Y", "31.1.2026", "2026-01-31T00:00:00Z"),
    ])
  func patterns(pattern: String, written: String, expected: String) throws {
    #expect(try read(written, .pattern(pattern)) == expected)
  }

  @Test(
    "are refused when they do not follow their pattern",
    arguments: [
      ("%Y-%j", "2023-366"), ("%d/%m/%Y", "31/02/2026"), ("%d/%m/%Y", "31/01/2026 "),
      ("%d/%m/%Y", "31/01"), ("%b %d %Y", "Foo 01 2026"), ("%H:%M", "12:30"),
      ("%Y-%m-%d %I %p", "2026-01-01 13 PM"), ("%Y %z", "2026 +9"), ("%Y %Z", "2026 CEST"),
    ])
  func refusedPatterns(pattern: String, written: String) throws {
    #expect(try read(written, .pattern(pattern)) == nil)
  }

  @Test("are of the format of the first row, all of them")
  func oneFormat() throws {
    let folder = try RecordingFolder()
    try folder.write("x,time\n1,100\n2,2026-01-31\n")
    let told = try RecordingDiagnosticsTests.told(dataPlan(), folder)
    #expect(
      told.hasPrefix(
        "data.csv:3: error: time time holds \"2026-01-31\", not a number of seconds since 1970"))
  }
}
