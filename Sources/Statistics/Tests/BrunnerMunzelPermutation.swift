import Probability

/// Brunner and Munzel's statistic judged by its values over random exchanges of the arms: exact where the arms are
/// alike, and close in samples too small for its t distribution.
///
/// - Complexity: O(resamples · n).
/// - Source: Neubert and Brunner (2007).
package struct BrunnerMunzelPermutation: Sendable {
  package let observed: BrunnerMunzel
  /// The statistic of each resample, ascending.
  private let statistics: [Double]

  package init(_ ranks: TieBlocks, resamples: Int, seed: UInt64) throws(Unavailable) {
    precondition(resamples > 0, "\(resamples) resamples")
    observed = try BrunnerMunzel(ranks)
    var blocks: [Int] = []
    for block in 0..<ranks.blocks { blocks += repeatElement(block, count: ranks.size(block)) }
    let key = DrawKey(seed: seed, StreamName("brunner-munzel-permutation"))
    var statistics: [Double] = []
    statistics.reserveCapacity(resamples)
    for resample in 0..<resamples {
      var stream = RandomStream(key, entity: UInt64(resample))
      var counts = [UInt32](repeating: 0, count: ranks.counts.count)
      for place in 0..<blocks.count {
        // The places before the candidate's size are dealt to it.
        if place < ranks.sizes[0] {
          let left = Double(blocks.count - place)
          blocks.swapAt(place, place + min(Int(left) - 1, Int(stream.nextUnit() * left)))
          counts[2 * blocks[place]] += 1
        } else {
          counts[2 * blocks[place] + 1] += 1
        }
      }
      let placements = Placements(counts, sizes: (ranks.sizes[0], ranks.sizes[1]))
      let error = rootOfSquares(placements.errors.0, placements.errors.1)
      let distance = placements.share - 0.5
      statistics.append(distance == 0 ? 0 : distance / error)
    }
    self.statistics = RadixSort.sorted(statistics)
  }

  package var resamples: Int { statistics.count }

  package func p(_ alternative: Question.Alternative, against null: Double = 0.5) -> PValue {
    let t = observed.estimate.statistic(against: null)
    let all = Double(resamples + 1)
    let greater = PValue(
      Double(1 + resamples - statistics.partitioningIndex { $0 >= t }) / all)
    let less = PValue(Double(1 + statistics.partitioningIndex { $0 > t }) / all)
    switch alternative {
    case .greater: return greater
    case .less: return less
    case .different: return (greater.ln < less.ln ? greater : less).doubled
    }
  }

  /// 0 where the resamples are too few to exclude anything at this tail.
  package func lowerBound(tail: Double) -> Double {
    let excluded = Int(tail * Double(resamples + 1)) - 1
    guard excluded >= 0, excluded < resamples else { return 0 }
    return bound(statistics[resamples - 1 - excluded])
  }

  package func upperBound(tail: Double) -> Double {
    let excluded = Int(tail * Double(resamples + 1)) - 1
    guard excluded >= 0, excluded < resamples else { return 1 }
    return bound(statistics[excluded])
  }

  private func bound(_ t: Double) -> Double {
    let estimate = observed.estimate
    return min(1, max(0, estimate.value - t * estimate.standardError))
  }
}
