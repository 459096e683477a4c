/// The counter-based generator Philox4x32-10.
///
/// - Source: Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3";
///   held to the known answers published with Random123 in `PhiloxTests`.
package enum Philox {
  /// The four 32-bit words of one block.
  package static func block(
    counter: SIMD4<UInt32>, key: SIMD2<UInt32>
  ) -> SIMD4<UInt32> {
    var (x0, x1, x2, x3) = (counter.x, counter.y, counter.z, counter.w)
    var (key0, key1) = (key.x, key.y)
    for _ in 0..<10 {
      let product0 = 0xD251_1F53 &* UInt64(x0)
      let product1 = 0xCD9E_8D57 &* UInt64(x2)
      x0 = UInt32(truncatingIfNeeded: product1 >> 32) ^ x1 ^ key0
      x1 = UInt32(truncatingIfNeeded: product1)
      x2 = UInt32(truncatingIfNeeded: product0 >> 32) ^ x3 ^ key1
      x3 = UInt32(truncatingIfNeeded: product0)
      key0 &+= 0x9E37_79B9
      key1 &+= 0xBB67_AE85
    }
    return SIMD4(x0, x1, x2, x3)
  }
}
