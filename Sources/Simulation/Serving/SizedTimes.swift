import Traffic

/// The times without noise of a block's requests, for the arms whose services follow the request.
struct SizedTimes {
  private let arms: [(arm: Int, time: SizedTime)]
  private let capacity: Int
  /// Nanoseconds, arm-major, `[arm * capacity + row]`; -1 where a column is missing. Empty where no
  /// arm asks for it.
  private(set) var bases: [Int64] = []
  /// By arm: requests whose time came out below 0 and is taken as 0.
  private(set) var negative: [Int]

  init(_ services: [ServicePlan?], capacity: Int) {
    self.capacity = capacity
    var arms: [(Int, SizedTime)] = []
    for (arm, plan) in services.enumerated() {
      if case .sized(let time)? = plan?.time, plan?.language == nil { arms.append((arm, time)) }
    }
    self.arms = arms
    negative = Array(repeating: 0, count: services.count)
    if !arms.isEmpty { bases = Array(repeating: -1, count: services.count * capacity) }
  }

  var isNeeded: Bool { !arms.isEmpty }

  mutating func read(_ block: RequestBlock, sent: [UInt8]) {
    for (arm, time) in arms {
      for row in 0..<block.count where sent[arm * capacity + row] != 0 {
        bases[arm * capacity + row] = base(time, block, row, arm)
      }
    }
  }

  private mutating func base(
    _ time: SizedTime, _ block: RequestBlock, _ row: Int, _ arm: Int
  ) -> Int64 {
    var seconds = time.base
    for term in time.terms {
      guard let value = Self.value(of: term, block, row) else { return -1 }
      seconds += term.perUnit * value
    }
    if seconds < 0 {
      negative[arm] += 1
      return 0
    }
    // Longer ones are cut, and counted, after the noise.
    let nanoseconds = seconds * 1e9
    guard nanoseconds < 0x1p62 else { return 1 << 62 }
    return Int64(nanoseconds.rounded(.toNearestOrEven))
  }

  private static func value(
    of term: SizedTime.Term, _ block: RequestBlock, _ row: Int
  ) -> Double? {
    switch term.source {
    case .inputTokens: return block.inputTokens[row] < 0 ? nil : Double(block.inputTokens[row])
    case .outputTokens: return block.outputTokens[row] < 0 ? nil : Double(block.outputTokens[row])
    case .feature(let index):
      let value = block.features[index * block.capacity + row]
      return value.isFinite ? Double(value) : nil
    case nil: preconditionFailure("the column \(term.column) has no place")
    }
  }
}
