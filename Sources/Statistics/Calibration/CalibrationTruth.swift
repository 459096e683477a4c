import Probability

/// What a cell's estimands truly are, in closed form or by quadrature.
struct CalibrationTruth: Sendable {
  private let cell: CalibrationCell
  private let candidate: Marginal
  private let production: Marginal
  /// The mean of the denominators that `CalibrationDraws` gives.
  private static let meanDenominator = 3.0

  /// The quantile that methods are asked to compare.
  static let probability = 0.9

  init(_ cell: CalibrationCell) {
    self.cell = cell
    candidate = cell.candidate
    production = cell.production
  }

  /// The true value of what `method` estimates; nil where it is not known, so that no coverage is counted.
  func value(for method: Method) -> Double? {
    let isScores = cell.shape == .scores
    if cell.effect == .null, method.estimand.isComparison { return method.estimand.noDifference }
    if let value = own(method) { return value }
    guard method.estimand.isComparison else { return nil }
    if cell.isPaired, isOfDifferences(method) {
      // Of the differences themselves, which only normal values keep simple.
      return cell.shape == .normal ? candidate.mean - production.mean : nil
    }
    switch method.estimand {
    case .meanDifference: return candidate.mean - production.mean
    case .medianDifference: return quantileDifference(0.5)
    case .quantileDifference: return quantileDifference(Self.probability)
    case .trimmedMeanDifference:
      return candidate.trimmedMean(0.2) - production.trimmedMean(0.2)
    case .winsorizedMeanDifference:
      let ends = pooledQuantile(0.01)...pooledQuantile(0.99)
      return candidate.mean(within: ends) - production.mean(within: ends)
    case .shareDifference: return candidate.mean - production.mean
    case .shareRatio, .rateRatio: return candidate.mean / production.mean
    case .oddsRatio:
      return cell.isPaired
        ? discordantRatio : Self.odds(candidate) / Self.odds(production)
    case .ratioDifference:
      return (candidate.mean - production.mean)
        / (method.needs.contains(.denominators) ? Self.meanDenominator : 1)
    case .relativeLift: return candidate.mean / production.mean - 1
    case .probabilityLarger: return isScores ? nil : probabilityLarger
    case .dominance, .netBenefit: return isScores ? nil : probabilityLarger.map { 2 * $0 - 1 }
    case .winRatio:
      guard !candidate.isDiscrete, let larger = probabilityLarger else { return nil }
      return larger / (1 - larger)
    case .shift: return shift
    case .spreadDifference: return spreadDifference
    case .varianceRatio: return candidate.variance / production.variance
    case .standardizedDifference:
      return (candidate.mean - production.mean)
        / ((candidate.variance + production.variance) / 2).squareRoot()
    case .aucDifference:
      let separation = ScoredPairs.separation(cell.effect)
      return Normal.cdf(separation.candidate / 2.0.squareRoot())
        - Normal.cdf(separation.production / 2.0.squareRoot())
    default: return nil
    }
  }

  /// Of normal values, whose mean is their median.
  private var spreadDifference: Double? {
    guard case .normal(_, let x) = candidate, case .normal(_, let y) = production else {
      return nil
    }
    return (x - y) * (2 / Double.pi).squareRoot()
  }

  /// Of methods that look at one arm, or at something of their own.
  private func own(_ method: Method) -> Double? {
    switch method.name {
    case "tail-share", "grouped-tail-share":
      let threshold = pooledQuantile(Self.probability)
      return production.cdf(threshold) - candidate.cdf(threshold)
    case "cohen-kappa": return kappa
    case "quantile-interval": return candidate.quantile(Self.probability)
    default:
      let isOfOneArm = method.estimand == .other && !cell.isPaired
      return isOfOneArm && !method.needs.isDisjoint(with: [.binary, .counts]) ? candidate.mean : nil
    }
  }

  private func isOfDifferences(_ method: Method) -> Bool {
    method.estimand == .trimmedMeanDifference || method.estimand == .medianDifference
  }

  /// Of both arms' distributions together, one half each.
  private func pooledQuantile(_ probability: Double) -> Double {
    let ends = [candidate.quantile(probability), production.quantile(probability)].sorted()
    if candidate.isDiscrete {
      return stride(from: ends[0], through: ends[1], by: 1).first {
        candidate.cdf($0) + production.cdf($0) >= 2 * probability
      } ?? ends[1]
    }
    var (low, high) = (ends[0], ends[1])
    for _ in 0..<80 {
      let middle = low + (high - low) / 2
      let isBelow = candidate.cdf(middle) + production.cdf(middle) < 2 * probability
      if isBelow { low = middle } else { high = middle }
    }
    return low + (high - low) / 2
  }

