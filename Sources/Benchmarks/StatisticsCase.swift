import Probability
import Statistics

/// What the standard statistics cost for each value that they read.
package let statisticsCase = BenchmarkCase(
  name: "statistics",
  question: "tests, intervals and resampling of large columns, one core"
) { size in
  let part = size == .full ? 1 : 2_000
  let settings = [
    welchSetting(10_000_000 / part), smallTests(1_000),
    rankSetting(1_000_000 / part, distinct: 1_000), rankSetting(1_000_000 / part, distinct: nil),
    signedRankSetting(1_000_000 / part), delongSetting(1_000_000 / part),
    covariateSetting(1_000_000 / part), clusterSetting(1_000_000 / part),
    quantileSetting(10_000_000 / part),
    bootstrapSetting(100_000 / part, resamples: size == .full ? 10_000 : 200),
    permutationSetting(10_000 / part, resamples: size == .full ? 9_999 : 199),
  ]
  guard size == .small else { return settings }
  // The peers' sizes are fixed.
  return settings.map { setting in
    var alone = setting
    alone.peers = []
    return alone
  }
}

/// A setting whose task is prepared once and then timed alone; a figure is for one of `count` things.
private func setting(
  _ name: String, count: Int, thing: String = "value", peers: [PeerProgram] = [],
  _ task: @escaping @Sendable () -> () throws -> [Double]
) -> Setting {
  Setting(
    name: name, unit: .nanoseconds(per: thing),
    ours: [
      Contestant("understudy") {
        let run = task()
        let watch = Stopwatch()
        guard let numbers = try? run() else { preconditionFailure("\(name) has no answer") }
        let seconds = watch.seconds
        var answer = AnswerHash()
        for number in numbers { answer.add(number) }
        return Reading(figure: seconds * 1e9 / Double(count), answer: answer.text)
      }
    ],
    peers: peers)
}

private func peer(_ name: String, _ job: String, line: String, count: Int) -> PeerProgram {
  PeerProgram(
    name: name, file: "../statistics/bench_stats.py", language: .python, arguments: [job],
    figure: line, format: .timedLines(count: count), rounds: 1)
}

// MARK: Columns

private func normals(_ count: Int, _ stream: String, mean: Double = 0) -> [Double] {
  var column = Array(repeating: 0.0, count: count)
  var span = column.mutableSpan
  BlockDraws(seed: 1, StreamName(stream)).fillNormals(
    firstEntity: 0, count: count, indices: 0..<1, into: &span, stride: count)
  for row in column.indices { column[row] += mean }
  return column
}

private func whole(_ count: Int, _ stream: String, below: Int) -> [Double] {
  var column = Array(repeating: 0.0, count: count)
  var span = column.mutableSpan
  BlockDraws(seed: 1, StreamName(stream)).fillUnits(
    firstEntity: 0, count: count, indices: 0..<1, into: &span, stride: count)
  return column.map { ($0 * Double(below)).rounded(.down) }
}

// MARK: Settings

private func welchSetting(_ n: Int) -> Setting {
  setting(
    "Welch's test, 2 x \(n)", count: 2 * n,
    peers: [peer("SciPy", "welch", line: "welch ttest_ind 2 x 1e7", count: 2 * n)]
  ) {
    let (a, b) = (normals(n, "a"), normals(n, "b", mean: 0.001))
    return {
      let test = try TTests.welch(candidate: Moments(of: b), production: Moments(of: a))
      return [test.value, test.pTwoSided().value]
    }
  }
}

private func smallTests(_ count: Int) -> Setting {
  setting(
    "Welch's test, \(count) of 50 + 50 values", count: count, thing: "test",
    peers: [peer("SciPy", "small", line: "scipy ttest_ind n=50, 1000 calls", count: count)]
  ) {
    let (a, b) = (normals(50, "a"), normals(50, "b"))
    return {
      var sum = 0.0
      for _ in 0..<count {
        let test = try TTests.welch(candidate: Moments(of: b), production: Moments(of: a))
        sum += test.pTwoSided().value
      }
      return [sum]
    }
  }
}

private func rankSetting(_ n: Int, distinct: Int?) -> Setting {
  let line = distinct == nil ? "mannwhitneyu continuous 2 x 1e6" : "mannwhitneyu ties 2 x 1e6"
  return setting(
    "Mann-Whitney, 2 x \(n), \(distinct.map { "\($0) different values" } ?? "no ties")",
    count: 2 * n, peers: [peer("SciPy", "mwu", line: line, count: 2 * n)]
  ) {
    let (a, b) =
      distinct.map { (whole(n, "a", below: $0), whole(n, "b", below: $0 + 1)) }
      ?? (normals(n, "a"), normals(n, "b"))
    return {
      let test = try MannWhitney(candidate: b, production: a)
      return [test.u, try test.pNormal(.different).value]
    }
  }
}

