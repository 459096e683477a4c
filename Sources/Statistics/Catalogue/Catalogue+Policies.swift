/// What another policy would have earned on a log: how `OffPolicyEstimator` is met by name.
extension Catalogue {
  static let policies: [Method] = [
    policy(
      "inverse-propensity", "mean reward weighted by inverse propensities",
      fails: "a few rounds carry most of the weight",
      source: "Horvitz and Thompson (1952)"),
    policy(
      "clipped", "mean reward with clipped weights",
      fails: "much weight lies above the limit: of rewards above 0 it then says too little",
      source: "Ionides (2008)"),
    policy(
      "self-normalized", "rewards weighted by inverse propensities, over the weights' sum",
      fails: "a few rounds carry most of the weight; of few rounds it is biased",
      source: "Swaminathan and Joachims (2015)"),
    policy(
      "direct-method", "mean of a reward model over another policy's decisions",
      needs: [.rewardModel], fails: "the model is wrong where the policy goes; no overlap helps",
      source: "the model's own mean; its error is not counted"),
    policy(
      "doubly-robust", "reward model corrected by weighted rewards", needs: [.rewardModel],
      fails: "the model is wrong and a few rounds carry most of the weight",
      source: "Dudík, Langford and Li (2011)"),
    policy(
      "doubly-robust-normalized", "reward model corrected by rewards of normalised weight",
      needs: [.rewardModel], fails: "as doubly-robust; of few rounds it is biased",
      source: "Thomas and Brunskill (2016)"),
    policy(
      "switch", "reward model, corrected where weights are small", needs: [.rewardModel],
      fails: "the model is wrong where weights are above the limit",
      source: "Wang, Agarwal and Dudík (2017)"),
    policy(
      "shrinkage", "reward model, corrected the less the larger a weight is",
      needs: [.rewardModel], fails: "the model is wrong where weights are near the limit or above",
      source: "Su et al. (2020), optimistic shrinkage; its peak weight is half the limit"),
  ]

  private static func policy(
    _ name: String, _ title: String, needs: Set<Method.Need> = [], fails: String, source: String
  ) -> Method {
    Method(
      name: name, title: title, estimand: .policyDifference, needs: needs,
      assumptions: [
        "rounds are independent", "the logged propensities are right and above 0",
      ] + (needs.isEmpty ? [] : ["the reward model was fitted on other rounds"]),
      failsWhen: fails, source: source, body: .ownCall)
  }
}

extension OffPolicyEstimator {
  /// The estimator that a method's name means.
  ///
  /// - Parameter limit: of a weight, > 0; √n of n rounds where nobody says another.
  package init?(named name: String, limit: Double) {
    switch name {
    case "inverse-propensity": self = .inversePropensity
    case "clipped": self = .clipped(at: limit)
    case "self-normalized": self = .selfNormalized
    case "direct-method": self = .directMethod
    case "doubly-robust": self = .doublyRobust
    case "doubly-robust-normalized": self = .selfNormalizedDoublyRobust
    case "switch": self = .switching(at: limit)
    case "shrinkage": self = .shrinkage(limit * limit)
    default: return nil
    }
  }

  /// What a method of that name answers: the policy's value minus the logged policy's.
  ///
  /// - Parameter units: each round's unit, from 0; nil where every round is one. Rounds of one unit may depend on each
  ///   other.
  package static func answer(
    _ name: String, of log: LoggedDecisions, units: [Int]? = nil, to question: Question
  ) throws(Unavailable) -> Answer {
    let limit = question.weightLimit ?? Double(log.count).squareRoot()
    guard let estimator = OffPolicyEstimator(named: name, limit: limit) else { throw .undefined }
    let values = try estimator.influence(log)
    let differences = values.indices.map { values[$0] - log.rewards[$0] }
    // Where the policy does what was logged, only rounding is left of the differences.
    let size = values.indices.reduce(0) { max($0, abs(values[$1]), abs(log.rewards[$1])) }
    guard differences.contains(where: { abs($0) > size * 0x1p-46 }) else { throw .noVariation }
    let estimate =
      if let units { try Self.mean(of: differences, units: units) } else {
        try TTests.oneMean(Moments(of: differences))
      }
    guard estimate.standardError > 0 else { throw .noVariation }
    var answer = Answer(estimate, to: question)
    answer.arms = .init(
      candidate: try Moments(of: values).mean, production: try Moments(of: log.rewards).mean)
    return answer
  }

  private static func mean(of values: [Double], units: [Int]) throws(Unavailable) -> TEstimate {
    var counts = Array(repeating: 0, count: (units.max() ?? -1) + 1)
    var sums = Array(repeating: 0.0, count: counts.count)
    for (value, unit) in zip(values, units) {
      counts[unit] += 1
      sums[unit] += value
    }
    return try ClusteredMean(counts: counts, sums: sums).estimate
  }
}
