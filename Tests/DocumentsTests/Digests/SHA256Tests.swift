import Documents
import Testing

@Suite("SHA-256") struct SHA256Tests {
  @Test(
    "gives the published digests of FIPS 180-4",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
          + "lmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func published(_ text: String, _ expected: String) {
    #expect(SHA256.hex(of: text) == expected)
  }

  @Test("gives the published digest of a million letters a, fed in pieces")
  func million() {
    var hash = SHA256()
    let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 12_500)
    for _ in 0..<80 { hash.update(piece) }
    #expect(hash.hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("does not depend on the pieces", arguments: [1, 3, 55, 56, 63, 64, 65, 127, 128])
  func pieces(_ size: Int) {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var hash = SHA256()
    for start in stride(from: 0, to: bytes.count, by: size) {
      hash.update(bytes[start..<min(bytes.count, start + size)])
    }
    #expect(hash.hex == SHA256.hex(of: bytes))
    #expect(hash.digest.count == 32)
  }

  @Test("may be read in between")
  func readBetween() {
    var hash = SHA256()
    hash.update(Array("a".utf8))
    _ = hash.hex
    hash.update(Array("bc".utf8))
    #expect(hash.hex == SHA256.hex(of: "abc"))
  }
}
