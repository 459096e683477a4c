/// Where a continuous function changes sign between two ends, to the last bits.
///
/// - Parameters:
///   - low: an end of the bracket; the function's sign there differs from that at `high`, else the end whose
///     value is nearer to 0 is the answer.
///   - high: the other end.
///   - f: may be infinite at the ends.
/// - Complexity: about ten calls of `f` where it is smooth, at worst a bisection's 80.
/// - Source: Chandrupatla (1997).
func bracketedRoot(_ low: Double, _ high: Double, _ f: (Double) -> Double) -> Double {
  var (a, b) = (high, low)
  var (fa, fb) = (f(high), f(low))
  if fa == 0 { return a }
  if fb == 0 { return b }
  guard (fa > 0) != (fb > 0) else { return abs(fa) < abs(fb) ? a : b }
  var (c, fc) = (a, fa)
  let floor = 0x1p-80 * max(abs(low), abs(high))
  var share = 0.5
  for _ in 0..<200 {
    let x = a + share * (b - a)
    let fx = f(x)
    if (fx > 0) == (fa > 0) {
      (c, fc) = (a, fa)
    } else {
      (c, fc) = (b, fb)
      (b, fb) = (a, fa)
    }
    (a, fa) = (x, fx)
    let (best, value) = abs(fa) < abs(fb) ? (a, fa) : (b, fb)
    let tolerance = max(0x1p-52 * abs(best), floor)
    if value == 0 || abs(b - a) <= 2 * tolerance { return best }
    let smallest = tolerance / abs(b - a)
    share = max(smallest, min(1 - smallest, nextShare((a, fa), (b, fb), (c, fc))))
  }
  return abs(fa) < abs(fb) ? a : b
}

/// How far from a to b to look next: by inverse quadratic interpolation where the three points are nearly
/// on a parabola, else half way.
private func nextShare(
  _ a: (x: Double, y: Double), _ b: (x: Double, y: Double), _ c: (x: Double, y: Double)
) -> Double {
  let place = (a.x - b.x) / (c.x - b.x)
  let height = (a.y - b.y) / (c.y - b.y)
  guard height * height < place, (1 - height) * (1 - height) < 1 - place else { return 0.5 }
  return a.y / (b.y - a.y) * (c.y / (b.y - c.y))
    + (c.x - a.x) / (b.x - a.x) * (a.y / (c.y - a.y)) * (b.y / (c.y - b.y))
}
