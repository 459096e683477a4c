extension Method {
  /// Where its guarantee holds.
  package var holdsUnder: Scope { Scope.exceptions[name] ?? usualScope }

  private var usualScope: Scope {
    if case .pairs = body { return needs.contains(.units) ? .pairedUnits : .independentPairs }
    return needs.contains(.units) ? .units : .independentRows
  }
}

extension Scope {
  /// The scopes that differ from what a method's design and needs say.
  static let exceptions: [String: Scope] = {
    var scopes: [String: Scope] = [:]
    for families in [
      means, shares, ranks, distributions, resampling, serial, grouped, ratios, outcomes,
      chosen,
    ] {
      scopes.merge(families) { _, later in later }
    }
    return scopes
  }()

  /// What is said of one arm holds for it only where nothing ties its rows to each other.
  private static let oneArm = Scope(rows: [.independent])

  private typealias Table = [String: Scope]

  private static func all(_ names: [String], _ scope: Scope) -> Table {
    Table(names.map { ($0, scope) }) { _, later in later }
  }

  private static func joined(_ tables: [Table]) -> Table {
    tables.reduce(into: [:]) { $0.merge($1) { _, later in later } }
  }

  /// A mean is taken for near normal: cautious where tails are heavy in two arms of one size, wrong where a
  /// handful of ones are all there is.
  private static let means = joined([
    all(
      [
        "welch", "student-t", "welch-anova", "winsorized", "yuen", "cohen-d", "hedges-g",
        "cuped", "cupac", "ancova", "cuped-pooled", "cuped-within",
        "post-stratified", "stratified",
      ],
      independentRows.with([.lightTails], fewestEvents: 10).cautious(beyond: [.values])),
    ["glass-delta": independentRows.with([.lightTails], fewestEvents: 10)],
    [
      "paired-t": independentPairs.with([.lightTails], fewestEvents: 10)
        .cautious(beyond: [.values])
    ],
    [
      "paired-yuen": independentPairs.with([.lightTails, .varied], fewestEvents: 10)
        .cautious(beyond: [.values, .ties])
    ],
  ])

  private static let shares = joined([
    all(
      [
        "z-pooled", "newcombe", "agresti-caffo", "miettinen-nurminen", "mee", "farrington-manning",
        "chi-square", "fisher-mid-p", "koopman", "miettinen-nurminen-ratio", "odds-ratio-score",
      ],
      independentRows.with(fewestEvents: 10).cautious(beyond: [.events])),
    all(
      ["z-unpooled", "wald", "g-test", "risk-ratio", "odds-ratio"],
      independentRows.with(fewestEvents: 10)),
    all(["wilson", "agresti-coull", "jeffreys"], oneArm.with(fewestEvents: 10)),
    all(
      ["wilson-cc", "clopper-pearson", "binomial-exact", "poisson-rate", "quantile-interval"],
      oneArm),
    all(
      [
        "mcnemar", "mcnemar-mid-p", "tango", "newcombe-paired", "agresti-min", "wald-paired",
        "cochran-q",
      ],
      independentPairs.with(fewestEvents: 10).cautious(beyond: [.events])),
  ])

  private static let ranks = joined([
    all(
      [
        "mann-whitney", "mann-whitney-exact", "mann-whitney-normal", "mann-whitney-uncorrected",
        "hodges-lehmann",
      ],
      independentRows.with([.continuous, .commonShape], fewestEvents: 10)
        .cautious(beyond: [.events, .ties])),
    all(
      ["brunner-munzel", "brunner-munzel-logit", "brunner-munzel-permutation", "cliffs-delta"],
      independentRows.with(fewestRows: 10, fewestEvents: 10)),
    all(
      ["wilcoxon", "wilcoxon-drop-zeros", "wilcoxon-split-zeros", "hodges-lehmann-paired"],
      independentPairs.with([.continuous, .commonShape]).cautious(beyond: [.ties])),
  ])

