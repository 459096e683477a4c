import Probability
import Traffic

/// The luck of an arm's requests: how long each takes and whether it ends in an error.
///
/// A request's service time is the arm's quantile at the request's uniform: stream "service", entity
/// the ordinal; errors likewise from "error". With `luck: own` the arm's name is added
/// ("service/candidate"). So arms that share luck meet the same slow requests.
struct ServiceDraws {
  private let plan: ServicePlan
  private let serviceKey: DrawKey
  private let errorKey: DrawKey
  private let sharesLuck: Bool
  private(set) var missingLatency = 0
  private(set) var negativeTimes = 0
  private(set) var cutTimes = 0
  private(set) var sent = 0

  /// Longer services are cut to it: 36.5 years.
  static let longest: Int64 = 1 << 60

  init(arm name: String, plan: ServicePlan, seed: UInt64) {
    precondition(plan.errorRate >= 0 && plan.errorRate <= 1, "error rate \(plan.errorRate)")
    self.plan = plan
    sharesLuck = plan.luck == .shared
    let suffix = sharesLuck ? "" : "/\(name)"
    serviceKey = DrawKey(seed: seed, StreamName("service\(suffix)"))
    errorKey = DrawKey(seed: seed, StreamName("error\(suffix)"))
  }

  /// Writes the service times and, where served, the fates of the rows whose `sent` is not 0 into the
  /// columns of `arm`. A time of -1 says that it is missing.
  mutating func plan(
    _ admission: borrowing Admission, arm: Int, into blocks: borrowing OpenBlocks,
    _ scratch: inout DrawScratch
  ) {
    let place = blocks.place(arm: arm, row: blocks.firstRow(ofBlock: admission.block))
    scratch.select(admission, arm: arm)
    sent += scratch.rows.count
    switch plan.time {
    case .drawn(let distribution): draw(distribution, admission, place, blocks, &scratch)
    case .logged(let scale): scaleLogged(scale, admission, place, blocks, &scratch)
    }
    planFates(admission, place, blocks, &scratch)
  }

  private mutating func draw(
    _ distribution: Distribution, _ admission: borrowing Admission, _ place: Int,
    _ blocks: borrowing OpenBlocks, _ scratch: inout DrawScratch
  ) {
    if case .constant(let seconds) = distribution {
      for row in scratch.rows { blocks.services[place + Int(row)] = nanoseconds(seconds) }
      return
    }
    scratch.drawUnits(serviceKey, admission.firstOrdinal, sharing: sharesLuck)
    BlockDraws.quantile(distribution, inPlace: &scratch.units)
    write(scratch.rows, scratch.units, place, blocks)
  }

  private mutating func write(
    _ rows: [Int32], _ seconds: [Double], _ place: Int, _ blocks: borrowing OpenBlocks
  ) {
    for index in rows.indices {
      blocks.services[place + Int(rows[index])] = nanoseconds(seconds[index])
    }
  }

  private mutating func scaleLogged(
    _ scale: Double, _ admission: borrowing Admission, _ place: Int,
    _ blocks: borrowing OpenBlocks, _ scratch: inout DrawScratch
  ) {
    for row in scratch.rows {
      let logged = admission.loggedLatencies[Int(row)]
      if logged < 0 {
        missingLatency += 1
        blocks.services[place + Int(row)] = -1
      } else {
        let isWhole = scale == 1 && logged <= Self.longest
        blocks.services[place + Int(row)] = isWhole ? logged : rounded(Double(logged) * scale)
      }
    }
  }

  private mutating func planFates(
    _ admission: borrowing Admission, _ place: Int, _ blocks: borrowing OpenBlocks,
    _ scratch: inout DrawScratch
  ) {
    for row in scratch.rows { blocks.fates[place + Int(row)] = .answered }
    if plan.errorRate > 0 {
      scratch.drawUnits(errorKey, admission.firstOrdinal, sharing: false)
      for (row, unit) in zip(scratch.rows, scratch.units) where unit < plan.errorRate {
        blocks.fates[place + Int(row)] = .failed
      }
    }
    guard case .logged = plan.time else { return }
    for row in scratch.rows where blocks.services[place + Int(row)] < 0 {
      blocks.fates[place + Int(row)] = .failed
    }
  }

  @inline(__always) private mutating func nanoseconds(_ seconds: Double) -> Int64 {
    rounded(seconds * 1e9)
  }

  /// The nearest whole number, ties to even, at least 0 and at most `longest`.
  @inline(__always) private mutating func rounded(_ value: Double) -> Int64 {
    if value >= 0 && value < 0x1p51 { return Int64((value + 0x1p52) - 0x1p52) }
    return roundedAtTheEdge(value)
  }

  @inline(never) private mutating func roundedAtTheEdge(_ value: Double) -> Int64 {
    if value < 0 {
      negativeTimes += 1
      return 0
    }
    if value <= Double(Self.longest) { return Int64(value.rounded(.toNearestOrEven)) }
    cutTimes += 1
    return Self.longest
  }
}

/// What a block brings along when it is admitted.
struct Admission {
  var block: Int
  var firstOrdinal: UInt64
  var count: Int
  var capacity: Int
  var loggedLatencies: [Int64]
  /// Arm-major, `[arm * capacity + row]`; 0 is not sent.
  var sent: [UInt8]
}

/// Reused from arm to arm and block to block, so that drawing allocates nothing.
struct DrawScratch {
  /// The rows that were sent to the arm, ascending.
  private(set) var rows: [Int32] = []
  /// One uniform for each of `rows`.
  var units: [Double] = []
  /// The uniforms of all rows of the block in the shared stream, once drawn.
  private var shared: [Double] = []
  private var sharedIsDrawn = false
  private var count = 0

  mutating func begin(_ admission: borrowing Admission) {
    sharedIsDrawn = false
    count = admission.count
  }

  mutating func select(_ admission: borrowing Admission, arm: Int) {
    rows.removeAll(keepingCapacity: true)
    let start = arm * admission.capacity
    for row in 0..<admission.count where admission.sent[start + row] != 0 {
      rows.append(Int32(truncatingIfNeeded: row))
    }
  }

  /// Sets `units` to the uniforms of the selected rows.
  mutating func drawUnits(_ key: DrawKey, _ firstOrdinal: UInt64, sharing: Bool) {
    if sharing && !sharedIsDrawn && 2 * rows.count >= count {
      resize(&shared, count)
      BlockDraws.fill(&shared, key, firstEntity: firstOrdinal)
      sharedIsDrawn = true
    }
    resize(&units, rows.count)
    if sharing && sharedIsDrawn {
      for index in rows.indices { units[index] = shared[Int(rows[index])] }
    } else if rows.count == count {
      BlockDraws.fill(&units, key, firstEntity: firstOrdinal)
    } else {
      let words = key.words
      for index in rows.indices {
        let entity = firstOrdinal &+ UInt64(truncatingIfNeeded: rows[index])
        units[index] = BlockDraws.unit(entity, words.x, words.y)
      }
    }
  }

  private func resize(_ values: inout [Double], _ size: Int) {
    if values.count > size { values.removeLast(values.count - size) }
    while values.count < size { values.append(0) }
  }
}
