import Testing

@testable import Traffic

@Suite("Exact division of nanoseconds") struct ExactRatioTests {
  @Test(
    "rounds once, ties to even",
    arguments: [
      (10, 4.0, 2), (6, 4, 2), (14, 4, 4), (-10, 4, -2), (1, 3, 0), (2, 3, 1), (7, 0.5, 14),
      (1, 0.1, 10), (3, 0.1, 30), (1_000_000_007, 1.0, 1_000_000_007), (5, 1e300, 0),
      (Int64.max, 1.0, Int64.max), (Int64.max, 2.0, 4_611_686_018_427_387_904),
      (-9_223_372_036_854_775_807, 1.0, -9_223_372_036_854_775_807),
    ] as [(Int64, Double, Int64)])
  func quotients(value: Int64, divisor: Double, expected: Int64) {
    #expect(ExactRatio(divisor).quotient(value) == expected)
  }

  @Test("says where an answer does not fit")
  func overflow() {
    #expect(ExactRatio(0.5).quotient(.max) == nil)
    #expect(ExactRatio(1e-300).quotient(1) == nil)
    #expect(ExactRatio(.leastNonzeroMagnitude).quotient(1) == nil)
    #expect(ExactRatio(.leastNonzeroMagnitude).quotient(0) == 0)
    #expect(ExactRatio(1).quotient(.max, times: 1_000_000_000) == nil)
  }

  @Test("agrees with whole numbers where the divisor is one, seed 3")
  func wholeNumbers() {
    var state: UInt64 = 3
    for _ in 0..<2000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Int64(state >> 20)
      let divisor = Int64(state % 1000) * 2 + 1
      let rounded = (2 * value + divisor) / (2 * divisor)
      #expect(ExactRatio(Double(divisor)).quotient(value) == rounded)
    }
  }
}
