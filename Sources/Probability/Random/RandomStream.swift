/// The draws of one entity in one stream, in order from index 0.
///
/// A draw is a pure function of (seed, stream, entity, index): word i of an address is word i mod 4 of
/// Philox block i div 4, with counter (entity low, entity high, block low, block high) and the key
/// mixed from seed and stream by `DrawKey`. Nothing is shared between entities.
package struct RandomStream: Sendable {
  private let key: SIMD2<UInt32>
  private let entity: UInt64
  private var index: UInt64
  private var block = SIMD4<UInt32>()

  package init(seed: UInt64, _ stream: StreamName, entity: UInt64) {
    key = DrawKey(seed: seed, stream).words
    self.entity = entity
    index = 0
  }

  package mutating func nextWord() -> UInt32 {
    if index & 3 == 0 {
      let number = index >> 2
      block = Philox.block(
        counter: SIMD4(
          UInt32(truncatingIfNeeded: entity), UInt32(truncatingIfNeeded: entity >> 32),
          UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32)),
        key: key)
    }
    defer { index += 1 }
    return block[Int(index & 3)]
  }

  /// Uniform in the open interval (0, 1): two words, the first one high, give (top 52 bits + 1/2) · 2⁻⁵².
  package mutating func nextUnit() -> Double {
    let high = UInt64(nextWord())
    let bits = (high << 32 | UInt64(nextWord())) >> 12
    return (Double(bits) + 0.5) * 0x1p-52
  }
}

/// The Philox key of a (seed, stream) pair: splitmix64's finaliser of the two, mixed.
package struct DrawKey: Sendable, Hashable {
  package let words: SIMD2<UInt32>

  package init(seed: UInt64, _ stream: StreamName) {
    let mixed = Self.finalise(seed &+ 0x9E37_79B9_7F4A_7C15 &+ Self.finalise(stream.key))
    words = SIMD2(UInt32(truncatingIfNeeded: mixed), UInt32(truncatingIfNeeded: mixed >> 32))
  }

  /// The finaliser of splitmix64 (Steele, Lea and Flood 2014).
  package static func finalise(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
