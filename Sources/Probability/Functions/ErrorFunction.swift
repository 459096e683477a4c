/// The error function and its kin: erf within 1 ulp, erfcx within 3, erfc within 5.
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
        u, 0x1.3b3bc3c98b0f3p-1, 0x1.b5a02cdcffb34p-1, 0x1.2051836fa69dbp-1,
        0x1.b8c2ea1ba265cp-3, 0x1.980fbb9852a51p-5, 0x1.af4f8b90eb075p-8,
        0x1.96cc25f04d974p-12, -0x1.c7fef2d143990p-31)
      let bottom = horner(
        u, 1, 0x1.1c4891ce96509p1, 0x1.1716bc0e52d4dp1, 0x1.3ac03a2b2887ep0,
        0x1.b9aadea0783b1p-2, 0x1.82e7fa502cfb5p-4, 0x1.8986cf61313bfp-7,
        0x1.687de0ae07393p-11)
      return top / bottom
    }
    if x < 4 {
      let u = x - 2
      let top = horner(
        u, 0x1.058671b52c776p-2, 0x1.259a4fc1458c7p-2, 0x1.16c7e11d797d5p-3,
        0x1.15db89ed7fd55p-5, 0x1.22167293d1c9ap-8, 0x1.fba0010a809a2p-13,
        0x1.7f61f1bb676dfp-36)
      let bottom = horner(
        u, 1, 0x1.8a72f6ca32f94p0, 0x1.037cac39891c9p0, 0x1.75c2b55bd40e3p-2,
        0x1.37653e0294ea2p-4, 0x1.1d3321398c503p-7, 0x1.c1df54e33f47bp-12)
      return top / bottom
    }
    // √π x erfcx(x) = 1 + t bend(t), t = 1/x².
    let t = 1 / (x * x)
    let top = horner(
      t, -0x1.fffffffffffffp-2, -0x1.8e2bf06065ba8p3, -0x1.8d3074f367026p6,
      -0x1.22cc678c8270dp8, -0x1.f93882a7aa162p7, -0x1.c059f8da330ebp3)
    let bottom = horner(
      t, 1, 0x1.a62bf06065b28p4, 0x1.d4d8b2057d5c4p7, 0x1.a7b484223966ap9,
      0x1.281ff375d9960p10, 0x1.d638c485daee1p8)
    return 0x1.20dd750429b6dp-1 / x * (1 + t * (top / bottom))
  }
}
