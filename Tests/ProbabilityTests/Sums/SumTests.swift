import Probability
import Testing

@Suite("Sums") struct SumTests {
  static func values(_ seed: UInt64, _ count: Int) -> [Double] {
    var luck = RandomStream(seed: seed, StreamName("sums"), entity: 0)
    return (0..<count).map { _ in
      // Magnitudes from 2⁻¹⁰⁷⁴ to 2⁹⁹⁹, both signs.
      let bits = UInt64(luck.nextWord()) << 32 | UInt64(luck.nextWord())
      let exponent = UInt64(luck.nextUnit() * 2022)
      return Double(bitPattern: bits & 0x800f_ffff_ffff_ffff | exponent << 52)
    }
  }

  static func sum(_ values: some Sequence<Double>) -> ExactSum {
    var sum = ExactSum()
    for value in values { sum.add(value) }
    return sum
  }

  static let sums: [([Double], Double)] = [
    ([1e100, 1, -1e100], 1.0), ([1e308, 1e308, -1e308, -1e308, 0x1p-1074], 0x1p-1074),
    ([0.1, 0.2, 0.3, -0.6], 0x1p-55), ([1, 0x1p-53], 1), ([1, 0x1p-53, 0x1p-1074], 1 + 0x1p-52),
    ([1 + 0x1p-52, 0x1p-53], 1 + 0x1p-51), ([-1, -0x1p-53], -1),
    ([-1, -0x1p-53, -0x1p-1074], -1 - 0x1p-52), ([], 0), ([-0.0], 0), ([3, -3], 0),
    ([Double.greatestFiniteMagnitude, Double.greatestFiniteMagnitude], .infinity),
    ([Double.greatestFiniteMagnitude, 0x1p969], Double.greatestFiniteMagnitude),
    ([Double.greatestFiniteMagnitude, 0x1p970], .infinity),
    ([-Double.greatestFiniteMagnitude, -0x1p970], -.infinity),
    ([0x1p-1074, 0x1p-1074, 0x1p-1073], 0x1p-1072),
    ([0x1p-1022, -0x1p-1074], Double.leastNormalMagnitude.nextDown),
    ([.infinity, 1, -5], .infinity), ([-.infinity, 1e300], -.infinity),
  ]

  @Test("sums that cancel are right to the last bit", arguments: sums)
  func exact(values: [Double], expected: Double) {
    let actual = Self.sum(values).value
    #expect(actual == expected && actual.sign == expected.sign, "\(actual)")
  }

  @Test("an infinity of each sign, or a NaN, makes a sum NaN")
  func notANumber() {
    #expect(Self.sum([.infinity, -.infinity]).value.isNaN)
    #expect(Self.sum([1, .nan]).value.isNaN)
    var merged = Self.sum([.infinity])
    merged.merge(Self.sum([-.infinity]))
    #expect(merged.value.isNaN)
  }

  @Test("any order and any grouping gives the same bits", arguments: 0..<UInt64(20))
  func order(seed: UInt64) {
    let values = Self.values(seed, 400)
    let whole = Self.sum(values)
    #expect(Self.sum(values.reversed()) == whole)
    #expect(Self.sum(values.sorted()) == whole)
    var parts = ExactSum()
    for start in stride(from: 0, to: 400, by: 37).reversed() {
      parts.merge(Self.sum(values[start..<min(start + 37, 400)]))
    }
    #expect(parts == whole)
    #expect(parts.value.bitPattern == whole.value.bitPattern)
    #expect(Self.sum(values + values.map { -$0 }) == ExactSum())
    #expect(Self.sum(values.map { -$0 }).value == -whole.value)
  }

  @Test("a sum of integers is the integer sum, rounded once", arguments: 0..<UInt64(20))
  func integers(seed: UInt64) {
    var luck = RandomStream(seed: seed, StreamName("integers"), entity: 0)
    var whole: Int128 = 0
    var sum = ExactSum()
    for _ in 0..<300 {
      let word = Int128(luck.nextWord()) - 0x8000_0000
      let term = word << Int128(luck.nextWord() & 63)
      whole += term
      sum.add(Double(term))
    }
    #expect(sum.value == Double(whole))
  }

  @Test("fixed point rounds each addition to 2^-40, ties to even, at every size")
  func ties() {
    func rounded(_ value: Double) -> Double {
      var sum = FixedPointSum()
      sum.add(value)
      return sum.value
    }
    let unit = 0x1p-40
    #expect(rounded(0.5 * unit) == 0 && rounded(1.5 * unit) == 2 * unit)
    #expect(rounded(2.5 * unit) == 2 * unit && rounded(-0.5 * unit) == 0)
    #expect(rounded(-1.5 * unit) == -2 * unit && rounded(0.75 * unit) == unit)
    for exponent in 8...14 {
      // Around 2¹¹ the fast path ends; a half unit is still representable up to 2¹².
      let big = Double(sign: .plus, exponent: exponent, significand: 1)
      for half in [-1.5, -1, -0.5, 0, 0.5, 1, 1.5] {
        for sign in [-1.0, 1] {
          let value = sign * (big + half * unit)
          let expected = (value * 0x1p40).rounded(.toNearestOrEven) * unit
          #expect(rounded(value) == expected, "\(value)")
        }
      }
    }
    #expect(rounded(0x1p79) == 0x1p79 && rounded(-0x1.fffffffffffffp79) == -0x1.fffffffffffffp79)
  }

  @Test("fixed point gives the same sum in any order and grouping")
  func fixedOrder() {
    var luck = RandomStream(seed: 5, StreamName("fixed"), entity: 0)
    let values = (0..<2_000).map { _ in
      (luck.nextUnit() - 0.4) * Elementary.exp(60 * luck.nextUnit() - 30)
    }
    var (forward, backward) = (FixedPointSum(), FixedPointSum())
    for value in values { forward.add(value) }
    for value in values.reversed() { backward.add(value) }
    #expect(forward == backward)
    var (first, second) = (FixedPointSum(), FixedPointSum())
    for value in values[..<700] { first.add(value) }
    for value in values[700...] { second.add(value) }
    second.merge(first)
    #expect(second == forward && second.value == forward.value)
  }

  @Test("fixed point refuses what it cannot hold")
  func overflow() async {
    await #expect(processExitsWith: .failure) {
      var sum = FixedPointSum()
      sum.add(0x1p80)
    }
    await #expect(processExitsWith: .failure) {
      var sum = FixedPointSum()
      sum.add(.nan)
    }
  }
}
