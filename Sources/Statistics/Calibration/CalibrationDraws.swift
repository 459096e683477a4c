import Probability

/// What one run of a cell draws: a pure function of the cell's traffic, its size and the run's number.
///
/// Values are functions of standard normal scores; what a method may ask for beside them (a covariate,
/// strata, denominators) is a function of a second score that correlates with the first.
struct CalibrationDraws: Sendable {
  private let cell: CalibrationCell
  private let keys: Keys
  private let candidate: ScoredValues
  private let production: ScoredValues

  private struct Keys: Sendable {
    var candidate: DrawKey
    var production: DrawKey
    var shared: DrawKey
    var covariates: DrawKey
    var labels: DrawKey
  }

  static let seed: UInt64 = 3
  /// Of a value's score with its covariate.
  static let covariateCorrelation = 0.6
  /// Where the covariate's score passes from one quarter or fifth to the next.
  private static let quarters = [0.25, 0.5, 0.75].map { Normal.quantile($0) }
  private static let fifths = [0.2, 0.4, 0.6, 0.8].map { Normal.quantile($0) }

  init(_ cell: CalibrationCell) {
    self.cell = cell
    func key(_ what: String) -> DrawKey {
      DrawKey(seed: Self.seed, StreamName("calibration/\(cell.traffic)/\(cell.n)/\(what)"))
    }
    keys = Keys(
      candidate: key("candidate"), production: key("production"), shared: key("shared"),
      covariates: key("covariates"), labels: key("labels"))
    candidate = ScoredValues(cell.candidate)
    production = ScoredValues(cell.production)
  }

  /// Where a method that draws takes its seed from.
  func questionSeed(of run: Int) -> UInt64 {
    var stream = RandomStream(keys.shared, entity: UInt64(run) | 1 << 40)
    return UInt64(stream.nextWord()) << 32 | UInt64(stream.nextWord())
  }

  // MARK: Two arms

  /// - Parameter needs: which columns beside the values are wanted.
  func arms(run: Int, needs: Set<Method.Need>) -> TwoArms {
    if case .randomizedSeries(let rho) = cell.design {
      return randomizedSeries(run: run, rho: rho, needs: needs)
    }
    let scores = (
      rows(keys.candidate, run: run, count: cell.n), rows(keys.production, run: run, count: cell.n)
    )
    var arms = TwoArms(
      candidate: arm(scores.0, candidate, run: run, part: 0, needs: needs),
      production: arm(scores.1, production, run: run, part: 1, needs: needs))
    if cell.rows == .seriesPerArm {
      // Both series run at once, one row of each in turn.
      arms.candidate.places = (0..<cell.n).map { 2 * $0 }
      arms.production.places = (0..<cell.n).map { 2 * $0 + 1 }
    }
    return arms
  }

  /// The scores of rows that hang together as the design says.
  private func rows(_ key: DrawKey, run: Int, count: Int) -> [Double] {
    var luck = RandomStream(key, entity: UInt64(run))
    switch cell.design {
    case .arms, .pairs, .sharedShocks: return Self.normals(count, &luck)
    case .clusteredArms, .clusteredPairs: return Self.clustered(count, &luck)
    case .randomizedSeries(let rho), .seriesPerArm(let rho), .pairSeries(let rho):
      return Self.series(count, rho: rho, &luck)
    }
  }

  private func randomizedSeries(run: Int, rho: Double, needs: Set<Method.Need>) -> TwoArms {
    var luck = RandomStream(keys.shared, entity: UInt64(run))
    let scores = Self.series(2 * cell.n, rho: rho, &luck)
    // Which places are the candidate's: n of 2n, all choices equally likely.
    var places: ([Int], [Int]) = ([], [])
    for place in scores.indices {
      let left = Double(2 * cell.n - place)
      let wanted = Double(cell.n - places.0.count)
      if luck.nextUnit() * left < wanted { places.0.append(place) } else { places.1.append(place) }
    }
    var arms = TwoArms(
      candidate: arm(places.0.map { scores[$0] }, candidate, run: run, part: 0, needs: needs),
      production: arm(places.1.map { scores[$0] }, production, run: run, part: 1, needs: needs))
    arms.candidate.places = places.0
    arms.production.places = places.1
    return arms
  }

  private func arm(
    _ scores: [Double], _ law: ScoredValues, run: Int, part: UInt64, needs: Set<Method.Need>
  ) -> ArmSample {
    var values = scores
    var labels: [Double]?
    if cell.shape == .scores {
      let separation = ScoredPairs.separation(cell.effect)
      let drawn = drawLabels(run: run, part: part)
      for (index, label) in drawn.enumerated() {
        values[index] += (part == 0 ? separation.candidate : separation.production) * label
      }
      labels = drawn
    }
    law.apply(to: &values)
    var sample = ArmSample(values: values)
    sample.labels = labels
    if cell.rows == .clustered { sample.units = Self.units(of: values.count) }
    if needs.contains(.counts) {
      // Each row watched for the same time.
      if needs.contains(.denominators) { sample.denominators = values.map { _ in 1 } }
      return sample
    }
    guard !needs.isDisjoint(with: [.covariates, .strata, .denominators]) else { return sample }
    let covariate = covariates(of: scores, run: run, part: part)
    if needs.contains(.covariates) { sample.covariates = [covariate] }
    if needs.contains(.strata) { sample.strata = Self.classes(of: covariate, Self.quarters) }
    if needs.contains(.denominators) {
      sample.denominators = Self.classes(of: covariate, Self.fifths).map { Double($0 + 1) }
    }
    return sample
  }

