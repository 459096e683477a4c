extension Catalogue {
  static let resampling: [Method] =
    bootstraps + pairedBootstraps + ratioBootstraps + pairedRatioBootstraps
    + [
      clusterBootstrap, pairedClusterBootstrap, movingBlocks, pairedMovingBlocks, stationary,
      pairedStationary, poisson, pairedPoisson, permutation, rawPermutation, signFlip,
    ]

  // MARK: Four forms of the bootstrap

  private static let bootstraps = BootstrapReplicates.Form.allCases.map {
    bootstrap(form: $0, prefix: "", of: "the means", .meanDifference, [], arms(.units, $0))
  }

  private static let pairedBootstraps = BootstrapReplicates.Form.allCases.map {
    bootstrap(
      form: $0, prefix: "paired-", of: "the pairs' mean", .meanDifference, [], pairs(.units, $0))
  }

  private static let ratioBootstraps = BootstrapReplicates.Form.allCases.map {
    bootstrap(
      form: $0, prefix: "ratio-", of: "the ratios", .ratioDifference, [.denominators],
      arms(.units, $0))
  }

  private static let pairedRatioBootstraps = BootstrapReplicates.Form.allCases.map {
    bootstrap(
      form: $0, prefix: "paired-ratio-", of: "the pairs' ratios", .ratioDifference,
      [.denominators], pairs(.units, $0))
  }

  private static func bootstrap(
    form: BootstrapReplicates.Form, prefix: String, of what: String, _ estimand: Estimand,
    _ needs: Set<Method.Need>, _ body: Method.Body
  ) -> Method {
    Method(
      name: "\(prefix)\(form.name)", title: "\(form.title) of \(what)", estimand: estimand,
      needs: needs,
      assumptions: ["rows (or units, where they are given) are independent"],
      failsWhen: form.failsWhen, source: form.source, body: body)
  }

  // MARK: Units and series

  private static let clusterBootstrap = Method(
    name: "cluster-bootstrap", title: "Bootstrap-t of whole units", estimand: .meanDifference,
    needs: [.units], assumptions: ["units are independent; the rows of one unit need not be"],
    failsWhen: "there are fewer than about twenty units, or one of them has much of all rows",
    source: "Davison and Hinkley (1997), section 3.8; Cameron, Gelbach and Miller (2008)",
    body: arms(.units, .studentized))

  private static let pairedClusterBootstrap = Method(
    name: "paired-cluster-bootstrap", title: "Bootstrap-t of whole units of pairs",
    estimand: .meanDifference, needs: [.units],
    assumptions: ["units are independent; the pairs of one unit need not be"],
    failsWhen: "there are fewer than about twenty units, or one of them has much of all pairs",
    source: "Davison and Hinkley (1997), section 3.8; Cameron, Gelbach and Miller (2008)",
    body: pairs(.units, .studentized))

  private static let movingBlocks = series(
    "moving-block-bootstrap", "Moving blocks of each arm's series",
    "Künsch (1989); Politis and Romano (1992); Politis and White (2004) for the length",
    arms(.blocks(length: nil), .percentile))

  private static let pairedMovingBlocks = series(
    "paired-moving-block-bootstrap", "Moving blocks of the pairs' series",
    "Künsch (1989); Politis and Romano (1992); Politis and White (2004) for the length",
    pairs(.blocks(length: nil), .percentile))

  private static let stationary = series(
    "stationary-bootstrap", "Stationary bootstrap of each arm's series",
    "Politis and Romano (1994); Politis and White (2004) for the length",
    arms(.stationary(length: nil), .percentile))

  private static let pairedStationary = series(
    "paired-stationary-bootstrap", "Stationary bootstrap of the pairs' series",
    "Politis and Romano (1994); Politis and White (2004) for the length",
    pairs(.stationary(length: nil), .percentile))

  private static func series(
    _ name: String, _ title: String, _ source: String, _ body: Method.Body
  ) -> Method {
    Method(
      name: name, title: title, estimand: .meanDifference,
      assumptions: [
        "rows stand in the order of time", "the series is stationary and its memory short",
      ],
      failsWhen: "the memory reaches over a tenth of the series, or the series drifts",
      source: source,
      body: body)
  }

  private static let poisson = Method(
    name: "poisson-bootstrap", title: "Poisson bootstrap of the means", estimand: .meanDifference,
    assumptions: ["rows (or units, where they are given) are independent"],
    failsWhen: BootstrapReplicates.Form.percentile.failsWhen,
    source: "Hanley and MacGibbon (2006); Chamandy et al. (2012)",
    body: arms(.poisson, .percentile))

  private static let pairedPoisson = Method(
    name: "paired-poisson-bootstrap", title: "Poisson bootstrap of the pairs' mean",
    estimand: .meanDifference,
    assumptions: ["pairs (or units, where they are given) are independent"],
    failsWhen: BootstrapReplicates.Form.percentile.failsWhen,
    source: "Hanley and MacGibbon (2006); Chamandy et al. (2012)",
    body: pairs(.poisson, .percentile))

  // MARK: Permutations

  private static let permutation = Method(
    name: "permutation", title: "Permutation test of the studentized difference",
    estimand: .meanDifference,
    assumptions: ["rows (or units, where they are given) are independent"],
    failsWhen: "samples are small and the arms' distributions differ in more than a shift",
    source: "Janssen (1997); Chung and Romano (2013)", guarantee: .approximate,
    body: permutation(isStudentized: true))

  private static let rawPermutation = Method(
    name: "permutation-raw", title: "Permutation test of the difference of means",
    estimand: .meanDifference,
    assumptions: [
      "rows (or units, where they are given) are independent",
      "the arms' distributions differ by a shift alone",
    ],
    failsWhen: "the arms' variances and sizes both differ",
    source: "Fisher (1935); Pitman (1937)", guarantee: .exact,
    body: permutation(isStudentized: false))

  private static func permutation(isStudentized: Bool) -> Method.Body {
    .arms { arms, question throws(Unavailable) in
      let test = try Permutations(
        arms, isStudentized: isStudentized, resamples: question.resamples, seed: question.seed)
      return try question.atAllLevels { Answer(test, to: $0) }
    }
  }

  private static let signFlip = Method(
    name: "sign-flip", title: "Sign changes of the pairs' differences", estimand: .meanDifference,
    assumptions: [
      "pairs (or units, where they are given) are independent",
      "differences are symmetric about their mean",
    ],
    failsWhen: "differences are skewed and few", source: "Fisher (1935); Hartigan (1969)",
    guarantee: .exact,
    body: .pairs { pairs, question throws(Unavailable) in
      let test = try SignFlips(pairs, resamples: question.resamples, seed: question.seed)
      var answer = try question.atAllLevels {
        Answer(
          test.thresholds, estimate: test.estimate, standardError: nil, to: $0,
          null: question.null ?? 0)
      }
      answer.arms = .means(of: pairs)
      return answer
    })

  // MARK: Bodies

  private static func arms(
    _ scheme: Bootstrap.Scheme, _ form: BootstrapReplicates.Form
  ) -> Method.Body {
    .arms { arms, question throws(Unavailable) in
      let plan = Bootstrap.Plan(
        form, scheme: scheme, resamples: question.resamples, seed: question.seed)
      let replicates = try Bootstrap.replicates(arms, plan)
      var answer = try question.atAllLevels { question throws(Unavailable) in
        try replicates.answer(form, to: question, null: question.null ?? 0)
      }
      answer.arms = .init(
        candidate: try ResampledUnits(arms.candidate).estimate,
        production: try ResampledUnits(arms.production).estimate)
      return answer
    }
  }

  private static func pairs(
    _ scheme: Bootstrap.Scheme, _ form: BootstrapReplicates.Form
  ) -> Method.Body {
    .pairs { pairs, question throws(Unavailable) in
      let plan = Bootstrap.Plan(
        form, scheme: scheme, resamples: question.resamples, seed: question.seed)
      let replicates = try Bootstrap.replicates(pairs, plan)
      var answer = try question.atAllLevels { question throws(Unavailable) in
        try replicates.answer(form, to: question, null: question.null ?? 0)
      }
      answer.arms = .means(of: pairs)
      return answer
    }
  }
}

