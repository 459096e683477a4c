import Probability

/// Draws one column of synthetic features, block after block.
///
/// The draws of a column are addressed by the feature's name alone (stream "feature/<name>"), so adding,
/// removing or changing a feature leaves every other one as it was. Request r uses its draw of
/// `RequestDraws`; a feature per unit uses the first unit of the entity that is the unit.
struct FeatureColumn: Sendable {
  private let law: Law
  private let draws: RequestDraws
  private var series = 0.0
  private var seriesHasBegun = false
  private var byUnit: [Float]

  private enum Law: Sendable {
    case drawn(Distribution)
    /// A request gets the first category whose limit is above its u.
    case categorical(limits: [Double])
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

  /// Writes the values of the requests from `first` on to `column[places]`.
  ///
  /// - Parameter units: the unit of each of the requests.
  mutating func fill(
    _ column: inout [Float], _ places: Range<Int>, from first: UInt64, units: [UInt64],
    space: inout DrawSpace
  ) {
    switch law {
    case .drawn(let distribution):
      draws.fill(distribution, into: &column, places, from: first, space: &space)
    case .categorical(let limits):
      draws.fillUnits(&space.units, from: first)
      Self.choose(limits, by: space.units, into: &column, places)
    case .autoregressive(let rho, let innovation):
      draws.fillNormals(&space.normals, from: first)
      integrate(space.normals, into: &column, places, rho: rho, innovation: innovation)
    case .perUnit(let distribution):
      fillByUnit(distribution, &column, places, units: units)
    }
  }

  private static func choose(
    _ limits: [Double], by units: [Double], into column: inout [Float], _ places: Range<Int>
  ) {
    let (limits, units) = (limits.span, units.span)
    var column = column.mutableSpan
    for place in places {
      let unit = units[place - places.lowerBound]
      var low = 0
      var high = limits.count - 1
      while low < high {
        let middle = (low + high) >> 1
        if unit < limits[middle] { high = middle } else { low = middle + 1 }
      }
      column[place] = Float(low)
    }
  }

  /// Turns independent normals into a stationary series; the state is kept in double precision.
  private mutating func integrate(
    _ normals: [Float], into column: inout [Float], _ places: Range<Int>, rho: Double,
    innovation: Double
  ) {
    let normals = normals.span
    var column = column.mutableSpan
    var value = series
    for place in places {
      let normal = Double(normals[place - places.lowerBound])
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

  /// Cumulative shares; a category of weight 0 is never drawn, and the last one that can be takes what
  /// rounding left over.
  private static func limits(_ weights: [Double]) -> [Double] {
    let total = weights.reduce(0, +)
    let last = weights.lastIndex { $0 > 0 } ?? 0
    var sum = 0.0
    return weights.enumerated().map { index, weight in
      sum += weight
      return index < last ? sum / total : 1
    }
  }
}
