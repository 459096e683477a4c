import Documents
import Testing

@Suite("UTF-8") struct UTF8CheckTests {
  @Test("takes every scalar")
  func wellFormed() {
    for value in [0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF]
      as [UInt32]
    {
      let text = Unicode.Scalar(value).map { String(Character($0)) } ?? ""
      #expect(UTF8Check.firstInvalidByte(in: Array("a\(text)b".utf8)) == nil)
    }
  }

  @Test(
    "finds overlong forms, surrogates, strays and cut sequences",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
      [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
      [0xE2, 0x82], [0xC3], [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x8E, 0x28],
    ] as [[UInt8]])
  func illFormed(_ bytes: [UInt8]) {
    #expect(UTF8Check.firstInvalidByte(in: [0x61, 0xC3, 0xA9] + bytes) == 3)
    #expect(UTF8Check.firstInvalidByte(in: [0x61] + bytes + [0x61]) == 1)
  }

  @Test("agrees with the standard library on random bytes")
  func random() {
    var luck = Luck(seed: 3)
    let leads: [UInt8] = [0xC2, 0xE0, 0xE2, 0xED, 0xF0, 0xF1, 0xF4, 0x80, 0xBF, 0x90, 0x9F, 0xA0]
    for _ in 0..<20_000 {
      let bytes = (0..<1 + luck.below(5)).map { _ in
        luck.below(3) == 0 ? UInt8(luck.below(256)) : leads[luck.below(leads.count)]
      }
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      #expect((UTF8Check.firstInvalidByte(in: bytes) == nil) == isValid, "\(bytes)")
    }
  }
}
