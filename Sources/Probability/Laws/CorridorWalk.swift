/// A Poisson process of rate 1 over 0...n that ends at n, between the lines s − κ and s + κ, κ = n d: it stays between
/// them with the probability that the distance of n values from their distribution is below d.
///
/// The count is followed from one time at which a line passes a whole number to the next. Its mass at each count stays
/// positive, and so does what is dropped on the way; dropped mass is weighed with its chance of ending at n.
struct CorridorWalk {
  private let count: Int
  /// κ = whole + fraction.
  private let whole: Int
  private let fraction: Double
  private var mass: [Double]
  /// The smallest count that `mass` holds.
  private var lowest = 0
  /// `mass` is held times 2^(200 rescalings).
  private var rescalings = 0
  /// The mass that left and would have ended at n.
  private var left = 0.0

  init(count: Int, distance: Double) {
    self.count = count
    let product = Pair(multiplying: Double(count), distance)
    var whole = product.high.rounded(.down)
    var fraction = (product.high - whole) + product.low
    if fraction < 0 { (whole, fraction) = (whole - 1, fraction + 1) }
    if fraction >= 1 { (whole, fraction) = (whole + 1, 0) }
    self.whole = Int(whole)
    self.fraction = fraction
    mass = [1]
  }

  /// P(the path stays inside) or P(it leaves), whichever is the smaller.
  var tail: Tail {
    var walk = self
    let inside = walk.run()
    let total = IncompleteGamma.term(Double(count), Double(count)).value
    let isLower = inside.value < walk.left
    return Tail(
      isLower: isLower,
      probability: isLower
        ? ScaledProbability(exponent: inside.exponent, factor: inside.factor / total)
        : ScaledProbability(exponent: 0, factor: walk.left / total))
  }

  private mutating func run() -> ScaledProbability {
    // In the unit r...r + 1 the lower line passes a whole number at r + f, the upper at r + 1 − f.
    let (f, g) = (fraction, 1 - fraction)
    let (early, late) = (min(f, g), max(f, g))
    let (first, within, between) = (kernel(early), kernel(late - early), kernel(1 - late + early))
    for r in 0..<count {
      advance(by: r == 0 ? first : between)
      drop(low: f <= g, unit: r)
      advance(by: within)
      drop(low: f > g, unit: r)
      if mass.max() ?? 0 < 0x1p-200 {
        for i in mass.indices { mass[i] *= 0x1p200 }
        rescalings += 1
      }
    }
    var end = 0.0
    for (j, weight) in mass.enumerated() where lowest + j <= count {
      end += weight * Self.poisson(count - lowest - j, 1 - late)
    }
    return ScaledProbability(
      exponent: -200 * Double(rescalings) * 0x1.62e42fefa39efp-1, factor: end)
  }

  /// Adds the counts of a time of the kernel's length.
  private mutating func advance(by kernel: [Double]) {
    let size = min(mass.count + kernel.count - 1, count - lowest + 1)
    var next = [Double](repeating: 0, count: size)
    for (shift, weight) in kernel.enumerated() where shift < size {
      for i in 0..<min(mass.count, size - shift) { next[i + shift] += weight * mass[i] }
    }
    mass = next
  }

  /// Drops the counts that a line has passed in the unit r: those up to r − whole, or above r + whole.
  private mutating func drop(low: Bool, unit r: Int) {
    let kept = low ? max(lowest, r - whole + 1) - lowest : min(mass.count, r + whole + 1 - lowest)
    let rest = Double(count - r) - (low ? fraction : 1 - fraction)
    let range = low ? 0..<min(kept, mass.count) : max(0, kept)..<mass.count
    if !range.isEmpty {
      var chance = Self.poisson(count - lowest - range.lowerBound, rest)
      var sum = 0.0
      for i in range {
        sum += mass[i] * chance
        chance *= Double(count - lowest - i) / rest
      }
      left += sum * Elementary.exp(-200 * Double(rescalings) * 0x1.62e42fefa39efp-1)
    }
    if low {
      mass.removeFirst(min(kept, mass.count))
      lowest += kept
    } else {
      mass.removeLast(mass.count - max(0, kept))
    }
  }

  /// The chances of 0, 1, … events in a time, as far as they matter to a path that has five times as many.
  private func kernel(_ time: Double) -> [Double] {
    var (chances, weight) = ([Elementary.exp(-time)], 1.0)
    while chances.count <= count, weight > 1e-22 || chances.count < min(count, 100) / 2 {
      let j = Double(chances.count)
      chances.append(chances[chances.count - 1] * time / j)
      weight *= 5 * time / j
    }
    return chances
  }

  private static func poisson(_ k: Int, _ mean: Double) -> Double {
    mean <= 0 ? (k == 0 ? 1 : 0) : Poisson(mean: mean).pmf(k)
  }
}
