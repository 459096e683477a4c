import Probability

@testable import Statistics

// What is done to data without changing what they say.

extension CalibrationData {
  func mapped(_ change: (Double) -> Double) -> CalibrationData {
    switch self {
    case .arms(var arms):
      arms.candidate.values = arms.candidate.values.map(change)
      arms.production.values = arms.production.values.map(change)
      return .arms(arms)
    case .pairs(var pairs):
      pairs.candidate = pairs.candidate.map(change)
      pairs.production = pairs.production.map(change)
      return .pairs(pairs)
    }
  }

  /// Candidate and production in each other's place.
  var exchanged: CalibrationData {
    switch self {
    case .arms(let arms):
      return .arms(TwoArms(candidate: arms.production, production: arms.candidate))
    case .pairs(var pairs):
      swap(&pairs.candidate, &pairs.production)
      pairs.denominators = pairs.denominators.map {
        .init(candidate: $0.production, production: $0.candidate)
      }
      return .pairs(pairs)
    }
  }

  /// Rows in another order, each with all that stands beside it, and units under other numbers.
  func permuted(seed: UInt64) -> CalibrationData {
    var luck = Luck(seed: seed, run: 0)
    switch self {
    case .arms(let arms):
      return .arms(
        TwoArms(
          candidate: arms.candidate.permuted(&luck), production: arms.production.permuted(&luck)))
    case .pairs(let pairs):
      let order = luck.order(of: pairs.candidate.count)
      var other = PairSample(
        candidate: order.map { pairs.candidate[$0] }, production: order.map { pairs.production[$0] }
      )
      other.denominators = pairs.denominators.map { sizes in
        .init(
          candidate: order.map { sizes.candidate[$0] },
          production: order.map { sizes.production[$0] })
      }
      other.labels = pairs.labels.map { labels in order.map { labels[$0] } }
      other.units = pairs.units.map { units in luck.renumbered(order.map { units[$0] }) }
      other.strata = pairs.strata.map { strata in order.map { strata[$0] } }
      return .pairs(other)
    }
  }
}

extension ArmSample {
  fileprivate func permuted(_ luck: inout Luck) -> ArmSample {
    let order = luck.order(of: values.count)
    func moved<Value>(_ column: [Value]) -> [Value] { order.map { column[$0] } }
    return ArmSample(
      values: moved(values), denominators: denominators.map(moved),
      units: units.map { luck.renumbered(moved($0)) }, covariates: covariates.map(moved),
      strata: strata.map(moved), places: places.map(moved), labels: labels.map(moved),
      censored: censored.map(moved))
  }
}

extension Luck {
  /// The numbers 0..<count, all orders equally likely.
  mutating func order(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for index in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(index, Int(unit() * Double(index + 1)))
    }
    return order
  }

  fileprivate mutating func renumbered(_ units: [Int]) -> [Int] {
    let names = order(of: (units.max() ?? -1) + 1)
    return units.map { names[$0] }
  }
}
