import Probability

/// All tables at least as far from equal shares as the one seen, by the chance that each number of successes leaves
/// them.
struct UnconditionalRegion {
  /// By the number of successes, in units of the observed table's conditional chance.
  private var chances: [Double]
  /// The observed table's chance, given its successes.
  private let unit: PValue

  /// Nil where the observed table is too rare for sums in units of its chance (below 10⁻²⁹⁰).
  init?(_ shares: TwoProportions, order: UnconditionalTest.Order, isBothSided: Bool) {
    let observed = FourfoldTable(shares)
    let tail = shares.conditional.p(.greater)
    let less = shares.conditional.p(.less)
    let upperTail = observed.tail
    // The smaller tail has the digits, and both hold the observed table.
    unit =
      tail.ln <= less.ln
      ? PValue(value: tail.value / upperTail, ln: tail.ln - Elementary.log(upperTail))
      : PValue(
        value: less.value / observed.exchanged.tail,
        ln: less.ln - Elementary.log(observed.exchanged.tail))
    guard unit.value > 1e-290 else { return nil }
    let everything = 1 / unit.value
    let limit = min(everything, upperTail) * (1 + 0x1p-34)
    chances = Array(repeating: 0, count: observed.rows + 1)
    for isUp in [false, true] {
      var table = observed
      while true {
        let chance =
          order == .score
          ? table.chanceByScore(from: observed) : table.chanceByTail(atMost: limit)
        chances[table.successes] = min(everything, chance)
        guard table.step(isUp: isUp) else { break }
      }
    }
    if isBothSided { join(atMost: everything) }
  }

  /// Joins the mirror image of the region: successes and failures exchanged.
  private mutating func join(atMost everything: Double) {
    let last = chances.count - 1
    for s in 0...(last / 2) {
      let both = min(everything, chances[s] + chances[last - s])
      chances[s] = both
      chances[last - s] = both
    }
  }

  /// The largest chance of the region over all common shares.
  var supremum: PValue {
    let largest = BinomialMixture(chances).largest
    let p = largest * unit.value
    return PValue(value: min(1, p), ln: min(0, Elementary.log(largest) + unit.ln))
  }
}

/// A two-by-two table on its way over the tables of all numbers of successes, with its chance given that number in
/// units of the first table's.
private struct FourfoldTable {
  private let first: Int
  private let second: Int
  private var candidate: Int
  private var production: Int
  private var chance = 1.0
  /// Of this table and of those with more successes of the candidate.
  private(set) var tail = 1.0
  private var age = 0

  init(_ shares: TwoProportions) {
    first = shares.candidate.trials
    second = shares.production.trials
    candidate = shares.candidate.successes
    production = shares.production.successes
    sumTail()
  }

  private init(first: Int, second: Int, candidate: Int, production: Int) {
    self.first = first
    self.second = second
    self.candidate = candidate
    self.production = production
    sumTail()
  }

  var exchanged: FourfoldTable {
    FourfoldTable(first: second, second: first, candidate: production, production: candidate)
  }

  var rows: Int { first + second }
  var successes: Int { candidate + production }

  /// Sums the tail anew, so that no rounding gathers in it.
  private mutating func sumTail() {
    var (a, b) = (Double(candidate), Double(production))
    let (n, m) = (Double(first), Double(second))
    var (sum, term) = (chance, chance)
    while a < n && b > 0 {
      let ratio = (n - a) * b / ((a + 1) * (m - b + 1))
      term *= ratio
      sum += term
      if ratio < 1 && term < 0x1p-60 * (1 - ratio) * sum { break }
      (a, b) = (a + 1, b - 1)
    }
    tail = sum
    age = 0
  }

  /// To one success more, or less, in all; false at the end.
  ///
  /// The tail follows by adding alone: one more draw brings in the tables just below it.
  mutating func step(isUp: Bool) -> Bool {
    let (a, b, s) = (Double(candidate), Double(production), Double(successes))
    let (n, m) = (Double(first), Double(second))
    age += 1
    if isUp {
      if production < second {
        let fall = chance * (m - b) / ((b + 1) * (n + m - s))
        tail += fall * a
        chance = fall * (s + 1)
        production += 1
      } else if candidate < first {
        chance *= (n - a) / (a + 1) * ((s + 1) / (n + m - s))
        candidate += 1
      } else {
        return false
      }
    } else if candidate > 0 {
      let fall = chance * a / ((n - a + 1) * s)
      tail += fall * (m - b)
      chance = fall * (n + m - s + 1)
      candidate -= 1
    } else if production > 0 {
      chance *= b / (m - b + 1) * ((n + m - s + 1) / s)
      production -= 1
    } else {
      return false
    }
    if age >= 64 { sumTail() }
    return true
  }

  /// To one success more, or less, of the candidate and the reverse of production; false at the end.
  private mutating func shift(isUp: Bool) -> Bool {
    let (a, b) = (Double(candidate), Double(production))
    let (n, m) = (Double(first), Double(second))
    if isUp {
      guard candidate < first, production > 0 else { return false }
      let before = tail
      tail -= chance
      chance *= (n - a) * b / ((a + 1) * (m - b + 1))
      (candidate, production) = (candidate + 1, production - 1)
      if tail < 0x1p-8 * before { sumTail() }
    } else {
      guard candidate > 0, production < second else { return false }
      chance *= a * (m - b) / ((n - a + 1) * (b + 1))
      (candidate, production) = (candidate - 1, production + 1)
      tail += chance
    }
    return true
  }

  /// Moves to the end of the region among the tables with as many successes, and gives the chance from there.
  mutating func chanceByScore(from observed: FourfoldTable) -> Double {
    while !isAtLeast(observed) {
      guard shift(isUp: true) else { return 0 }
    }
    while shift(isUp: false) {
      if isAtLeast(observed) { continue }
      _ = shift(isUp: true)
      break
    }
    return tail
  }

  mutating func chanceByTail(atMost limit: Double) -> Double {
    while tail > limit {
      guard shift(isUp: true) else { return 0 }
    }
    while shift(isUp: false) {
      if tail <= limit { continue }
      _ = shift(isUp: true)
      break
    }
    return tail
  }

  /// n₁ n₂ times the difference of the shares.
  private var distance: Int { candidate * second - production * first }

  /// The pooled variance, times what all tables have in common.
  private var spread: Int { successes * (rows - successes) }

  /// Whether the pooled score is at least the other's; in whole numbers, so that ties are ties.
  private func isAtLeast(_ other: FourfoldTable) -> Bool {
    let (own, wanted) = (distance, other.distance)
    if wanted == 0 { return own >= 0 }
    let mine = UInt128(own.magnitude * own.magnitude) * UInt128(other.spread)
    let theirs = UInt128(wanted.magnitude * wanted.magnitude) * UInt128(spread)
    // Without a success or without a failure the score is 0.
    return wanted > 0
      ? own > 0 && spread > 0 && mine >= theirs : own >= 0 || spread == 0 || mine <= theirs
  }
}
