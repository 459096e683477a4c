import Probability

/// Traffic that is drawn, not replayed.
package struct SyntheticPlan: Sendable, Equatable {
  package var start: SimulatedTime
  /// Ends after this many requests, or at `duration`, whichever comes first; one of them is given.
  package var requests: Int?
  package var duration: SimulatedDuration?
  package var arrivals: Arrivals
  package var features: [Feature]
  package var units: Units?
  package var label: Label
  /// Names of features that are also reported by segment (categorical ones).
  package var segments: [String] = []
  /// Tokens of prompt and answer, rounded to whole numbers from 1 up; nil where requests have none.
  package var inputTokens: Distribution?
  package var outputTokens: Distribution?
  /// Whole numbers from 0 (most urgent) to `RequestBlock.leastUrgent`.
  package var priority: Distribution?

  package enum Arrivals: Sendable, Equatable {
    /// Evenly spaced, `rate` a second.
    case constant(rate: Double)
    /// A Poisson process of `rate` a second.
    case poisson(rate: Double)
    /// A Poisson process whose rate is `rates[i]` a second in the i-th of equal parts of `period`,
    /// which repeats from the start of the period (midnight UTC, or Monday's for a week) on.
    case piecewise(period: SimulatedDuration, rates: [Double])
  }

  package struct Feature: Sendable, Equatable {
    package var name: String
    package var kind: Kind

    package enum Kind: Sendable, Equatable {
      case drawn(Distribution)
      case categorical(names: [String], weights: [Double])
      /// A stationary Gaussian series over requests in order: x₀ ~ N(0, 1), xₜ = ρ xₜ₋₁ + √(1 − ρ²) eₜ.
      case autoregressive(rho: Double)
      /// Drawn once for each unit, the same in all of its requests.
      case perUnit(Distribution)
    }

    package init(name: String, kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  package struct Units: Sendable, Equatable {
    /// How many different units there are; each request draws one, all equally likely.
    package var count: Int

    package init(count: Int) { self.count = count }
  }

  package enum Label: Sendable, Equatable {
    case none
    /// 1 with this probability, whatever the features.
    case bernoulli(probability: Double)
    /// A real number drawn from this distribution.
    case real(Distribution)
    /// Follows a model: the labeller with this index in the scenario's list.
    case labeller(index: Int, output: LabellerOutput)
  }

  /// What the labels of a labeller are.
  package enum LabellerOutput: Sendable, Equatable {
    case classes(names: [String])
    case real
  }

  package init(start: SimulatedTime, arrivals: Arrivals, features: [Feature], label: Label) {
    self.start = start
    self.arrivals = arrivals
    self.features = features
    self.label = label
  }
}

/// Where traffic comes from.
package enum TrafficPlan: Sendable, Equatable {
  case replay(RecordingPlan)
  case synthetic(SyntheticPlan)
}
