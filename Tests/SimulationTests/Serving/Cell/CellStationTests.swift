import Probability
import Simulation
import Testing
import Traffic

@Suite("Stations of a cell") struct CellStationTests {
  private func batching(
    _ largest: Int, wait: Int64, _ time: BatchPlan.BatchTime = .slowest, preferred: [Int] = []
  ) -> ServicePlan {
    logged {
      var batch = BatchPlan(largest: largest, longestWait: nanoseconds(wait), time: time)
      batch.preferred = preferred
      $0.station.batch = batch
    }
  }

  @Test("a batch starts when its oldest request has waited long enough")
  func batchWait() {
    let rows = CellRun(batching(4, wait: 10), times: [0, 1, 2], lengths: [5, 6, 7]).rows()
    #expect(rows == [10, 9, 8].map { answered(wait: $0, service: 7) })
  }

  @Test("a full batch starts at once, and takes no more than it holds")
  func fullBatch() {
    let rows = CellRun(batching(2, wait: 10), times: [0, 1, 2], lengths: [5, 6, 7]).rows()
    #expect(rows[0] == answered(wait: 1, service: 6))
    #expect(rows[1] == answered(wait: 0, service: 6))
    #expect(rows[2] == answered(wait: 10, service: 7))
  }

  @Test("who comes while a batch is served forms the next one")
  func nextBatch() {
    let rows = CellRun(batching(4, wait: 0), times: [0, 1, 2, 3], lengths: [9, 5, 6, 2]).rows()
    #expect(rows.map(\.wait) == [0, 8, 7, 6])
    #expect(rows.map(\.service) == [9, 6, 6, 6])
  }

  @Test("a batch takes the slowest, the sum, or a factor of its size")
  func batchTimes() {
    let times: [Int64] = [0, 0, 0]
    let points = [(1, 1.0), (2, 1.5)].map { BatchPlan.CurvePoint(size: $0.0, factor: $0.1) }
    for (time, expected) in [
      (BatchPlan.BatchTime.slowest, Int64(7)), (.sum, 16), (.curve(points), 8),
    ] {
      let run = CellRun(batching(3, wait: 9, time), times: times, lengths: [4, 5, 7])
      #expect(run.rows().map(\.service) == [expected, expected, expected])
      let facts = run.result().facts[0]
      #expect(facts.busyArea == Int128(expected) && facts.servingArea == 3 * Int128(expected))
    }
  }

  @Test("a preferred size starts at once, the largest that is not above those who wait")
  func preferred() {
    let plan = batching(8, wait: 100, preferred: [2, 4])
    let rows = CellRun(plan, times: [0, 1, 2, 3, 4, 5, 6], lengths: [9, 9, 9, 9, 9, 9, 9]).rows()
    // Two start at 1; of the five who wait at 10, four start; the last when it has waited 100.
    #expect(rows.map(\.wait) == [1, 0, 8, 7, 6, 5, 100])
  }

  @Test("who gives up in a batch leaves it; the batch goes on")
  func batchTimeout() {
    var plan = batching(2, wait: 5)
    plan.timeout = nanoseconds(8)
    let run = CellRun(plan, times: [0, 2], lengths: [7, 3])
    #expect(run.rows()[0] == OutcomeRow(fate: .timedOut, wait: 2, service: 6, latency: 8))
    #expect(run.rows()[1] == answered(wait: 0, service: 7))
  }

  @Test("the last in line goes first, if so planned")
  func lifo() {
    let plan = logged { $0.station.discipline = .lifo }
    let rows = CellRun(plan, times: [0, 1, 2, 3], lengths: [10, 1, 1, 1]).rows()
    #expect(rows.map(\.wait) == [0, 11, 9, 7])
  }

  @Test("the most urgent goes first, equals in order")
  func priority() {
    var run = CellRun(
      logged { $0.station.discipline = .priority }, times: [0, 1, 2, 3, 4],
      lengths: [10, 1, 1, 1, 1])
    run.priorities = [5, 5, 3, 5, 0]
    #expect(run.rows().map(\.wait) == [0, 11, 9, 10, 6])
  }