  private func covariates(of scores: [Double], run: Int, part: UInt64) -> [Double] {
    var luck = RandomStream(keys.covariates, entity: UInt64(run) << 1 | part)
    let own = (1 - Self.covariateCorrelation * Self.covariateCorrelation).squareRoot()
    return scores.map { Self.covariateCorrelation * $0 + own * luck.nextNormal() }
  }

  // MARK: Pairs

  func pairs(run: Int, needs: Set<Method.Need>) -> PairSample {
    var scores = pairedScores(run: run)
    var labels: [Double]?
    if cell.shape == .scores {
      let drawn = drawLabels(run: run, part: 0)
      let separation = ScoredPairs.separation(cell.effect)
      for (index, label) in drawn.enumerated() {
        scores.candidate[index] += separation.candidate * label
        scores.production[index] += separation.production * label
      }
      labels = drawn
    }
    let latent = scores.candidate
    candidate.apply(to: &scores.candidate)
    production.apply(to: &scores.production)
    var sample = PairSample(candidate: scores.candidate, production: scores.production)
    sample.labels = labels
    if cell.rows == .clustered { sample.units = Self.units(of: cell.n) }
    guard !needs.isDisjoint(with: [.strata, .denominators]) else { return sample }
    let covariate = covariates(of: latent, run: run, part: 0)
    if needs.contains(.strata) { sample.strata = Self.classes(of: covariate, Self.quarters) }
    if needs.contains(.denominators) {
      let sizes = Self.classes(of: covariate, Self.fifths).map { Double($0 + 1) }
      sample.denominators = .init(candidate: sizes, production: sizes)
    }
    return sample
  }

  /// 0 or 1, equally likely, one a row.
  private func drawLabels(run: Int, part: UInt64) -> [Double] {
    var luck = RandomStream(keys.labels, entity: UInt64(run) << 1 | part)
    return (0..<cell.n).map { _ in luck.nextUnit() < 0.5 ? 0 : 1 }
  }

  /// Two scores a request, each standard normal, with `pairCorrelation` between them.
  private func pairedScores(run: Int) -> (candidate: [Double], production: [Double]) {
    var common: [Double]
    switch cell.design {
    case .sharedShocks(let rho):
      var luck = RandomStream(keys.shared, entity: UInt64(run))
      common = Self.series(cell.n, rho: rho, &luck)
    default:
      common = rows(keys.shared, run: run, count: cell.n)
    }
    let shared = CalibrationCell.pairCorrelation.squareRoot()
    let own = (1 - CalibrationCell.pairCorrelation).squareRoot()
    var candidate = rows(keys.candidate, run: run, count: cell.n)
    var production = rows(keys.production, run: run, count: cell.n)
    for index in common.indices {
      candidate[index] = shared * common[index] + own * candidate[index]
      production[index] = shared * common[index] + own * production[index]
    }
    return (candidate, production)
  }
}

/// How far the labels move the scores of pairs.
enum ScoredPairs {
  static func separation(_ effect: CalibrationCell.Effect) -> (
    candidate: Double, production: Double
  ) {
    (effect == .null ? 1 : 1.15, 1)
  }
}

// MARK: - Scores

extension CalibrationDraws {
  static func normals(_ count: Int, _ luck: inout RandomStream) -> [Double] {
    var scores: [Double] = []
    scores.reserveCapacity(count)
    for _ in 0..<count { scores.append(luck.nextNormal()) }
    return scores
  }

  /// Stationary from the first.
  static func series(_ count: Int, rho: Double, _ luck: inout RandomStream) -> [Double] {
    let scale = (1 - rho * rho).squareRoot()
    var scores: [Double] = []
    scores.reserveCapacity(count)
    var last = luck.nextNormal()
    for _ in 0..<count {
      scores.append(last)
      last = rho * last + scale * luck.nextNormal()
    }
    return scores
  }

  private static func clustered(_ count: Int, _ luck: inout RandomStream) -> [Double] {
    let shared = CalibrationCell.intraClassCorrelation.squareRoot()
    let own = (1 - CalibrationCell.intraClassCorrelation).squareRoot()
    var user = 0.0
    return (0..<count).map { index in
      if index % CalibrationCell.requestsPerUser == 0 { user = luck.nextNormal() }
      return shared * user + own * luck.nextNormal()
    }
  }

  private static func units(of count: Int) -> [Int] {
    (0..<count).map { $0 / CalibrationCell.requestsPerUser }
  }

  private static func classes(of scores: [Double], _ borders: [Double]) -> [Int] {
    scores.map { score in borders.reduce(0) { $0 + (score > $1 ? 1 : 0) } }
  }
}
