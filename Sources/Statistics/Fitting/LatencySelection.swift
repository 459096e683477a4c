import Probability

/// Which family of laws tells times best that it has not seen.
///
/// The times are cut into contiguous blocks, because neighbours in time are alike: a time that is left out alone would be
/// told by its neighbours. Each block is scored by laws that are fitted to the others. Among the families whose mean score lies
/// within one standard error (of the blocks' differences) of the best, the one with the fewest parameters is chosen.
///
/// A score is the logarithm of the density (n f + g)/(n + 1): f the fitted law, g a lognormal of at least thrice the
/// deviation, n the times that f was fitted to. So a time outside f's range costs about log n, and not everything:
/// one time in n + 1 may be unlike all before.
///
/// - Source: Burman, Chow and Nolan (1994) for the blocks; Breiman et al. (1984) for one standard error; Laplace's rule of
///   succession for n + 1.
package struct LatencySelection: Sendable {
  package struct Candidate: Sendable {
    package let family: LatencyFamily
    /// Fitted to all the times, its numbers as a scenario states them.
    package let law: Distribution
    package let parameterCount: Int
    /// Of all the times, in seconds⁻¹.
    package let logLikelihood: Double
    package let count: Int
    /// The mean score of each block; nil where the law could not be fitted to the others.
    package let blockScores: [Double]?

    /// 2k − 2 log L.
    package var aic: Double { 2 * Double(parameterCount) - 2 * logLikelihood }
    /// k log n − 2 log L.
    package var bic: Double {
      Double(parameterCount) * Elementary.log(Double(count)) - 2 * logLikelihood
    }
    /// The mean over the blocks; −∞ where one has none.
    package var score: Double { blockScores.map(LatencyFamily.mean) ?? -.infinity }
  }

  package static let blockCount = 5

  /// The best score first.
  package let candidates: [Candidate]
  /// The chosen one's index among the candidates.
  package let chosenIndex: Int

  package var chosen: Candidate { candidates[chosenIndex] }
  package var best: Candidate { candidates[0] }

  /// - Parameter times: above 0, finite, in the order of time, in seconds; at least 10.
  /// - Throws: `tooFew`, or `noVariation` where no family can be fitted.
  package init(
    _ times: [Double], families: [LatencyFamily] = LatencyFamily.allCases
  ) throws(Unavailable) {
    guard times.count >= 2 * Self.blockCount else {
      throw .tooFew(has: times.count, needs: 2 * Self.blockCount)
    }
    let found = families.compactMap { Self.candidate($0, times) }
    guard !found.isEmpty else { throw .noVariation }
    // Stable: families stand in the order of their parameters.
    candidates = found.enumerated().sorted {
      ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
    }.map(\.element)
    let (all, best) = (candidates, candidates[0])
    let near = all.indices.filter { Self.isNear(all[$0], best) }
    chosenIndex =
      near.min { (all[$0].parameterCount, $0) < (all[$1].parameterCount, $1) } ?? 0
  }

  private static func candidate(_ family: LatencyFamily, _ times: [Double]) -> Candidate? {
    guard let law = family.fit(times)?.stated else { return nil }
    return Candidate(
      family: family, law: law, parameterCount: family.parameterCount(law),
      logLikelihood: law.logLikelihood(times), count: times.count,
      blockScores: blockScores(family, times))
  }

  private static func blockScores(_ family: LatencyFamily, _ times: [Double]) -> [Double]? {
    var scores: [Double] = []
    for block in 0..<blockCount {
      let left = block * times.count / blockCount..<(block + 1) * times.count / blockCount
      let rest = Array(times[..<left.lowerBound] + times[left.upperBound...])
      guard let law = family.fit(rest), let wide = wide(rest) else { return nil }
      scores.append(score(law, wide, of: times[left], fittedTo: Double(rest.count)))
    }
    return scores
  }

  private static func wide(_ times: [Double]) -> Distribution? {
    guard case .lognormal(let mu, let sigma)? = LatencyFamily.lognormal(times) else { return nil }
    return .lognormal(mu: mu, sigma: max(1, 3 * sigma))
  }

  private static func score(
    _ law: Distribution, _ wide: Distribution, of times: ArraySlice<Double>, fittedTo n: Double
  ) -> Double {
    let scores = times.map { time in
      let (a, b) = (law.logDensity(time) + Elementary.log(n), wide.logDensity(time))
      return max(a, b) + Elementary.log1p(Elementary.exp(-(a - b).magnitude))
        - Elementary.log(n + 1)
    }
    return LatencyFamily.mean(scores)
  }

  /// Whether a candidate's score falls short of the best by at most one standard error.
  private static func isNear(_ candidate: Candidate, _ best: Candidate) -> Bool {
    guard let own = candidate.blockScores, let other = best.blockScores else { return false }
    let losses = zip(other, own).map { $0 - $1 }
    let mean = LatencyFamily.mean(losses)
    let squares = LatencyFamily.mean(losses.map { ($0 - mean) * ($0 - mean) })
    return mean <= (squares / Double(losses.count - 1)).squareRoot()
  }
}
