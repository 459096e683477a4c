import Statistics

/// Per-unit sums of both sides of the pairs: requests of one unit may be alike however far apart they are, which no look at
/// neighbours in time can see.
///
/// Memory: one entry a unit, in the order in which units first came.
package struct PairUnits: Sendable {
  private var indices: [UInt64: Int] = [:]
  /// By mean metric and unit.
  private var counts: [[Int]]
  private var baseline: [[Double]]
  private var arm: [[Double]]

  package init(metricCount: Int) {
    counts = Array(repeating: [], count: metricCount)
    baseline = counts.map { _ in [] }
    arm = counts.map { _ in [] }
  }

  /// Where each row's unit stands.
  mutating func places(of units: [UInt64], count: Int) -> [Int] {
    var places: [Int] = []
    places.reserveCapacity(count)
    for row in 0..<count {
      let next = indices.count
      let place = indices[units[row], default: next]
      if place == next {
        indices[units[row]] = next
        for metric in counts.indices {
          counts[metric].append(0)
          baseline[metric].append(0)
          arm[metric].append(0)
        }
      }
      places.append(place)
    }
    return places
  }

  mutating func add(_ metric: Int, at place: Int, baseline before: Double, arm after: Double) {
    counts[metric][place] += 1
    baseline[metric][place] += before
    arm[metric][place] += after
  }

  /// Slope of the arm times its mean minus slope of the baseline times its own, units being independent; nil where no unit
  /// has two pairs.
  func difference(_ metric: Int, slopes: (arm: Double, baseline: Double)) -> TEstimate? {
    guard counts[metric].contains(where: { $0 > 1 }) else { return nil }
    let sums = counts[metric].indices.map {
      slopes.arm * arm[metric][$0] - slopes.baseline * baseline[metric][$0]
    }
    return try? ClusteredMean(counts: counts[metric], sums: sums).estimate
  }
}
