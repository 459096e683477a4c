/// An instant of virtual time: nanoseconds since 1970-01-01T00:00:00Z, in 64 bits (years 1678 to 2262).
package struct SimulatedTime: Sendable, Hashable, Comparable {
  package var nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }
  package static func + (time: Self, duration: SimulatedDuration) -> Self {
    Self(nanoseconds: time.nanoseconds + duration.nanoseconds)
  }
  package static func - (left: Self, right: Self) -> SimulatedDuration {
    SimulatedDuration(nanoseconds: left.nanoseconds - right.nanoseconds)
  }
}

/// A length of virtual time in nanoseconds; may be negative.
package struct SimulatedDuration: Sendable, Hashable, Comparable {
  package var nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Rounded to the nearest nanosecond, ties to even; `seconds` must be finite and within ±292 years.
  package init(seconds: Double) { nanoseconds = Int64((seconds * 1e9).rounded(.toNearestOrEven)) }

  package var seconds: Double { Double(nanoseconds) / 1e9 }
  package var milliseconds: Double { Double(nanoseconds) / 1e6 }

  package static let zero = Self(nanoseconds: 0)
  package static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }
}

/// Either an instant, or an offset from the start of the traffic ("+3d").
package enum TimePoint: Sendable, Hashable {
  case instant(SimulatedTime)
  case offset(SimulatedDuration)

  package func resolved(start: SimulatedTime) -> SimulatedTime {
    switch self {
    case .instant(let time): time
    case .offset(let duration): start + duration
    }
  }
}
