import Documents
import Simulation
import Statistics

/// What a plan stands on, given as numbers or measured: the comparison with all that multiplies its variance.
struct PlanGround {
  var name: String
  var metric: PlanFindings.Metric
  var comparison: any PlannedComparison
  /// Of production; nil of metrics that have none.
  var baseline: Double?
  /// By which the variance differs from that of independent rows.
  var factor = 1.0
  /// Rows a unit makes.
  var unitSize = 1.0
  var perDay: Double?
  var unitWord = "units"
  var methods: [String] = []
  var assumptions: [String] = []
  var measured: [String] = []
  var shadow: ShadowPlan?
  /// The part of all units that the compared candidate has; nil is the smallest of the request's shares.
  var candidateShare: Double?
  /// What a simulation draws from; nil where nobody asked for one.
  var rows: PlanRows?

  init(name: String, metric: PlanFindings.Metric, _ comparison: any PlannedComparison) {
    self.name = name
    self.metric = metric
    self.comparison = comparison
  }
}

/// Rows that somebody has, to draw others from.
struct PlanRows {
  var drawn: ResampledPower.Rows
  var asked: DataFacts.Asked
  var isShare: Bool
  /// Of a quantile.
  var probability = 0.5
}

extension PlanRequest {
  /// The ground that the numbers of a request give.
  func ground() throws(Mistake) -> PlanGround {
    guard let metric = PlanFindings.Metric(rawValue: metric) else {
      throw Mistake(
        "--metric is \"\(metric)\", not one of \(Self.metrics.joined(separator: ", "))",
        help: NearestName.of(metric, among: Self.metrics).map { "did you mean \($0)?" }
          ?? "a column's name needs the table that it is in")
    }
    try checkNumbers(of: metric)
    var ground = PlanGround(name: metric.rawValue, metric: metric, try comparison(metric))
    ground.baseline = metric == .mannWhitney || metric == .sampleRatio ? nil : numbers["baseline"]
    ground.methods = [PlanWording.method(metric, isPaired: isPaired)]
    ground.assumptions = PlanWording.assumptions(metric, isPaired: isPaired)
    ground.unitSize = numbers["cluster-size"] ?? 1
    ground.perDay = numbers["per-day"]
    if ground.unitSize > 1 || numbers["icc"] != nil {
      guard let icc = numbers["icc"], numbers["cluster-size"] != nil else {
        throw Mistake(
          numbers["icc"] == nil ? "--cluster-size needs --icc" : "--icc needs --cluster-size",
          help: "how alike the rows of a unit are: 0 is not at all, 1 is the same")
      }
      let effect = VarianceFactor.clusters(
        size: ground.unitSize, correlation: icc, sizeVariation: numbers["cluster-cv"] ?? 0)
      ground.factor *= effect
      ground.methods.append("design effect \(PlanWording.short(effect)) of rows in units")
    }
    if let rho = numbers["autocorrelation"] {
      let serial = VarianceFactor.serial(autocorrelation: rho)
      ground.factor *= serial
      ground.methods.append("long-run variance \(PlanWording.short(serial)) times a row's")
    }
    adjust(&ground)
    return ground
  }

  /// For covariates, which numbers and tables leave alike.
  func adjust(_ ground: inout PlanGround) {
    guard let share = numbers["r2"], share > 0 else { return }
    ground.factor *= VarianceFactor.covariates(explaining: share)
    ground.methods.append(
      "covariates that explain \(PlanWording.short(100 * share)) % of the variance")
  }

  private func checkNumbers(of metric: PlanFindings.Metric) throws(Mistake) {
    let needed: [PlanFindings.Metric: [String]] = [
      .mean: ["sd"], .share: isPaired ? ["discordance"] : ["baseline"], .riskRatio: ["baseline"],
      .rate: ["baseline"], .rateRatio: ["baseline"], .auc: ["baseline", "positives"],
      .quantile: ["density"],
      .ratio: ["baseline", "sd", "denominator-mean", "denominator-sd", "correlation"],
    ]
    let lacking = (needed[metric] ?? []).filter { numbers[$0] == nil }
    guard lacking.isEmpty else {
      throw Mistake(
        "--metric \(metric.rawValue) needs \(lacking.map { "--\($0)" }.joined(separator: ", "))",
        help: "or a table to measure it from, as in understudy plan outcomes.csv --metric revenue")
    }
    let isShare = [.share, .riskRatio, .auc].contains(metric)
    if isShare, let baseline = numbers["baseline"], !(baseline > 0 && baseline < 1) {
      throw Mistake("--baseline is \(PlanWording.short(baseline)), not between 0 and 1")
    }
    if metric == .rate || metric == .rateRatio, let baseline = numbers["baseline"], baseline <= 0 {
      throw Mistake("--baseline is \(PlanWording.short(baseline)), not a rate above 0")
    }
    let pairable: [PlanFindings.Metric] = [.mean, .share, .auc]
    if isPaired, !pairable.contains(metric) {
      throw Mistake("--paired is for mean, share and auc, not for \(metric.rawValue)")
    }
    if isPaired, metric == .auc, numbers["correlation"] == nil {
      throw Mistake(
        "--metric auc needs --correlation with --paired", help: "of both models' AUCs")
    }
    if metric == .sampleRatio, shares.count != 2 {
      throw Mistake("--metric sample-ratio plans two arms, not \(shares.count)")
    }
  }

  private func comparison(_ metric: PlanFindings.Metric) throws(Mistake) -> any PlannedComparison {
    let baseline = numbers["baseline"] ?? 0
    switch metric {
    case .mean:
      let sd = numbers["sd"] ?? 1
      return isPaired
        ? PlannedPairs(deviation: sd)
        : PlannedMeans(
          candidateDeviation: numbers["candidate-sd"] ?? sd, productionDeviation: sd)
    case .share:
      return isPaired
        ? PlannedMatchedShares(discordance: numbers["discordance"] ?? 1)
        : PlannedShares(production: baseline)
    case .riskRatio: return PlannedShareRatio(production: baseline)
    case .rate, .rateRatio:
      return PlannedRates(
        production: baseline, scale: metric == .rate ? .difference : .ratio,
        exposure: numbers["exposure"] ?? 1, dispersion: numbers["dispersion"] ?? 1)
    case .ratio:
      let (s, t) = (numbers["sd"] ?? 1, baseline * (numbers["denominator-sd"] ?? 1))
      guard s * s - 2 * (numbers["correlation"] ?? 0) * s * t + t * t > 0 else {
        throw Mistake(
          "--sd, --denominator-sd and --correlation leave the ratio without variance",
          help: "a ratio of two columns that go together exactly never changes")
      }
      return PlannedMeans.ratio(
        baseline, denominatorMean: numbers["denominator-mean"] ?? 1,
        deviations: (numbers["sd"] ?? 1, numbers["denominator-sd"] ?? 1),
        correlation: numbers["correlation"] ?? 0)
    case .quantile:
      return PlannedMeans.quantile(
        probability: numbers["probability"] ?? 0.5, density: numbers["density"] ?? 1)
    case .auc:
      return PlannedAUC(
        production: baseline, positives: numbers["positives"] ?? 0.5,
        correlation: isPaired ? numbers["correlation"] : nil)
    case .mannWhitney: return PlannedMannWhitney()
    case .sampleRatio: return PlannedAssignment(planned: shares.last ?? 0.5)
    }
  }
}
