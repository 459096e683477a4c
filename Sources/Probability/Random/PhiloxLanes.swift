import Kernels

/// Many Philox blocks at a time, in rows that the compiler (or the AVX2 kernel) works on in lanes.
///
/// A lane is 64 bits wide and holds one 32-bit word in its low half; the high half is left over from
/// products and is never read.
struct PhiloxLanes {
  /// How many counters are worked on at a time; their words fit the innermost cache.
  static let width = 128

  enum Direction {
    /// Counters (first + i, block): one block of each of many entities.
    case entities
    /// Counters (first, block + i): many blocks of one entity.
    case blocks
  }

  /// The kernel of this processor; tests ask for the portable one.
  static let hasKernel = kernels_has_avx2()

  let key: SIMD2<UInt32>
  let direction: Direction
  let usesKernel: Bool

  /// Fills four rows of `width` words with the first `count` counters' blocks: word w of counter i at
  /// words[w · width + i].
  func fill(
    _ words: UnsafeMutablePointer<UInt32>, count: Int, first: UInt64, block: UInt64
  ) {
    if usesKernel {
      unsafe kernels_philox_avx2(
        first, block, direction == .blocks, count, UInt64(key.y) << 32 | UInt64(key.x), words,
        Self.width)
    } else {
      unsafe fillPortable(words, count: count, first: first, block: block)
    }
  }

  private func fillPortable(
    _ words: UnsafeMutablePointer<UInt32>, count: Int, first: UInt64, block: UInt64
  ) {
    let entityStep: UInt64 = direction == .entities ? 1 : 0
    let blockStep: UInt64 = 1 - entityStep
    let low: UInt64 = 0xffff_ffff
    for i in 0..<count {
      let lane = UInt64(truncatingIfNeeded: i)
      let entity = first &+ lane &* entityStep
      let number = block &+ lane &* blockStep
      var (x0, x1, x2, x3) = (entity, entity >> 32, number, number >> 32)
      var (key0, key1) = (key.x, key.y)
      for _ in 0..<10 {
        let product0 = 0xD251_1F53 &* (x0 & low)
        let product1 = 0xCD9E_8D57 &* (x2 & low)
        x0 = product1 >> 32 ^ x1 ^ UInt64(key0)
        x1 = product1
        x2 = product0 >> 32 ^ x3 ^ UInt64(key1)
        x3 = product0
        key0 &+= 0x9E37_79B9
        key1 &+= 0xBB67_AE85
      }
      unsafe words[i] = UInt32(truncatingIfNeeded: x0)
      unsafe words[i + Self.width] = UInt32(truncatingIfNeeded: x1)
      unsafe words[i + 2 * Self.width] = UInt32(truncatingIfNeeded: x2)
      unsafe words[i + 3 * Self.width] = UInt32(truncatingIfNeeded: x3)
    }
  }
}
