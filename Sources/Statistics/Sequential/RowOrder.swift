/// In which order the rows of two arms became known.
///
/// By `places` where both arms have them; else each arm's rows spread evenly over the time of the other's, as if the
/// shares of the traffic had never changed.
struct RowOrder: Sendable {
  private let counts: (candidate: Int, production: Int)
  private let places: (candidate: [Int], production: [Int])?
  private(set) var candidate = 0
  private(set) var production = 0

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
    let isCandidate: Bool
    if candidate == counts.candidate {
      isCandidate = false
    } else if production == counts.production {
      isCandidate = true
    } else if let places {
      isCandidate = places.candidate[candidate] < places.production[production]
    } else {
      isCandidate = (candidate + 1) * counts.production <= (production + 1) * counts.candidate
    }
    if isCandidate { candidate += 1 } else { production += 1 }
    return isCandidate
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

  /// Whether there is a look after `row` rows; asked for each row in turn.
  @inline(__always)
  mutating func isLook(_ row: Int) -> Bool {
    guard row == next else { return false }
    advance()
    return true
  }

  /// Whether a look has fallen due by `row`; asked at some rows, in turn.
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
