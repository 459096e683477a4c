/// Eight bytes at a time: the one place where recordings are read without a check of types.
///
/// The loads check their bounds. They are called unsafe because not every type may be made of any
/// bytes, which integers may.
enum ByteWords {
  /// The eight bytes from `place` on, the first one lowest.
  @inline(__always)
  static func word(_ bytes: RawSpan, _ place: Int) -> UInt64 {
    UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
  }

  @inline(__always)
  static func byte(_ bytes: RawSpan, _ place: Int) -> UInt8 {
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt8.self)
  }

  @inline(__always)
  static func word(_ bytes: Span<UInt8>, _ place: Int) -> UInt64 {
    word(unsafe bytes.bytes, place)
  }

  /// The `count` (1...8) bytes from `place` on, the first one lowest, zeros above them.
  @inline(__always)
  static func word(_ bytes: Span<UInt8>, _ place: Int, count: Int) -> UInt64 {
    if place + 8 <= bytes.count {
      return word(bytes, place) & (.max >> (64 - 8 * UInt64(truncatingIfNeeded: count)))
    }
    var word: UInt64 = 0
    for index in 0..<count { word |= UInt64(bytes[place + index]) << UInt64(8 * index) }
    return word
  }

  @inline(__always)
  static func broadcast(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// 0x80 in each byte of `word` that is equal to that of `pattern`, 0 elsewhere.
  ///
  /// - Source: Warren (2012), "Hacker's Delight", section 6-1, after Mycroft (1987): the form that is
  ///   exact in every byte.
  @inline(__always)
  static func equalBytes(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let low: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
    let difference = word ^ pattern
    return ~(((difference & low) &+ low) | difference | low)
  }
}
