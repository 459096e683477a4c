/// The draws of one entity in one stream, in order from index 0.
///
/// A draw is a pure function of (seed, stream, entity, index): word i of an address is word i mod 4 of
/// Philox block i div 4, with counter (entity low, entity high, block low, block high) and the key
/// mixed from seed and stream by `DrawKey`. Nothing is shared between entities.
package struct RandomStream: Sendable {
  private let key: SIMD2<UInt32>
  private let entity: UInt64
  /// The number of the next block, and the words of the last one that are still to come.
  private var nextBlock: UInt64 = 0
  private var pending: UInt128 = 0
  private var pendingCount = 0

  package init(seed: UInt64, _ stream: StreamName, entity: UInt64) {
    self.init(DrawKey(seed: seed, stream), entity: entity)
  }

  /// The same as from seed and stream, whose key is worth making once for many entities.
  package init(_ key: DrawKey, entity: UInt64) {
    self.key = key.words
    self.entity = entity
  }

  /// From unit number `index` on: what `nextUnit` gives after that many calls.
  package init(_ key: DrawKey, entity: UInt64, unit index: UInt64) {
    self.init(key, entity: entity)
    nextBlock = index >> 1
    if index & 1 == 1 { _ = nextUnit() }
  }

  package mutating func nextWord() -> UInt32 {
    if pendingCount == 0 { makeBlock() }
    let word = UInt32(truncatingIfNeeded: pending)
    pending >>= 32
    pendingCount -= 1
    return word
  }

  private mutating func makeBlock() {
    let block = Philox.block(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: entity), UInt32(truncatingIfNeeded: entity >> 32),
        UInt32(truncatingIfNeeded: nextBlock), UInt32(truncatingIfNeeded: nextBlock >> 32)),
      key: key)
    pending =
      UInt128(UInt64(block.w) << 32 | UInt64(block.z)) << 64
      | UInt128(UInt64(block.y) << 32 | UInt64(block.x))
    pendingCount = 4
    nextBlock &+= 1
  }

  /// Uniform in the open interval (0, 1): two words, the first one high, give (top 52 bits + 1/2) · 2⁻⁵².
  package mutating func nextUnit() -> Double {
    let high = nextWord()
    return Self.unit(high, nextWord())
  }

  /// Standard normal: `Normal.quantile` of the next unit.
  package mutating func nextNormal() -> Double { Normal.quantile(nextUnit()) }

  /// Exponential of mean 1: −log(1 − u) of the next unit u.
  package mutating func nextExponential() -> Double { Distribution.unitExponential(nextUnit()) }

  /// Uniform in (0, 1) in single precision, from one word: (top 23 bits + 1/2) · 2⁻²³.
  package mutating func nextFloatUnit() -> Float { Self.floatUnit(nextWord()) }

  /// Standard normal in single precision, from one word: `FloatNormal.quantile`.
  package mutating func nextFloatNormal() -> Float { FloatNormal.quantile(ofWord: nextWord()) }

  @inline(__always)
  static func unit(_ high: UInt32, _ low: UInt32) -> Double {
    let bits = (UInt64(high) << 32 | UInt64(low)) >> 12
    // The bits as the fraction of a number in 2⁵²..<2⁵³: a conversion that lanes have too.
    return (Double(bitPattern: bits | 0x4330_0000_0000_0000) - 0x1p52 + 0.5) * 0x1p-52
  }

  @inline(__always)
  static func floatUnit(_ word: UInt32) -> Float {
    (Float(Int32(bitPattern: word >> 9)) + 0.5) * 0x1p-23
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