  private static let distributions = joined([
    all(
      ["kolmogorov-smirnov", "kruskal-wallis"],
      independentRows.with([.varied]).cautious(beyond: [.ties])),
    ["cramer-von-mises": independentRows.with([.varied])],
    ["anderson-darling": independentRows.with([.continuous])],
    ["friedman": independentPairs.with(fewestEvents: 10)],
    // About means Levene's test is thrown off by skewness (7 % at 5 % on small counts).
    all(["variance-f", "levene"], independentRows.with([.normal])),
    ["log-variance": independentRows.with([.varied, .lightTails])],
    ["brown-forsythe": independentRows.with([.varied, .lightTails]).cautious(beyond: [.values])],
    ["tail-share": independentRows.with([.varied], fewestRows: 1_000)],
    [
      "variance-permutation": independentRows.with([.commonShape], fewestEvents: 10)
        .cautious(beyond: [.events])
    ],
    all(
      ["bowker", "stuart-maxwell", "cohen-kappa"],
      independentPairs.with([.twoClasses], fewestEvents: 10)),
    ["quantile-difference": units.with([.continuous]).cautious(beyond: [.ties])],
    [
      "paired-quantile-difference": Scope(rows: [.independent, .clustered]).with([.continuous])
        .cautious(beyond: [.ties])
    ],
    [
      "harrell-davis": independentRows.with([.continuous, .lightTails])
        .cautious(beyond: [.values])
    ],
    ["median-difference": independentRows.with([.continuous])],
  ])

  /// Dozens of units; where one value in hundreds carries the sum, they are too short.
  private static let resampling = joined([
    all(
      [
        "bootstrap-percentile", "bootstrap-basic", "bootstrap-bca", "bootstrap-t",
        "poisson-bootstrap",
      ],
      units.with([.lightTails], fewestRows: 50, fewestEvents: 10)),
    all(
      [
        "paired-bootstrap-percentile", "paired-bootstrap-basic", "paired-bootstrap-bca",
        "paired-bootstrap-t", "paired-poisson-bootstrap",
      ],
      pairedUnits.with([.lightTails], fewestRows: 50, fewestEvents: 10)),
    all(
      [
        "ratio-bootstrap-percentile", "ratio-bootstrap-basic", "ratio-bootstrap-bca",
        "ratio-bootstrap-t",
      ],
      units.with([.lightTails], fewestRows: 50, fewestEvents: 10)),
    all(
      [
        "paired-ratio-bootstrap-percentile", "paired-ratio-bootstrap-basic",
        "paired-ratio-bootstrap-bca", "paired-ratio-bootstrap-t",
      ],
      pairedUnits.with([.lightTails], fewestRows: 50, fewestEvents: 10)),
    ["permutation": units.with(fewestEvents: 10)],
    ["permutation-raw": units.with([.commonShape])],
    ["sign-flip": pairedUnits.with([.commonShape], fewestEvents: 10)],
  ])

  /// Hundreds of values with a short memory, but for those that say so where there are too few.
  private static let serial = joined([
    all(["series-difference"], Scope.series.with([.lightTails])),
    all(
      [
        "cosine-difference", "block-means-difference", "moving-block-bootstrap",
        "stationary-bootstrap",
      ],
      Scope.series.with([.lightTails], fewestRows: 500)),
    all(
      ["series-interleaved", "cosine-interleaved"],
      Scope(rows: [.randomizedSeries, .seriesPerArm]).with([.lightTails], fewestRows: 50)),
    // Too few lags for a dependence that matters.
    ["newey-west-difference": Scope(rows: [.independent]).with([.lightTails], fewestRows: 500)],
    [
      "newey-west-interleaved": Scope(rows: [.randomizedSeries])
        .with([.lightTails], fewestRows: 500)
    ],
    ["newey-west-paired": independentPairs.with([.lightTails], fewestRows: 500)],
    all(["series-paired"], pairedSeries.with([.lightTails])),
    all(
      [
        "cosine-paired", "block-means-paired", "paired-moving-block-bootstrap",
        "paired-stationary-bootstrap",
      ],
      pairedSeries.with([.lightTails], fewestRows: 500)),
  ])

