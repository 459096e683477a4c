import Probability

/// The time of a batch as a function of its size, straight lines between measured sizes.
package struct BatchCurve: Sendable {
  /// Rising sizes, and the mean time of each in seconds, never falling.
  package let sizes: [Double]
  package let times: [Double]

  /// Sizes whose means fall are pooled: a larger batch does not take less time.
  ///
  /// - Parameter sizes: whole numbers from 1 on, one for each time.
  /// - Source: Ayer et al. (1955), the pool of adjacent violators.
  package init(sizes: [Double], times: [Double]) {
    var pools: [(sizes: [Double], sum: Double, count: Double)] = []
    for size in RadixSort.sorted(sizes) where pools.last?.sizes.last != size {
      let own = zip(sizes, times).filter { $0.0 == size }.map(\.1)
      pools.append(([size], ExactSum.total(own), Double(own.count)))
    }
    let all = pools
    pools = []
    for pool in all {
      pools.append(pool)
      while pools.count > 1 {
        let (last, before) = (pools[pools.count - 1], pools[pools.count - 2])
        guard last.sum / last.count < before.sum / before.count else { break }
        pools.removeLast(2)
        pools.append(
          (before.sizes + last.sizes, before.sum + last.sum, before.count + last.count))
      }
    }
    self.sizes = pools.flatMap(\.sizes)
    self.times = pools.flatMap { pool in pool.sizes.map { _ in (pool.sum / pool.count).stated() } }
  }

  /// The time of a batch; beyond the measured sizes that of the nearest.
  package func time(of size: Double) -> Double {
    guard let upper = sizes.firstIndex(where: { $0 >= size }) else {
      return times[times.count - 1]
    }
    if upper == 0 || sizes[upper] == size { return times[upper] }
    let share = (size - sizes[upper - 1]) / (sizes[upper] - sizes[upper - 1])
    return times[upper - 1] + share * (times[upper] - times[upper - 1])
  }
}
