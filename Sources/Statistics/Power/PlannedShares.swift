import Probability

/// The difference of two arms' shares.
package struct PlannedShares: PlannedComparison, Equatable {
  package enum Test: Sendable, Equatable {
    /// The score test: its error is that of the shares under the null hypothesis (the pooled share, where that is no
    /// difference).
    case score
    /// Wald's test: each arm's own share.
    case unpooled
    /// The difference of the arcsines of the roots, Cohen's h.
    case arcsine
  }

  /// Production's share, in (0, 1).
  package var production: Double
  package var test: Test

  package init(production: Double, test: Test = .score) {
    precondition(production > 0 && production < 1, "a share of \(production)")
    self.production = production
    self.test = test
  }

  package var possible: ClosedRange<Double> { -production...(1 - production) }

  /// 2 asin √candidate − 2 asin √production, from the sine of the difference, so that near shares keep their digits.
  ///
  /// - Source: Cohen (1988).
  package static func cohenH(candidate: Double, production: Double) -> Double {
    let sine =
      (candidate * (1 - production)).squareRoot() - (production * (1 - candidate)).squareRoot()
    let cosine =
      (candidate * production).squareRoot() + ((1 - candidate) * (1 - production)).squareRoot()
    return 2 * angle(sine: sine, cosine: cosine)
  }

  /// The angle in −π/2...π/2 with this sine and cosine >= 0: a rational start, then sin(difference) steps, each cubing
  /// the error.
  private static func angle(sine: Double, cosine: Double) -> Double {
    let half = sine / (1 + cosine)
    var angle = 2 * half / (1 + 0.28 * half * half)
    for _ in 0..<6 {
      angle += sine * Elementary.cos(angle) - cosine * Elementary.sin(angle)
    }
    return angle
  }

  package func estimate(effect: Double, null: Double, sizes: PlannedSizes) -> PlannedEstimate {
    let candidate = min(1, max(0, production + effect))
    let (n, m) = (sizes.candidate, sizes.production)
    let parts = (candidate * (1 - candidate) / n, production * (1 - production) / m)
    let own = (parts.0 + parts.1).squareRoot()
    switch test {
    case .unpooled: return PlannedEstimate(distance: effect - null, standardError: own)
    case .arcsine:
      let shifted = min(1, max(0, production + null))
      return PlannedEstimate(
        distance: Self.cohenH(candidate: candidate, production: production)
          - Self.cohenH(candidate: shifted, production: production),
        standardError: (1 / n + 1 / m).squareRoot())
    case .score:
      let restricted = restricted(candidate, null, n, m)
      let under = (
        restricted.candidate * (1 - restricted.candidate) / n,
        restricted.production * (1 - restricted.production) / m
      )
      return PlannedEstimate(
        distance: effect - null, standardError: own,
        nullStandardError: (under.0 + under.1).squareRoot())
    }
  }

  /// The shares that are likeliest among those that differ by `null`, where the expected ones are seen.
  ///
  /// - Source: Farrington and Manning (1990).
  private func restricted(
    _ candidate: Double, _ null: Double, _ n: Double, _ m: Double
  ) -> (candidate: Double, production: Double) {
    if null == 0 {
      let pooled = (n * candidate + m * production) / (n + m)
      return (pooled, pooled)
    }
    let (low, high) = (max(0, -null), min(1, 1 - null))
    func pull(_ count: Double, _ share: Double) -> Double { count == 0 ? 0 : count / share }
    let share = bracketedRoot(low, high) { share in
      n * (pull(candidate, max(0, share + null)) - pull(1 - candidate, max(0, 1 - share - null)))
        + m * (pull(production, share) - pull(1 - production, 1 - share))
    }
    return (min(1, max(0, share + null)), share)
  }
}
