import Probability

/// Predicted probability against observed share in equal-width bins of [0, 1].
///
/// Integer counts and fixed-point sums: parts merge to the same bits.
///
/// - Source: Naeini, Cooper and Hauskrecht (2015) for the expected calibration error.
package struct CalibrationBins: Sendable, Equatable {
  package struct Bin: Sendable, Equatable {
    package var count = 0
    package var positives = 0
    var predictions = FixedPointSum()

    /// nil in an empty bin.
    package var meanPrediction: Double? { count == 0 ? nil : predictions.value / Double(count) }
    package var observedShare: Double? { count == 0 ? nil : Double(positives) / Double(count) }
  }

  /// Bin i covers i/k ..< (i + 1)/k; the last one holds 1 as well.
  package private(set) var bins: [Bin]

  package init(bins count: Int = 10) {
    precondition(count > 0, "\(count) bins")
    bins = Array(repeating: Bin(), count: count)
  }

  package mutating func add(_ probability: Double, isPositive: Bool) {
    precondition(probability >= 0 && probability <= 1, "a probability: \(probability)")
    let bin = min(bins.count - 1, Int(probability * Double(bins.count)))
    bins[bin].count += 1
    bins[bin].positives += isPositive ? 1 : 0
    bins[bin].predictions.add(probability)
  }

  /// Adds those rows whose label is not NaN; probabilities are cut to [0, 1], and a label of 1 is positive.
  package mutating func add(_ probabilities: Span<Double>, labels: Span<Float>) {
    precondition(probabilities.count >= labels.count, "\(labels.count) labels")
    let scale = Double(bins.count)
    let last = bins.count - 1
    var bins = bins.mutableSpan
    for row in labels.indices where !labels[row].isNaN {
      let probability = min(max(probabilities[row], 0), 1)
      let bin = min(last, Int(probability * scale))
      bins[bin].count += 1
      bins[bin].positives += labels[row] == 1 ? 1 : 0
      bins[bin].predictions.add(probability)
    }
  }

  package mutating func merge(_ other: CalibrationBins) {
    precondition(other.bins.count == bins.count, "merge of other bins")
    for bin in bins.indices {
      bins[bin].count += other.bins[bin].count
      bins[bin].positives += other.bins[bin].positives
      bins[bin].predictions.merge(other.bins[bin].predictions)
    }
  }

  package var count: Int { bins.reduce(0) { $0 + $1.count } }

  /// The mean distance of predicted and observed share, weighted by count; nil without requests.
  package var expectedError: Double? {
    guard count > 0 else { return nil }
    let distances = bins.map { abs(Double($0.positives) - $0.predictions.value) }
    return distances.reduce(0, +) / Double(count)
  }
}
