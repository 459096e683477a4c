/// A walk along the integrated rate: where the last request stood, and in which piece.
struct RateWalk: Sendable {
  /// How far into the piece, in units of the curve; below 0 where the walk to the next request began
  /// in an earlier piece.
  var position: Int64 = 0
  private(set) var isOver = false
  private var piece: RateCurve.Piece
  /// Requests arrive before it.
  private let end: Int64

  init(from start: Int64, end: Int64) {
    piece = RateCurve.Piece(start: start, end: start, mass: 0, nanosecondsPerUnit: 0)
    self.end = end
  }

  /// Places the requests of `rows`, each `gaps[row]` expected arrivals after the one before, cut to whole
  /// units, until one lies past the piece or the end.
  ///
  /// - Returns: the first row that is still to be placed.
  mutating func place(
    _ gaps: [Double], unit: Double, into arrivals: inout [SimulatedTime], rows: Range<Int>
  ) -> Int {
    let piece = piece
    let end = end
    let gaps = gaps.span
    var output = arrivals.mutableSpan
    var position = position
    defer { self.position = position }
    for row in rows {
      let next = position + Int64(gaps[row] * unit)
      if next >= piece.mass { return row }
      let time = piece.time(at: next)
      if time >= end {
        isOver = true
        return row
      }
      position = next
      output[row] = SimulatedTime(nanoseconds: time)
    }
    return rows.upperBound
  }

  /// Goes on where the piece ends; what was walked of the pending gap stays walked.
  ///
  /// - Returns: false at the end of virtual time.
  mutating func enterNextPiece(of curve: inout RateCurve) -> Bool {
    if piece.end >= end, end < .max {
      isOver = true
      return true
    }
    guard let next = curve.piece(from: piece.end) else {
      isOver = true
      return false
    }
    position -= piece.mass
    piece = next
    return true
  }
}
