import Traffic

/// Ticks of a time axis at the boundaries of the calendar: midnights, Mondays, firsts of months.
struct TimeTicks {
  var ticks: [Tick]

  private enum Step {
    case fixed(seconds: Int64)
    case months(Int)

    var seconds: Double {
      switch self {
      case .fixed(let seconds): Double(seconds)
      case .months(let months): Double(months) * 2_629_746
      }
    }
  }

  private static let steps: [Step] =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200]
    .map { .fixed(seconds: $0) }
    + [86_400, 2 * 86_400, 7 * 86_400, 14 * 86_400].map { .fixed(seconds: $0) }
    + [1, 2, 3, 6, 12, 24, 60, 120, 240, 600].map { .months($0) }

  /// - Parameter count: at most about as many.
  init(_ start: SimulatedTime, _ end: SimulatedTime, count: Int, time: TimeText) {
    let length = (end - start).seconds
    let step =
      Self.steps.first { length / $0.seconds <= Double(count) } ?? Step.months(1_200)
    switch step {
    case _ where length < 4: ticks = Self.fractions(start, end, count: count)
    case .fixed(let seconds):
      ticks =
        time.hasCalendar
        ? Self.calendar(start, end, seconds: seconds)
        : Self.offsets(start, end, seconds: seconds)
    case .months(let months):
      ticks =
        time.hasCalendar
        ? Self.months(start, end, months: months)
        : Self.offsets(start, end, seconds: Self.days(length, count: count) * 86_400)
    }
  }

  private static func days(_ length: Double, count: Int) -> Int64 {
    let steps: [Int64] = [30, 60, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000]
    return steps.first { length / 86_400 / Double($0) <= Double(count) } ?? 100_000
  }

  private static func fractions(_ start: SimulatedTime, _ end: SimulatedTime, count: Int) -> [Tick]
  {
    let span = (end - start).milliseconds
    return Ticks.linear(0, max(span, 1e-6), count: count, style: .page).map {
      Tick(
        value: Double(start.nanoseconds) + $0.value * 1e6,
        label: "+" + $0.label + NumberStyle.page.space + "ms")
    }
  }

  private static func offsets(_ start: SimulatedTime, _ end: SimulatedTime, seconds: Int64)
    -> [Tick]
  {
    let step = seconds * 1_000_000_000
    let count = (end - start).nanoseconds / step
    return (0...max(0, min(200, count))).map { index in
      let offset = SimulatedDuration(nanoseconds: index * step)
      return Tick(
        value: Double((start + offset).nanoseconds),
        label: index == 0 ? "start" : "+" + TimeText.length(offset))
    }
  }

  private static func calendar(_ start: SimulatedTime, _ end: SimulatedTime, seconds: Int64)
    -> [Tick]
  {
    let step = seconds * 1_000_000_000
    // Weeks begin on Monday: 1970-01-05 was one.
    let origin: Int64 = seconds % (7 * 86_400) == 0 ? 4 * CivilTime.nanosecondsPerDay : 0
    let split = (start.nanoseconds - origin).floorDivided(by: step)
    var at = origin + split.quotient * step
    if at < start.nanoseconds { at += step }
    var ticks: [Tick] = []
    var lastDay = ""
    while at <= end.nanoseconds, ticks.count < 200 {
      let civil = CivilTime(SimulatedTime(nanoseconds: at))
      let day = "\(civil.day) \(civil.monthName)"
      let clock = TimeText.clock(civil)
      let label =
        seconds >= 86_400
        ? (ticks.isEmpty ? day + " \(civil.year)" : day)
        : (day == lastDay ? clock : (civil.isMidnight ? day : day + " " + clock))
      ticks.append(Tick(value: Double(at), label: label))
      lastDay = day
      at += step
    }
    return ticks
  }

  private static func months(_ start: SimulatedTime, _ end: SimulatedTime, months: Int) -> [Tick] {
    let first = CivilTime(start)
    var month = (first.year * 12 + first.month - 1).floorDivided(by: months).quotient * months
    var ticks: [Tick] = []
    var lastYear = 0
    while ticks.count < 200 {
      let year = month.floorDivided(by: 12).quotient
      let ordinal = month.floorDivided(by: 12).remainder
      let time = CivilTime.midnight(year: year, month: ordinal)
      if time > end { break }
      if time >= start {
        let name = CivilTime.monthNames[ordinal]
        let label =
          months >= 12 ? "\(year)" : (year == lastYear ? name : "\(name) \(year)")
        ticks.append(Tick(value: Double(time.nanoseconds), label: label))
        lastYear = year
      }
      month += months
    }
    return ticks
  }
}
