import Kernels

/// A standard normal in single precision from one 32-bit word: the quantile of (word + ½) · 2⁻³², relative error
/// below 5 · 10⁻⁷ over all words, the tails (±6.34) included.
///
/// - Source: the variable w = −log(4 u (1 − u)) is Giles's (2010), "Approximating the erfinv function"; a new fit.
package enum FloatNormal {
  package static func quantile(ofWord word: UInt32) -> Float {
    let place = Place(word)
    return place.isTail ? place.x * tail(place.w) : place.x * central(place.w)
  }

  /// Replaces each word's slot by its normal.
  static func fill(
    _ normals: UnsafeMutablePointer<Float>, from words: UnsafePointer<UInt32>, count: Int,
    usesKernel: Bool
  ) {
    var hasTail = false
    if usesKernel {
      hasTail = unsafe kernels_float_normals_avx2(words, count, normals)
    } else {
      var tails: Int32 = 0
      for i in 0..<count {
        let place = unsafe Place(words[i])
        tails |= place.tail &- Place.tailWidth
        unsafe normals[i] = place.x * central(place.w)
      }
      hasTail = tails < 0
    }
    guard hasTail else { return }
    for i in 0..<count {
      let place = unsafe Place(words[i])
      if place.isTail { unsafe normals[i] = place.x * tail(place.w) }
    }
  }

  /// Where u = (word + ½) · 2⁻³² lies: x = 2u − 1, and how many words lie further out on its side.
  private struct Place {
    static let tailWidth: Int32 = 0x28_0000

    let x: Float
    let tail: Int32

    @inline(__always)
    init(_ word: UInt32) {
      let offset = Int32(bitPattern: word ^ 0x8000_0000)
      x = (Float(offset) + 0.5) * 0x1p-31
      tail = Int32(bitPattern: word ^ UInt32(bitPattern: Int32(bitPattern: word) >> 31))
    }

    @inline(__always)
    var isTail: Bool { tail < Self.tailWidth }

    /// −log(4 u (1 − u)), absolute error 10⁻⁷ plus a relative 10⁻⁷.
    @inline(__always)
    var w: Float {
      let t = (Float(tail) + 0.5) * 0x1p-30
      let y = t * (1 - 0.25 * t)
      let shifted = y.bitPattern &- 0x3f35_04f3
      let exponent = Float(Int32(bitPattern: shifted) >> 23)
      let f = Float(bitPattern: (shifted & 0x007f_ffff) &+ 0x3f35_04f3) - 1
      var bend: Float = -0x1.a2c860p-4
      bend = bend * f + 0x1.4a947ap-3
      bend = bend * f + -0x1.5f94d0p-3
      bend = bend * f + 0x1.97c2ccp-3
      bend = bend * f + -0x1.ff9a1ap-3
      bend = bend * f + 0x1.5558e4p-2
      let logarithm = f - f * f * (0.5 - f * bend)
      return -0x1.62e430p-1 * exponent - logarithm
    }
  }

  /// quantile / (2u − 1) of w in 0...6.02.
  @inline(__always)
  private static func central(_ w: Float) -> Float {
    let u = w - 3
    var g: Float = -0x1.181a04p-27
    g = g * u + -0x1.985cd0p-28
    g = g * u + 0x1.5918e8p-21
    g = g * u + -0x1.6641c2p-19
    g = g * u + -0x1.2e8c8ap-16
    g = g * u + 0x1.21e388p-12
    g = g * u + -0x1.35f574p-10
    g = g * u + -0x1.09ee96p-7
    g = g * u + 0x1.5deb08p-2
    return g * u + 0x1.25e47cp1
  }

  /// quantile / (2u − 1) of w in 6.01...21.5.
  private static func tail(_ w: Float) -> Float {
    let u = w.squareRoot() - 3.5
    var g: Float = 0x1.47b8b2p-15
    g = g * u + -0x1.28b37ep-12
    g = g * u + 0x1.6ab5aep-11
    g = g * u + -0x1.07ca46p-10
    g = g * u + 0x1.8af790p-10
    g = g * u + -0x1.7c5556p-9
    g = g * u + 0x1.302b00p-8
    g = g * u + 0x1.6cb4c4p0
    return g * u + 0x1.2de4c8p2
  }
}
