import Probability

/// Where a resample's indices come from.
package protocol IndexSource {
  /// Called before the draws of each resample, which are numbered from 0.
  mutating func startResample(_ resample: Int)
  /// Uniform in 0..<count.
  mutating func nextIndex(below count: Int) -> Int
}

/// Indices that are a function of (seed, stream, resample, position), without bias.
package struct StreamIndexSource: IndexSource {
  private let key: DrawKey
  private var stream: RandomStream

  package init(seed: UInt64, _ name: StreamName) {
    key = DrawKey(seed: seed, name)
    stream = RandomStream(key, entity: 0)
  }

  package mutating func startResample(_ resample: Int) {
    stream = RandomStream(key, entity: UInt64(resample))
  }

  package mutating func nextIndex(below count: Int) -> Int {
    stream.nextIndex(below: count)
  }
}

extension RandomStream {
  /// Uniform in 0..<count, exactly; count < 2³².
  ///
  /// - Source: Lemire (2019), multiplication with rejection.
  mutating func nextIndex(below count: Int) -> Int {
    let size = UInt32(count)
    var product = UInt64(nextWord()) &* UInt64(size)
    if UInt32(truncatingIfNeeded: product) < size {
      let threshold = (0 &- size) % size
      while UInt32(truncatingIfNeeded: product) < threshold {
        product = UInt64(nextWord()) &* UInt64(size)
      }
    }
    return Int(product >> 32)
  }
}
