import Probability

/// One kind of traffic at one size and one effect, on which every method that applies is tried.
package struct CalibrationCell: Sendable, Equatable {
  package var shape: Shape
  package var design: Design
  /// Rows an arm, or pairs.
  package var n: Int
  package var effect: Effect

  package init(shape: Shape, design: Design, n: Int, effect: Effect) {
    self.shape = shape
    self.design = design
    self.n = n
    self.effect = effect
  }

  /// What one value looks like.
  package enum Shape: String, Sendable, CaseIterable {
    case normal
    /// Lognormal with mean 1 and standard deviation 3; the effect multiplies.
    case skewed
    /// 0 or 1 with a share of 0.3.
    case binary
    /// 0 or 1 with a share of 0.002.
    case rare
    /// Counts with a mean of 1.5, so that most values have many equals.
    case ties
    /// Scores of requests with a label: what an AUC is formed from.
    case scores
  }

  /// How the candidate differs.
  package enum Effect: String, Sendable, CaseIterable {
    case null
    /// In its mean, by the same law of values: a normal one is shifted, a lognormal one multiplied.
    case effect
    /// A normal one in its standard deviation alone.
    case spread
  }

  /// How rows hang together.
  package enum Design: Sendable, Equatable {
    case arms
    /// 10 requests a user, with an intra-class correlation of 0.3.
    case clusteredArms
    /// One AR(1) series whose requests are assigned by chance.
    case randomizedSeries(rho: Double)
    /// An AR(1) series for each arm.
    case seriesPerArm(rho: Double)
    case pairs
    case clusteredPairs
    /// Pairs that share an AR(1) shock; what is an answer's own is independent.
    case sharedShocks(rho: Double)
    /// As `sharedShocks`, but what is an answer's own is an AR(1) series, too.
    case pairSeries(rho: Double)
  }

  /// "skewed-200-null", "pairs-series-0.9-2000-effect".
  package var name: String { "\(traffic)-\(n)-\(effect.rawValue)" }

  /// The part of the name that says how values come about; the draws are addressed by it, so that null and
  /// effect share their luck.
  package var traffic: String {
    switch design {
    case .arms: shape.rawValue
    case .clusteredArms: "clustered"
    case .randomizedSeries(let rho): "randomized-series-\(rho)"
    case .seriesPerArm(let rho): "series-per-arm-\(rho)"
    case .pairs: "pairs-\(shape.rawValue)"
    case .clusteredPairs: "pairs-clustered"
    case .sharedShocks(let rho): "pairs-shared-shocks-\(rho)"
    case .pairSeries(let rho): "pairs-series-\(rho)"
    }
  }

  package var isPaired: Bool {
    switch design {
    case .arms, .clusteredArms, .randomizedSeries, .seriesPerArm: false
    case .pairs, .clusteredPairs, .sharedShocks, .pairSeries: true
    }
  }

  package static let requestsPerUser = 10
  static let intraClassCorrelation = 0.3
  /// Of the scores of a pair's two answers.
  static let pairCorrelation = 0.5

  package var rows: Scope.Rows {
    switch design {
    case .arms, .pairs: .independent
    case .clusteredArms, .clusteredPairs: .clustered
    case .randomizedSeries: .randomizedSeries
    case .seriesPerArm: .seriesPerArm
    case .sharedShocks: .sharedShocks
    case .pairSeries: .pairSeries
    }
  }

  /// Rows, or units where rows come in units.
  package var independentRows: Int { rows == .clustered ? n / Self.requestsPerUser : n }

  /// What is true of the values.
  package var values: Set<Scope.Values> {
    switch shape {
    case .normal where effect == .spread: [.normal, .continuous, .lightTails]
    case .normal: [.normal, .continuous, .commonShape, .lightTails]
    case .scores: [.continuous, .lightTails]
    case .skewed: effect == .null ? [.continuous, .commonShape] : [.continuous]
    case .binary, .ties: effect == .null ? [.lightTails, .commonShape] : [.lightTails]
    case .rare: effect == .null ? [.commonShape] : []
    }
  }

  /// Of the rarer kind, in the arm that has fewer; nil where values are not 0 or 1.
  package var expectedEvents: Double? {
    guard shape == .binary || shape == .rare else { return nil }
    return Double(n) * min(production.mean, candidate.mean)
  }
}

// MARK: - Distributions

extension CalibrationCell {
  var production: Marginal {
    switch shape {
    case .normal, .scores: .normal(mean: 5, standardDeviation: 1)
    case .skewed: .lognormal(mean: 1, cv: 3)
    case .binary: .bernoulli(0.3)
    case .rare: .bernoulli(0.002)
    case .ties: .poisson(mean: 1.5)
    }
  }

  var candidate: Marginal {
    guard effect != .null else { return production }
    switch shape {
    case .normal where effect == .spread: return .normal(mean: 5, standardDeviation: 1.15)
    case .normal: return .normal(mean: 5 + shift, standardDeviation: 1)
    case .scores: return production
    case .skewed: return .lognormal(mean: 1.3, cv: 3)
    case .binary: return .bernoulli(0.35)
    case .rare: return .bernoulli(0.006)
    case .ties: return .poisson(mean: 1.65)
    }
  }

  /// The normal effect: about 3 to 4 standard errors at 2,000 rows.
  private var shift: Double {
    switch design {
    case .arms, .randomizedSeries, .pairs, .sharedShocks: 0.1
    case .clusteredArms, .clusteredPairs: 0.2
    case .seriesPerArm(let rho), .pairSeries(let rho):
      0.1 * ((1 + rho) / (1 - rho)).squareRoot()
    }
  }
}
