import Probability

/// A count whose probabilities are proportional to c(j) · oddsʲ: what remains of two counts once their sum
/// is given.
///
/// Two binomial counts leave the (noncentral) hypergeometric law, `odds` being their odds ratio; two Poisson
/// counts, one binomial count or the discordant pairs leave the binomial law.
///
/// - Source: Fisher (1935); Cornfield (1956).
struct ConditionalLaw: Sendable, Equatable {
  let low: Int
  let high: Int
  private let first: Double
  private let drawn: Double
  private let rest: Double
  private let isBinomial: Bool

  private init(
    low: Int, high: Int, first: Double, drawn: Double, rest: Double, isBinomial: Bool
  ) {
    self.low = low
    self.high = high
    self.first = first
    self.drawn = drawn
    self.rest = rest
    self.isBinomial = isBinomial
  }

  /// Successes among `first`, where `first` and `second` together have `drawn`.
  static func hypergeometric(first: Int, second: Int, drawn: Int) -> ConditionalLaw {
    ConditionalLaw(
      low: max(0, drawn - second), high: min(first, drawn), first: Double(first),
      drawn: Double(drawn), rest: Double(second - drawn), isBinomial: false)
  }

  /// Successes of `trials`; the odds are those of a success.
  static func binomial(trials: Int) -> ConditionalLaw {
    ConditionalLaw(
      low: 0, high: trials, first: 0, drawn: Double(trials), rest: 0, isBinomial: true)
  }

  /// The law of the other count, of which the odds are the reciprocal.
  var mirrored: ConditionalLaw {
    isBinomial
      ? self
      : .hypergeometric(
        first: Int(rest + drawn), second: Int(first), drawn: Int(drawn))
  }

  /// The other count where this one is `x`.
  func mirror(_ x: Int) -> Int { Int(drawn) - x }

  /// c(j + 1) / c(j); between whole numbers, a smooth curve through them.
  @inline(__always)
  func ratio(_ j: Double) -> Double {
    isBinomial
      ? (drawn - j) / (j + 1) : (first - j) * (drawn - j) / ((j + 1) * (rest + j + 1))
  }

  /// c(j − 1) / c(j).
  @inline(__always)
  private func fall(_ j: Double) -> Double {
    isBinomial
      ? j / (drawn - j + 1) : j * (rest + j) / ((first - j + 1) * (drawn - j + 1))
  }
}

// MARK: - Sums about one count

extension ConditionalLaw {
  /// Weights relative to that of one count x, summed on one side of it (x left out).
  ///
  /// Nothing but positive terms is added, so that tails of 10⁻³⁰⁰ have all their digits; the weights of the
  /// middle may be that much larger, so that the sum carries a scale of its own.
  private struct Side {
    /// Times 2^(900 · scale).
    var sum = 0.0
    /// Σ |j − x| · weight, in the same scale.
    var moment = 0.0
    var scale = 0
    /// Of the counts at most as likely as x (or past the given edge), unscaled.
    var like = 0.0
  }

  /// Equally likely counts come out of rounding as far apart as this.
  private static let tie = 1 + 0x1p-34

  /// - Parameter edge: the count from which on all belong to `like`; nil to let the weights decide.
  private func side(from x: Int, odds: Double, isUp: Bool, edge: Int?) -> Side {
    var side = Side()
    var weight = 1.0
    var scale = 0
    var j = x
    let end = isUp ? high : low
    let evens = 1 / odds
    let isEdged = edge != nil
    let edge = edge ?? x
    while j != end {
      let step = isUp ? ratio(Double(j)) * odds : fall(Double(j)) * evens
      j += isUp ? 1 : -1
      weight *= step
      if weight > 0x1p900 {
        (weight, scale) = (weight * 0x1p-900, scale + 1)
      } else if scale > 0 && weight < 0x1p-100 {
        (weight, scale) = (weight * 0x1p900, scale - 1)
      }
      if scale > side.scale {
        side.sum *= 0x1p-900
        side.moment *= 0x1p-900
        side.scale = scale
      }
      if scale == side.scale {
        side.sum += weight
        side.moment += weight * Double(abs(j - x))
      }
      if scale == 0 {
        let belongs = isEdged ? isUp == (j >= edge) || j == edge : weight <= ConditionalLaw.tie
        if belongs { side.like += weight }
        if step < 1 && weight < 0x1p-64 * (1 - step) * (1 + side.like) { break }
      }
    }
    return side
  }

  /// What the tests and intervals are formed from, at one count and one odds.
  struct Tails {
    /// P(X >= x).
    var upper: PValue
    /// P(X <= x).
    var lower: PValue
    /// The chance of x and of all counts that are at most as likely (or past the edge).
    var like: PValue
    /// P(X >= x) − ½ P(X = x), and from below.
    var upperMid: PValue
    var lowerMid: PValue
    /// E X − x.
    var excess: Double
  }

  func tails(at x: Int, odds: Double, edge: Int? = nil) -> Tails {
    let up = side(from: x, odds: odds, isUp: true, edge: nil)
    let down = side(from: x, odds: odds, isUp: false, edge: edge)
    let scale = max(up.scale, down.scale)
    func scaled(_ value: Double, _ from: Int) -> Double {
      from == scale ? value : scale - from == 1 ? value * 0x1p-900 : 0
    }
    let one = scaled(1, 0)
    let total = scaled(up.sum, up.scale) + scaled(down.sum, down.scale) + one
    let lnUnit = 900 * 0.693_147_180_559_945_3
    let lnTotal = Elementary.log(total) + Double(scale) * lnUnit
    /// `part` is in the scale `own`; where it is nearly all, its complement has the digits.
    func share(_ part: Double, _ own: Int, _ complement: Double) -> PValue {
      let value = scaled(part, own) / total
      if value > 0.5 {
        let missing = complement / total
        return PValue(value: 1 - missing, ln: Elementary.log1p(-missing))
      }
      return PValue(
        value: value, ln: Elementary.log(part) + Double(own) * lnUnit - lnTotal)
    }
    func tail(_ near: Side, _ far: Side, point: Double) -> PValue {
      let rest = scaled(far.sum, far.scale) + (1 - point) * one
      return near.scale == 0
        ? share(near.sum + point, 0, rest) : share(near.sum + 0, near.scale, rest)
    }
    let like = 1 + up.like + down.like
    let unlike = max(0, total - scaled(like, 0))
    return Tails(
      upper: tail(up, down, point: 1), lower: tail(down, up, point: 1),
      like: share(like, 0, unlike < total * 0x1p-44 ? 0 : unlike),
      upperMid: tail(up, down, point: 0.5), lowerMid: tail(down, up, point: 0.5),
      excess: (scaled(up.moment, up.scale) - scaled(down.moment, down.scale)) / total)
  }
}
