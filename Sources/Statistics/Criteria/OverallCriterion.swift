import Probability

/// One number for a launch, stated before the data: a weighted sum of several metrics' effects, each in units of its
/// own, with the metrics' dependence within a row taken into account.
///
/// As the criterion is smooth in the arms' means, each row has one influence on it, and the rest is a Welch test of
/// these.
///
/// - Source: Kohavi, Tang and Xu (2020), chapter 7; the delta method (Cramér 1946).
package struct OverallCriterion: Sendable {
  /// In what a metric's difference is measured before it is weighted.
  package enum Scale: Sendable, Equatable {
    /// A fixed number, > 0, in the metric's unit.
    case unit(Double)
    /// Production's mean: the effect is a relative one.
    case productionMean
    /// Production's standard deviation.
    case productionDeviation
  }

  package struct Goal: Sendable, Equatable {
    /// Which of the metrics.
    package var metric: Int
    /// Negative where less is better.
    package var weight: Double
    package var scale: Scale

    package init(metric: Int, weight: Double, scale: Scale = .productionDeviation) {
      self.metric = metric
      self.weight = weight
      self.scale = scale
    }
  }

  private let candidate: [[Double]]
  private let production: [[Double]]
  private let candidateMoments: [Moments]
  private let productionMoments: [Moments]

  /// - Parameters:
  ///   - candidate: metric by metric, each with a value a row.
  ///   - production: as many metrics.
  package init(candidate: [[Double]], production: [[Double]]) throws(Unavailable) {
    precondition(candidate.count == production.count, "\(candidate.count), \(production.count)")
    for arm in [candidate, production] {
      for column in arm { precondition(column.count == arm[0].count, "metrics of unlike length") }
    }
    var (one, other): ([Moments], [Moments]) = ([], [])
    for column in candidate { one.append(try Moments(of: column)) }
    for column in production { other.append(try Moments(of: column)) }
    self.candidate = candidate
    self.production = production
    candidateMoments = one
    productionMoments = other
  }

  /// Σ weight · (candidate − production) / scale.
  ///
  /// - Throws: `zeroDenominator` where production's mean or deviation is the scale and is 0.
  /// - Complexity: O(n · goals).
  package func value(_ goals: [Goal]) throws(Unavailable) -> TEstimate {
    var one = Array(repeating: 0.0, count: candidate[0].count)
    var other = Array(repeating: 0.0, count: production[0].count)
    var sum = ExactSum()
    for goal in goals {
      let (mine, theirs) = (candidateMoments[goal.metric], productionMoments[goal.metric])
      let difference = mine.minus(theirs)
      let scale = try scale(goal, theirs)
      let effect = difference / scale
      sum.add(goal.weight * effect)
      let values = candidate[goal.metric]
      for row in values.indices {
        one[row] += goal.weight * ((values[row] - mine.mean) / scale)
      }
      let theirValues = production[goal.metric]
      let unbiased = Double(theirs.count) / Double(theirs.count - 1)
      for row in theirValues.indices {
        let distance = (theirValues[row] - theirs.mean) / scale
        switch goal.scale {
        case .unit: other[row] += goal.weight * distance
        case .productionMean: other[row] += goal.weight * (distance * (1 + effect))
        case .productionDeviation:
          other[row] += goal.weight * (distance + effect / 2 * (unbiased * distance * distance - 1))
        }
      }
    }
    let welch = try TTests.welch(candidate: Moments(of: one), production: Moments(of: other))
    return TEstimate(
      value: sum.value, standardError: welch.standardError,
      degreesOfFreedom: welch.degreesOfFreedom)
  }

  private func scale(_ goal: Goal, _ production: Moments) throws(Unavailable) -> Double {
    switch goal.scale {
    case .unit(let unit):
      precondition(unit > 0, "a unit of \(unit)")
      return unit
    case .productionMean:
      guard production.mean > 0 else {
        throw production.mean == 0 ? .zeroDenominator : .notPositive
      }
      return production.mean
    case .productionDeviation:
      guard production.standardDeviation > 0 else { throw .noVariation }
      return production.standardDeviation
    }
  }
}
