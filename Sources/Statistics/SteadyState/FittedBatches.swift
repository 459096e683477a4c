import Probability

/// The error of a steady-state mean from batches whose length is fitted to the dependence.
///
/// Neighbouring batches merge, two by two, until at most 32 are left: many short ones hide a dependence that no test
/// sees, and that makes the error too small, while beyond some thirty batches the interval hardly narrows. They merge once
/// more if von Neumann's ratio still sees that they depend on each other (one-sided, at the lenient level of
/// 20 %). Where it sees that to the end, the first autocorrelation, freed from its bias to first order, meets it:
/// the variance is multiplied by (1 + r) / (1 − r), and the degrees of freedom divided by it. Means of waits are skewed to the
/// right; Hall's cubic transformation of t, with the skewness of the batches, moves both ends of the interval there.
///
/// - Source: von Neumann (1941); Schmeiser (1982) for ten to thirty batches; Fishman and Yarberry (1997) for merging until the
///   test is content; Tafazzoli and Wilson (2011), Skart, for both corrections; Hall (1992) for the transformation; Kendall
///   (1954) for the bias.
package struct FittedBatches: Sendable, Equatable {
  /// How many batches the error rests on.
  package let count: Int
  /// How many of the given batches went into one.
  package let merged: Int
  /// Of neighbours, in 0...0.95, as far as the error is corrected for it: 0 where `areIndependent`.
  package let autocorrelation: Double
  /// Whether von Neumann's ratio is content. False: the dependence reaches over a sixteenth of the run and more.
  package let areIndependent: Bool
  /// Of the mean.
  package let standardError: Double
  package let degreesOfFreedom: Double
  /// Third standardised moment of the batch means.
  package let skewness: Double

  /// How few batches give an answer, and how few are never merged further.
  package static let fewest = 16
  /// More batches than these are merged unasked.
  package static let most = 32
  /// The upper 20 % of the normal.
  private static let lenient = 0.8416212335729143
  private static let fewestDegrees = 3.0

  /// - Parameter values: batch means, or their deviations from anything, in order, of equally long batches.
  package init(_ values: [Double]) throws(Unavailable) {
    guard values.count >= Self.fewest else {
      throw .tooFew(has: values.count, needs: Self.fewest)
    }
    var length = 1
    while values.count / length > Self.most { length *= 2 }
    var shape = BatchShape(values, merging: length)
    while !shape.looksIndependent(critical: Self.lenient), shape.count / 2 >= Self.fewest {
      length *= 2
      shape = BatchShape(values, merging: length)
    }
    guard shape.squares > 0 else { throw .noVariation }
    let n = Double(shape.count)
    areIndependent = shape.looksIndependent(critical: Self.lenient)
    let raw = max(0, shape.autocorrelation)
    let freed = min(0.95, max(0, shape.autocorrelation + (1 + 3 * raw) / n))
    let correlation = areIndependent ? 0 : freed
    let inflation = (1 + correlation) / (1 - correlation)
    count = shape.count
    merged = length
    autocorrelation = correlation
    standardError = (shape.squares / (n - 1) / n * inflation).squareRoot()
    degreesOfFreedom = max(Self.fewestDegrees, n / inflation - 1)
    skewness = shape.skewness
  }

  /// Student's quantiles through the inverse of Hall's transformation: the interval runs from the value less `upper`
  /// standard errors to the value less `lower` ones, of which `lower` is negative.
  package func quantiles(level: Double) -> (lower: Double, upper: Double) {
    let t = StudentT(degreesOfFreedom: degreesOfFreedom).upperQuantile((1 - level) / 2)
    return (transformed(-t), transformed(t))
  }

  /// ((1 + 6β(t − β))^⅓ − 1) / 2β with β = skewness / 6√count.
  private func transformed(_ t: Double) -> Double {
    let beta = skewness / (6 * Double(count).squareRoot())
    guard beta.magnitude > 1e-4 else { return t }
    let inside = 1 + 6 * beta * (t - beta)
    let root = Elementary.pow(inside.magnitude, 1.0 / 3)
    return ((inside < 0 ? -root : root) - 1) / (2 * beta)
  }
}

/// What is asked of batches: their spread, skewness and dependence.
private struct BatchShape {
  let count: Int
  /// Σ (Y − Ȳ)².
  let squares: Double
  let autocorrelation: Double
  let skewness: Double
  /// 1 less half of von Neumann's ratio: the first autocorrelation with the ends set right.
  private let neumann: Double

  /// What does not fill a batch is left out at the beginning, where the run is least like itself.
  init(_ values: [Double], merging length: Int) {
    let count = values.count / length
    let first = values.count - count * length
    var means = Array(repeating: 0.0, count: count)
    for batch in 0..<count {
      var sum = 0.0
      for index in 0..<length { sum += values[first + batch * length + index] }
      means[batch] = sum / Double(length)
    }
    let mean = Self.mean(means)
    // In units of the largest, so that squares and cubes neither vanish nor overflow.
    let largest = means.reduce(0) { max($0, ($1 - mean).magnitude) }
    let unit = largest > 0 ? largest : 1
    var (squares, cubes, products, before) = (0.0, 0.0, 0.0, 0.0)
    for value in means {
      let deviation = (value - mean) / unit
      squares += deviation * deviation
      cubes += deviation * deviation * deviation
      products += deviation * before
      before = deviation
    }
    let n = Double(count)
    self.count = count
    self.squares = squares * (unit * unit)
    guard squares > 0 else {
      (autocorrelation, skewness, neumann) = (0, 0, 0)
      return
    }
    let ends = ((means[0] - mean) / unit, (means[count - 1] - mean) / unit)
    autocorrelation = products / squares
    neumann = (products + (ends.0 * ends.0 + ends.1 * ends.1) / 2) / squares
    skewness = (cubes / n) / ((squares / n) * (squares / n).squareRoot())
  }

  /// Under independence √((n² − 1)/(n − 2)) times von Neumann's autocorrelation is about standard normal.
  func looksIndependent(critical: Double) -> Bool {
    let n = Double(count)
    return neumann * ((n * n - 1) / (n - 2)).squareRoot() <= critical
  }

  private static func mean(_ values: [Double]) -> Double {
    var sum = ExactSum()
    for value in values { sum.add(value) }
    return sum.value / Double(values.count)
  }
}
