/// An estimate that grows row by row, with what a look asks of it.
protocol FollowedEstimate {
  /// Of the rows so far.
  var estimate: Double { get }
  /// Of the estimate; 0 or NaN where the rows say nothing of it yet.
  var variance: Double { get }
  /// Of both arms together, or pairs.
  var rows: Double { get }
  /// Of the arm that has fewer, or pairs.
  var fewestRows: Double { get }
  var steadiness: Steadiness { get }
}

/// How near an estimate's distribution is to the normal, as far as its own rows can tell.
///
/// An arm with few rows of a skewed metric looks harmless until its first large value comes; so each arm is also
/// taken to have the shape that both show together.
struct Steadiness: Sendable, Equatable {
  /// The estimate's standardised third moment, without its sign.
  var skewness: Double
  /// How many rows of equal weight would vary as much: (Σ d²)²/Σ d⁴ of the deviations.
  var effectiveRows: Double

  /// Of a difference of means, from the arms' sums of powers.
  init(_ first: RunningMoments, _ second: RunningMoments) {
    let (m, n) = (first.count, second.count)
    // By each arm's own rows.
    let squares = first.squares / (m * m) + second.squares / (n * n)
    let cubes = first.cubes / (m * m * m) - second.cubes / (n * n * n)
    let fourths = first.fourths / (m * m * m * m) + second.fourths / (n * n * n * n)
    // By the shape of all rows in both arms.
    let rows = m + n
    let all = (first.squares + second.squares) / rows
    let shape3 = (first.cubes + second.cubes) / (rows * all * all.squareRoot())
    let shape4 = (first.fourths + second.fourths) / (rows * all * all)
    let spread = 1 / m + 1 / n
    let skew3 = shape3 * (1 / (m * m) - 1 / (n * n))
    let skew4 = shape4 * (1 / (m * m * m) + 1 / (n * n * n))
    skewness = max(
      cubes.magnitude / (squares * squares.squareRoot()),
      skew3.magnitude / (spread * spread.squareRoot()))
    effectiveRows = min(squares * squares / fourths, spread * spread / skew4)
  }

  init(_ only: RunningMoments) {
    let squares = only.squares
    skewness = only.cubes.magnitude / (squares * squares.squareRoot())
    effectiveRows = squares * squares / only.fourths
  }

  /// With these, simulated error rates stay below the nominal ones from the first look on: for normal, exponential and
  /// lognormal values (coefficient of variation 3) and rare events, any allocation, pairs, one-sided bounds.
  static let mostSkewness = 0.1
  static let leastEffectiveRows = 30.0

  var isEnough: Bool {
    skewness <= Self.mostSkewness && effectiveRows >= Self.leastEffectiveRows
  }
}

/// The difference of two arms' means, candidate − production.
struct FollowedMeans: FollowedEstimate {
  var candidate = RunningMoments()
  var production = RunningMoments()

  @inline(__always)
  var estimate: Double { candidate.mean - production.mean }
  @inline(__always)
  var variance: Double { candidate.varianceOfMean + production.varianceOfMean }
  @inline(__always)
  var rows: Double { candidate.count + production.count }
  @inline(__always)
  var fewestRows: Double { min(candidate.count, production.count) }
  var steadiness: Steadiness { Steadiness(candidate, production) }
}

/// The mean of paired differences.
struct FollowedMean: FollowedEstimate {
  var moments = RunningMoments()

  @inline(__always)
  var estimate: Double { moments.mean }
  @inline(__always)
  var variance: Double { moments.varianceOfMean }
  @inline(__always)
  var rows: Double { moments.count }
  @inline(__always)
  var fewestRows: Double { moments.count }
  var steadiness: Steadiness { Steadiness(moments) }
}

/// The difference of two arms' ratios of sums, candidate − production, by their influence values.
struct FollowedRatios: FollowedEstimate {
  var candidate = RunningRatio()
  var production = RunningRatio()

  var estimate: Double { candidate.ratio - production.ratio }
  var variance: Double { candidate.variance + production.variance }
  var rows: Double { candidate.count + production.count }
  var fewestRows: Double { min(candidate.count, production.count) }
  var steadiness: Steadiness { Steadiness(candidate.influence, production.influence) }
}

/// A ratio of sums with its variance by the delta method, one row at a time.
struct RunningRatio: Sendable {
  private(set) var count = 0.0
  private var means = (top: 0.0, bottom: 0.0)
  private var squares = (top: 0.0, both: 0.0, bottom: 0.0)
  /// Each row's deviation from the ratio of the rows before it, in the unit of the ratio: what tells how
  /// near to normal the ratio is.
  private(set) var influence = RunningMoments()

  var ratio: Double { means.top / means.bottom }

  /// - Source: Cochran (1977), section 6.4.
  var variance: Double {
    let r = ratio
    let sum = squares.top - 2 * r * squares.both + r * r * squares.bottom
    return max(0, sum) / (count * (count - 1) * means.bottom * means.bottom)
  }

  mutating func add(_ top: Double, over bottom: Double) {
    if count >= 2, means.bottom != 0 {
      influence.add((top - ratio * bottom) / means.bottom)
    }
    count += 1
    let (x, y) = (top - means.top, bottom - means.bottom)
    means.top += x / count
    means.bottom += y / count
    squares.top += x * (top - means.top)
    squares.both += x * (bottom - means.bottom)
    squares.bottom += y * (bottom - means.bottom)
  }
}
