import Statistics

/// What AUC and the calibration error of one arm need in memory that does not grow with the requests.
///
/// Memory: at most 4.5 MB, and 0.5 MB a time bucket.
package struct RankBins: Sendable {
  package private(set) var area = BlockedAUC()
  /// By time bucket.
  package private(set) var areas: [BinnedAUC] = []
  package private(set) var calibrations: [CalibrationBins] = []
  private let calibrationBins: Int

  init(calibrationBins: Int) { self.calibrationBins = calibrationBins }

  mutating func makeBuckets(_ count: Int) {
    while areas.count < count {
      areas.append(BinnedAUC())
      calibrations.append(CalibrationBins(bins: calibrationBins))
    }
  }

  mutating func add(_ probability: Double, isPositive: Bool, at position: UInt64, bucket: Int) {
    area.add(probability, isPositive: isPositive, at: position)
    areas[bucket].add(probability, isPositive: isPositive)
    calibrations[bucket].add(probability, isPositive: isPositive)
  }

  mutating func mergeBuckets(_ merges: [Int]) {
    areas.join(by: merges) { $0.merge($1) }
    calibrations.join(by: merges) { $0.merge($1) }
  }
}
