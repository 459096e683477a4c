import Probability

/// The mean loss in the worst part of a population.
///
/// - Source: Rockafellar and Uryasev (2000) for the conditional value at risk; Hashimoto et al. (2018) for the chi-square ball;
///   Zhai et al. (2021), "DORO", for leaving out outliers.
package struct WorstCaseRisk: Sendable, Equatable {
  /// Descending.
  private let losses: [Double]

  /// - Parameter losses: finite, at least one.
  package init(_ losses: [Double]) throws(Unavailable) {
    guard !losses.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    guard losses.allSatisfy(\.isFinite) else { throw .notFinite }
    self.losses = RadixSort.sorted(losses).reversed()
  }

  package var mean: Double { ExactSum.total(losses) / Double(losses.count) }

  /// The mean of the worst `share` of the losses, of which the last counts in part: the conditional value at risk.
  package func worstMean(share: Double) -> Double {
    precondition(share > 0 && share <= 1, "a share of \(share)")
    let size = share * Double(losses.count)
    let whole = min(losses.count, Int(size))
    let rest = size - Double(whole)
    let last = whole < losses.count ? rest * losses[whole] : 0
    return (ExactSum.total(Array(losses[..<whole])) + last) / size
  }

  /// DORO's estimate of the same without the worst `outliers` of all: whole losses only.
  package func worstMeanWithoutOutliers(share: Double, outliers: Double) -> Double {
    precondition(share > 0 && share <= 1 && outliers >= 0 && outliers < 1, "\(share), \(outliers)")
    let n = Double(losses.count)
    let (first, last) = (Int(outliers * n), Int((outliers + share * (1 - outliers)) * n))
    let sum = ExactSum.total(Array(losses[first..<max(first, last)]))
    return sum / share / Double(losses.count - first)
  }

  /// The largest mean over weights of the losses within the chi-square ball that holds every part of `share`: the minimum over η
  /// of C √(mean max(0, loss − η)²) + η with C = √(1 + (1/share − 1)²).
  ///
  /// - Parameter outliers: the worst part that is left out first.
  package func chiSquareBound(share: Double, outliers: Double = 0) -> Double {
    precondition(share > 0 && share <= 1 && outliers >= 0 && outliers < 1, "\(share), \(outliers)")
    let kept = Array(losses[Int(outliers * Double(losses.count))...])
    let inverse = 1 / share - 1
    let factor = (1 + inverse * inverse).squareRoot()
    guard factor > 1, kept[0] > kept[kept.count - 1] else {
      return ExactSum.total(kept) / Double(kept.count)
    }
    func moments(_ eta: Double) -> (first: Double, second: Double) {
      var (first, second) = (0.0, 0.0)
      for loss in kept where loss > eta {
        first += loss - eta
        second += (loss - eta) * (loss - eta)
      }
      return (first / Double(kept.count), second / Double(kept.count))
    }
    // The slope 1 − C m₁/√m₂ grows with η, and at the largest loss the value is that loss.
    func slope(_ eta: Double) -> Double {
      let moments = moments(eta)
      return moments.second > 0 ? 1 - factor * moments.first / moments.second.squareRoot() : 1
    }
    var low = kept[kept.count - 1]
    let range = kept[0] - low
    while slope(low) > 0 { low -= range * factor }
    let eta = bracketedRoot(low, kept[0], slope)
    return min(kept[0], factor * moments(eta).second.squareRoot() + eta)
  }
}
