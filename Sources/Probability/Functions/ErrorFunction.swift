/// The error function and its kin, within 4 ulp (erf within 2).
///
/// - Source: definitions of DLMF 7.2; the fits are minimax, made by
///   `Tests/ProbabilityTests/Vectors/fit.py`, in the variable's own scale (Cody 1969 chose the same pieces).
package enum ErrorFunction {
  /// 2/√π ∫₀ˣ exp(−t²) dt.
  package static func erf(_ x: Double) -> Double {
    if x.magnitude <= 1 { return x + x * erfBend(x * x) }
    if x.isNaN { return x }
    let value = x.magnitude > 6 ? 1 : 1 - erfc(x.magnitude)
    return x < 0 ? -value : value
  }

  /// 1 − erf(x), without cancellation: 0 above 27.3.
  package static func erfc(_ x: Double) -> Double {
    if x < 0.5 { return x < -6 ? 2 : 1 - erf(x) }
    if x > 28 { return 0 }
    return bell(x) * erfcxTail(x)
  }

  /// exp(x²) erfc(x), which falls like 1/(x √π).
  package static func erfcx(_ x: Double) -> Double {
    if x >= 0.5 { return erfcxTail(x) }
    let square = Pair(multiplying: x, x)
    if x < -26.7 { return .infinity }
    return Elementary.exp(square.high, plus: square.low) * erfc(x)
  }

  /// The x with erf(x) = p, for p in −1...1.
  package static func inverse(_ p: Double) -> Double {
    if p.magnitude > 1 || p.isNaN { return .nan }
    // p/2 + 1/2 would lose the digits of a small p.
    let magnitude = Normal.quantile(centred: 0.5 * p.magnitude) * 0x1.6a09e667f3bcdp-1
    return p < 0 ? -magnitude : magnitude
  }

  /// exp(−x²), the square exact.
  private static func bell(_ x: Double) -> Double {
    let square = Pair(multiplying: x, x)
    return Elementary.exp(-square.high, plus: -square.low)
  }

  /// erf(x) / x − 1 of z = x² in 0...1.
  private static func erfBend(_ z: Double) -> Double {
    let top = horner(
      z, 0x1.06eba8214db69p-3, -0x1.4939823c078ddp-2, -0x1.2f1464d6b8260p-5, -0x1.f558893e45c52p-8,
      -0x1.1d1d714954f66p-12, -0x1.14ab9d41fe10dp-16, 0x1.c5f48407a030dp-24)
    let bottom = horner(
      z, 1, 0x1.b3a72feaa0240p-2, 0x1.44f6a29defe04p-4, 0x1.0c3953046677cp-7,
      0x1.f0046d9220ad0p-12, 0x1.a1a440cf788e9p-17)
    return top / bottom
  }

  /// exp(x²) erfc(x) for x >= 0.5.
  static func erfcxTail(_ x: Double) -> Double {
    if x < 2 {
      let u = x - 0.5
      let top = horner(
        u, 0x1.3b3bc3c98b0f3p-1, 0x1.b86d3ecf2fa28p-1, 0x1.23c23c3c246b5p-1, 0x1.c0a6cab07e948p-3,
        0x1.a2048654f770cp-5, 0x1.bd0947bffbfa5p-8, 0x1.a74250201bc9fp-12, -0x1.7efd5365b51f0p-31)
      let bottom = horner(
        u, 1, 0x1.1d6bbc10f66b0p1, 0x1.196ece13a6ef5p1, 0x1.3eedccb9f84c0p0, 0x1.c1f0fb6b1414cp-2,
        0x1.8c8cb2cf82243p-4, 0x1.9624d6e2f4e3ap-7, 0x1.7715678fc1968p-11)
      return top / bottom
    }
    if x < 4 {
      let u = x - 2
      let top = horner(
        u, 0x1.058671b52c776p-2, 0x1.270e12a7a4bc9p-2, 0x1.198c3e8612ae2p-3, 0x1.1a167d6db292fp-5,
        0x1.282e73c5f29cep-8, 0x1.04c8c5c363356p-12, 0x1.3a98c4e0c83ddp-36)
      let bottom = horner(
        u, 1, 0x1.8bdedf0a1e0e3p0, 0x1.056f8b517fe84p0, 0x1.7a28ec62e03adp-2,
        0x1.3c84c292c0495p-4, 0x1.235f62decfa43p-7, 0x1.ce3ab2b76c435p-12)
      return top / bottom
    }
    // √π x erfcx(x) = 1 + t bend(t), t = 1/x².
    let t = 1 / (x * x)
    let top = horner(
      t, -0x1.fffffffffffffp-2, -0x1.88c2dc53e24bcp3, -0x1.8218320bc396fp6, -0x1.162a4a4bc0dd8p8,
      -0x1.da745ee7b13ddp7, -0x1.996c7b004efa9p3)
    let bottom = horner(
      t, 1, 0x1.a0c2dc53e2328p4, 0x1.c8bcbb5b86400p7, 0x1.972a3aba0e1ccp9, 0x1.189842c196d35p10,
      0x1.b729fc84d22fbp8)
    return 0x1.20dd750429b6dp-1 / x * (1 + t * (top / bottom))
  }
}
