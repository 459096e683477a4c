import Probability

/// One way in which the traffic is bent: what, when, and on whom.
package struct ShiftPlan: Sendable, Equatable {
  /// How people call it: given, or made from the kind ("scale nswdemand by 1.3").
  package var name: String
  package var kind: Kind
  package var schedule: Schedule
  /// Only requests that meet all of these are touched; empty is all traffic.
  package var segment: [Condition]

  package enum Kind: Sendable, Equatable {
    /// x becomes x · (1 + s · (factor − 1)) at ramp strength s.
    case scale(feature: String, factor: Double)
    /// x becomes x + s · amount.
    case offset(feature: String, amount: Double)
    /// x becomes x + s · sd · z with z standard normal.
    case noise(feature: String, standardDeviation: Double)
    /// x is missing with probability s · rate.
    case missing(feature: String, rate: Double)
    /// Category `from` becomes `to` with probability s · rate.
    case swapCategory(feature: String, from: String, to: String, rate: Double)
    /// With probability s · share a request is replaced by a recent one that meets the conditions
    /// (features, label, logged columns and unit; the time stays).
    case resample(toward: [Condition], share: Double)
    /// The label becomes another class with probability s · rate (uniform over the others).
    case flipLabel(rate: Double)
    /// With probability s the label follows the labeller with this index.
    case concept(labeller: Int)
  }

  /// Strength over time: 0 outside [from, until), a ramp from 0 to 1 after `from`, then 1.
  package struct Schedule: Sendable, Equatable {
    package var from: TimePoint?
    package var until: TimePoint?
    package var ramp: Ramp?
    /// With a period, the schedule is on for `activeFor` from the start of each period, counted from `from`.
    package var recurrence: Recurrence?

    package struct Ramp: Sendable, Equatable {
      package var duration: SimulatedDuration
      package var shape: Shape
      package enum Shape: String, Sendable, CaseIterable { case linear, sigmoid }

      package init(duration: SimulatedDuration, shape: Shape) {
        self.duration = duration
        self.shape = shape
      }
    }

    package struct Recurrence: Sendable, Equatable {
      package var every: SimulatedDuration
      package var activeFor: SimulatedDuration

      package init(every: SimulatedDuration, activeFor: SimulatedDuration) {
        self.every = every
        self.activeFor = activeFor
      }
    }

    package init() {}
  }

  package init(name: String, kind: Kind, schedule: Schedule = Schedule(), segment: [Condition] = [])
  {
    self.name = name
    self.kind = kind
    self.schedule = schedule
    self.segment = segment
  }
}

/// A test of one feature of a request; a missing value meets none but `.missing`.
package struct Condition: Sendable, Equatable {
  package var feature: String
  package var test: Test

  package enum Test: Sendable, Equatable {
    case above(Double)
    case atLeast(Double)
    case below(Double)
    case atMost(Double)
    case equals(Double)
    case isOneOf([Double])
    case category(String)
    case isOneOfCategories([String])
    case missing
  }

  package init(feature: String, test: Test) {
    self.feature = feature
    self.test = test
  }
}

/// What a shift did: the truth that is kept and drawn.
package struct ShiftTruth: Sendable, Equatable {
  package var name: String
  /// Spans of virtual time in which it could act, merged, ascending; the end is excluded.
  package var spans: [Span]
  /// Requests that it changed.
  package var affected: Int

  package struct Span: Sendable, Equatable {
    package var start: SimulatedTime
    package var end: SimulatedTime

    package init(start: SimulatedTime, end: SimulatedTime) {
      self.start = start
      self.end = end
    }
  }

  package init(name: String, spans: [Span], affected: Int) {
    self.name = name
    self.spans = spans
    self.affected = affected
  }
}
