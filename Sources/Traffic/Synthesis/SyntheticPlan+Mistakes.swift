import Documents
import Probability

extension SyntheticPlan {
  /// The most requests a second: one a nanosecond.
  package static let highestRate = 1e9

  /// Traffic without a request.
  static var nothing: SyntheticPlan {
    var plan = SyntheticPlan(
      start: SimulatedTime(nanoseconds: 0), arrivals: .constant(rate: 1), features: [],
      label: .none)
    plan.requests = 0
    return plan
  }

  /// Everything in the plan that no traffic can follow.
  package var mistakes: [Diagnostic] {
    var found = arrivals.mistakes + gapMistakes + features.compactMap(\.mistake)
    if let count = units?.count, count < 1 {
      found.append(Diagnostic(.error, "there are \(count) units, and every request needs one"))
    }
    if case .bernoulli(let probability) = label, !(probability >= 0 && probability <= 1) {
      found.append(
        Diagnostic(.error, "a label's probability of \(probability) is not between 0 and 1"))
    }
    found += servingMistakes
    for segment in segments {
      guard let feature = features.first(where: { $0.name == segment }),
        case .categorical = feature.kind
      else {
        found.append(
          Diagnostic(.error, "the segment \"\(segment)\" is not one of the categorical features"))
        continue
      }
    }
    return found
  }

  private var gapMistakes: [Diagnostic] {
    var found: [Diagnostic] = []
    switch (gaps, arrivals) {
    case (nil, _): break
    case (_, .constant), (_, .hawkes), (_, .users):
      found.append(
        Diagnostic(
          .error, "`gaps` has no place beside evenly spaced or self-exciting arrivals, or users"))
    case (let gaps?, _):
      if let low = gaps.lowest, low >= 0, let mean = gaps.mean, mean > 0, mean.isFinite { break }
      found.append(
        Diagnostic(.error, "`gaps` is no distribution of numbers from 0 up with a mean above 0"))
    }
    if let groups, !((groups.lowest ?? -1) >= 0) {
      found.append(Diagnostic(.error, "`groups` is no distribution of numbers from 0 up"))
    }
    return found
  }

  private var servingMistakes: [Diagnostic] {
    var found = [("inputTokens", inputTokens), ("outputTokens", outputTokens)].compactMap {
      name, distribution in
      distribution?.impossibleTokens.map {
        Diagnostic(.error, "`\(name)` gives \($0) tokens, not a number from 1 to \(Int32.max)")
      }
    }
    if let priority, !priority.givesPriorities {
      found.append(
        Diagnostic(
          .error,
          "`priority` gives numbers that are not whole, from 0 to \(RequestBlock.leastUrgent)",
          help: "for example { categorical: [1, 9] }: one in ten is 0, the most urgent"))
    }
    return found
  }
}

extension SyntheticPlan.Arrivals {
  /// A heap of events holds no more than 2²⁸.
  package static let mostUsers = 1_000_000

  fileprivate var mistakes: [Diagnostic] {
    switch self {
    case .constant(let rate), .poisson(let rate): return Self.mistakes(in: [rate])
    case .users(let count, let think):
      guard (1...Self.mostUsers).contains(count), think.lowest.map({ $0 >= 0 }) ?? false else {
        return [
          Diagnostic(
            .error,
            "\(count) users who think \(think) are not 1 to \(Self.mostUsers) who think "
              + "for times from 0 up")
        ]
      }
      return []
    case .wave(let wave): return Self.mistakes(in: [wave.mean]) + wave.mistakes
    case .states(let states):
      var found = Self.mistakes(in: states.map(\.rate))
      if states.count < 2 || states.contains(where: { $0.stay <= .zero }) {
        found.append(Diagnostic(.error, "states are two or more, each with a mean stay above 0"))
      }
      return found
    case .hawkes(let rate, let branching, let decay):
      var found = Self.mistakes(in: [rate])
      if !(branching >= 0 && branching <= 0.999) {
        found.append(
          Diagnostic(
            .error, "a branching ratio of \(branching) is not between 0 and 0.999",
            help: "with 1 or more, each request brings forth one or more, and they never end"))
      }
      if decay <= .zero {
        found.append(Diagnostic(.error, "the decay of the excitation is not above 0"))
      }
      return found
    case .piecewise(let period, let rates):
      guard period.nanoseconds >= Int64(max(rates.count, 1)) else {
        return [
          Diagnostic(
            .error, "a period of \(period.nanoseconds) ns has no room for \(rates.count) rates")
        ]
      }
      return Self.mistakes(in: rates)
    }
  }

  private static func mistakes(in rates: [Double]) -> [Diagnostic] {
    let limit = SyntheticPlan.highestRate
    var found = rates.filter { !($0 >= 0 && $0 <= limit) }.map { rate in
      Diagnostic(
        .error, "a rate of \(rate) requests a second is not between 0 and 10⁹",
        help:
          "virtual time counts nanoseconds, and one request a nanosecond is the most it can tell"
      )
    }
    if found.isEmpty, !rates.contains(where: { $0 > 0 }) {
      found.append(Diagnostic(.error, "no rate of arrivals is above 0, so no request would come"))
    }
    return found
  }
}

extension SyntheticPlan.Wave {
  fileprivate var mistakes: [Diagnostic] {
    var found: [Diagnostic] = []
    if !(amplitude >= 0 && amplitude <= 1) {
      found.append(Diagnostic(.error, "an amplitude of \(amplitude) is not between 0 and 1"))
    }
    if period.nanoseconds < Int64(Self.parts) {
      found.append(
        Diagnostic(.error, "a period of \(period.nanoseconds) ns is too short for a wave"))
    }
    return found
  }
}

extension Distribution {
  /// The smallest value that can be drawn; nil where there is none.
  package var lowest: Double? {
    switch self {
    case .constant(let value): value
    case .uniform(let low, _): low
    case .normal: nil
    case .exponential, .lognormal, .gamma, .weibull, .bernoulli, .categorical: 0
    case .pareto(let minimum, _): minimum
    case .empirical(let values): values.min()
    case .quantiles(_, let values): values.first
    case .shifted(let amount, let law): law.lowest.map { amount + $0 }
    case .mixture(let parts):
      parts.contains { $0.distribution.lowest == nil }
        ? nil : parts.compactMap(\.distribution.lowest).min()
    }
  }
}

extension SyntheticPlan.Feature {
  fileprivate var mistake: Diagnostic? {
    switch kind {
    case .categorical(let names, let weights):
      let total = weights.reduce(0, +)
      guard names.count == weights.count, weights.allSatisfy({ $0 >= 0 }), total > 0,
        total.isFinite
      else {
        return Diagnostic(
          .error, "the weights of \"\(name)\" are not one a category, from 0 up, with one above 0")
      }
    case .autoregressive(let rho):
      guard abs(rho) < 1 else {
        return Diagnostic(
          .error, "the autoregression of \"\(name)\" is \(rho), not between −1 and 1")
      }
    case .drawn, .perUnit: break
    }
    return nil
  }
}
