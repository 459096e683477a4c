import Probability
import Simulation
import Testing

@Suite("Causes of latency in a cell") struct CellCauseTests {
  private func total(_ run: CellRun) throws -> LatencyCauses.Sums {
    try #require(run.result().causes[0]).total
  }

  private func batching(_ largest: Int, wait: Int64) -> ServicePlan {
    logged {
      $0.station.batch = BatchPlan(
        largest: largest, longestWait: nanoseconds(wait), time: .slowest)
    }
  }

  @Test("who waits for a batch to fill beside an idle replica waits for the batch")
  func openBatch() throws {
    let sums = try total(CellRun(batching(4, wait: 10), times: [0, 1, 2], lengths: [5, 6, 7]))
    // They wait 10, 9 and 8 and are served for 7 each.
    #expect(sums.batch == 27 && sums.queue == 0 && sums.service == 21 && sums.latency == 48)
  }

  @Test("while all replicas are busy it is the queue that is waited in")
  func busyThenOpen() throws {
    let sums = try total(CellRun(batching(2, wait: 10), times: [0, 1, 2], lengths: [5, 6, 7]))
    // The first waits 1 for the second; the third waits from 2 to 7 for the replica and to 12 for others.
    #expect(sums.batch == 1 + 5 && sums.queue == 5 && sums.service == 6 + 6 + 7)
  }

  @Test("time before the attempt that was answered is the retry's, whatever it was spent on")
  func retry() throws {
    let plan = logged {
      $0.timeout = nanoseconds(10)
      $0.client.retry = RetryPlan(attempts: 2, delay: .drawn(always(5)))
    }
    let sums = try total(CellRun(plan, times: [0, 1], lengths: [8, 9]))
    // The second waits from 1, times out at 11 and is served from 16 to 25.
    #expect(sums.retry == 15 && sums.queue == 0 && sums.service == 17 && sums.stations == 0)
  }

  @Test("queues and services of other stations are theirs, own ones count every pass")
  func stations() throws {
    var run = CellRun(
      logged { $0.route = [.visit("store"), .own(again: 0)] }, times: [0, 0], lengths: [7, 7])
    run.stations = [NamedStation(name: "store", service: ServicePlan(time: .drawn(always(3))))]
    // At the store from 0 to 3 and from 0 to 6; served from 3 to 10 and from 10 to 17.
    let sums = try total(run)
    #expect(sums.stations == 9 && sums.queue == 4 && sums.service == 14 && sums.latency == 27)
  }

  @Test("what a failed replica had begun counts as waiting")
  func requeued() throws {
    let plan = logged {
      $0.station.failures = [
        .outages(.at([nanoseconds(4)]), lasting: always(6), share: 1)
      ]
      $0.station.onFailure = .requeue
    }
    let sums = try total(CellRun(plan, times: [0], lengths: [9]))
    #expect(sums.queue == 10 && sums.service == 9 && sums.latency == 19)
  }

  @Test("the slowest hundredth: whole buckets, and the last one in proportion")
  func slowest() throws {
    var causes = LatencyCauses()
    for _ in 0..<3_000 { causes.add(LatencyParts(queue: 10, service: 30), latency: 40) }
    for _ in 0..<20 { causes.add(LatencyParts(queue: 900, service: 100), latency: 1_000) }
    // 30 of 3,020: the twenty, and ten of the rest.
    #expect(causes.meanOfSlowest { $0.queue } == 18_100 / 30.0)
    #expect(causes.meanOfSlowest { $0.latency } == 20_400 / 30.0)
    #expect(causes.mean { $0.service } == 92_000 / 3_020.0)
    var few = LatencyCauses()
    for _ in 0..<1_999 { few.add(LatencyParts(service: 5), latency: 5) }
    #expect(few.meanOfSlowest { $0.service } == nil)
    few.add(LatencyParts(service: 5), latency: 5)
    #expect(few.meanOfSlowest { $0.service } == 5)
  }
}
