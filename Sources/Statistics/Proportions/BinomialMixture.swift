import Probability

/// Σ Binomial(s; N, share) · values[s] as a function of the share, and its largest value.
struct BinomialMixture {
  private let values: [Double]
  /// (N − s) / (s + 1), and its reciprocal.
  private let rising: [Double]
  private let falling: [Double]

  /// - Parameter values: N + 1 of them, all >= 0.
  init(_ values: [Double]) {
    self.values = values
    let n = values.count - 1
    rising = (0..<n).map { Double(n - $0) / Double($0 + 1) }
    falling = (0..<n).map { Double($0 + 1) / Double(n - $0) }
  }

  /// The largest value over all shares in [0, 1], found on a grid of an eighth of a standard deviation and then by
  /// golden sections about every peak that could be the highest.
  var largest: Double {
    let n = values.count - 1
    let count = max(16, Int((12.6 * Double(n).squareRoot()).rounded(.up)))
    let step = 0.5 * .pi / Double(count)
    var heights: [Double] = []
    heights.reserveCapacity(count + 1)
    for place in 0...count { heights.append(height(at: Double(place) * step)) }
    let top = heights.reduce(0, max)
    var best = top
    for place in 0...count where heights[place] >= 0.9 * top {
      let isPeak =
        (place == 0 || heights[place - 1] <= heights[place])
        && (place == count || heights[place + 1] <= heights[place])
      guard isPeak else { continue }
      let low = Double(max(0, place - 1)) * step
      let high = Double(min(count, place + 1)) * step
      best = max(best, peak(from: low, to: high))
    }
    return best
  }

  private func peak(from low: Double, to high: Double) -> Double {
    let golden = 0.618_033_988_749_894_9
    var (low, high) = (low, high)
    var (left, right) = (high - golden * (high - low), low + golden * (high - low))
    var (atLeft, atRight) = (height(at: left), height(at: right))
    var best = max(atLeft, atRight)
    for _ in 0..<32 {
      if atLeft >= atRight {
        (high, right, atRight) = (right, left, atLeft)
        left = high - golden * (high - low)
        atLeft = height(at: left)
        best = max(best, atLeft)
      } else {
        (low, left, atLeft) = (left, right, atRight)
        right = low + golden * (high - low)
        atRight = height(at: right)
        best = max(best, atRight)
      }
    }
    return best
  }

  /// The mixture at the share sin² of `angle`, on which scale a binomial share's deviation is the same everywhere.
  private func height(at angle: Double) -> Double {
    let n = values.count - 1
    let (sine, cosine) = (Elementary.sin(angle), Elementary.cos(angle))
    if sine <= 0 || n == 0 { return values[0] }
    if cosine <= 1e-9 { return values[n] }
    let odds = sine / cosine * (sine / cosine)
    let middle = min(n, Int(Double(n + 1) * sine * sine))
    var (total, sum) = (1.0, values[middle])
    var weight = 1.0
    for s in middle..<n {
      weight *= rising[s] * odds
      total += weight
      sum += weight * values[s + 1]
      if weight < 0x1p-62 { break }
    }
    weight = 1
    let evens = 1 / odds
    for s in stride(from: middle - 1, through: 0, by: -1) {
      weight *= falling[s] * evens
      total += weight
      sum += weight * values[s]
      if weight < 0x1p-62 { break }
    }
    return sum / total
  }
}
