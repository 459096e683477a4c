/// Integrals of smooth functions by 16 Gauss-Legendre points a panel, exact for polynomials up to degree 31.
package enum GaussLegendre {
  /// The positive points on −1...1 with their weights; the others mirror them.
  ///
  /// - Source: roots of the Legendre polynomial P₁₆, by mpmath at 40 digits.
  package static let points: [(place: Double, weight: Double)] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_58),
    (0.458_016_777_657_227_37, 0.169_156_519_395_002_54),
    (0.617_876_244_402_643_8, 0.149_595_988_816_576_74),
    (0.755_404_408_355_003, 0.124_628_971_255_533_88),
    (0.865_631_202_387_831_8, 0.095_158_511_682_492_79),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_894),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_096),
  ]

  package static func integral(
    over panel: ClosedRange<Double>, of term: (Double) -> Double
  ) -> Double {
    let middle = 0.5 * (panel.lowerBound + panel.upperBound)
    let half = 0.5 * (panel.upperBound - panel.lowerBound)
    var sum = 0.0
    for point in points {
      let step = half * point.place
      sum += point.weight * (term(middle - step) + term(middle + step))
    }
    return half * sum
  }
}
