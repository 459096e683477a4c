/// Whole columns at a time: the same bits as the function of one number, several times as fast.
///
/// Each loop is free of branches, so that the compiler works on several lanes at once; numbers outside
/// the ordinary range are done again, one by one, where a block has any.
extension Elementary {
  /// Replaces every x by exp(x).
  package static func exp(inPlace values: inout MutableSpan<Double>) {
    unsafe values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe replaceByExp(base, count: buffer.count)
    }
  }

  static func replaceByExp(_ values: UnsafeMutablePointer<Double>, count: Int) {
    unsafe inBlocks(
      values, count, ordinary: { expOrdinary($0, plus: 0) },
      isOrdinary: { $0.magnitude < ordinaryExponent }, otherwise: { exp($0) })
  }

  /// Replaces every x by log(x).
  package static func log(inPlace values: inout MutableSpan<Double>) {
    unsafe values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe inBlocks(
        base, buffer.count, ordinary: { logOrdinary($0) },
        isOrdinary: { $0 >= .leastNormalMagnitude && $0 < .infinity }, otherwise: { log($0) })
    }
  }

  /// Replaces every x by logistic(x).
  package static func logistic(inPlace values: inout MutableSpan<Double>) {
    unsafe values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe inBlocks(
        base, buffer.count,
        ordinary: {
          let e = expOrdinary(-$0.magnitude, plus: 0)
          return ($0 < 0 ? e : 1) / (1 + e)
        },
        isOrdinary: { $0.magnitude < ordinaryExponent }, otherwise: { logistic($0) })
    }
  }

  @inline(__always)
  private static func inBlocks(
    _ values: UnsafeMutablePointer<Double>, _ count: Int, ordinary: (Double) -> Double,
    isOrdinary: (Double) -> Bool, otherwise: (Double) -> Double
  ) {
    var start = 0
    while start < count {
      let size = min(count - start, 64)
      unsafe block(values + start, size, ordinary, isOrdinary, otherwise)
      start += size
    }
  }

  @inline(__always)
  private static func block(
    _ values: UnsafeMutablePointer<Double>, _ count: Int, _ ordinary: (Double) -> Double,
    _ isOrdinary: (Double) -> Bool, _ otherwise: (Double) -> Double
  ) {
    var outside: UInt64 = 0
    for i in 0..<count { outside |= unsafe isOrdinary(values[i]) ? 0 : 1 }
    if outside == 0 {
      for i in 0..<count { unsafe values[i] = ordinary(values[i]) }
    } else {
      for i in 0..<count { unsafe values[i] = otherwise(values[i]) }
    }
  }
}
