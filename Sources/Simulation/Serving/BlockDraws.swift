import Probability

/// Draws of a run of entities at once: the bits of `RandomStream` and `Distribution.quantile`, faster.
package enum BlockDraws {
  /// Sets `units[i]` to the first unit of entity `firstEntity + i`.
  package static func fill(_ units: inout [Double], _ key: DrawKey, firstEntity: UInt64) {
    let words = key.words
    var span = units.mutableSpan
    for index in 0..<span.count {
      let entity = firstEntity &+ UInt64(truncatingIfNeeded: index)
      span[index] = unit(entity, words.x, words.y)
    }
  }

  /// The first unit of an entity, as `RandomStream.nextUnit` draws it.
  ///
  /// Philox4x32-10 with its words in four scalars: a round is two multiplications, and the rounds of
  /// neighbouring entities overlap in the processor.
  @inline(__always)
  package static func unit(_ entity: UInt64, _ keyX: UInt32, _ keyY: UInt32) -> Double {
    var x = entity & 0xFFFF_FFFF
    var y = entity >> 32
    var z: UInt64 = 0
    var w: UInt64 = 0
    var (keyX, keyY) = (keyX, keyY)
    for _ in 0..<10 {
      let first = 0xD251_1F53 &* x
      let second = 0xCD9E_8D57 &* z
      x = (second >> 32) ^ y ^ UInt64(keyX)
      y = second & 0xFFFF_FFFF
      z = (first >> 32) ^ w ^ UInt64(keyY)
      w = first & 0xFFFF_FFFF
      keyX &+= 0x9E37_79B9
      keyY &+= 0xBB67_AE85
    }
    let bits = (x << 32 | y) >> 12
    return (Double(bits) + 0.5) * 0x1p-52
  }

  /// Replaces every unit by the distribution's quantile at it.
  package static func quantile(_ distribution: Distribution, inPlace units: inout [Double]) {
    guard case .exponential(let mean) = distribution else {
      for index in units.indices { units[index] = distribution.quantile(units[index]) }
      return
    }
    // A unit is an odd multiple of 2⁻⁵³, so its complement is exact.
    var span = units.mutableSpan
    for index in 0..<span.count { span[index] = 1 - span[index] }
    Elementary.log(inPlace: &span)
    for index in 0..<span.count { span[index] = mean * -span[index] }
  }
}
