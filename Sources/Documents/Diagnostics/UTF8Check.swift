/// Where bytes stop being UTF-8.
package enum UTF8Check {
  /// The offset of the first byte that starts no well-formed sequence, or nil when all are well-formed.
  ///
  /// - Source: The Unicode Standard, table 3-7: shortest forms only, no surrogates, at most U+10FFFF.
  package static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
    var index = 0
    let count = bytes.count
    while index < count {
      let lead = bytes[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      guard let (length, second) = shape(lead: lead), index + length <= count,
        second.contains(bytes[index + 1])
      else { return index }
      for next in index + 2..<max(index + 2, index + length) where bytes[next] & 0xC0 != 0x80 {
        return index
      }
      index += length
    }
    return nil
  }

  /// How long a sequence with this lead byte is, and what its second byte may be.
  private static func shape(lead: UInt8) -> (length: Int, second: ClosedRange<UInt8>)? {
    switch lead {
    case 0xC2...0xDF: (2, 0x80...0xBF)
    case 0xE0: (3, 0xA0...0xBF)
    case 0xED: (3, 0x80...0x9F)
    case 0xE1...0xEF: (3, 0x80...0xBF)
    case 0xF0: (4, 0x90...0xBF)
    case 0xF1...0xF3: (4, 0x80...0xBF)
    case 0xF4: (4, 0x80...0x8F)
    default: nil
    }
  }
}
