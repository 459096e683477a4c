import Probability

/// Draws one column of synthetic features, block after block.
///
/// The draws of a column are addressed by the feature's name alone (stream "feature/<name>"), so adding,
/// removing or changing a feature leaves every other one as it was. Request r uses the word of
/// `RequestDraws`; a feature per unit uses the first two words of the entity that is the unit.
struct FeatureColumn: Sendable {
  private let law: Law
  private let draws: RequestDraws
  private var series = 0.0
  private var seriesHasBegun = false
  private var byUnit: [Float]

  private enum Law: Sendable {
    case drawn(Distribution)
    /// Request with word w gets the first category whose limit is above w.
    case categorical(limits: [UInt64])
    case autoregressive(rho: Double, innovation: Double)
    case perUnit(Distribution)
  }

  /// Up to this many units a feature per unit is kept rather than drawn again: 4 MiB.
  private static let keptUnits = 1 << 20

  init(_ feature: SyntheticPlan.Feature, units: Int?, seed: UInt64, antithetic: Bool) {
    draws = RequestDraws(seed: seed, stream: "feature/\(feature.name)", antithetic: antithetic)
    byUnit = []
    switch feature.kind {
    case .drawn(let distribution): law = .drawn(distribution)
    case .categorical(_, let weights): law = .categorical(limits: Self.limits(weights))
    case .autoregressive(let rho):
      law = .autoregressive(rho: rho, innovation: ((1 - rho) * (1 + rho)).squareRoot())
    case .perUnit(let distribution):
      law = .perUnit(distribution)
      if let units, units <= Self.keptUnits { byUnit = Array(repeating: .nan, count: units) }
    }
  }

  /// Writes the values of `requests` to `column`, from `start` on.
  ///
  /// - Parameters:
  ///   - units: the unit of each of the requests.
  ///   - words: space for a word a request.
  mutating func fill(
    _ column: inout [Float], at start: Int, requests: Range<UInt64>,
    units: [UInt64], words: inout [UInt32]
  ) {
    switch law {
    case .drawn(let distribution):
      draws.fill(distribution, into: &column, at: start, requests: requests, words: &words)
    case .categorical(let limits):
      draws.fill(&words, requests: requests)
      Self.choose(limits, by: words, into: &column, start..<start + requests.count)
    case .autoregressive(let rho, let innovation):
      draws.fill(
        .normal(mean: 0, standardDeviation: 1), into: &column, at: start, requests: requests,
        words: &words)
      integrate(&column, start..<start + requests.count, rho: rho, innovation: innovation)
    case .perUnit(let distribution):
      fillByUnit(distribution, &column, start..<start + requests.count, units: units)
    }
  }

  private static func choose(
    _ limits: [UInt64], by words: [UInt32], into column: inout [Float],
    _ places: Range<Int>
  ) {
    let (limits, words) = (limits.span, words.span)
    var column = column.mutableSpan
    for place in places {
      let word = UInt64(words[place - places.lowerBound])
      var low = 0
      var high = limits.count - 1
      while low < high {
        let middle = (low + high) >> 1
        if word < limits[middle] { high = middle } else { low = middle + 1 }
      }
      column[place] = Float(low)
    }
  }

  /// Turns independent normals into a stationary series; the state is kept in double precision.
  private mutating func integrate(
    _ column: inout [Float], _ places: Range<Int>, rho: Double, innovation: Double
  ) {
    var column = column.mutableSpan
    var value = series
    for place in places {
      let normal = Double(column[place])
      value = seriesHasBegun ? rho * value + innovation * normal : normal
      seriesHasBegun = true
      column[place] = Float(value)
    }
    series = value
  }

  private mutating func fillByUnit(
    _ distribution: Distribution, _ column: inout [Float], _ places: Range<Int>,
    units: [UInt64]
  ) {
    let units = units.span
    var column = column.mutableSpan
    for place in places {
      let unit = units[place - places.lowerBound]
      guard unit < UInt64(byUnit.count) else {
        column[place] = value(of: unit, distribution)
        continue
      }
      if byUnit[Int(unit)].isNaN { byUnit[Int(unit)] = value(of: unit, distribution) }
      column[place] = byUnit[Int(unit)]
    }
  }

  private func value(of unit: UInt64, _ distribution: Distribution) -> Float {
    var luck = RandomStream(seed: draws.seed, draws.stream, entity: unit)
    let u = luck.nextUnit()
    return Float(distribution.quantile(draws.antithetic ? 1 - u : u))
  }

  /// Cumulative shares in units of 2⁻³²; a category of weight 0 is never drawn.
  private static func limits(_ weights: [Double]) -> [UInt64] {
    let total = weights.reduce(0, +)
    var sum = 0.0
    var limits = weights.map { weight in
      sum += weight
      return RequestDraws.threshold(sum / total)
    }
    // The last category that can be drawn takes what rounding left over.
    let last = weights.lastIndex { $0 > 0 } ?? 0
    for index in last..<limits.count { limits[index] = 1 << 32 }
    return limits
  }
}
