/// In which order the rows of two arms became known.
///
/// By `places` where both arms have them; else each arm's rows are spread evenly over the same time, as if the shares of
/// the traffic had never changed. Rows of one time become known together, so that the arms' names do not matter.
struct RowOrder: Sendable {
  private let counts: (candidate: Int, production: Int)
  private let places: (candidate: [Int], production: [Int])?
  private(set) var candidate = 0
  private(set) var production = 0
  /// Whether all rows of the last one's time are known.
  private(set) var isSettled = true

  init(_ arms: TwoArms) {
    counts = (arms.candidate.values.count, arms.production.values.count)
    if let first = arms.candidate.places, let second = arms.production.places {
      places = (first, second)
    } else {
      places = nil
    }
  }

  var rows: Int { counts.candidate + counts.production }

  /// Moves on by a row and says whether it is the candidate's; call it `rows` times at most.
  @inline(__always)
  mutating func next() -> Bool {
    if candidate == counts.candidate || production == counts.production {
      isSettled = true
      let isCandidate = candidate < counts.candidate
      if isCandidate { candidate += 1 } else { production += 1 }
      return isCandidate
    }
    let (x, y) = times
    // Of two rows of one time the candidate's comes first; the look waits for the other.
    isSettled = x != y
    if x <= y { candidate += 1 } else { production += 1 }
    return x <= y
  }

  /// When the next row of either arm becomes known.
  @inline(__always)
  private var times: (Int, Int) {
    if let places { return (places.candidate[candidate], places.production[production]) }
    return ((candidate + 1) * counts.production, (production + 1) * counts.candidate)
  }
}

/// After which rows there is a look.
struct LookSchedule: Sendable {
  private let rows: Int
  private let looks: Int
  private var made = 0
  /// The row of the next look, from 1 on.
  private var next = 1

  /// - Parameter looks: nil for one after every row.
  init(rows: Int, looks: Int?) {
    self.rows = rows
    self.looks = min(rows, looks ?? rows)
    advance()
  }

  /// Whether a look has fallen due by `row`; asked at rows in turn.
  @inline(__always)
  mutating func isDue(_ row: Int) -> Bool {
    guard row >= next else { return false }
    while row >= next { advance() }
    return true
  }

  private mutating func advance() {
    made += 1
    // The least row that is at least made/looks of all.
    next = made > looks ? Int.max : (made * rows + looks - 1) / looks
  }
}
