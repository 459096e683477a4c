import Probability

/// Both arms' units in one pile, to be dealt out anew.
struct UnitDeal: Sendable {
  private let candidate: ArmSample
  private let production: ArmSample
  /// Of every row, the candidate's first: its unit in the pile.
  private let unitOfRow: [Int]
  private let units: Int
  private let candidateUnits: Int

  init(_ arms: TwoArms) {
    candidate = arms.candidate
    production = arms.production
    let first = candidate.units ?? Array(candidate.values.indices)
    let second = production.units ?? Array(production.values.indices)
    let count = (first.max() ?? -1) + 1
    candidateUnits = count
    unitOfRow = first + second.map { $0 + count }
    units = count + (second.max() ?? -1) + 1
  }

  func dealt(seed: UInt64, run: Int) -> TwoArms {
    var luck = RandomStream(seed: seed, StreamName("calibration/deal"), entity: UInt64(run))
    var order = Array(0..<units)
    // The first places of a shuffle are a random choice.
    for place in 0..<min(candidateUnits, units - 1) {
      let left = units - place
      let other = place + min(left - 1, Int(luck.nextUnit() * Double(left)))
      order.swapAt(place, other)
    }
    var newUnit = Array(repeating: 0, count: units)
    var isCandidate = Array(repeating: false, count: units)
    for place in order.indices {
      isCandidate[order[place]] = place < candidateUnits
      newUnit[order[place]] = place < candidateUnits ? place : place - candidateUnits
    }
    var (first, second): ([Int], [Int]) = ([], [])
    for row in unitOfRow.indices {
      if isCandidate[unitOfRow[row]] { first.append(row) } else { second.append(row) }
    }
    return TwoArms(candidate: arm(first, newUnit), production: arm(second, newUnit))
  }

  private func arm(_ rows: [Int], _ newUnit: [Int]) -> ArmSample {
    let split = candidate.values.count
    func pick<Value>(_ one: [Value], _ other: [Value]) -> [Value] {
      rows.map { $0 < split ? one[$0] : other[$0 - split] }
    }
    func pick<Value>(_ one: [Value]?, _ other: [Value]?) -> [Value]? {
      guard let one, let other else { return nil }
      return pick(one, other)
    }
    return ArmSample(
      values: pick(candidate.values, production.values),
      denominators: pick(candidate.denominators, production.denominators),
      units: candidate.units == nil ? nil : rows.map { newUnit[unitOfRow[$0]] },
      covariates: candidate.covariates.indices.map {
        pick(candidate.covariates[$0], production.covariates[$0])
      },
      strata: pick(candidate.strata, production.strata),
      places: pick(candidate.places, production.places),
      labels: pick(candidate.labels, production.labels),
      censored: pick(candidate.censored, production.censored))
  }
}
