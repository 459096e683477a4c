import Probability

/// Draws the numbers of tokens and the priorities of synthetic requests.
///
/// Each is drawn in a stream of its own ("tokens/input", "tokens/output", "priority"), request r with its
/// draw of `RequestDraws`: none of them moves another column's draws.
struct ServingDraws: Sendable {
  private let inputTokens: Column?
  private let outputTokens: Column?
  private let priority: Column?

  private struct Column: Sendable {
    let distribution: Distribution
    let draws: RequestDraws

    init?(_ distribution: Distribution?, stream: String, seed: UInt64, antithetic: Bool) {
      guard let distribution else { return nil }
      self.distribution = distribution
      draws = RequestDraws(seed: seed, stream: stream, antithetic: antithetic)
    }

    /// Writes the quantiles at the requests' u to `units`.
    func fill(_ units: inout [Double], from first: UInt64) {
      draws.fillUnits(&units, from: first)
      var values = units.mutableSpan
      distribution.replaceUnits(&values)
    }
  }

  init(_ plan: SyntheticPlan, seed: UInt64, antithetic: Bool) {
    inputTokens = Column(
      plan.inputTokens, stream: "tokens/input", seed: seed, antithetic: antithetic)
    outputTokens = Column(
      plan.outputTokens, stream: "tokens/output", seed: seed, antithetic: antithetic)
    priority = Column(plan.priority, stream: "priority", seed: seed, antithetic: antithetic)
  }

  func fill(_ block: inout RequestBlock, space: inout DrawSpace) {
    if let inputTokens {
      inputTokens.fill(&space.units, from: block.firstOrdinal)
      Self.round(space.units, into: &block.inputTokens, count: block.count)
    }
    if let outputTokens {
      outputTokens.fill(&space.units, from: block.firstOrdinal)
      Self.round(space.units, into: &block.outputTokens, count: block.count)
    }
    if let priority {
      priority.fill(&space.units, from: block.firstOrdinal)
      for row in 0..<block.count { block.priorities[row] = UInt8(space.units[row]) }
    }
  }

  /// To the nearest whole number of tokens, ties to even, and at least one: a prompt has a token,
  /// and so has an answer.
  private static func round(_ values: [Double], into tokens: inout [Int32], count: Int) {
    let values = values.span
    var tokens = tokens.mutableSpan
    for row in 0..<count {
      tokens[row] = Int32(min(max(values[row].rounded(.toNearestOrEven), 1), Double(Int32.max)))
    }
  }
}

extension Distribution {
  /// Whether every draw is a priority: a whole number from 0 to `RequestBlock.leastUrgent`.
  package var givesPriorities: Bool {
    func isPriority(_ value: Double) -> Bool {
      value >= 0 && value <= Double(RequestBlock.leastUrgent)
        && value == value.rounded(.towardZero)
    }
    switch self {
    case .constant(let value): return isPriority(value)
    case .empirical(let values): return values.allSatisfy(isPriority)
    case .categorical(let weights): return weights.count <= Int(RequestBlock.leastUrgent) + 1
    case .bernoulli: return true
    case .mixture(let parts): return parts.allSatisfy(\.distribution.givesPriorities)
    case .uniform, .exponential, .normal, .lognormal, .gamma, .weibull, .pareto: return false
    }
  }

  /// The values that a list or a constant gives outright and that are no numbers of tokens: below 1 or
  /// above `Int32.max`.
  package var impossibleTokens: Double? {
    func isImpossible(_ value: Double) -> Bool { !(value >= 1 && value <= Double(Int32.max)) }
    switch self {
    case .constant(let value): return isImpossible(value) ? value : nil
    case .empirical(let values): return values.first(where: isImpossible)
    case .uniform(let low, let high): return [low, high].first(where: isImpossible)
    case .pareto(let minimum, _): return isImpossible(minimum) ? minimum : nil
    case .mixture(let parts):
      return parts.lazy.compactMap(\.distribution.impossibleTokens).first
    case .bernoulli, .categorical: return 0
    case .exponential, .normal, .lognormal, .gamma, .weibull: return nil
    }
  }
}
