import Probability
import TestSupport
import Testing

@Suite("Distributions") struct DistributionTests {
  typealias Part = Distribution.MixturePart

  static let continuous: [Distribution] = [
    .uniform(low: -2, high: 5), .exponential(mean: 3), .normal(mean: 10, standardDeviation: 2),
    .lognormal(mu: 1, sigma: 0.8), .gamma(shape: 0.4, scale: 2), .gamma(shape: 7, scale: 0.5),
    .weibull(shape: 0.7, scale: 2), .weibull(shape: 3, scale: 1), .pareto(minimum: 2, shape: 4.5),
    .mixture([
      Part(weight: 3, distribution: .lognormal(mu: 0, sigma: 0.5)),
      Part(weight: 1, distribution: .normal(mean: 20, standardDeviation: 1)),
    ]),
    .quantiles(probabilities: [0, 0.2, 0.5, 0.99, 1], values: [-1, 2, 2.5, 40, 300]),
    .shifted(by: 3, .gamma(shape: 2, scale: 0.5)),
  ]
  static let discrete: [Distribution] = [
    .constant(4), .bernoulli(probability: 0.3), .categorical(weights: [2, 0, 1, 5]),
    .empirical(values: [1, 2, 2, 7, 9.5, 11, 30]),
    .mixture([
      Part(weight: 1, distribution: .constant(0)),
      Part(weight: 4, distribution: .exponential(mean: 2)),
      Part(weight: 2, distribution: .constant(5)),
    ]),
    .quantiles(probabilities: [0, 0.25, 1], values: [0, 4, 4]),
  ]

  static let probabilities = [1e-12, 1e-6, 0.01, 0.1, 0.3, 0.5, 0.75, 0.9, 0.99, 0.999_999]

  @Test("the cdf of a quantile is the probability", arguments: continuous)
  func roundTrip(_ law: Distribution) {
    for p in Self.probabilities {
      let x = law.quantile(p)
      #expect((law.cdf(x) - p).magnitude < 1e-9 * p + 4e-16, "p \(p), x \(x), cdf \(law.cdf(x))")
    }
  }

  @Test("a quantile is the smallest number whose cdf reaches the probability", arguments: discrete)
  func smallest(_ law: Distribution) {
    for p in Self.probabilities + [1 / 7.0, 2 / 7.0, 3 / 7.0, 0.7, 2 / 8.0, 3 / 8.0] {
      let x = law.quantile(p)
      #expect(law.cdf(x) >= p, "p \(p), x \(x)")
      #expect(law.cdf(x.nextDown) < p, "p \(p), x \(x)")
    }
  }

  @Test("quantiles rise with the probability", arguments: continuous + discrete)
  func monotone(_ law: Distribution) {
    let quantiles = (1..<400).map { law.quantile(Double($0) / 400) }
    #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test(
    "draws have the distribution's cdf (Kolmogorov and Smirnov), missed once in a million seeds",
    arguments: continuous)
  func kolmogorovSmirnov(_ law: Distribution) {
    let n = 4_000
    let draws = (0..<n).map { entity in
      var luck = RandomStream(seed: 7, StreamName("ks"), entity: UInt64(entity))
      return law.draw(using: &luck)
    }.sorted()
    var distance = 0.0
    for (rank, x) in draws.enumerated() {
      let p = law.cdf(x)
      distance = max(distance, p - Double(rank) / Double(n), Double(rank + 1) / Double(n) - p)
    }
    // P(D > d) <= 2 exp(−2 n d²) for every n (Massart 1990).
    let bound = (Elementary.log(2 / 1e-6) / Double(2 * n)).squareRoot()
    #expect(distance < bound, "distance \(distance), bound \(bound), seed 7")
  }

  @Test("mean and variance are those of the quantile function", arguments: continuous + discrete)
  func moments(_ law: Distribution) throws {
    let mean = try #require(law.mean)
    let variance = try #require(law.variance)
    let (first, second) = Self.integrals(of: law)
    #expect((first - mean).magnitude <= 5e-3 * variance.squareRoot() + 1e-9)
    #expect((second - first * first - variance).magnitude <= 2e-2 * max(1e-9, variance))
  }

  /// ∫ q(p) dp and ∫ q(p)² dp over (0, 1), by midpoints of p = the logistic function of v: fine in both tails.
  static func integrals(of law: Distribution) -> (Double, Double) {
    var (first, second) = (0.0, 0.0)
    let step = 0.02
    for i in -1_750..<1_750 {
      let v = (Double(i) + 0.5) * step
      let p = Elementary.logistic(v)
      let weight = step * p * Elementary.logistic(-v)
      let x = p < 1 ? law.quantile(p) : 0
      first += weight * x
      second += weight * x * x
    }
    return (first, second)
  }

  @Test("counts of draws from discrete distributions are plausible")
  func discreteDraws() {
    let law = Distribution.categorical(weights: [2, 0, 1, 5])
    for (category, share) in [0.25, 0, 0.125, 0.625].enumerated() {
      let count = trials(4_000, seed: 3) { law.draw(using: &$0) == Double(category) }
      #expect(count.isPlausible(under: share), "category \(category): \(count)")
    }
    let coin = Distribution.bernoulli(probability: 0.07)
    let count = trials(4_000, seed: 4) { coin.draw(using: &$0) == 1 }
    #expect(count.isPlausible(under: 0.07), "\(count)")
  }

  @Test("arms that share luck share their order: the slower arm is slower at every draw")
  func sharedLuck() throws {
    let fast = try Distribution.lognormal(mean: 8, p99: 40)
    let slow = try Distribution.lognormal(mean: 16, p99: 80)
    #expect(
      trials(500, seed: 9) { luck in
        var other = luck
        return fast.draw(using: &luck) < slow.draw(using: &other)
      }.hits == 500)
  }

  @Test("a mean that does not exist is nil")
  func nothing() {
    #expect(Distribution.pareto(minimum: 1, shape: 1).mean == nil)
    #expect(Distribution.pareto(minimum: 1, shape: 2).variance == nil)
    #expect(Distribution.pareto(minimum: 1, shape: 2).mean == 2)
    let mixture = Distribution.mixture([
      Part(weight: 1, distribution: .constant(1)),
      Part(weight: 0, distribution: .pareto(minimum: 1, shape: 0.5)),
    ])
    #expect(mixture.mean == 1)
  }

  @Test("a column of draws has the bits of single draws", arguments: continuous + discrete)
  func columns(_ law: Distribution) {
    let draws = BlockDraws(seed: 7, StreamName("columns"))
    let (count, indices) = (150, 1..<3)
    var columns = [Double](repeating: 0, count: 2 * count)
    do {
      var span = columns.mutableSpan
      draws.fill(
        law, firstEntity: 40, count: count, indices: indices, into: &span, stride: count)
    }
    for row in 0..<count {
      var luck = RandomStream(seed: 7, StreamName("columns"), entity: 40 + UInt64(row))
      _ = luck.nextUnit()
      for column in 0..<2 {
        #expect(columns[column * count + row].bitPattern == law.draw(using: &luck).bitPattern)
      }
    }
  }
}
