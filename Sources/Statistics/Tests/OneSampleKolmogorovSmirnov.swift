import Probability

/// The largest distance between a sample's distribution function and a given continuous one.
///
/// - Source: Kolmogorov (1933); Birnbaum and Tingey (1951) for the far tail.
package struct OneSampleKolmogorovSmirnov: Sendable, Equatable {
  package let count: Int
  package let distance: Double

  /// Steps up to which the exact law is computed.
  package static let mostSteps = 50_000_000.0

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
    KolmogorovLimit.survival(Double(count).squareRoot() * distance)
  }

  /// P(D >= distance) for this sample size; nil where it would take more than `mostSteps`.
  ///
  /// - Complexity: O(n (n D)²).
  package var pExact: PValue? {
    let n = Double(count)
    if 2 * n * distance <= 1 { return .one }
    if distance >= 0.5 { return farTail }
    let width = 2 * n * distance + 2
    guard 2 * n * width * width / 2 <= Self.mostSteps else { return nil }
    let share = crossingShare()
    return share < 1e-280 ? farTail : PValue(share)
  }

  /// Twice the one-sided tail: exact from ½ on, and to the last digit where both ends cannot happen together.
  private var farTail: PValue {
    let n = Double(count)
    var sum = -Double.infinity
    for j in 0...Int((n * (1 - distance)).rounded(.down)) {
      let up = distance + Double(j) / n
      let down = 1 - distance - Double(j) / n
      let power = j == count ? 0 : (n - Double(j)) * Elementary.log(max(0, down))
      sum = logSum(
        sum, GammaFunction.logChoose(n, Double(j)) + power + Double(j - 1) * Elementary.log(up))
    }
    let ln = sum + Elementary.log(2 * distance)
    return PValue(value: min(1, Elementary.exp(ln)), ln: min(0, ln))
  }

  /// How often n uniform values leave the band n t ± n D, by their number below t at the 2n times when the band's
  /// whole bounds move; given the number at the next time, that at this one is binomial, so all terms are positive.
  private func crossingShare() -> Double {
    let n = count
    let band = Double(n) * distance
    // Before each of these times at most k − 1 values may lie below (bound from above) …
    let uppers = (1...n).map { (time: (Double($0) - band) / Double(n), most: $0 - 1) }
    // … and from each of these on at least k.
    let lowers = (0..<n).map { (time: (Double($0) + band) / Double(n), least: $0 + 1) }
    var (next, last) = (uppers.firstIndex { $0.time > 0 } ?? n, 0)
    var (least, most) = (0, next < n ? uppers[next].most : n)
    var time = 0.0
    // By the number of values below `time`: the share that has left the band before.
    var left = [Double](repeating: 1, count: n + 1)
    left[0] = 0
    while next < n || last < n {
      let isUpper = next < n && (last == n || uppers[next].time <= lowers[last].time)
      let now = isUpper ? uppers[next].time : lowers[last].time
      guard now < 1 else { break }
      advance(&left, from: time, to: now, inside: least...most)
      time = now
      if isUpper {
        next += 1
        most = next < n ? uppers[next].most : n
      } else {
        least = lowers[last].least
        last += 1
        for count in 0..<min(least, n + 1) { left[count] = 1 }
      }
    }
    advance(&left, from: time, to: 1, inside: least...n)
    return left[n]
  }

  /// Replaces the shares given the number at `start` by those given the number at `end`, both inside the band.
  private func advance(
    _ left: inout [Double], from start: Double, to end: Double, inside: ClosedRange<Int>
  ) {
    guard end > start else { return }
    let stay = start / end
    let come = (end - start) / end
    for number in inside.reversed() where number >= 0 {
      // Of `number` values below `end`, `number − new` lie below `start`.
      var sum = 0.0
      var term = Elementary.pow(stay, Double(number))
      for new in 0...number {
        let before = number - new
        sum += term * (before < inside.lowerBound ? 1 : left[before])
        if stay == 0 { break }
        term *= Double(before) / Double(new + 1) * (come / stay)
        if term < sum * 1e-19 && Double(new) > Double(number) * come { break }
      }
      left[number] = stay == 0 ? left[0] : sum
    }
  }
}
