import Probability

/// Two yes-or-no answers to each of n requests: the four counts, and intervals for the difference of
/// the two shares, first − second.
package struct PairedProportions: Sendable, Equatable {
  package let both: Int
  package let onlyFirst: Int
  package let onlySecond: Int
  package let neither: Int

  package init(both: Int, onlyFirst: Int, onlySecond: Int, neither: Int) {
    precondition(min(both, onlyFirst, onlySecond, neither) >= 0, "a negative count")
    self.both = both
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
    self.neither = neither
  }

  package var n: Int { both + onlyFirst + onlySecond + neither }

  package var firstMinusSecond: Double { Double(onlyFirst - onlySecond) / Double(n) }

  /// The score interval: all differences that the score test with the nuisance share at its restricted
  /// maximum likelihood does not reject.
  ///
  /// - Source: Tango (1998).
  package func tangoInterval(level: Double) -> ClosedRange<Double> {
    let z = Normal.upperQuantile((1 - level) / 2)
    let estimate = firstMinusSecond
    let low = decreasingRoot(in: -1...estimate) { tangoScore($0) - z }
    let high = decreasingRoot(in: estimate...1) { tangoScore($0) + z }
    return low...high
  }

  /// Newcombe's hybrid of two Wilson intervals, joined by the correlation of the pairs (his method 10).
  ///
  /// - Source: Newcombe (1998), Statistics in Medicine 17, 2635-2650.
  package func newcombeInterval(level: Double) -> ClosedRange<Double> {
    let first = Wilson.interval(successes: both + onlyFirst, trials: n, level: level)
    let second = Wilson.interval(successes: both + onlySecond, trials: n, level: level)
    let p1 = Double(both + onlyFirst) / Double(n)
    let p2 = Double(both + onlySecond) / Double(n)
    let phi = newcombePhi
    func reach(_ one: Double, _ other: Double) -> Double {
      max(0, one * one - 2 * phi * one * other + other * other).squareRoot()
    }
    let down = reach(p1 - first.lowerBound, second.upperBound - p2)
    let up = reach(first.upperBound - p1, p2 - second.lowerBound)
    return (firstMinusSecond - down)...(firstMinusSecond + up)
  }

  /// The correlation of the two answers, a positive one corrected for continuity; 0 where a margin is empty.
  package var newcombePhi: Double {
    let (a, b, c, d) = (Double(both), Double(onlyFirst), Double(onlySecond), Double(neither))
    let margins = ((a + b) * (c + d)).squareRoot() * ((a + c) * (b + d)).squareRoot()
    guard margins > 0 else { return 0 }
    let cross = a * d - b * c
    return (cross > 0 ? max(0, cross - Double(n) / 2) : cross) / margins
  }

  /// Distance of the observed difference from `delta` in standard errors at `delta`; falls as delta grows.
  func tangoScore(_ delta: Double) -> Double {
    let n = Double(n)
    let (b, c) = (Double(onlyFirst), Double(onlySecond))
    let distance = b - c - n * delta
    if distance == 0 { return 0 }
    let linear = -b - c + (2 * n - b + c) * delta
    let constant = -c * delta * (1 - delta)
    let root = max(0, linear * linear - 8 * n * constant).squareRoot()
    // Of the two forms of the positive root, the one that does not subtract.
    let share = linear > 0 ? -2 * constant / (linear + root) : (root - linear) / (4 * n)
    let variance = n * (2 * max(0, share) + delta * (1 - delta))
    return variance > 0 ? distance / variance.squareRoot() : distance * .infinity
  }
}

/// Where a function that falls over a range passes 0, to the last bit; an end where it does not.
func decreasingRoot(in range: ClosedRange<Double>, _ value: (Double) -> Double) -> Double {
  var low = range.lowerBound
  var high = range.upperBound
  if value(low) <= 0 { return low }
  if value(high) >= 0 { return high }
  for _ in 0..<200 {
    let middle = low + (high - low) / 2
    if middle <= low || middle >= high { break }
    if value(middle) > 0 { low = middle } else { high = middle }
  }
  return low + (high - low) / 2
}
