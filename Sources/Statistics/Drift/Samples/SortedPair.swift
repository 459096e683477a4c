import Probability

/// Two samples of numbers, sorted, and the distances between their distribution functions F (reference) and G (current).
///
/// - Complexity: a radix sort of each sample, then O(n + m) a distance.
package struct SortedPair: Sendable, Equatable {
  package let reference: [Double]
  package let current: [Double]

  /// - Parameters:
  ///   - reference: finite, at least one.
  ///   - current: finite, at least one.
  package init(reference: [Double], current: [Double]) throws(Unavailable) {
    guard !reference.isEmpty, !current.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    guard reference.allSatisfy(\.isFinite), current.allSatisfy(\.isFinite) else {
      throw .notFinite
    }
    self.reference = RadixSort.sorted(reference)
    self.current = RadixSort.sorted(current)
  }

  /// Wasserstein's distance ∫ |F − G|, in the unit of the values: the least mean way from one sample to the other.
  ///
  /// - Source: Vallender (1974).
  package var wasserstein: Double {
    // n m |F − G| is a whole number.
    let scale = Double(reference.count) * Double(current.count)
    return integral { $0.magnitude } / scale
  }

  /// Wasserstein's distance in standard deviations of the reference (n below).
  ///
  /// - Parameter least: the standard deviation is taken for at least this, in the unit of the values. evidently's is 0.001, so
  ///   that its answer depends on the unit.
  package func wassersteinInDeviations(least: Double = 0) -> Double {
    let n = Double(reference.count)
    let mean = ExactSum.total(reference) / n
    let squares = ExactSum.total(
      productsOf: ScaledColumn(reference, centre: mean, scale: 1),
      ScaledColumn(reference, centre: mean, scale: 1))
    return wasserstein / max(least, (squares / n).squareRoot())
  }

  /// √(2 ∫ (F − G)²), in roots of the unit of the values.
  ///
  /// - Source: Székely and Rizzo (2013), "Energy statistics"; SciPy's `energy_distance` is the same.
  package var energyDistance: Double {
    let scale = Double(reference.count) * Double(current.count)
    return (2 * integral { $0 / scale * $0 } / scale).squareRoot()
  }

  /// ∫ f(n m (F − G)).
  @inline(__always)
  private func integral(_ f: (Double) -> Double) -> Double {
    let (n, m) = (reference.count, current.count)
    let (x, y) = (reference.span, current.span)
    var (i, j) = (0, 0)
    // Both ends of a gap are known, so sums of positive terms lose nothing.
    var place = min(x[0], y[0])
    var gap = 0
    var sum = 0.0
    while i < n, j < m {
      let isFirst = x[i] <= y[j]
      let next = isFirst ? x[i] : y[j]
      sum += f(Double(gap)) * (next - place)
      place = next
      gap += isFirst ? m : -n
      i += isFirst ? 1 : 0
      j += isFirst ? 0 : 1
    }
    while i < n {
      sum += f(Double(gap)) * (x[i] - place)
      place = x[i]
      gap += m
      i += 1
    }
    while j < m {
      sum += f(Double(gap)) * (y[j] - place)
      place = y[j]
      gap -= n
      j += 1
    }
    return sum
  }

  /// Where the distribution functions are farthest apart.
  package struct Gap: Sendable, Equatable {
    /// |F − G|.
    package var distance: Double
    /// The smallest value at which it is so.
    package var place: Double
    /// Whether F is the larger one there: the current values are larger.
    package var isReferenceAbove: Bool
  }

  /// The largest F − G and the largest G − F, over all values.
  package var gaps: (referenceAbove: Gap, currentAbove: Gap) {
    let (n, m) = (reference.count, current.count)
    let scale = Double(n) * Double(m)
    let first = min(reference[0], current[0])
    var above = (gap: Int.min, place: first)
    var below = (gap: Int.min, place: first)
    var (i, j) = (0, 0)
    while i < n || j < m {
      let value =
        i == n ? current[j] : j == m ? reference[i] : min(reference[i], current[j])
      while i < n, reference[i] == value { i += 1 }
      while j < m, current[j] == value { j += 1 }
      let gap = i * m - j * n
      if gap > above.gap { above = (gap, value) }
      if -gap > below.gap { below = (-gap, value) }
    }
    return (
      Gap(
        distance: max(0, Double(above.gap) / scale), place: above.place, isReferenceAbove: true),
      Gap(
        distance: max(0, Double(below.gap) / scale), place: below.place, isReferenceAbove: false)
    )
  }

  /// Kuiper's V: the largest F − G and the largest G − F together, in 0...1.
  ///
  /// - Source: Kuiper (1960); Stephens (1970) for the tail.
  package var kuiper: Double {
    let gaps = gaps
    return gaps.referenceAbove.distance + gaps.currentAbove.distance
  }
}