  /// P(only the candidate is 1) over P(only production is), of a pair.
  private var discordantRatio: Double? {
    discordantShares.map { $0.candidate / $0.production }
  }

  /// How often only the candidate, and only production, of a pair is 1; nil where values are not 0 or 1.
  var discordantShares: (candidate: Double, production: Double)? {
    shares.map { ($0.candidate - $0.both, $0.production - $0.both) }
  }

  /// Cohen's kappa of the two answers.
  private var kappa: Double? {
    shares.map { shares in
      let (x, y) = (shares.candidate, shares.production)
      let agreement = 1 - x - y + 2 * shares.both
      let byChance = x * y + (1 - x) * (1 - y)
      return (agreement - byChance) / (1 - byChance)
    }
  }

  /// How often the candidate, production, and both of a pair are 1.
  private var shares: (candidate: Double, production: Double, both: Double)? {
    guard case .bernoulli(let x) = candidate, case .bernoulli(let y) = production else {
      return nil
    }
    let (above, other) = (Normal.quantile(1 - x), Normal.quantile(1 - y))
    let own = (1 - correlation * correlation).squareRoot()
    // By a trapezoid over production's score from where it is 1.
    var both = 0.0
    let steps = 20_000
    let size = (9 - other) / Double(steps)
    for step in 0...steps {
      let z = other + Double(step) * size
      let weight = step == 0 || step == steps ? 0.5 : 1
      both += weight * size * Normal.density(z) * Normal.survival((above - correlation * z) / own)
    }
    return (x, y, both)
  }

  private static func odds(_ law: Marginal) -> Double { law.mean / (1 - law.mean) }

  private func quantileDifference(_ probability: Double) -> Double {
    candidate.quantile(probability) - production.quantile(probability)
  }

  /// Of the scores of the two values that are compared: 0 between arms.
  private var correlation: Double { cell.isPaired ? CalibrationCell.pairCorrelation : 0 }

  /// P(candidate > production) + ½ P(equal), of two rows or of one pair.
  private var probabilityLarger: Double? {
    let spread = (2 * (1 - correlation)).squareRoot()
    switch (candidate, production) {
    case (.normal(let x, let s), .normal(let y, let t)):
      let variance = s * s - 2 * correlation * s * t + t * t
      return Normal.cdf((x - y) / variance.squareRoot())
    case (.lognormal(let x, let sigma), .lognormal(let y, _)):
      return Normal.cdf((x - y) / (sigma * spread))
    case (.bernoulli(let x), .bernoulli(let y)): return 0.5 + (x - y) / 2
    default: return cell.isPaired ? nil : discreteProbabilityLarger
    }
  }

  private var discreteProbabilityLarger: Double {
    let (x, y) = (candidate.masses, production.masses)
    var below = 0.0
    var sum = 0.0
    for value in x.indices {
      let equal = value < y.count ? y[value] : 0
      sum += x[value] * (below + equal / 2)
      below += equal
    }
    return sum
  }

  /// The median of candidate − production of two rows; of pairs, the median of the mean of two differences.
  private var shift: Double? {
    switch (candidate, production) {
    case (.normal(let x, _), .normal(let y, _)): return x - y
    case (.lognormal(let x, let sigma), .lognormal(let y, _)):
      return cell.isPaired ? nil : Self.medianOfDifference(x, y, sigma: sigma)
    default: return cell.isPaired ? nil : 0
    }
  }

  /// The d with P(e^(x + σZ) − e^(y + σZ') > d) = ½, by bisection on a trapezoid over Z'.
  private static func medianOfDifference(_ x: Double, _ y: Double, sigma: Double) -> Double {
    func above(_ d: Double) -> Double {
      var sum = 0.0
      for step in -1200...1200 {
        let z = Double(step) / 150
        let bound = Elementary.exp(y + sigma * z) + d
        let tail = bound > 0 ? Normal.survival((Elementary.log(bound) - x) / sigma) : 1
        sum += Normal.density(z) * tail / 150
      }
      return sum
    }
    var (low, high) = (-Elementary.exp(max(x, y)), Elementary.exp(max(x, y)))
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if above(middle) > 0.5 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

extension Estimand {
  /// Whether equal arms mean that it is `noDifference`.
  var isComparison: Bool { isTestOfArms && self != .distribution }

  /// Whether a p-value says that the arms differ.
  var isTestOfArms: Bool { self != .agreement && self != .other }
}
