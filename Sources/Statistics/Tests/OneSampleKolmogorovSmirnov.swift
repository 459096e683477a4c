import Probability

/// The largest distance between a sample's distribution function and a given continuous one.
///
/// - Source: Kolmogorov (1933).
package struct OneSampleKolmogorovSmirnov: Sendable, Equatable {
  package let count: Int
  package let distance: Double

  /// - Parameter probabilities: the given distribution function at each value, in 0...1.
  package init(probabilities: [Double]) throws(Unavailable) {
    guard !probabilities.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    let n = Double(probabilities.count)
    var largest = 0.0
    for (place, p) in RadixSort.sorted(probabilities).enumerated() {
      precondition(p >= 0 && p <= 1, "a probability of \(p)")
      largest = max(largest, p - Double(place) / n, Double(place + 1) / n - p)
    }
    count = probabilities.count
    distance = largest
  }

  /// From Kolmogorov's limiting law, without correction.
  package var pAsymptotic: PValue {
    PValue(kolmogorov: Double(count).squareRoot() * distance)
  }

  /// P(D >= distance) for this sample size; beyond `Probability.KolmogorovSmirnov.largestExact` values the middle
  /// of the law is right to 10⁻⁹.
  package var pExact: PValue {
    let law = Probability.KolmogorovSmirnov(count: count)
    return PValue(value: law.survival(distance), ln: law.logSurvival(distance))
  }
}