  /// Two or three units a group, or stretches that are long beside the memory: neighbours of eight independent rows
  /// still correlate by 0.03, and 6 % are refused at 5 %. Where a group's estimates take few values, t of the groups
  /// is cautious.
  private static let grouped: Table = {
    let scope = Scope(rows: Set(Scope.Rows.allCases)).with(fewestInSeries: 100)
    func named(_ names: [String], paired: [String], _ scope: Scope) -> Table {
      all(names.map { "grouped-\($0)" } + paired.map { "grouped-paired-\($0)" }, scope)
    }
    let places = ["median-difference", "shift"]
    return joined([
      named(places, paired: places, scope.with([.continuous], fewestRows: 20)),
      // In a group of a few rows a quantile of a heavy tail is now and then far out.
      named(
        ["quantile-difference"], paired: ["quantile-difference"],
        scope.with([.continuous, .lightTails], fewestRows: 20).cautious(beyond: [.values])),
      named(
        ["trimmed-mean", "hazard-ratio"], paired: ["trimmed-mean"],
        scope.with([.varied], fewestRows: 20)),
      // In one series values beyond a threshold come together, and some groups have none.
      named(
        ["tail-share"], paired: [],
        Scope(rows: Set(Scope.Rows.allCases).subtracting([.randomizedSeries]))
          .with([.varied], fewestRows: 20).with(fewestInSeries: 100).cautious(beyond: [.rows])),
      named(
        [
          "winsorized-mean", "standardized-difference", "ratio-difference", "relative-lift",
          "restricted-mean-difference", "restricted-mean-ratio",
        ],
        paired: ["ratio-difference", "relative-lift"],
        scope.with([.lightTails], fewestRows: 20, fewestEvents: 10)
          .cautious(beyond: [.values, .events])),
      named(
        ["probability-larger", "dominance", "net-benefit", "win-ratio"],
        paired: ["net-benefit", "win-ratio"],
        scope.with(fewestRows: 20, fewestEvents: 10).cautious(beyond: [.events])),
      named(["distribution"], paired: ["distribution"], scope.with(fewestRows: 20)),
    ])
  }()

  private static let ratios = joined([
    ["ratio-delta": units.with([.lightTails], fewestEvents: 10).cautious(beyond: [.values])],
    ["relative-lift": units.with([.lightTails], fewestEvents: 10).cautious(beyond: [.values])],
    all(
      ["relative-lift-delta", "relative-lift-log"],
      units.with([.lightTails], fewestEvents: 10)),
    all(
      ["paired-ratio", "paired-relative-lift"],
      pairedUnits.with([.lightTails], fewestEvents: 10).cautious(beyond: [.values])),
    ["ratio-confidence-sequence": units],
  ])

  /// A handful of ones is too little for a normal law, and many equal times for a law of ranks.
  private static let outcomes = joined([
    all(
      [
        "log-rank", "log-rank-stratified", "fleming-harrington-early", "fleming-harrington-late",
        "restricted-mean-difference", "restricted-mean-ratio", "net-benefit", "win-ratio",
        "group-sequential",
      ],
      independentRows.with(fewestEvents: 10).cautious(beyond: [.events])),
    all(
      ["manski-bounds", "imbens-manski", "lee-bounds", "labelling-weights"],
      independentRows.with([.lightTails], fewestEvents: 10).cautious(beyond: [.values, .events])),
    ["cox": independentRows.with([.varied], fewestEvents: 10).cautious(beyond: [.events, .ties])],
    ["median-time": independentRows.with([.continuous]).cautious(beyond: [.ties])],
    all(
      ["preference", "trinomial"],
      independentPairs.with(fewestEvents: 10).cautious(beyond: [.events])),
  ])

  /// What the chooser picks is to hold wherever the design is told.
  private static let chosen = joined([
    ["chosen": Scope(rows: [.independent, .clustered, .randomizedSeries, .seriesPerArm])],
    all(["chosen-ratio", "chosen-quantile"], units),
    ["chosen-paired": Scope(rows: [.independent, .clustered, .sharedShocks, .pairSeries])],
    ["chosen-paired-quantile": Scope(rows: [.independent, .clustered])],
    ["chosen-paired-auc": Scope(rows: [.independent])],
  ])
}
