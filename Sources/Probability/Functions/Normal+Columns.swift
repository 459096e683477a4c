extension Normal {
  /// Replaces each unit by its quantile: the same bits as `quantile`, in lanes.
  ///
  /// The central formula serves all; the 15 % beyond it are gathered, worked on together and put back.
  static func replaceUnits(_ units: UnsafeMutablePointer<Double>, count: Int) {
    let width = 256
    unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: width) { tailBuffer in
      unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: width) { placeBuffer in
        guard let tails = tailBuffer.baseAddress, let places = placeBuffer.baseAddress else {
          return
        }
        var start = 0
        while start < count {
          let size = min(width, count - start)
          unsafe replaceBlock(units + start, size, tails, places)
          start += size
        }
      }
    }
  }

  @inline(__always)
  private static func replaceBlock(
    _ units: UnsafeMutablePointer<Double>, _ count: Int, _ tails: UnsafeMutablePointer<Double>,
    _ places: UnsafeMutablePointer<Int32>
  ) {
    var found = 0
    for i in 0..<count {
      let offset = unsafe units[i] - 0.5
      unsafe tails[found] = 0.5 - offset.magnitude
      // The sign travels with the place.
      unsafe places[found] = Int32(truncatingIfNeeded: offset < 0 ? ~i : i)
      found += offset.magnitude > centralHalfWidth ? 1 : 0
    }
    for i in 0..<count { unsafe units[i] = centralQuantile(units[i] - 0.5) }
    for i in 0..<found { unsafe tails[i] = (-Elementary.logOrdinary(tails[i])).squareRoot() }
    for i in 0..<found {
      let r = unsafe tails[i]
      let z = r <= 5 ? nearTail(r) : farTail(r)
      let place = unsafe Int(places[i])
      unsafe units[place < 0 ? ~place : place] = place < 0 ? -z : z
    }
  }
}
