/// A sum of doubles without any rounding until it is read: any order and any grouping gives the same bits.
///
/// Holds every sum of up to 2⁶³ finite doubles exactly. An infinity or a NaN that was added decides the value as it would in
/// a plain sum: infinities of both signs, or a NaN, make it NaN. A sum whose terms are all −0 (and any empty sum) reads as +0.
///
/// - Complexity: an addition touches two or three words; 560 bytes, no allocation.
/// - Source: the small superaccumulator of Neal (2015), "Fast exact summation using small and large superaccumulators".
package struct ExactSum: Sendable, Equatable {
  /// Chunk i counts multiples of 2^(32 i − 1074); neighbours overlap by 31 bits, so that carries can wait.
  private var chunks: InlineArray<69, Int64> = InlineArray(repeating: 0)
  /// How many additions may still happen before the carries must be passed on.
  private var room = ExactSum.fullRoom
  private var positiveInfinity = false
  private var negativeInfinity = false
  private var notANumber = false

  /// Each addition moves a chunk by less than 2³²; after passing on, a chunk is below 2³².
  private static let fullRoom = 1 << 30

  package init() {}

  package mutating func add(_ value: Double) {
    let bits = value.bitPattern
    let biased = Int(bits >> 52) & 0x7ff
    if biased == 0x7ff { return addExtreme(value) }
    // |value| = significand · 2^(position − 1074).
    let significand = bits & 0x000f_ffff_ffff_ffff | (biased == 0 ? 0 : 1 << 52)
    let position = biased == 0 ? 0 : biased - 1
    let (chunk, shift) = (position >> 5, UInt64(position & 31))
    let low = significand << shift
    let high = shift == 0 ? 0 : significand >> (64 - shift)
    let sign = Int64(bitPattern: bits) >> 63
    // Adding x or −x without a branch: (x ^ sign) − sign.
    let words = (
      Int64(low & 0xffff_ffff), Int64(low >> 32), Int64(bitPattern: high)
    )
    chunks[chunk] &+= (words.0 ^ sign) &- sign
    chunks[chunk + 1] &+= (words.1 ^ sign) &- sign
    chunks[chunk + 2] &+= (words.2 ^ sign) &- sign
    room -= 1
    if room == 0 { passCarries() }
  }

  package mutating func merge(_ other: ExactSum) {
    passCarries()
    var other = other
    other.passCarries()
    for i in 0..<chunks.count { chunks[i] &+= other.chunks[i] }
    passCarries()
    positiveInfinity = positiveInfinity || other.positiveInfinity
    negativeInfinity = negativeInfinity || other.negativeInfinity
    notANumber = notANumber || other.notANumber
  }

  /// The exact sum, rounded once to the nearest double, ties to even.
  package var value: Double {
    if notANumber || (positiveInfinity && negativeInfinity) { return .nan }
    if positiveInfinity || negativeInfinity { return positiveInfinity ? .infinity : -.infinity }
    var settled = self
    settled.passCarries()
    return settled.chunks[settled.chunks.count - 1] < 0
      ? -settled.negated().roundedMagnitude() : settled.roundedMagnitude()
  }

  package static func == (a: ExactSum, b: ExactSum) -> Bool {
    var (a, b) = (a, b)
    a.passCarries()
    b.passCarries()
    for i in 0..<a.chunks.count where a.chunks[i] != b.chunks[i] { return false }
    return a.positiveInfinity == b.positiveInfinity && a.negativeInfinity == b.negativeInfinity
      && a.notANumber == b.notANumber
  }

  private mutating func addExtreme(_ value: Double) {
    if value.isNaN {
      notANumber = true
    } else if value > 0 {
      positiveInfinity = true
    } else {
      negativeInfinity = true
    }
  }

  /// Brings every chunk but the last into 0..<2³², which makes the form unique.
  private mutating func passCarries() {
    var carry: Int64 = 0
    for i in 0..<chunks.count - 1 {
      let sum = chunks[i] &+ carry
      carry = sum >> 32
      chunks[i] = sum & 0xffff_ffff
    }
    chunks[chunks.count - 1] &+= carry
    room = Self.fullRoom
  }

  private func negated() -> ExactSum {
    var result = self
    for i in 0..<chunks.count { result.chunks[i] = 0 &- chunks[i] }
    result.passCarries()
    return result
  }

  /// The value of settled, non-negative chunks.
  private func roundedMagnitude() -> Double {
    guard let top = (0..<chunks.count).last(where: { chunks[$0] != 0 }) else { return 0 }
    // Three chunks hold at least 65 bits of it; what lies below only breaks ties.
    var head: UInt128 = 0
    for i in stride(from: top, through: max(top - 2, 0), by: -1) {
      head = head << 32 | UInt128(UInt64(bitPattern: chunks[i]))
    }
    let isInexact = top > 2 && (0..<top - 2).contains { chunks[$0] != 0 }
    return Self.rounded(head, sticky: isInexact, exponent: 32 * max(top - 2, 0) - 1074)
  }

  /// head · 2^exponent to the nearest double; `sticky` stands for a little more than head.
  private static func rounded(_ head: UInt128, sticky: Bool, exponent: Int) -> Double {
    let size = 128 - head.leadingZeroBitCount
    let surplus = max(size - 53, 0)
    var significand = UInt64(truncatingIfNeeded: head >> surplus)
    let rest = head & (1 << surplus - 1)
    if surplus > 0 {
      let half: UInt128 = 1 << (surplus - 1)
      let isUp = rest > half || (rest == half && (sticky || significand & 1 == 1))
      significand += isUp ? 1 : 0
    }
    // Below 2⁵³ · 2⁻¹⁰⁷⁴ every integer of units is a double, so that rounding happens only above.
    return Double(sign: .plus, exponent: exponent + surplus, significand: Double(significand))
  }
}
