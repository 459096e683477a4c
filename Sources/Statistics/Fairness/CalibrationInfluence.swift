import Probability

/// A measure of calibration with what each row does to it: n times the change of the measure, were the row a little
/// heavier, so that the variance of their mean is that of the measure.
struct CalibrationInfluence: Sendable, Equatable {
  let value: Double
  let rows: [Double]

  /// The slope b of a logistic regression of the truth on a + b log(score / (1 − score)); its errors do not need the
  /// regression to be right.
  ///
  /// Scores are kept 2⁻⁴⁰ away from 0 and 1.
  ///
  /// - Throws: `oneClassOnly`; `noVariation` of scores; `separated` where a score splits the classes.
  /// - Source: Cox (1958); Huber (1967) for the errors.
  static func slope(_ scores: [Double], _ truth: [Bool]) throws(Unavailable) -> CalibrationInfluence
  {
    guard truth.contains(true), truth.contains(false) else { throw .oneClassOnly }
    let odds = scores.map { score in
      let kept = max(0x1p-40, min(1 - 0x1p-40, score))
      return Elementary.log(kept) - Elementary.log1p(-kept)
    }
    let centre = Centre(of: odds).value
    let x = odds.map { $0 - centre }
    guard x.contains(where: { $0 != x[0] }) else { throw .noVariation }
    func ends(_ isPositive: Bool) -> (least: Double, most: Double) {
      var ends = (least: Double.infinity, most: -Double.infinity)
      for row in x.indices where truth[row] == isPositive {
        ends = (min(ends.least, x[row]), max(ends.most, x[row]))
      }
      return ends
    }
    let (positive, negative) = (ends(true), ends(false))
    guard positive.least < negative.most, negative.least < positive.most else { throw .separated }
    var (a, b) = (0.0, 0.0)
    var fit = Fit(x, truth, a, b)
    for _ in 0..<100 {
      let (da, db) = fit.step
      var share = 1.0
      var next = fit
      repeat {
        next = Fit(x, truth, a + share * da, b + share * db)
        share /= 2
      } while next.logLikelihood < fit.logLikelihood - 0x1p-40 * abs(fit.logLikelihood)
        && share > 0x1p-40
      a += 2 * share * da
      b += 2 * share * db
      fit = next
      let moved = max(abs(da), abs(db))
      if moved < 0x1p-30 * max(1, max(abs(a), abs(b))) { break }
    }
    let n = Double(x.count)
    let influences = x.indices.map { row in
      let residual = (truth[row] ? 1 : 0) - Elementary.logistic(a + b * x[row])
      return n * residual * (fit.weight * x[row] - fit.weightedX) / fit.determinant
    }
    return CalibrationInfluence(value: b, rows: influences)
  }

  /// The expected calibration error in equal bins.
  ///
  /// Where a bin's gap is near 0 its sign is a guess, and the error comes out too small: groups need many rows.
  static func error(
    _ scores: [Double], _ truth: [Bool], bins: Int
  ) throws(Unavailable) -> CalibrationInfluence {
    guard scores.count > 1 else { throw .tooFew(has: scores.count, needs: 2) }
    let places = scores.map { min(bins - 1, Int($0 * Double(bins))) }
    var gaps = Array(repeating: ExactSum(), count: bins)
    let distances = scores.indices.map { scores[$0] - (truth[$0] ? 1 : 0) }
    for row in scores.indices { gaps[places[row]].add(distances[row]) }
    let signs = gaps.map { $0.value > 0 ? 1.0 : $0.value < 0 ? -1 : 0 }
    let sum = gaps.reduce(0) { $0 + abs($1.value) }
    let value = sum / Double(scores.count)
    return CalibrationInfluence(
      value: value, rows: scores.indices.map { signs[places[$0]] * distances[$0] - value })
  }

  /// One place of the logistic likelihood.
  private struct Fit {
    var logLikelihood = 0.0
    var weight = 0.0
    var weightedX = 0.0
    var determinant = 0.0
    var step = (0.0, 0.0)

    init(_ x: [Double], _ truth: [Bool], _ a: Double, _ b: Double) {
      var (w0, w1, w2) = (ExactSum(), ExactSum(), ExactSum())
      var (s0, s1, ln) = (ExactSum(), ExactSum(), ExactSum())
      for row in x.indices {
        let eta = a + b * x[row]
        let chance = Elementary.logistic(eta)
        let weight = chance * Elementary.logistic(-eta)
        let residual = truth[row] ? Elementary.logistic(-eta) : -chance
        w0.add(weight)
        w1.add(weight * x[row])
        w2.add(weight * x[row] * x[row])
        s0.add(residual)
        s1.add(residual * x[row])
        let side = truth[row] ? eta : -eta
        ln.add(min(0, side) - Elementary.log1p(Elementary.exp(-abs(side))))
      }
      logLikelihood = ln.value
      (weight, weightedX) = (w0.value, w1.value)
      determinant = weight * w2.value - weightedX * weightedX
      step = (
        (w2.value * s0.value - weightedX * s1.value) / determinant,
        (weight * s1.value - weightedX * s0.value) / determinant
      )
    }
  }
}