extension Answer.Arms {
  /// The two means or ratios; nil where a denominator is zero.
  fileprivate static func means(of pairs: PairSample) -> Answer.Arms? {
    let (above, below) = (pairs, pairs.denominators)
    let candidate = try? ResampledUnits(
      ArmSample(values: above.candidate, denominators: below?.candidate))
    let production = try? ResampledUnits(
      ArmSample(values: above.production, denominators: below?.production))
    guard let candidate, let production else { return nil }
    return Answer.Arms(candidate: candidate.estimate, production: production.estimate)
  }
}

extension Answer {
  fileprivate init(_ test: Permutations, to question: Question) {
    let null = question.null ?? 0
    self.init(
      estimate: test.estimate, statistic: test.statistic(against: null),
      standardError: test.standardError)
    let tail = 1 - question.level
    switch question.alternative {
    case .different:
      let (lower, upper) = (test.lower(tail: tail / 2), test.upper(tail: tail / 2))
      interval = Bounds(lower: min(lower, upper), upper: max(lower, upper))
      p = test.pTwoSided(against: null)
    case .greater:
      interval = Bounds(lower: test.lower(tail: tail), upper: .infinity)
      p = test.pGreater(than: null)
    case .less:
      interval = Bounds(lower: -.infinity, upper: test.upper(tail: tail))
      p = test.pLess(than: null)
    }
    cautions = [.resolution(oneIn: test.total)]
  }
}

extension BootstrapReplicates.Form {
  fileprivate var name: String {
    switch self {
    case .percentile: "bootstrap-percentile"
    case .basic: "bootstrap-basic"
    case .bca: "bootstrap-bca"
    case .studentized: "bootstrap-t"
    }
  }

  fileprivate var title: String {
    switch self {
    case .percentile: "Percentile bootstrap"
    case .basic: "Basic bootstrap"
    case .bca: "Accelerated bootstrap (BCa)"
    case .studentized: "Bootstrap-t"
    }
  }

  fileprivate var failsWhen: String {
    switch self {
    case .percentile, .basic:
      "samples are small or skewed (the interval is then too narrow), or one value in hundreds carries the sum"
    case .bca: "there are fewer than about thirty units, or one value in hundreds carries the sum"
    case .studentized:
      "one value in hundreds carries the sum (the interval is then very wide, and rightly)"
    }
  }

  fileprivate var source: String {
    switch self {
    case .percentile: "Efron (1979); Efron and Tibshirani (1993), chapter 13"
    case .basic: "Davison and Hinkley (1997), section 5.2"
    case .bca: "Efron (1987)"
    case .studentized: "Efron (1982); Hall (1988)"
    }
  }
}
