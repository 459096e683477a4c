/// A stretch of the calendar that time can be divided into.
package enum CalendarUnit: String, Sendable, CaseIterable {
  case minute, hour, day
  /// From Monday on.
  case week
  case month, quarter, year
}

extension SimulatedTime {
  package static let nanosecondsPerSecond = 1_000_000_000
  package static let nanosecondsPerDay = 86_400 * nanosecondsPerSecond

  /// Midnight of the date plus a time of day; nil outside of the years 1678 to 2262.
  package init?(date: CalendarDate, nanosecondOfDay: Int = 0) {
    let (midnight, overflows) = date.daysSinceEpoch.multipliedReportingOverflow(
      by: Self.nanosecondsPerDay)
    let (time, overflowsToo) = midnight.addingReportingOverflow(nanosecondOfDay)
    // Instants before noon of the first day do not fit as midnight plus a time of day; they are not
    // worth a second road.
    if overflows || overflowsToo { return nil }
    self.init(nanoseconds: Int64(time))
  }

  /// The date in UTC.
  package var date: CalendarDate {
    CalendarDate(daysSinceEpoch: floorDivide(Int(nanoseconds), Self.nanosecondsPerDay))
  }

  /// Nanoseconds since midnight UTC.
  package var nanosecondOfDay: Int { floorRemainder(Int(nanoseconds), Self.nanosecondsPerDay) }

  /// 0...23, in UTC.
  package var hour: Int { nanosecondOfDay / (3600 * Self.nanosecondsPerSecond) }
  /// 0...59.
  package var minute: Int { nanosecondOfDay / (60 * Self.nanosecondsPerSecond) % 60 }
  /// 0...59, whole seconds.
  package var second: Int { nanosecondOfDay / Self.nanosecondsPerSecond % 60 }

  /// When the stretch that holds this instant began.
  ///
  /// - Parameter zone: the distance from UTC of the clock that the calendar follows.
  /// - Returns: an instant at or before this one; the earliest that can be told, if it is before 1678.
  package func start(of unit: CalendarUnit, zone: SimulatedDuration = .zero) -> SimulatedTime {
    boundary(of: unit, stepsOn: 0, zone: zone) ?? Self(nanoseconds: .min)
  }

  /// When the stretch after the one that holds this instant begins.
  ///
  /// - Returns: an instant after this one; the latest that can be told, if it is after 2262.
  package func startOfNext(_ unit: CalendarUnit, zone: SimulatedDuration = .zero) -> SimulatedTime {
    boundary(of: unit, stepsOn: 1, zone: zone) ?? Self(nanoseconds: .max)
  }

  private func boundary(
    of unit: CalendarUnit, stepsOn steps: Int, zone: SimulatedDuration
  ) -> SimulatedTime? {
    let (local, overflows) = nanoseconds.addingReportingOverflow(zone.nanoseconds)
    if overflows { return nil }
    guard let boundary = Self(nanoseconds: local).localBoundary(of: unit, stepsOn: steps)
    else { return nil }
    let (universal, overflowsToo) = boundary.nanoseconds.subtractingReportingOverflow(
      zone.nanoseconds)
    return overflowsToo ? nil : Self(nanoseconds: universal)
  }

  private func localBoundary(of unit: CalendarUnit, stepsOn steps: Int) -> SimulatedTime? {
    let today = date
    switch unit {
    case .minute: return multiple(of: 60 * Self.nanosecondsPerSecond, stepsOn: steps)
    case .hour: return multiple(of: 3600 * Self.nanosecondsPerSecond, stepsOn: steps)
    case .day: return multiple(of: Self.nanosecondsPerDay, stepsOn: steps)
    case .week:
      let monday = today.daysSinceEpoch - (today.weekday - 1) + 7 * steps
      return Self(date: CalendarDate(daysSinceEpoch: monday))
    case .month: return Self.firstDay(year: today.year, month: today.month + steps)
    case .quarter: return Self.firstDay(year: today.year, month: today.quarter * 3 - 2 + 3 * steps)
    case .year: return Self.firstDay(year: today.year + steps, month: 1)
    }
  }

  private func multiple(of length: Int, stepsOn steps: Int) -> SimulatedTime? {
    let number = floorDivide(Int(nanoseconds), length) + steps
    let (time, overflows) = number.multipliedReportingOverflow(by: length)
    return overflows ? nil : Self(nanoseconds: Int64(time))
  }

  /// The first of a month, where month 13 and on are next year's.
  private static func firstDay(year: Int, month: Int) -> SimulatedTime? {
    CalendarDate(year: year + (month - 1) / 12, month: (month - 1) % 12 + 1, day: 1)
      .flatMap { Self(date: $0) }
  }
}
