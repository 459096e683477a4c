/// Texts of JSON with escapes.
enum EscapedText {
  /// Replaces escapes, which were checked, by what they stand for, in place. Half of a surrogate pair becomes
  /// U+FFFD.
  ///
  /// - Returns: the end of what is left.
  static func unescape(_ bytes: inout [UInt8], _ start: Int, _ end: Int) -> Int {
    var target = start
    var index = start
    while index < end {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\\") else {
        bytes[target] = byte
        target += 1
        index += 1
        continue
      }
      let letter = bytes[index + 1]
      guard letter == UInt8(ascii: "u") else {
        bytes[target] = plain(letter)
        target += 1
        index += 2
        continue
      }
      var scalar = unit(bytes, index + 2)
      index += 6
      if scalar & 0xFC00 == 0xD800, index + 6 <= end, bytes[index] == UInt8(ascii: "\\"),
        bytes[index + 1] == UInt8(ascii: "u")
      {
        let low = unit(bytes, index + 2)
        if low & 0xFC00 == 0xDC00 {
          scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
          index += 6
        }
      }
      for byte in UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}")
        ?? UTF8.encodedReplacementCharacter
      {
        bytes[target] = byte
        target += 1
      }
    }
    return target
  }

  /// The value of a hexadecimal digit.
  static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  private static func unit(_ bytes: [UInt8], _ start: Int) -> UInt32 {
    (start..<start + 4).reduce(0) { $0 << 4 | (digit(bytes[$1]) ?? 0) }
  }

  private static func plain(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: letter
    }
  }
}
