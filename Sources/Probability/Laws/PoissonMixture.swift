/// A sum over j of Poisson weights times central tails, as the noncentral laws are written:
/// Σ e^−μ μ^(j + s) / Γ(j + s + 1) · tail(a + s + j), s = 0 or ½.
///
/// The tails follow from one of them: tail(a) and tail(a + 1) differ by a term D(a) of which the next is
/// D(a) (constant + slope · (a − a₀)) / (a + 1). Lower tails are summed with a falling, upper ones with a rising, so
/// that only positive numbers are added and both sums keep their relative accuracy, however small.
///
/// - Complexity: O(√μ), the terms about the largest as far as they count.
/// - Source: Fisher (1928) for the mixtures; Benton and Krishnamoorthy (2003) for starting at the largest term.
struct PoissonMixture {
  /// μ, half the noncentrality.
  var mean: Double
  /// s, which shifts weights and tails: 0, or ½ for the odd terms of the noncentral t.
  var offset: Double
  /// a + s, the first tail's parameter.
  var shape: Double
  /// D(α + 1) = D(α) (constant + slope · (α − a − s)) / (α + 1).
  var constant: Double
  var slope: Double

  /// The sum over lower or upper tails.
  ///
  /// - Parameter central: the tail with the parameter α and the term D(α) by which it differs from that with α + 1.
  func sum(
    lower: Bool, central: (_ shape: Double) -> (tail: ScaledProbability, fall: ScaledProbability)
  ) -> ScaledProbability {
    let peak = peak(lower: lower).rounded()
    let first = lower ? lastThatCounts(from: peak) : firstThatCounts(from: peak)
    let weight = weight(first)
    let start = central(shape + first)
    if start.tail.factor == 0 || weight.factor == 0 {
      return ScaledProbability(exponent: 0, factor: 0)
    }
    // Both in units of the first term.
    let fall =
      start.fall.factor / start.tail.factor
      * Elementary.exp(start.fall.exponent - start.tail.exponent)
    let sum = lower ? sumDown(from: first, peak, fall) : sumUp(from: first, peak, fall)
    return ScaledProbability(
      exponent: weight.exponent + start.tail.exponent + Elementary.log(sum),
      factor: weight.factor * start.tail.factor)
  }

  /// The index above the peak from which on lower tails add nothing: each is at most the share below of the one before.
  private func lastThatCounts(from peak: Double) -> Double {
    var (j, share) = (peak, 1.0)
    while share > 0x1p-64 {
      share *= mean / (j + offset + 1) * min(1, (constant + slope * j) / (shape + j + 1))
      j += 1
    }
    return j
  }

  /// The index below the peak before which upper tails add nothing.
  private func firstThatCounts(from peak: Double) -> Double {
    var (j, share) = (peak, 1.0)
    while j > 0 && share > 0x1p-64 {
      j -= 1
      share *= (j + offset + 1) / mean * min(1, (shape + j + 1) / (constant + slope * j))
    }
    return j
  }

  /// Where the terms are largest: where the ratio of neighbours passes 1.
  private func peak(lower: Bool) -> Double {
    // (j + s) (j + a + s) = μ (constant + slope j) in the far tail; near the middle the weights alone decide.
    let b = shape + offset - mean * slope
    let c = mean * constant - shape * offset
    let root = (b * b + 4 * max(c, 0)).squareRoot()
    let far = b > 0 ? 2 * max(c, 0) / (b + root) : 0.5 * (root - b)
    return max(0, lower ? min(far, mean) : max(far, mean))
  }

  private func weight(_ j: Double) -> ScaledProbability {
    j + offset > 0
      ? IncompleteGamma.term(j + offset, mean) : ScaledProbability(exponent: -mean, factor: 1)
  }

  private func sumUp(from first: Double, _ peak: Double, _ firstFall: Double) -> Double {
    var (j, term, fall, sum) = (first, 1.0, firstFall, 1.0)
    while true {
      let weight = mean / (j + offset + 1)
      term = weight * (term + fall)
      fall *= weight * ((constant + slope * j) / (shape + j + 1))
      sum += term
      j += 1
      if j > peak && !(term + fall > sum * 0x1p-57) { return sum }
    }
  }

  private func sumDown(from first: Double, _ peak: Double, _ firstFall: Double) -> Double {
    var (j, term, fall, sum) = (first, 1.0, firstFall, 1.0)
    while j > 0 {
      let weight = (j + offset) / mean
      let rise = (shape + j) / (constant + slope * (j - 1))
      fall *= rise * weight
      term = weight * term + fall
      sum += term
      j -= 1
      if j < peak && !(term > sum * 0x1p-57) { return sum }
    }
    return sum
  }
}
