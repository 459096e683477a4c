/// What a scenario's own traffic says of the test that it plans: a question of the scenario each.
package struct ScenarioPlanFindings: Sendable, Equatable {
  /// What a design takes, or finds.
  package struct Need: Sendable, Equatable {
    /// Requests with an outcome: pairs of a shadow, of all arms of an A/B test.
    package var requests: Int
    /// Nil where the traffic has no length.
    package var days: Double?
    package var power: Double
    package var expectedShare: Double?

    package init(requests: Int, days: Double?, power: Double, expectedShare: Double?) {
      self.requests = requests
      self.days = days
      self.power = power
      self.expectedShare = expectedShare
    }
  }

  /// One truth, or one margin, in the three designs; nil where no number of requests finds it.
  package struct Step: Sendable, Equatable {
    package var effect: Double
    package var margin: Double?
    package var shadow: Need?
    package var split: Need?
    /// An A/B test that adjusts for the covariate.
    package var adjusted: Need?

    package init(effect: Double, margin: Double?, shadow: Need?, split: Need?, adjusted: Need?) {
      self.effect = effect
      self.margin = margin
      self.shadow = shadow
      self.split = split
      self.adjusted = adjusted
    }
  }

  /// What the scenario's length finds: the smallest effect, or shows: the smallest margin.
  package struct Reach: Sendable, Equatable {
    package var shadow: Double?
    package var split: Double?
    package var adjusted: Double?

    package init(shadow: Double?, split: Double?, adjusted: Double?) {
      self.shadow = shadow
      self.split = split
      self.adjusted = adjusted
    }
  }

  /// Units that made several requests.
  package struct Units: Sendable, Equatable {
    package var count: Int
    /// Requests a unit, and their coefficient of variation.
    package var size: Double
    package var sizeVariation: Double
    package var correlation: Double
    /// By which the variance of production's mean is larger for it.
    package var designEffect: Double

    package init(
      count: Int, size: Double, sizeVariation: Double, correlation: Double, designEffect: Double
    ) {
      self.count = count
      self.size = size
      self.sizeVariation = sizeVariation
      self.correlation = correlation
      self.designEffect = designEffect
    }
  }

  /// What was measured of a metric.
  package struct Facts: Sendable, Equatable {
    package var requests: Int
    package var production: Double
    package var candidate: Double
    package var productionDeviation: Double
    package var candidateDeviation: Double
    /// Of a pair's difference.
    package var differenceDeviation: Double
    package var correlation: Double
    /// By which dependence in time multiplies the variance of the mean difference.
    package var serialFactor: Double
    package var units: Units?
    /// Of production's and the candidate's variance, after adjustment for the other's answer.
    package var variancesLeft: [Double]
    package var requestsPerPair: Double
    package var adjustedRequestsPerPair: Double

    package init(
      requests: Int, production: Double, candidate: Double, productionDeviation: Double,
      candidateDeviation: Double, differenceDeviation: Double, correlation: Double,
      serialFactor: Double, units: Units?, variancesLeft: [Double], requestsPerPair: Double,
      adjustedRequestsPerPair: Double
    ) {
      self.requests = requests
      self.production = production
      self.candidate = candidate
      self.productionDeviation = productionDeviation
      self.candidateDeviation = candidateDeviation
      self.differenceDeviation = differenceDeviation
      self.correlation = correlation
      self.serialFactor = serialFactor
      self.units = units
      self.variancesLeft = variancesLeft
      self.requestsPerPair = requestsPerPair
      self.adjustedRequestsPerPair = adjustedRequestsPerPair
    }
  }

  /// A question of the scenario about one candidate.
  package struct Comparison: Sendable, Equatable {
    package var metric: Metric
    package var arm: String
    package var goal: PlanFindings.Goal
    package var level: Double
    /// Nil, with the reason, where nothing can be planned.
    package var facts: Facts?
    package var reach: Reach?
    package var steps: [Step] = []
    package var absence: String?
    /// The same by simulation, where a method was named.
    package var simulated: PlanFindings?

    package init(metric: Metric, arm: String, goal: PlanFindings.Goal, level: Double) {
      self.metric = metric
      self.arm = arm
      self.goal = goal
      self.level = level
    }
  }

  package var title: String
  package var requests: Int
  package var days: Double?
  package var seed: UInt64
  package var deployment: DeploymentPlan
  /// Of an A/B test, production's first.
  package var shares: [Double]
  package var power: Double
  /// How many comparisons share the error.
  package var family: Int
  package var looks: Int?
  package var comparisons: [Comparison]
  /// What has to hold, a sentence each.
  package var assumptions: [String]

  package init(
    title: String, requests: Int, days: Double?, seed: UInt64, deployment: DeploymentPlan,
    shares: [Double], power: Double, family: Int
  ) {
    self.title = title
    self.requests = requests
    self.days = days
    self.seed = seed
    self.deployment = deployment
    self.shares = shares
    self.power = power
    self.family = family
    comparisons = []
    assumptions = []
  }
}
