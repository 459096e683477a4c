/// One arm's outcomes, row by row, in the order of time.
package struct ArmSample: Sendable, Equatable {
  /// One a row.
  package var values: [Double]
  /// A ratio metric's denominators, one a row: the metric is Σ values / Σ denominators.
  package var denominators: [Double]?
  /// Which unit made a row, numbered 0..<k within the arm; nil where every row is a unit of its own.
  package var units: [Int]?
  /// Covariates known before the assignment, column by column, each with one value a row.
  package var covariates: [[Double]]
  /// Which stratum a row is in, numbered alike in both arms; nil without strata.
  package var strata: [Int]?
  /// Where in the common series of both arms a row stands (a switchback's or a randomised series'
  /// interleaving); nil where the arms have no common clock.
  package var places: [Int]?
  /// What was true of each row (0 or 1), where the values are scores; nil without labels.
  package var labels: [Double]?
  /// Where values are times: whether the row was only followed so far, without the event; nil where all had it.
  package var censored: [Bool]?

  package init(
    values: [Double], denominators: [Double]? = nil, units: [Int]? = nil,
    covariates: [[Double]] = [], strata: [Int]? = nil, places: [Int]? = nil,
    labels: [Double]? = nil, censored: [Bool]? = nil
  ) {
    self.values = values
    self.denominators = denominators
    self.units = units
    self.covariates = covariates
    self.strata = strata
    self.places = places
    self.labels = labels
    self.censored = censored
  }
}

/// Two arms that share no unit.
package struct TwoArms: Sendable, Equatable {
  package var candidate: ArmSample
  package var production: ArmSample

  package init(candidate: ArmSample, production: ArmSample) {
    self.candidate = candidate
    self.production = production
  }

  package init(candidate: [Double], production: [Double]) {
    self.init(candidate: ArmSample(values: candidate), production: ArmSample(values: production))
  }
}

/// Two answers to each request, in the order of time.
package struct PairSample: Sendable, Equatable {
  package var candidate: [Double]
  package var production: [Double]
  /// A ratio metric's denominators of either answer.
  package var denominators: Denominators?
  /// What was true of each request (a class by number, or a value): where the answers are scores.
  package var labels: [Double]?
  package var units: [Int]?
  package var strata: [Int]?

  package struct Denominators: Sendable, Equatable {
    package var candidate: [Double]
    package var production: [Double]

    package init(candidate: [Double], production: [Double]) {
      self.candidate = candidate
      self.production = production
    }
  }

  package init(
    candidate: [Double], production: [Double], denominators: Denominators? = nil,
    labels: [Double]? = nil, units: [Int]? = nil, strata: [Int]? = nil
  ) {
    precondition(
      candidate.count == production.count, "\(candidate.count) and \(production.count) answers")
    self.candidate = candidate
    self.production = production
    self.denominators = denominators
    self.labels = labels
    self.units = units
    self.strata = strata
  }
}
