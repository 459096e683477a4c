import Testing

@testable import Probability

@Suite("Exact sums of arrays") struct ArraySumTests {
  private func oneByOne(_ values: [Double]) -> ExactSum {
    var sum = ExactSum()
    for value in values { sum.add(value) }
    return sum
  }

  /// Normal values times 2 to a whole number in −spread...spread.
  private func values(_ count: Int, spread: Int, run: UInt64) -> [Double] {
    var stream = RandomStream(seed: 11, StreamName("sums"), entity: run)
    return (0..<count).map { _ in
      let exponent = spread == 0 ? 0 : Int(stream.nextWord() % UInt32(2 * spread + 1)) - spread
      return stream.nextNormal() * Double(sign: .plus, exponent: exponent, significand: 1)
    }
  }

  @Test(
    "an array's sum is the sum of its values, bit for bit",
    arguments: [0, 1, 7, 8, 50, 1023, 1024, 1025, 5000], [0, 10, 30, 60, 500])
  func same(count: Int, spread: Int) {
    for run in 0..<3 {
      let values = values(count, spread: spread, run: UInt64(run))
      let exact = oneByOne(values)
      var sum = ExactSum()
      let largest = sum.add(contentsOf: values.span)
      #expect(sum == exact)
      #expect(largest == values.reduce(0) { max($0, $1.magnitude) })
      let total = ExactSum.total(values.span)
      #expect(total.head == exact.value && total.largest == largest)
      var rest = exact
      rest.add(-total.head)
      #expect(total.rest == rest.value)
    }
  }

  @Test("values at the ends of the doubles, infinities and NaNs are met", arguments: [1, 9, 2000])
  func extremes(count: Int) {
    let tiny = Double.leastNonzeroMagnitude
    let large = Double.greatestFiniteMagnitude
    for odd in [tiny, -tiny, large, -large, 0, -0.0, Double.leastNormalMagnitude, 0x1p1001] {
      let values = (0..<count).map { Double($0 % 5) * tiny * 3 } + [odd, 1, -odd, odd]
      #expect(ExactSum.total(values) == oneByOne(values).value)
    }
    #expect(ExactSum.total(Array(repeating: 1, count: count) + [Double.infinity]) == .infinity)
    #expect(ExactSum.total(Array(repeating: 1, count: count) + [Double.nan]).isNaN)
    #expect(ExactSum.total([Double.infinity, -.infinity]).isNaN)
  }

  @Test(
    "a sum of products is the sum of its rounded products, bit for bit",
    arguments: [0, 1, 13, 1024, 3000], [0, 40])
  func products(count: Int, spread: Int) {
    let x = values(count, spread: spread, run: 21)
    let y = values(count, spread: spread, run: 22)
    var exact = ExactSum()
    for row in x.indices { exact.add(((x[row] - 0.1) * 4) * ((y[row] + 7) * 0.5)) }
    let columns = (
      ScaledColumn(x, centre: 0.1, scale: 4), ScaledColumn(y, centre: -7, scale: 0.5)
    )
    #expect(ExactSum.total(productsOf: columns.0, columns.1) == exact.value)
    var sum = ExactSum()
    sum.add(productsOf: columns.0, columns.1)
    #expect(sum == exact)
  }

  @Test("parts of any size, in any order, give the same bits")
  func parts() {
    let values = values(4000, spread: 45, run: 31)
    let whole = ExactSum.total(values)
    #expect(ExactSum.total(values.reversed()) == whole)
    var sum = ExactSum()
    for start in stride(from: 3900, through: 0, by: -100) {
      var part = ExactSum()
      part.add(contentsOf: Array(values[start..<(start + 100)]).span)
      sum.merge(part)
    }
    #expect(sum.value == whole)
  }
}