  @Test("the earliest deadline goes first")
  func deadline() {
    var patient = logged { $0.station.discipline = .deadline }
    patient.timeout = nanoseconds(100)
    let urgent = logged {
      $0.sharedWith = "arm0"
      $0.timeout = nanoseconds(50)
    }
    var run = CellRun(patient, times: [0, 1], lengths: [10, 10])
    run.services = [patient, urgent]
    let rows = run.result().rows
    // Arm 0 at 0, then the urgent ones of 0 and 1, then the patient one of 1.
    #expect(rows[0].map(\.wait) == [0, 29])
    #expect(rows[1].map(\.wait) == [10, 19])
  }

  @Test("processors are shared evenly")
  func sharing() {
    let plan = logged { $0.station.discipline = .processorSharing }
    #expect(CellRun(plan, times: [0, 0], lengths: [10, 10]).rows().map(\.latency) == [20, 20])
    #expect(CellRun(plan, times: [0, 5], lengths: [10, 10]).rows().map(\.latency) == [15, 15])
    #expect(
      CellRun(plan, times: [0, 2, 4], lengths: [20, 4, 4]).rows().map(\.latency) == [28, 11, 11])
  }

  @Test("a share goes to those who stay when one gives up")
  func sharedTimeout() {
    let plan = logged {
      $0.station.discipline = .processorSharing
      $0.timeout = nanoseconds(12)
    }
    // Until 12 both have had six; then the second alone.
    let rows = CellRun(plan, times: [0, 0], lengths: [20, 7]).rows()
    #expect(rows[0] == OutcomeRow(fate: .timedOut, wait: 0, service: 12, latency: 12))
    #expect(rows[1] == OutcomeRow(fate: .timedOut, wait: 0, service: 12, latency: 12))
    let other = CellRun(plan, times: [0, 4], lengths: [20, 6]).rows()
    // Four alone, then four each until 12; two are left of the second, alone.
    #expect(other[1] == answered(wait: 0, service: 10))
  }

  @Test("in turn, each replica has a queue of its own")
  func roundRobin() {
    let plan = logged(replicas: 2) { $0.station.balancing = .roundRobin }
    let rows = CellRun(plan, times: [0, 1, 2, 3], lengths: [100, 1, 1, 1]).rows()
    #expect(rows.map(\.wait) == [0, 0, 98, 0])
  }

  @Test("the least loaded replica is chosen, the first of equals")
  func leastLoaded() {
    for balancing in [StationPlan.Balancing.leastLoaded, .choices(40)] {
      let plan = logged(replicas: 2) { $0.station.balancing = balancing }
      let rows = CellRun(plan, times: [0, 1, 2, 3], lengths: [100, 50, 1, 1]).rows()
      if balancing == .leastLoaded { #expect(rows.map(\.wait) == [0, 0, 98, 48]) }
      #expect(rows[0].wait == 0 && rows[1].wait == 0)
    }
  }

  @Test("a unit stays with its replica, and units spread")
  func sticky() {
    let plan = logged(replicas: 4) { $0.station.balancing = .sticky }
    var run = CellRun(
      plan, times: Array(repeating: 0, count: 64), lengths: Array(repeating: 10, count: 64))
    run.units = (0..<64).map { _ in 7 }
    #expect(run.rows().map(\.wait) == (0..<64).map { Int64(10 * $0) })
    run.units = (0..<64).map { UInt64($0) }
    let starts = run.rows().count { $0.wait == 0 }
    #expect(starts == 4)
    #expect((run.rows().map(\.wait).max() ?? 0) < 300)
  }

  @Test("a full queue sheds the newest, the oldest or the least urgent")
  func shedding() {
    for (shedding, expected) in [
      (StationPlan.Shedding.newest, [Fate.answered, .answered, .answered, .shed]),
      (.oldest, [.answered, .shed, .answered, .answered]),
      (.leastUrgent, [.answered, .answered, .shed, .answered]),
    ] {
      let plan = logged {
        $0.queueLimit = 2
        $0.station.shedding = shedding
      }
      var run = CellRun(plan, times: [0, 1, 2, 3], lengths: [10, 1, 1, 1])
      run.priorities = [0, 1, 2, 1]
      #expect(run.rows().map(\.fate) == expected, "\(shedding)")
    }
  }

  @Test("a replica that is switched off needs its set-up")
  func setUp() {
    let plan = logged { $0.station.setUp = always(5) }
    let rows = CellRun(plan, times: [0, 12, 30], lengths: [10, 10, 10]).rows()
    #expect(rows.map(\.wait) == [5, 3, 5])
  }
}
