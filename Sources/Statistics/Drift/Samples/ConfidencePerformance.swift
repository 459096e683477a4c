import Probability

/// A classifier's performance without labels, from its own probabilities: right if these are calibrated, and blind to a change
/// of the concept.
///
/// A request with probability p of class 1 is a true positive with chance p where class 1 is answered, and so on.
///
/// - Source: the confidence-based performance estimation of NannyML; Guillory et al. (2021) and Garg et al. (2022) for its limits.
package struct ConfidencePerformance: Sendable, Equatable {
  /// Expected counts.
  package let truePositives: Double
  package let falsePositives: Double
  package let trueNegatives: Double
  package let falseNegatives: Double
  /// Ascending.
  private let probabilities: [Double]

  /// - Parameters:
  ///   - probabilities: of class 1, calibrated, in 0...1; at least one.
  ///   - threshold: class 1 is answered from it on.
  package init(_ probabilities: [Double], threshold: Double = 0.5) throws(Unavailable) {
    guard !probabilities.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    for p in probabilities where !(p >= 0 && p <= 1) { throw .outsideRange(p) }
    let answered = probabilities.filter { $0 >= threshold }
    let refused = probabilities.filter { $0 < threshold }
    truePositives = ExactSum.total(answered)
    falsePositives = ExactSum.total(answered.map { 1 - $0 })
    falseNegatives = ExactSum.total(refused)
    trueNegatives = ExactSum.total(refused.map { 1 - $0 })
    self.probabilities = RadixSort.sorted(probabilities)
  }

  package var accuracy: Double {
    (truePositives + trueNegatives) / Double(probabilities.count)
  }
  /// NaN where class 1 is never answered.
  package var precision: Double { truePositives / (truePositives + falsePositives) }
  package var recall: Double { truePositives / (truePositives + falseNegatives) }
  package var specificity: Double { trueNegatives / (trueNegatives + falsePositives) }
  package var f1: Double {
    2 * truePositives / (2 * truePositives + falsePositives + falseNegatives)
  }

  /// The expected area under the curve: the trapezia of the expected rates at every threshold.
  package var areaUnderCurve: Double { area { $0 } }

  /// NannyML's: expected counts are rounded to five decimals before the rates are made.
  package var areaUnderCurveOfRoundedCounts: Double {
    area { ($0 * 1e5).rounded(.toNearestOrEven) / 1e5 }
  }

  private func area(_ rounded: (Double) -> Double) -> Double {
    // From the largest threshold down: the expected positives and negatives at or above it.
    var (truth, falsehood) = (0.0, 0.0)
    var (lastTrue, lastFalse, area) = (0.0, 0.0, 0.0)
    for index in probabilities.indices.reversed() {
      truth += probabilities[index]
      falsehood += 1 - probabilities[index]
      if index > 0, probabilities[index - 1] == probabilities[index] { continue }
      let (positives, negatives) = (rounded(truth), rounded(falsehood))
      area += (negatives - lastFalse) * (positives + lastTrue) / 2
      (lastTrue, lastFalse) = (positives, negatives)
    }
    return area / (lastTrue * lastFalse)
  }
}
