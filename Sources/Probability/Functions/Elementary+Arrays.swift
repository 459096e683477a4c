/// Whole columns at a time: the same bits as the function of one number, several times as fast.
///
/// Each loop is free of branches, so that the compiler works on several lanes at once; numbers outside
/// the ordinary range are done again, one by one, where a block has any.
extension Elementary {
  /// Replaces every x by exp(x).
  package static func exp(inPlace values: inout MutableSpan<Double>) {
    inBlocks(
      &values, ordinary: { expOrdinary($0, plus: 0) },
      isOrdinary: { $0.magnitude < ordinaryExponent }, otherwise: { exp($0) })
  }

  /// Replaces every x by log(x).
  package static func log(inPlace values: inout MutableSpan<Double>) {
    inBlocks(
      &values, ordinary: { logOrdinary($0) },
      isOrdinary: { $0 >= .leastNormalMagnitude && $0 < .infinity }, otherwise: { log($0) })
  }

  /// Replaces every x by logistic(x).
  package static func logistic(inPlace values: inout MutableSpan<Double>) {
    inBlocks(
      &values,
      ordinary: {
        let e = expOrdinary(-$0.magnitude, plus: 0)
        return ($0 < 0 ? e : 1) / (1 + e)
      },
      isOrdinary: { $0.magnitude < ordinaryExponent }, otherwise: { logistic($0) })
  }

  @inline(__always)
  private static func inBlocks(
    _ values: inout MutableSpan<Double>, ordinary: (Double) -> Double,
    isOrdinary: (Double) -> Bool, otherwise: (Double) -> Double
  ) {
    unsafe values.withUnsafeMutableBufferPointer { buffer in
      guard var cursor = buffer.baseAddress else { return }
      var remaining = buffer.count
      while remaining > 0 {
        let size = min(remaining, 64)
        unsafe block(cursor, size, ordinary, isOrdinary, otherwise)
        unsafe cursor += size
        remaining -= size
      }
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
