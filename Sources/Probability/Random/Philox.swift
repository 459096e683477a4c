/// The counter-based generator Philox4x32-10.
///
/// - Source: Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3";
///   held to the known answers published with Random123 in `PhiloxTests`.
package enum Philox {
  /// The four 32-bit words of one block.
  package static func block(
    counter: SIMD4<UInt32>, key: SIMD2<UInt32>
  ) -> SIMD4<UInt32> {
    var state = counter
    var key = key
    for _ in 0..<10 {
      let product0 = 0xD251_1F53 * UInt64(state.x)
      let product1 = 0xCD9E_8D57 * UInt64(state.z)
      state = SIMD4(
        UInt32(truncatingIfNeeded: product1 >> 32) ^ state.y ^ key.x,
        UInt32(truncatingIfNeeded: product1),
        UInt32(truncatingIfNeeded: product0 >> 32) ^ state.w ^ key.y,
        UInt32(truncatingIfNeeded: product0))
      key &+= SIMD2(0x9E37_79B9, 0xBB67_AE85)
    }
    return state
  }
}
