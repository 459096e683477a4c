import Probability

/// A bootstrap in one pass that parts of the data can do by themselves: any order of rows and any split over
/// machines, merged, gives the same bits.
///
/// Each resample's ratio is Σ w·value / Σ w·denominator with the unit's Poisson weights; sums are exact.
package struct PoissonBootstrap: Sendable {
  package let resamples: Int
  private let weights: PoissonWeights
  private var values: [ExactSum]
  private var denominators: [ExactSum]
  private var plain = (value: ExactSum(), denominator: ExactSum())
  private var words: [UInt32]
  private var row: [UInt32]

  /// - Parameters:
  ///   - resamples: at least 2; each holds about a kilobyte.
  ///   - name: of the group, so that two arms draw apart.
  package init(resamples: Int, seed: UInt64, name: String) {
    precondition(resamples > 1, "\(resamples) resamples")
    self.resamples = resamples
    weights = PoissonWeights(seed: seed, name: name)
    values = Array(repeating: ExactSum(), count: resamples)
    denominators = values
    words = PoissonWeights.words(for: resamples)
    row = Array(repeating: 0, count: resamples)
  }

  /// Adds a row of a unit; all rows of one unit have the same weights.
  ///
  /// - Complexity: O(resamples) time.
  package mutating func add(_ value: Double, denominator: Double = 1, unit: UInt64) {
    weights.fill(&row, unit: unit, words: &words)
    plain.value.add(value)
    plain.denominator.add(denominator)
    for resample in row.indices where row[resample] > 0 {
      let weight = Double(row[resample])
      values[resample].add(weight * value)
      denominators[resample].add(weight * denominator)
    }
  }

  /// Adds the rows of another part with the same seed, name and number of resamples.
  package mutating func merge(_ other: PoissonBootstrap) {
    precondition(resamples == other.resamples, "\(resamples) and \(other.resamples) resamples")
    plain.value.merge(other.plain.value)
    plain.denominator.merge(other.plain.denominator)
    for resample in values.indices {
      values[resample].merge(other.values[resample])
      denominators[resample].merge(other.denominators[resample])
    }
  }

  /// The ratio of all rows, and of each resample in its order.
  package func ratios() throws(Unavailable) -> (estimate: Double, replicates: [Double]) {
    let below = plain.denominator.value
    guard below != 0 else { throw .zeroDenominator }
    var replicates: [Double] = []
    replicates.reserveCapacity(resamples)
    for resample in values.indices {
      let below = denominators[resample].value
      guard below != 0 else { throw .zeroDenominator }
      replicates.append(values[resample].value / below)
    }
    return (plain.value.value / below, replicates)
  }

  /// The sums of columns over the same resamples, for columns that are at hand as a whole.
  ///
  /// - Parameter units: the units' numbers in the weights' addresses.
  /// - Complexity: O(resamples · n) time.
  static func sums(
    _ columns: [FixedColumn], resamples: Int, seed: UInt64, name: String
  ) -> [[Int64]] {
    let weights = PoissonWeights(seed: seed, name: name)
    var words = PoissonWeights.words(for: resamples)
    var row = Array(repeating: UInt32(0), count: resamples)
    var sums = columns.map { _ in Array(repeating: Int64(0), count: resamples) }
    for unit in 0..<columns[0].count {
      weights.fill(&row, unit: UInt64(unit), words: &words)
      for column in columns.indices {
        add(columns[column].multiples[unit], weights: row, to: &sums[column])
      }
    }
    return sums
  }

  private static func add(_ value: Int64, weights: [UInt32], to sums: inout [Int64]) {
    var target = sums.mutableSpan
    let source = weights.span
    for resample in target.indices { target[resample] &+= value &* Int64(source[resample]) }
  }
}

extension PoissonWeights {
  /// Room for the words of so many resamples.
  static func words(for resamples: Int) -> [UInt32] {
    Array(repeating: 0, count: (resamples + 511) / 512 * 512)
  }
}
