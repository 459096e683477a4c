import Probability
import Traffic

/// What decides, request by request, whether a mirror that spares production sends its copies.
struct MirrorGate {
  private let plan: MirrorSparing
  private let largest: Double
  private let draws: DrawSource
  /// The arms that see copies.
  private let copies: Range<Int>
  private var share: Double
  private var nextLook = Int64.min
  /// By arm up to the last that sees copies: copies that were not sent, and of them those that had no service time.
  private(set) var dropped: [Int]
  private(set) var droppedWithoutTime: [Int]

  /// - Parameter share: the mirror's own, in [0, 1].
  init(_ plan: MirrorSparing, share: Double, copies: Range<Int>, seed: UInt64) {
    self.plan = plan
    largest = share
    self.share = share
    draws = DrawSource(seed: seed, "mirror")
    self.copies = copies
    dropped = Array(repeating: 0, count: copies.upperBound)
    droppedWithoutTime = dropped
  }

  /// Looks at production's queue, once in each interval in which a request comes.
  mutating func look(waiting: Int, at now: Int64) {
    guard now >= nextLook else { return }
    if nextLook > .min {
      share = waiting > plan.queue ? max(plan.least, share / 2) : min(largest, share + plan.step)
    }
    let next = now.addingReportingOverflow(plan.interval.nanoseconds)
    nextLook = next.overflow ? .max : next.partialValue
  }

  /// Takes the copies of a row back, unless its luck is within the share.
  mutating func pass(row: Int, ordinal: UInt64, _ blocks: borrowing OpenBlocks) {
    guard share < largest, draws.unit(ordinal, 0) >= share else { return }
    for arm in copies {
      let place = blocks.place(arm: arm, row: row)
      if blocks.fates[place] == .notSent { continue }
      dropped[arm] += 1
      if blocks.services[place] < 0 { droppedWithoutTime[arm] += 1 }
      blocks.fates[place] = .notSent
      blocks.services[place] = 0
    }
  }
}
