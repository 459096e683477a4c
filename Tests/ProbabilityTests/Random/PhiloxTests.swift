import Probability
import Testing

@Suite("Philox") struct PhiloxTests {
  struct KnownAnswer: Sendable {
    var counter: SIMD4<UInt32>
    var key: SIMD2<UInt32>
    var output: SIMD4<UInt32>
  }

  /// As published with Random123 (file kat_vectors).
  static let published = [
    KnownAnswer(
      counter: SIMD4(0, 0, 0, 0), key: SIMD2(0, 0),
      output: SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
    KnownAnswer(
      counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max),
      output: SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)),
    KnownAnswer(
      counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      key: SIMD2(0xa409_3822, 0x299f_31d0),
      output: SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)),
  ]

  @Test("gives the published answers", arguments: published)
  func knownAnswers(_ known: KnownAnswer) {
    #expect(Philox.block(counter: known.counter, key: known.key) == known.output)
  }

  @Test("a stream's words are those of its blocks, in order")
  func addresses() {
    let stream = StreamName("service")
    let key = DrawKey(seed: 11, stream).words
    let entity: UInt64 = 0x1_0000_0002
    var luck = RandomStream(seed: 11, stream, entity: entity)
    for number in 0..<5 {
      let block = Philox.block(counter: SIMD4(2, 1, UInt32(number), 0), key: key)
      for lane in 0..<4 { #expect(luck.nextWord() == block[lane]) }
    }
  }

  /// Computed by a few lines of Python from the documentation alone.
  @Test("the key of a stream and the first units stay as they are, on every machine and version")
  func frozen() {
    #expect(StreamName("arrival").key == 0xc414_ee46_2281_7a92)
    var luck = RandomStream(seed: 7, StreamName("arrival"), entity: 3)
    #expect((0..<2).map { _ in luck.nextUnit() } == [0.3238246492692062, 0.48630409877202585])
    #expect(UnitHash(salt: "launch").position(of: 42) == 0.4549040698372898)
  }
}
