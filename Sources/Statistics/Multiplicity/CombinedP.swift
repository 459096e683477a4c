import Probability

/// One p-value for the hypothesis that nothing differs anywhere, from several.
package enum CombinedP {
  /// −2 Σ ln p against chi-square with 2m degrees; for independent tests.
  ///
  /// - Source: Fisher (1932).
  package static func fisher(_ p: [PValue]) -> PValue {
    let sum = p.reduce(0) { $0 - $1.ln }
    guard sum.isFinite else { return .zero }
    let m = Double(p.count)
    return PValue(
      value: IncompleteGamma.upper(m, sum), ln: IncompleteGamma.logUpper(m, sum))
  }

  /// Σ z / √m against the normal; for independent one-sided tests.
  ///
  /// - Source: Stouffer et al. (1949).
  package static func stouffer(_ p: [PValue]) -> PValue {
    let sum = p.reduce(0) { $0 + Normal.upperQuantile($1.value) }
    guard sum.isFinite else { return sum > 0 ? .zero : .one }
    let z = sum / Double(p.count).squareRoot()
    return PValue(value: Normal.survival(z), ln: Normal.logSurvival(z))
  }

  /// The smallest m p₍ᵢ₎ / i; for independent or positively dependent tests.
  ///
  /// - Source: Simes (1986).
  package static func simes(_ p: [PValue]) -> PValue {
    let sorted = p.map(\.value).sorted()
    return PValue(
      sorted.enumerated().reduce(1) {
        min($0, Double(p.count) * $1.element / Double($1.offset + 1))
      })
  }

  /// The mean of tan((½ − p)π) against the Cauchy distribution; holds in the tail under most dependence. A single p of
  /// exactly 1 makes it 1.
  ///
  /// - Source: Liu and Xie (2020).
  package static func cauchy(_ p: [PValue]) -> PValue {
    if p.contains(where: { $0.value == 0 }) { return .zero }
    let mean =
      p.reduce(0) { $0 + cotangent($1.value) } / Double(p.count)
    let law = StudentT(degreesOfFreedom: 1)
    return PValue(value: law.survival(mean), ln: law.logSurvival(mean))
  }

  /// m / Σ (1/p): not a p-value itself, but close to one where it is small.
  ///
  /// - Source: Wilson (2019), before its calibration.
  package static func harmonicMean(_ p: [PValue]) -> Double {
    Double(p.count) / p.reduce(0) { $0 + 1 / $1.value }
  }

  /// cot(πp), the tangent of (½ − p)π.
  private static func cotangent(_ p: Double) -> Double {
    let angle = Double.pi * min(p, 1 - p)
    let value = Elementary.cos(angle) / Elementary.sin(angle)
    return p > 0.5 ? -value : value
  }
}
