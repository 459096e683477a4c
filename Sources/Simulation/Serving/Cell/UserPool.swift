import Traffic

/// Who thinks until when, of users in a closed loop.
///
/// The k-th think of user u is drawn from the stream "think", entity u, unit k. Of those who are ready at
/// the same instant, who began to think first sends first.
struct UserPool: ~Copyable {
  /// By user in the slot.
  private var thinking: EventQueue
  private let draws: DrawSource
  /// By user: thinks so far.
  private let thinks: Column<Int64>
  /// No request is sent from then on.
  let end: Int64

  /// - Parameter plan: nil is nobody.
  init(_ plan: UserPlan?, seed: UInt64, ties: TieOrder) {
    thinking = EventQueue(capacity: plan?.count ?? 0, ties: ties)
    draws = DrawSource(seed: seed, "think", plan?.think)
    thinks = Column(repeating: 0, count: plan?.count ?? 0)
    end = plan?.end?.nanoseconds ?? .max
    guard let plan else { return }
    for user in 0..<plan.count {
      think(user, from: plan.start.nanoseconds, endOfTime: OpenBlocks.never - 1)
    }
  }

  /// When the next user has thought; `Int64.max` while all wait for answers.
  @inline(__always) var earliest: Int64 { thinking.earliestNanoseconds }

  /// The user who has thought first; there must be one.
  mutating func takeEarliest() -> Int {
    let user = thinking.earliestSlot
    thinking.removeEarliest()
    return user
  }

  /// A user has an answer, or knows that none will come.
  mutating func think(_ user: Int, from now: Int64, endOfTime: Int64) {
    let length = CellDraws.nanoseconds(draws.seconds(UInt64(user), UInt64(thinks[user])))
    thinks[user] &+= 1
    let time = now &+ min(length, max(0, endOfTime &- now))
    thinking.schedule(at: time, priority: 0, slot: UInt64(user))
  }
}
