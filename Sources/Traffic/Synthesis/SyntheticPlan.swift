import Probability

/// Traffic that is drawn, not replayed.
package struct SyntheticPlan: Sendable, Equatable {
  package var start: SimulatedTime
  /// Ends after this many requests, or at `duration`, whichever comes first; one of them is given.
  package var requests: Int?
  package var duration: SimulatedDuration?
  package var arrivals: Arrivals
  /// Replaces the exponential gaps of a Poisson process by these, over their mean: the rates stay, and
  /// the requests come more evenly or more in bursts. nil is exponential.
  package var gaps: Distribution?
  /// How many requests come at each arrival; rates then count arrivals. nil is one.
  package var groups: Distribution?
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
    /// A Poisson process whose rate goes up and down once a period.
    case wave(Wave)
    /// A Poisson process whose rate depends on a state that changes at random.
    case states([State])
    /// A self-exciting process: each request brings forth `branching` others on average, after
    /// exponential waits of mean `decay`; `rate` a second in all.
    case hawkes(rate: Double, branching: Double, decay: SimulatedDuration)
    /// `count` users, each of whom thinks (in seconds), sends a request, waits for what becomes of it,
    /// and thinks again. The services decide when requests arrive; until then they stand at the start.
    case users(count: Int, think: Distribution)
  }

  /// Whether the services decide when requests arrive.
  package var isPaced: Bool { if case .users = arrivals { true } else { false } }

  /// mean · (1 + amplitude · cos(2π (t − peak) / period)) requests a second.
  package struct Wave: Sendable, Equatable {
    package var period: SimulatedDuration
    package var mean: Double
    /// From 0 to 1.
    package var amplitude: Double
    /// Where in the period the rate is highest.
    package var peak: SimulatedDuration

    package init(
      period: SimulatedDuration, mean: Double, amplitude: Double, peak: SimulatedDuration
    ) {
      self.period = period
      self.mean = mean
      self.amplitude = amplitude
      self.peak = peak
    }

    /// How many equal parts a period is cut into, each of which has its mean rate.
    package static let parts = 1440

    /// The exact means over the parts: the integrated rate is that of the wave at the end of each.
    package var rates: [Double] {
      let turn = 6.283185307179586
      let shift = Double(peak.nanoseconds) / Double(period.nanoseconds)
      let width = turn / Double(Self.parts)
      let sines = (0...Self.parts).map { part in
        Elementary.sin(turn * (Double(part) / Double(Self.parts) - shift))
      }
      return (0..<Self.parts).map { part in
        max(0, mean * (1 + amplitude * (sines[part + 1] - sines[part]) / width))
      }
    }
  }

  /// One of the states of a Markov-modulated process.
  package struct State: Sendable, Equatable {
    /// Requests a second while it lasts.
    package var rate: Double
    /// How long it lasts on average; exponential.
    package var stay: SimulatedDuration

    package init(rate: Double, stay: SimulatedDuration) {
      self.rate = rate
      self.stay = stay
    }
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
