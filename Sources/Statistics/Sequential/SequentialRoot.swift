/// Roots of functions that cross zero once, bracketed.
enum SequentialRoot {
  /// The x >= low at which the rising `function` reaches 0, to the last bits; widens by `step` until it is bracketed.
  static func rising(
    from low: Double, step: Double, _ function: (Double) -> Double
  ) -> Double {
    var step = step
    var high = low + step
    while function(high) < 0 && high.isFinite {
      step *= 2
      high += step
    }
    return rising(from: low, to: high, function)
  }

  /// The x in low...high at which the rising `function` crosses 0: `low` where it is above 0 all the way, `high` where
  /// it is below.
  ///
  /// Regula falsi with the weight of a standing end halved (Dowell and Jarratt 1971), and a bisection whenever it
  /// does not halve the bracket in three steps.
  static func rising(
    from low: Double, to high: Double, _ function: (Double) -> Double
  ) -> Double {
    var (a, b) = (low, high)
    var (fa, fb) = (function(a), function(b))
    if fa >= 0 { return a }
    if fb <= 0 { return b }
    var side = 0
    var width = b - a
    for step in 1...400 {
      var x = (fa * b - fb * a) / (fa - fb)
      if step % 3 == 0 {
        if b - a > width / 2 { x = a + (b - a) / 2 }
        width = b - a
      }
      if !(x > a && x < b) { x = a + (b - a) / 2 }
      if x <= a || x >= b { break }
      let fx = function(x)
      if fx == 0 { return x }
      if fx < 0 {
        (a, fa) = (x, fx)
        if side == -1 { fb /= 2 }
        side = -1
      } else {
        (b, fb) = (x, fx)
        if side == 1 { fa /= 2 }
        side = 1
      }
      if b - a <= 4e-16 * max(a.magnitude, b.magnitude) { break }
    }
    return a + (b - a) / 2
  }

  /// The root of a convex function next to `outside`, where it is above 0: Newton's steps come near without passing it.
  static func convex(
    from outside: Double, _ function: (Double) -> (value: Double, slope: Double)
  ) -> Double {
    var x = outside
    for _ in 0..<200 {
      let (value, slope) = function(x)
      guard value > 0, slope != 0 else { break }
      let next = x - value / slope
      guard next != x, next.isFinite else { break }
      let isDone = (next - x).magnitude <= 2e-16 * next.magnitude
      x = next
      if isDone { break }
    }
    return x
  }
}