private func signedRankSetting(_ n: Int) -> Setting {
  setting(
    "Wilcoxon's signed ranks, \(n)", count: n,
    peers: [peer("SciPy", "mwu", line: "wilcoxon signed-rank asymptotic 1e6", count: n)]
  ) {
    let (a, b) = (normals(n, "a"), normals(n, "b"))
    return {
      let test = try SignedRank(a.indices.map { b[$0] - a[$0] })
      return [test.plus, try test.pNormal(.different).value]
    }
  }
}

private func delongSetting(_ n: Int) -> Setting {
  setting(
    "DeLong's paired test, \(n)", count: n,
    peers: [
      peer("numpy, Sun-Xu", "delong", line: "fast DeLong paired n=1000000", count: n)
    ]
  ) {
    let labels = whole(n, "label", below: 10).map { $0 == 0 }
    let (noise, more) = (normals(n, "a"), normals(n, "b"))
    let first = noise.indices.map { (labels[$0] ? 1 : 0) + noise[$0] }
    let second = more.indices.map { (labels[$0] ? 1 : 0) + 0.7 * first[$0] + more[$0] }
    return {
      let pair = try PairedAUC(candidateScores: second, productionScores: first, labels: labels)
      let test = pair.independentEstimate
      return [test.value, test.pTwoSided().value]
    }
  }
}

private func arms(_ n: Int, units: [Int]? = nil) -> TwoArms {
  func arm(_ name: String) -> ArmSample {
    let covariate = normals(n, "\(name) before", mean: 5)
    let noise = normals(n, name)
    return ArmSample(
      values: noise.indices.map { 0.8 * covariate[$0] + noise[$0] }, units: units,
      covariates: [covariate])
  }
  return TwoArms(candidate: arm("candidate"), production: arm("production"))
}

private func answer(_ method: String, _ arms: TwoArms) throws -> [Double] {
  guard case .arms(let run) = Catalogue.method(named: method)?.body else {
    preconditionFailure("no method \(method)")
  }
  let answer = try run(arms, Question())
  return [answer.estimate ?? .nan, answer.p?.value ?? .nan]
}

private func covariateSetting(_ n: Int) -> Setting {
  setting(
    "CUPED (Lin), 2 x \(n)", count: 2 * n,
    peers: [
      peer("tea-tasting", "cuped", line: "tea-tasting CUPED 2 x 1e6", count: 2 * n),
      peer("statsmodels", "cuped", line: "statsmodels OLS ANCOVA HC2", count: 2 * n),
    ]
  ) {
    let arms = arms(n)
    return { try answer("cuped", arms) }
  }
}

private func clusterSetting(_ n: Int) -> Setting {
  setting(
    "users of ten requests, 2 x \(n) requests", count: 2 * n,
    peers: [
      peer("statsmodels, with covariate", "cuped", line: "statsmodels OLS cluster", count: 2 * n)
    ]
  ) {
    let arms = arms(n, units: (0..<n).map { $0 / 10 })
    return { try answer("clustered", arms) }
  }
}

private func quantileSetting(_ n: Int) -> Setting {
  setting(
    "four quantiles to p99.9, \(n)", count: n,
    peers: [peer("numpy", "small", line: "numpy quantile p50,p90,p99,p99.9", count: n)]
  ) {
    let values = normals(n, "a")
    return { try SampleQuantile.linear([0.5, 0.9, 0.99, 0.999], of: values) }
  }
}

private func bootstrapSetting(_ n: Int, resamples: Int) -> Setting {
  setting(
    "paired bootstrap of the mean, \(resamples) x \(n)", count: resamples * n,
    thing: "resampled value",
    peers: [
      peer(
        "numpy loop", "boot", line: "paired bootstrap 10,000 x 1e5", count: resamples * n)
    ]
  ) {
    let (a, noise) = (normals(n, "a"), normals(n, "b", mean: 0.01))
    let pairs = PairSample(
      candidate: a.indices.map { a[$0] + 0.5 * noise[$0] }, production: a)
    return {
      let replicates = try Bootstrap.replicates(
        pairs, Bootstrap.Plan(.percentile, resamples: resamples, seed: 1))
      let interval = replicates.percentileInterval(level: 0.95, .linear)
      return [interval.lower, interval.upper]
    }
  }
}

private func permutationSetting(_ n: Int, resamples: Int) -> Setting {
  setting(
    "permutation of \(2 * n) values, \(resamples) deals", count: resamples * 2 * n,
    thing: "dealt value",
    peers: [
      peer(
        "SciPy", "perm", line: "scipy permutation_test 10,000 x 2e4", count: resamples * 2 * n)
    ]
  ) {
    let arms = TwoArms(candidate: normals(n, "a"), production: normals(n, "b"))
    return {
      let test = try Permutations(arms, resamples: resamples, seed: 1)
      return [test.pTwoSided(against: 0).value]
    }
  }
}
