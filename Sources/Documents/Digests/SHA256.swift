/// The hash function SHA-256, fed piece by piece.
///
/// - Source: FIPS 180-4 (2015), sections 5 and 6.2; held to its published examples in `SHA256Tests`.
package struct SHA256: Sendable {
  private var state: SIMD8<UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  private var pending: [UInt8] = []
  private var byteCount: UInt64 = 0

  package init() {}

  package mutating func update(_ bytes: Span<UInt8>) { absorb(bytes) }
  package mutating func update(_ bytes: [UInt8]) { absorb(bytes.span) }
  package mutating func update(_ bytes: ArraySlice<UInt8>) { absorb(bytes.span) }

  /// The 32 bytes for all that was fed so far; more may be fed afterwards.
  package var digest: [UInt8] {
    var last = self
    let bitCount = byteCount &* 8
    var padding: [UInt8] = [0x80]
    let zeros = (119 - Int(byteCount & 63)) & 63
    padding += repeatElement(0, count: zeros)
    padding += stride(from: 56, through: 0, by: -8).map {
      UInt8(truncatingIfNeeded: bitCount >> $0)
    }
    last.absorb(padding.span)
    return last.state.indices.flatMap { index in
      stride(from: 24, through: 0, by: -8).map {
        UInt8(truncatingIfNeeded: last.state[index] >> UInt32($0))
      }
    }
  }

  /// The digest in 64 lower-case hexadecimal digits.
  package var hex: String { Hexadecimal.text(of: digest) }

  package static func hex(of bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.hex
  }

  package static func hex(of text: String) -> String { hex(of: Array(text.utf8)) }

  private mutating func absorb(_ bytes: Span<UInt8>) {
    byteCount &+= UInt64(bytes.count)
    var start = 0
    var state = state
    defer { self.state = state }
    if !pending.isEmpty {
      while start < bytes.count, pending.count < 64 {
        pending.append(bytes[start])
        start += 1
      }
      guard pending.count == 64 else { return }
      Self.compress(pending.span, from: 0, blocks: 1, into: &state)
      pending.removeAll(keepingCapacity: true)
    }
    let blocks = (bytes.count - start) / 64
    Self.compress(bytes, from: start, blocks: blocks, into: &state)
    for index in start + 64 * blocks..<bytes.count { pending.append(bytes[index]) }
  }

  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]

  private static func compress(
    _ bytes: Span<UInt8>, from start: Int, blocks: Int, into state: inout SIMD8<UInt32>
  ) {
    let constants = Self.constants.span
    var schedule = InlineArray<64, UInt32>(repeating: 0)
    for block in 0..<blocks {
      let base = start + 64 * block
      for t in 0..<16 {
        let at = base + 4 * t
        schedule[t] =
          UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8
          | UInt32(bytes[at + 3])
      }
      for t in 16..<64 {
        let early = schedule[t - 15]
        let late = schedule[t - 2]
        let sigma0 = rotated(early, 7) ^ rotated(early, 18) ^ early >> 3
        let sigma1 = rotated(late, 17) ^ rotated(late, 19) ^ late >> 10
        schedule[t] = schedule[t - 16] &+ sigma0 &+ schedule[t - 7] &+ sigma1
      }
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      var (e, f, g, h) = (state[4], state[5], state[6], state[7])
      for t in 0..<64 {
        let sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
        let first = h &+ sum1 &+ (e & f ^ ~e & g) &+ constants[t] &+ schedule[t]
        let sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
        let second = sum0 &+ (a & b ^ a & c ^ b & c)
        (h, g, f, e) = (g, f, e, d &+ first)
        (d, c, b, a) = (c, b, a, first &+ second)
      }
      state &+= SIMD8(a, b, c, d, e, f, g, h)
    }
  }

  @inline(__always)
  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 &- count)
  }
}

/// Bytes as text.
package enum Hexadecimal {
  /// Two lower-case digits a byte.
  package static func text(of bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
