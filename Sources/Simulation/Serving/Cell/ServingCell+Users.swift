import Traffic

/// Users in a closed loop, who decide when the rows of a block arrive.
extension ServingCell {
  /// Lets time pass until every row of a block has been sent, or no user sends any more; arrivals are
  /// written into the block.
  ///
  /// - Returns: how many rows were sent: the first ones.
  mutating func serveUsers(
    _ admission: borrowing Admission, of blocks: borrowing OpenBlocks
  ) -> Int {
    endOfTime = blocks.endOfTime
    let firstRow = blocks.firstRow(ofBlock: admission.block)
    let times = blocks.place(row: firstRow)
    var row = 0
    while row < admission.count, !isOver {
      let now = awaitUser(in: blocks)
      if isOver { break }
      sender = Int32(truncatingIfNeeded: users.takeEarliest())
      blocks.arrivals[times &+ row] = now
      serve(row, at: now, admission, blocks)
      row += 1
    }
    land(in: blocks)
    return row
  }

  /// When the next user sends; `isOver` says that nobody does any more.
  private mutating func awaitUser(in blocks: borrowing OpenBlocks) -> Int64 {
    let end = min(users.end, endOfTime)
    while true {
      let next = agenda.earliestTime()
      let ready = users.earliest
      if next > ready {
        isOver = ready >= end
        return ready
      }
      // What follows is the drain's, unless it lets a user send before the end.
      let isIdle = requests.count == 0 || idleEvents >= idleEventLimit
      if next >= end || ready >= end && isIdle {
        isOver = true
        return next
      }
      lastHappening = next
      happen(at: next)
      if landingCount > 128 { land(in: blocks) }
    }
  }

  /// The user of a request that came to a member, where that member's outcome is what the user waits for.
  @inline(__always) func user(ofMember member: Int) -> Int32 {
    usersAreSplit || arms[member] == 0 ? sender : -1
  }

  /// A request is settled: its user thinks again.
  @inline(never) mutating func letThink(_ user: Int32, at now: Int64) {
    users.think(Int(user), from: now, endOfTime: endOfTime)
  }
}
