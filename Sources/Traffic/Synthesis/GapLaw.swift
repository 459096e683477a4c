import Probability

/// How much operational time, in which one request is expected a unit, passes from one arrival to the next.
enum GapLaw: Sendable {
  /// Always one unit.
  case even
  /// Exponentials: a Poisson process.
  case exponential
  /// A renewal process: gaps of this distribution over its mean.
  case renewal(Distribution, mean: Double)
  /// A self-exciting process.
  case excited(SelfExcitation)

  /// A gap longer than this many means is cut to it, so that positions stay in 64 bits.
  static let longest = 0x1p21

  /// Units of an integrated rate in one expected arrival: coarser where gaps may be long.
  var unit: Double {
    switch self {
    case .even, .exponential: RateCurve.finest
    case .renewal, .excited: 0x1p40
    }
  }
}

/// A Hawkes process with an exponential kernel, in operational time: each arrival adds `branching` · δ to the
/// intensity, and what was added decays at the rate δ.
///
/// Exact, one request after the other, without a list of those before (Dassios and Zhao 2013, "Exact
/// simulation of Hawkes process with exponentially decaying intensity", Algorithm 3.1): the gap is the
/// shorter of the wait for the constant part and the wait, perhaps without end, for the decaying one.
struct SelfExcitation: Sendable {
  private let branching: Double
  /// δ, for each unit of operational time.
  private let decay: Double
  /// Intensity above its constant part 1 − branching.
  private var excess: Double

  /// - Parameters:
  ///   - branching: how many requests each one brings forth on average, in 0..<1.
  ///   - decaySeconds: the mean wait for them.
  ///   - rate: requests a second, in all.
  init(branching: Double, decaySeconds: Double, rate: Double) {
    self.branching = branching
    decay = 1 / (decaySeconds * rate)
    // The mean of a process that has gone on for ever.
    excess = branching
  }

  /// Replaces exponentials, which stand for the decaying part, by gaps; `others` are for the constant part.
  mutating func replace(_ exponentials: inout [Double], with others: [Double]) {
    let others = others.span
    var gaps = exponentials.mutableSpan
    var excess = excess
    let base = 1 - branching
    let jump = branching * decay
    for row in 0..<others.count {
      var gap = others[row] / base
      var left = 0.0
      let share = excess > 0 ? 1 - decay * gaps[row] / excess : 0
      let early = share > 0 ? -Elementary.log(share) / decay : .infinity
      if early < gap {
        gap = early
        left = share
      } else {
        left = Elementary.exp(-decay * gap)
      }
      gaps[row] = min(gap, GapLaw.longest)
      excess = excess * left + jump
    }
    self.excess = excess
  }
}
