import Statistics

/// The stored answers of an arm that have a label, in the order of the requests.
struct RankRows {
  private(set) var scores: [Double] = []
  private(set) var labels: [Bool] = []
  private(set) var units: [UInt64] = []
  private let bins: Int

  /// - Parameters:
  ///   - rows: only these requests; nil takes all.
  ///   - pairedWith: keeps only requests that this arm answered too.
  ///   - segment: keeps only requests whose segment column holds this code.
  /// - Returns: nil where the ledger keeps no rows or none qualifies.
  init?(
    _ ledger: Ledger, arm: Int, rows range: Range<Int>? = nil, pairedWith other: Int? = nil,
    segment: (column: Int, code: Int)? = nil
  ) {
    guard let store = ledger.rows else { return nil }
    bins = ledger.plan.options.calibrationBins
    for row in range ?? 0..<store.labels.count {
      let score = store.scores[arm][row]
      if score.isNaN || store.labels[row].isNaN { continue }
      if let segment, ledger.rowSegments[segment.column][row] != segment.code { continue }
      if let other, store.scores[other][row].isNaN { continue }
      scores.append(score)
      labels.append(store.labels[row] == 1)
      if !ledger.rowUnits.isEmpty { units.append(ledger.rowUnits[row]) }
    }
    if scores.isEmpty { return nil }
  }

  /// Whether some unit has more than one row.
  var unitsRepeat: Bool { Set(units).count < units.count }

  var auc: RankInfluence {
    get throws(Unavailable) { try RankInfluence.auc(scores, labels) }
  }

  /// The area with DeLong's error, for independent requests.
  func delongEstimate() throws(Unavailable) -> TEstimate {
    try AreaUnderCurve(scores: scores, labels: labels).independentEstimate
  }

  var calibrationError: RankInfluence {
    get throws(Unavailable) {
      try RankInfluence.calibrationError(scores, labels, bins: bins)
    }
  }

  func influence(_ metric: Metric) throws(Unavailable) -> RankInfluence {
    metric == .auc ? try auc : try calibrationError
  }

  /// The value with a standard error over units: its influence values are summed by unit, units being independent.
  func clustered(_ found: RankInfluence) throws(Unavailable) -> TEstimate {
    var indices: [UInt64: Int] = [:]
    var counts: [Int] = []
    var sums: [Double] = []
    for (unit, value) in zip(units, found.influence) {
      let index = indices[unit] ?? counts.count
      if index == counts.count {
        indices[unit] = index
        counts.append(0)
        sums.append(0)
      }
      counts[index] += 1
      sums[index] += value
    }
    var estimate = try ClusteredMean(counts: counts, sums: sums).estimate
    estimate.value = found.value
    return estimate
  }
}
