/// Count, mean and sums of the powers two to four of the deviations, one value at a time.
///
/// Stable for any mean; the values should be of a size whose fourth powers a double holds.
///
/// - Source: Welford (1962); Pébay (2008) for the third and fourth powers.
package struct RunningMoments: Sendable, Equatable {
  package private(set) var count = 0.0
  package private(set) var mean = 0.0
  /// Σ (x − mean)², and so on.
  package private(set) var squares = 0.0
  package private(set) var cubes = 0.0
  package private(set) var fourths = 0.0

  package init() {}

  @inline(__always)
  package mutating func add(_ x: Double) {
    let before = count
    count += 1
    let distance = x - mean
    let step = distance / count
    let step2 = step * step
    let gain = distance * step * before
    mean += step
    fourths +=
      gain * step2 * (count * count - 3 * count + 3) + 6 * step2 * squares - 4 * step * cubes
    cubes += gain * step * (count - 2) - 3 * step * squares
    squares += gain
  }

  /// The variance of the mean (n − 1 below), for two values and more.
  @inline(__always)
  package var varianceOfMean: Double { squares / (count * (count - 1)) }
}
