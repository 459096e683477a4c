import Probability
import Traffic

/// The luck of an arm's requests: how long each takes and whether it ends in an error.
///
/// A request's service time is the arm's quantile at the request's uniform: stream "service", entity
/// the ordinal; errors likewise from "error". With `luck: own` the arm's name is added
/// ("service/candidate"). So arms that share luck meet the same slow requests.
struct ServiceDraws {
  private let plan: ServicePlan
  private let services: LuckStream
  private let errors: LuckStream
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
    services = LuckStream(seed: seed, StreamName("service\(suffix)"))
    errors = LuckStream(seed: seed, StreamName("error\(suffix)"))
  }

  /// Writes the service times and, where served, the fates of the rows whose `sent` is not 0 into the
  /// columns of `arm`. A time of -1 says that it is missing.
  mutating func plan(
    _ admission: borrowing Admission, arm: Int, into blocks: borrowing OpenBlocks,
    _ luck: inout LuckColumns
  ) {
    let place = blocks.place(arm: arm, row: blocks.firstRow(ofBlock: admission.block))
    luck.select(admission.sent, arm: arm, capacity: admission.capacity)
    sent += luck.rows.count
    if plan.language != nil {
      planFates(admission, place, blocks, &luck)
      return
    }
    switch plan.time {
    case .drawn(let distribution): draw(distribution, admission, place, blocks, &luck)
    case .logged(let scale): scaleLogged(scale, admission, place, blocks, &luck)
    case .sized(let time): multiply(time.noise, arm, admission, place, blocks, &luck)
    }
    planFates(admission, place, blocks, &luck)
  }

  private mutating func draw(
    _ distribution: Distribution, _ admission: borrowing Admission, _ place: Int,
    _ blocks: borrowing OpenBlocks, _ luck: inout LuckColumns
  ) {
    if case .constant(let seconds) = distribution {
      for row in luck.rows { blocks.services[place + Int(row)] = nanoseconds(seconds) }
      return
    }
    luck.drawUnits(services, admission.firstOrdinal, sharing: sharesLuck)
    luck.replaceUnits(by: distribution)
    write(luck.rows, luck.values, place, blocks)
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
    _ blocks: borrowing OpenBlocks, _ luck: inout LuckColumns
  ) {
    precondition(
      admission.loggedLatencies.count >= admission.count,
      "\(admission.loggedLatencies.count) logged latencies for \(admission.count) rows")
    for row in luck.rows {
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

  private mutating func multiply(
    _ noise: Distribution, _ arm: Int, _ admission: borrowing Admission, _ place: Int,
    _ blocks: borrowing OpenBlocks, _ luck: inout LuckColumns
  ) {
    luck.drawUnits(services, admission.firstOrdinal, sharing: sharesLuck)
    luck.replaceUnits(by: noise)
    for index in luck.rows.indices {
      let row = Int(luck.rows[index])
      let base = admission.sizedTime(arm: arm, row: row)
      if base < 0 {
        missingLatency += 1
        blocks.services[place + row] = -1
      } else {
        blocks.services[place + row] = rounded(Double(base) * luck.values[index])
      }
    }
  }

  private mutating func planFates(
    _ admission: borrowing Admission, _ place: Int, _ blocks: borrowing OpenBlocks,
    _ luck: inout LuckColumns
  ) {
    for row in luck.rows { blocks.fates[place + Int(row)] = .answered }
    if plan.errorRate > 0 {
      luck.drawUnits(errors, admission.firstOrdinal, sharing: false)
      for (row, unit) in zip(luck.rows, luck.values) where unit < plan.errorRate {
        blocks.fates[place + Int(row)] = .failed
      }
    }
    if case .drawn = plan.time { return }
    if plan.language != nil { return }
    for row in luck.rows where blocks.services[place + Int(row)] < 0 {
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
  /// `SizedTimes.bases`; empty where no arm's time follows the request.
  var sizedTimes: [Int64] = []
  /// Arm-major, `[arm * capacity + row]`; 0 is not sent.
  var sent: [UInt8]
  var tokens: RequestTokens
  /// Of the rows; empty where each request is a unit of its own.
  var units: [UInt64] = []
  /// Of the rows, below 16; empty where the arm's client says it.
  var priorities: [UInt8] = []

  @inline(__always) func unit(ofRow row: Int) -> UInt64 {
    row < units.count ? units[row] : firstOrdinal &+ UInt64(row)
  }

  @inline(__always) func loggedLatency(ofRow row: Int) -> Int64 {
    row < loggedLatencies.count ? loggedLatencies[row] : -1
  }

  /// Nanoseconds without noise; -1 where the request lacks a column.
  @inline(__always) func sizedTime(arm: Int, row: Int) -> Int64 {
    let place = arm * capacity + row
    return place < sizedTimes.count ? sizedTimes[place] : -1
  }

  @inline(__always) func priority(ofRow row: Int) -> UInt8? {
    row < priorities.count ? min(15, priorities[row]) : nil
  }
}
