extension CalibrationPlan {
  /// In which runs a method is asked: in every one, or in every fifth, tenth, twentieth, fortieth.
  ///
  /// In every one where nothing differs, the method promises its rates and takes less than about 3 ms; in every
  /// tenth where something differs, in every twentieth where the method promises nothing; and more seldom where it
  /// takes longer. That keeps the study within hours; each rate stands with its own number of runs.
  static func stride(of method: Method, in cell: CalibrationCell) -> Int {
    let sparse = dear[method.name].map { cell.n >= 2_000 ? $0.large : $0.small } ?? 1
    guard cell.isGated(method) else { return sparse == 1 ? 20 : 40 }
    return cell.effect == .null ? sparse : max(10, min(40, 2 * sparse))
  }

  /// Methods that take milliseconds, and variants of them, at 200 and at 2,000 rows.
  private static let dear: [String: (small: Int, large: Int)] = {
    var dear: [String: (small: Int, large: Int)] = [:]
    for form in ["percentile", "basic", "bca"] {
      for prefix in ["", "ratio-", "paired-", "paired-ratio-"] {
        dear["\(prefix)bootstrap-\(form)"] = (10, 20)
      }
    }
    for prefix in ["", "ratio-", "paired-", "paired-ratio-"] {
      dear["\(prefix)bootstrap-t"] = (5, 20)
    }
    for prefix in ["", "paired-"] {
      dear["\(prefix)cluster-bootstrap"] = (5, 20)
      dear["\(prefix)poisson-bootstrap"] = (5, 20)
      dear["\(prefix)moving-block-bootstrap"] = (20, 40)
      dear["\(prefix)stationary-bootstrap"] = (20, 40)
      dear["\(prefix)betting"] = (5, 40)
    }
    for name in ["normal", "uncorrected"] { dear["mann-whitney-\(name)"] = (10, 20) }
    for name in ["drop", "split"] { dear["wilcoxon-\(name)-zeros"] = (10, 10) }
    dear["mann-whitney"] = (10, 10)
    dear["mann-whitney-exact"] = (20, 20)
    dear["hodges-lehmann"] = (10, 20)
    dear["hodges-lehmann-paired"] = (10, 20)
    dear["brunner-munzel-permutation"] = (20, 40)
    dear["permutation"] = (10, 40)
    dear["permutation-raw"] = (20, 40)
    dear["variance-permutation"] = (5, 20)
    dear["kolmogorov-smirnov"] = (5, 20)
    dear["log-rank-stratified"] = (5, 5)
    dear["cox"] = (5, 5)
    dear["chosen"] = (1, 5)
    // Each sorts, ranks or sums both arms anew for each group, and there are many of them.
    for method in Catalogue.grouped { dear[method.name] = (1, 5) }
    for name in ["hazard-ratio", "restricted-mean-difference", "restricted-mean-ratio"] {
      dear["grouped-\(name)"] = (5, 20)
    }
    for name in ["cohen-d", "hedges-g", "quantile-difference", "chosen-quantile"] {
      dear[name] = (5, 10)
    }
    for name in ["median-time", "restricted-mean-ratio", "restricted-mean-difference"] {
      dear[name] = (40, 40)
    }
    dear["sequential-quantile"] = (40, 40)
    dear["sequential-share"] = (10, 40)
    dear["sequential-rates"] = (10, 40)
    dear["group-sequential"] = (20, 40)
    return dear
  }()
}
