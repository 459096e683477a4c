/// The area under the ROC curve of probabilities in memory that does not grow.
///
/// Counts of both classes by bin; bins come from the bit pattern of the distance to the nearer end, so they
/// are finest where probabilities of rare classes lie: a bin is at most 1/128 of that distance wide. Ties
/// inside a bin count half, and `errorBound` says how far that may be from the exact area. Counts are
/// integers: parts merge to the same bits.
package struct BinnedAUC: Sendable, Equatable {
  private var positive: [Int] = []
  private var negative: [Int] = []

  package init() {}

  /// Adds the score of one request, in [0, 1].
  package mutating func add(_ score: Double, isPositive: Bool) {
    let bin = Self.bin(of: score)
    grow(to: bin + 1)
    if isPositive { positive[bin] += 1 } else { negative[bin] += 1 }
  }

  package mutating func merge(_ other: BinnedAUC) {
    grow(to: other.positive.count)
    for bin in other.positive.indices {
      positive[bin] += other.positive[bin]
      negative[bin] += other.negative[bin]
    }
  }

  package var positives: Int { positive.reduce(0, +) }
  package var negatives: Int { negative.reduce(0, +) }

  package func value() throws(Unavailable) -> Double {
    let (positives, negatives) = try classes()
    var below = 0
    var twiceWins = Int128(0)
    for bin in positive.indices {
      twiceWins += Int128(positive[bin]) * Int128(2 * below + negative[bin])
      below += negative[bin]
    }
    return Double(twiceWins) / (2 * Double(positives) * Double(negatives))
  }

  /// The exact area is within this of `value()`: half the share of pairs that fall in one bin.
  package func errorBound() throws(Unavailable) -> Double {
    let (positives, negatives) = try classes()
    var together = Int128(0)
    for bin in positive.indices { together += Int128(positive[bin]) * Int128(negative[bin]) }
    return Double(together) / (2 * Double(positives) * Double(negatives))
  }

  package struct Point: Sendable, Equatable {
    package var falsePositiveRate: Double
    package var truePositiveRate: Double
  }

  /// The ROC curve from (0, 0) to (1, 1), one point a bin that holds requests.
  package func curve() throws(Unavailable) -> [Point] {
    let (positives, negatives) = try classes()
    var points = [Point(falsePositiveRate: 0, truePositiveRate: 0)]
    var above = (positive: 0, negative: 0)
    for bin in positive.indices.reversed() where positive[bin] + negative[bin] > 0 {
      above.positive += positive[bin]
      above.negative += negative[bin]
      points.append(
        Point(
          falsePositiveRate: Double(above.negative) / Double(negatives),
          truePositiveRate: Double(above.positive) / Double(positives)))
    }
    return points
  }

  package static func == (left: BinnedAUC, right: BinnedAUC) -> Bool {
    left.positive.elementsEqual(right.positive) && left.negative.elementsEqual(right.negative)
  }

  private func classes() throws(Unavailable) -> (Int, Int) {
    let (positives, negatives) = (positives, negatives)
    guard positives + negatives > 0 else { throw .tooFew(has: 0, needs: 2) }
    guard positives > 0, negatives > 0 else { throw .oneClassOnly }
    return (positives, negatives)
  }

  private mutating func grow(to bins: Int) {
    guard bins > positive.count else { return }
    positive.append(contentsOf: repeatElement(0, count: bins - positive.count))
    negative.append(contentsOf: repeatElement(0, count: bins - negative.count))
  }

  /// Ascending with the score. A float's pattern above its lowest 16 bits orders non-negative numbers.
  static func bin(of score: Double) -> Int {
    precondition(score >= 0 && score <= 1, "a probability outside [0, 1]: \(score)")
    if score <= 0.5 { return Int(Float(score).bitPattern >> 16) }
    let half = Int(Float(0.5).bitPattern >> 16)
    return 2 * half + 1 - Int(Float(1 - score).bitPattern >> 16)
  }
}
