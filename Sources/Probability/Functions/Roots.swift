/// The root of a concave or convex monotone function by Newton's method, to the last digits.
///
/// The logarithm of a tail of a log-concave density is concave, so that Newton's steps end on one side of the root
/// and cannot leave it.
func newtonRoot(
  from start: Double, _ evaluate: (Double) -> (excess: Double, slope: Double)
) -> Double {
  var x = start
  var previous = Double.infinity
  for _ in 0..<100 {
    let (excess, slope) = evaluate(x)
    let step = excess / slope
    guard step.isFinite else { return x }
    x -= step
    let size = step.magnitude
    if size <= 0x1p-52 * x.magnitude || (size < 1e-7 && size >= 0.5 * previous) { return x }
    previous = size
  }
  return x
}

/// The root of an increasing function, to the last digits, from any start: a bracket that doubles, then Chandrupatla's
/// choice between inverse quadratic interpolation and halving.
///
/// - Source: Chandrupatla (1997), "A new hybrid quadratic/bisection algorithm".
func increasingRoot(
  from start: Double, step: Double, _ evaluate: (Double) -> Double
) -> Double {
  var (a, fa) = (start, evaluate(start))
  if fa == 0 || fa.isNaN { return fa == 0 ? a : .nan }
  var width = fa < 0 ? step : -step
  var (b, fb) = (a + width, evaluate(a + width))
  while (fb < 0) == (fa < 0), fb != 0, width.magnitude < 1e300 {
    width *= 2
    (a, fa) = (b, fb)
    b += width
    fb = evaluate(b)
  }
  return chandrupatla(&a, &fa, &b, &fb, evaluate)
}

private func chandrupatla(
  _ a: inout Double, _ fa: inout Double, _ b: inout Double, _ fb: inout Double,
  _ evaluate: (Double) -> Double
) -> Double {
  // (a, fa) and (b, fb) enclose the root; c is the place before.
  (a, fa, b, fb) = (b, fb, a, fa)
  var share = 0.5
  for _ in 0..<200 {
    let x = a + share * (b - a)
    let fx = evaluate(x)
    let (c, fc): (Double, Double)
    if (fx < 0) == (fa < 0) { (c, fc) = (a, fa) } else { (c, fc, b, fb) = (b, fb, a, fa) }
    (a, fa) = (x, fx)
    let nearest = fa.magnitude < fb.magnitude ? a : b
    let least = (0x1p-53 * nearest.magnitude + .leastNonzeroMagnitude) / (b - a).magnitude
    if fa == 0 || fb == 0 || least >= 0.5 || fa.isNaN { return nearest }
    let xi = (a - b) / (c - b)
    let phi = (fa - fb) / (fc - fb)
    share = 0.5
    if phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi {
      share =
        fa / (fb - fa) * (fc / (fb - fc)) + (c - a) / (b - a) * (fa / (fc - fa)) * (fb / (fc - fb))
    }
    share = max(least, min(1 - least, share))
  }
  return fa.magnitude < fb.magnitude ? a : b
}

/// The smallest count of a range for which a condition holds that, once true, stays true: O(log of the distance from
/// the guess) evaluations. The last count is taken to fulfil it.
func smallestCount(
  in range: ClosedRange<Int>, near guess: Double, spread: Double, where holds: (Int) -> Bool
) -> Int {
  let most = 1 << 60
  precondition(range.upperBound <= most, "counts up to \(range.upperBound)")
  var (low, high) = (range.lowerBound - 1, range.upperBound)
  let bounded = max(Double(range.lowerBound), min(Double(range.upperBound), guess.rounded()))
  var middle = bounded > 0 ? Int(bounded) : range.lowerBound
  var step = max(1, Int(min(max(spread, 0), 1e15)))
  // Strides that double, until the condition has changed; then halves.
  while middle > low && middle < high {
    let found = holds(middle)
    if found { high = middle } else { low = middle }
    if low >= range.lowerBound && high < range.upperBound { break }
    middle += found ? -step : step
    step = min(2 * step, most)
  }
  while high - low > 1 {
    let middle = low + (high - low) / 2
    if holds(middle) { high = middle } else { low = middle }
  }
  return high
}
