import Traffic

/// Something that will happen: when, with what rank among equal times, and to whom.
///
/// What it is and whom it concerns stand in columns of its owner, at `slot`.
package struct Event: Sendable, Equatable {
  package var time: SimulatedTime
  /// Among equal times the lower goes first; 0..<16.
  package var priority: UInt8
  /// Below `Event.slotLimit`.
  package var slot: UInt32

  package static let slotLimit: UInt32 = 1 << UInt32(EventKey.slotBits)

  package init(at time: SimulatedTime, priority: UInt8 = 0, slot: UInt32) {
    self.time = time
    self.priority = priority
    self.slot = slot
  }
}

/// An event in 16 bytes, whose order as one unsigned number is (time, priority, sequence).
///
/// | bits | what |
/// |---|---|
/// | 127…64 | time in nanoseconds, its sign bit flipped so that times before 1970 come first |
/// | 63…60 | priority |
/// | 59…28 | sequence: how many events were scheduled before, since the last renumbering |
/// | 27…0 | slot |
///
/// The sequences of two pending events differ, so the slot never decides, unless ties are shuffled
/// (`TieOrder`): then the sequence is a draw, and of equal draws the slots decide.
enum EventKey {
  static let slotBits: UInt64 = 28
  static let sequenceBits: UInt64 = 32
  static let priorityBits: UInt64 = 4
  static let sequenceLimit: UInt64 = 1 << sequenceBits
  /// Above every event; fills the places of the heap that hold none.
  static let vacant = UInt128.max

  @inline(__always)
  static func key(time: Int64, priority: UInt64, sequence: UInt64, slot: UInt64) -> UInt128 {
    let order = priority << (slotBits + sequenceBits) | sequence << slotBits | slot
    return UInt128(_low: order, _high: UInt64(bitPattern: time) ^ 1 << 63)
  }

  @inline(__always)
  static func time(_ key: UInt128) -> Int64 { Int64(bitPattern: key._high ^ 1 << 63) }

  @inline(__always)
  static func slot(_ key: UInt128) -> UInt64 { key._low & (1 << slotBits - 1) }

  @inline(__always)
  static func priority(_ key: UInt128) -> UInt64 { key._low >> (slotBits + sequenceBits) }

  /// The key with another sequence.
  static func renumbered(_ key: UInt128, sequence: UInt64) -> UInt128 {
    Self.key(
      time: time(key), priority: priority(key), sequence: sequence, slot: slot(key))
  }
}
