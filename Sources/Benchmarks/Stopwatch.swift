import Foundation

/// Measures seconds.
package struct Stopwatch {
  package enum Clock: Sendable {
    /// Processor time of the whole process: unlike the clock on the wall it does not count the neighbours.
    case processor
    case wall
  }

  private let clock: Clock
  private let start: UInt64

  package init(_ clock: Clock = .processor) {
    self.clock = clock
    start = Self.now(clock)
  }

  /// Seconds since it was made.
  package var seconds: Double { Double(Self.now(clock) - start) / 1e9 }

  private static func now(_ clock: Clock) -> UInt64 {
    var time = timespec()
    let status =
      switch clock {
      case .processor: unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
      case .wall: unsafe clock_gettime(CLOCK_MONOTONIC, &time)
      }
    precondition(status == 0, "no clock of \(clock) time")
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

/// 64-bit FNV-1a over numbers, as 16 hexadecimal digits.
package struct AnswerHash {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  package mutating func add(_ value: UInt64) {
    var rest = value
    for _ in 0..<8 {
      state = (state ^ (rest & 0xFF)) &* 0x100_0000_01b3
      rest >>= 8
    }
  }

  package mutating func add(_ value: Int64) { add(UInt64(bitPattern: value)) }
  package mutating func add(_ value: Double) { add(value.bitPattern) }

  package mutating func add(_ text: String) {
    for byte in text.utf8 { add(UInt64(byte)) }
  }

  package var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
