/// The last answers, right or wrong, a bit each, and how many of them are 1.
struct BitWindow: Sendable, Equatable {
  let capacity: Int
  private(set) var count = 0
  private(set) var ones = 0
  private var words: [UInt64]
  /// Where the next bit goes.
  private var next = 0

  init(capacity: Int) {
    precondition(capacity > 0, "a window of \(capacity)")
    self.capacity = capacity
    words = Array(repeating: 0, count: (capacity + 63) / 64)
  }

  var isFull: Bool { count == capacity }

  /// The bit that came `age` bits before the newest.
  subscript(age: Int) -> Bool {
    let place = next - 1 - age
    let wrapped = place < 0 ? place + capacity : place
    return words[wrapped >> 6] >> UInt64(wrapped & 63) & 1 == 1
  }

  mutating func push(_ bit: Bool) {
    let mask = UInt64(1) << UInt64(next & 63)
    let old = words[next >> 6]
    if count < capacity {
      count += 1
    } else if old & mask != 0 {
      ones -= 1
    }
    words[next >> 6] = bit ? old | mask : old & ~mask
    if bit { ones += 1 }
    next += 1
    if next == capacity { next = 0 }
  }

  mutating func removeAll() {
    count = 0
    ones = 0
  }

  mutating func keepNewest(_ kept: Int) {
    guard kept < count else { return }
    count = kept
    ones = (0..<kept).count { self[$0] }
  }
}
