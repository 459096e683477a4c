import Probability
import TestSupport
import Testing

@Suite("Elementary functions") struct ElementaryTests {
  /// A function, how far it may be off in ulp, and the function itself.
  struct Function: Sendable, CustomTestStringConvertible {
    var name: String
    var bound: Double
    var value: @Sendable ([Double]) -> Double

    var testDescription: String { name }

    init(_ name: String, _ bound: Double, _ value: @escaping @Sendable (Double) -> Double) {
      (self.name, self.bound) = (name, bound)
      self.value = { value($0[0]) }
    }

    init(_ name: String, _ bound: Double, binary: @escaping @Sendable (Double, Double) -> Double) {
      (self.name, self.bound) = (name, bound)
      value = { binary($0[0], $0[1]) }
    }
  }

  static let functions = [
    Function("exp", 1) { Elementary.exp($0) },
    Function("expm1", 1) { Elementary.expm1($0) },
    Function("log", 1) { Elementary.log($0) },
    Function("log1p", 1) { Elementary.log1p($0) },
    Function("sin", 1) { Elementary.sin($0) },
    Function("cos", 1) { Elementary.cos($0) },
    Function("logistic", 2) { Elementary.logistic($0) },
    Function("pow", 1, binary: { Elementary.pow($0, $1) }),
    Function("erf", 2) { ErrorFunction.erf($0) },
    Function("erfc", 6) { ErrorFunction.erfc($0) },
    Function("erfcx", 4) { ErrorFunction.erfcx($0) },
    Function("normalCDF", 6) { Normal.cdf($0) },
    Function("normalQuantile", 8) { Normal.quantile($0) },
    Function("logGamma", 6) { GammaFunction.log($0) },
  ]

  /// The distance to a correctly rounded result in its units in the last place (which adds up to half a unit).
  static func distance(_ actual: Double, _ expected: Double) -> Double {
    if actual == expected && actual.sign == expected.sign { return 0 }
    return (actual - expected).magnitude / expected.ulp
  }

  @Test("stays within its stated error of the correctly rounded result", arguments: functions)
  func accuracy(_ function: Function) throws {
    let table = try vectors([String: [[HexDouble]]].self, named: "elementary")
    let rows = try #require(table[function.name])
    #expect(rows.count >= 200)
    for row in rows {
      let arguments = row.dropLast().map(\.value)
      let expected = try #require(row.last).value
      let actual = function.value(arguments)
      let bound = (function.bound + 0.5).rounded(.down)
      #expect(
        Self.distance(actual, expected) <= bound,
        "\(function.name)(\(arguments)) is \(actual), not \(expected)")
    }
  }

  @Test("special cases are those of IEEE 754")
  func specialCases() {
    let infinity = Double.infinity
    #expect(Elementary.exp(infinity) == infinity && Elementary.exp(-infinity) == 0)
    #expect(Elementary.exp(709.782712893385) == infinity && Elementary.exp(-745.2) == 0)
    #expect(Elementary.exp(.nan).isNaN && Elementary.expm1(.nan).isNaN)
    #expect(Elementary.expm1(infinity) == infinity && Elementary.expm1(-infinity) == -1)
    #expect(Elementary.expm1(-0.0).sign == .minus)
    #expect(Elementary.log(0) == -infinity && Elementary.log(-0.0) == -infinity)
    #expect(Elementary.log(-1).isNaN && Elementary.log(.nan).isNaN)
    #expect(Elementary.log(infinity) == infinity && Elementary.log(1).bitPattern == 0)
    #expect(Elementary.log1p(-1) == -infinity && Elementary.log1p(infinity) == infinity)
    #expect(Elementary.log1p(-1.5).isNaN && Elementary.log1p(.nan).isNaN)
    #expect(Elementary.log1p(-infinity).isNaN && Elementary.log(-infinity).isNaN)
    for x in [infinity, -infinity, .nan] {
      #expect(Elementary.sin(x).isNaN && Elementary.cos(x).isNaN)
    }
    #expect(Elementary.logistic(infinity) == 1 && Elementary.logistic(-infinity) == 0)
    #expect(Elementary.logistic(-800) == 0 && Elementary.logistic(.nan).isNaN)
    #expect(ErrorFunction.erf(.nan).isNaN && ErrorFunction.erfc(.nan).isNaN)
    #expect(ErrorFunction.erf(infinity) == 1 && ErrorFunction.erfc(-infinity) == 2)
    #expect(Normal.quantile(0) == -infinity && Normal.quantile(1) == infinity)
    #expect(Normal.quantile(-0.1).isNaN && Normal.quantile(.nan).isNaN)
    #expect(Normal.cdf(infinity) == 1 && Normal.cdf(-infinity) == 0 && Normal.cdf(.nan).isNaN)
  }

  static let powers: [(Double, Double, Double)] = [
    (.nan, 0, 1), (1, .nan, 1), (.nan, 1, .nan), (2, .nan, .nan), (1, .infinity, 1),
    (0, 3, 0), (-0.0, 3, -0.0), (-0.0, 2, 0), (0, .infinity, 0),
    (-0.0, -3, -.infinity), (-0.0, -2, .infinity), (0, -0.5, .infinity),
    (-1, .infinity, 1), (-1, -.infinity, 1), (0.5, .infinity, 0), (0.5, -.infinity, .infinity),
    (2, .infinity, .infinity), (2, -.infinity, 0),
    (-.infinity, -3, -0.0), (-.infinity, 3, -.infinity), (-.infinity, 2, .infinity),
    (.infinity, -1, 0), (.infinity, 0.5, .infinity),
    (-8, 0x1.5555555555555p-2, .nan), (-2, 3, -8), (-2, 2, 4), (-2, -1074, 0x1p-1074),
    (10, 309, .infinity), (10, -400, 0), (-3, 0x1p53, .infinity), (7, 1, 7), (9, 0.5, 3),
  ]

  @Test("the power function has the special cases of IEEE 754", arguments: powers)
  func power(_ x: Double, _ y: Double, _ expected: Double) {
    let actual = Elementary.pow(x, y)
    #expect(actual.isNaN ? expected.isNaN : actual == expected && actual.sign == expected.sign)
  }

  @Test("a column has the bits of the function of one number, special numbers included")
  func columns() {
    var luck = RandomStream(seed: 1, StreamName("columns"), entity: 0)
    var arguments = (0..<500).map { _ in (luck.nextUnit() - 0.3) * 1000 }
    arguments[450] = .nan
    arguments[451] = .infinity
    arguments[452] = .leastNonzeroMagnitude
    var (exps, logs, logistics) = (arguments, arguments, arguments)
    do {
      var span = exps.mutableSpan
      Elementary.exp(inPlace: &span)
    }
    do {
      var span = logs.mutableSpan
      Elementary.log(inPlace: &span)
    }
    do {
      var span = logistics.mutableSpan
      Elementary.logistic(inPlace: &span)
    }
    for (index, x) in arguments.enumerated() {
      #expect(exps[index].bitPattern == Elementary.exp(x).bitPattern)
      #expect(logs[index].bitPattern == Elementary.log(x).bitPattern)
      #expect(logistics[index].bitPattern == Elementary.logistic(x).bitPattern)
    }
  }
}
