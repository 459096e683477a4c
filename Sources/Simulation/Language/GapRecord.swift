/// The gaps between the tokens of those who decode, as far as the longest from some step on can be one.
///
/// A stack of (decode step, gap): gaps fall from bottom to top, and steps rise; what a later and no
/// shorter gap makes needless is gone.
struct GapRecord: ~Copyable {
  private var entries = Column(repeating: StepGap(), count: 16)
  private var count = 0

  mutating func removeAll() { count = 0 }

  mutating func record(_ gap: Int128, at step: Int) {
    while count > 0 && entries[count &- 1].gap <= gap { count &-= 1 }
    if count == entries.count { grow() }
    entries[count] = StepGap(step: step, gap: gap)
    count &+= 1
  }

  /// The longest gap at a step after `step`; 0 where there is none.
  func longest(after step: Int) -> Int128 {
    var low = 0
    var high = count
    while low < high {
      let middle = (low &+ high) / 2
      if entries[middle].step <= step { low = middle &+ 1 } else { high = middle }
    }
    return low < count ? entries[low].gap : 0
  }

  var isFull: Bool { count == entries.count }

  /// Forgets the steps up to `step`, and grows where that leaves less than half of the places free.
  mutating func makeRoom(forgettingUpTo step: Int) {
    var kept = 0
    for index in 0..<count where entries[index].step > step {
      entries[kept] = entries[index]
      kept += 1
    }
    count = kept
    if 2 * kept > entries.count { grow() }
  }

  private mutating func grow() {
    let larger = Column(repeating: StepGap(), count: 2 * entries.count)
    entries.copy(from: 0, count: count, to: larger, at: 0)
    entries = larger
  }
}

struct StepGap: BitwiseCopyable {
  var step = 0
  var gap: Int128 = 0
}
