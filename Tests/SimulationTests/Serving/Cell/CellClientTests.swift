import Probability
import Simulation
import Testing
import Traffic

@Suite("Clients of a cell") struct CellClientTests {
  private func retrying(
    _ attempts: Int = 2, timeout: Int64 = 10, after delay: Double = 5,
    _ change: (inout ServicePlan) -> Void = { _ in }
  ) -> ServicePlan {
    logged {
      $0.timeout = nanoseconds(timeout)
      $0.client.retry = RetryPlan(attempts: attempts, delay: .drawn(always(delay)))
      change(&$0)
    }
  }

  @Test("a retry is sent its delay after the time-out, and its answer counts")
  func retry() {
    let rows = CellRun(retrying(), times: [0, 1], lengths: [8, 9]).rows()
    #expect(rows[0] == answered(wait: 0, service: 8))
    // It waits until 8, times out at 11 and is served anew from 16 to 25.
    #expect(rows[1] == answered(wait: 15, service: 9))
  }

  @Test("attempts that all time out end with the last one")
  func lastTimeout() {
    let run = CellRun(retrying(), times: [0], lengths: [12])
    #expect(run.rows() == [OutcomeRow(fate: .timedOut, wait: 15, service: 10, latency: 25)])
    let attempts = run.attempts()
    #expect(attempts.first == 1 && attempts.retries == 1 && attempts.timedOut == 2)
  }

  @Test("an attempt that is not cancelled goes on, and its answer is late")
  func late() {
    let plan = retrying {
      $0.timeoutCancels = false
      $0.replicas = 2
    }
    let run = CellRun(plan, times: [0], lengths: [12])
    // The retry, sent at 15, is given up at 25 and would have been answered at 27.
    #expect(run.rows() == [OutcomeRow(fate: .timedOut, wait: 15, service: 12, latency: 25)])
    #expect(run.attempts().late == 2)
    #expect(run.result().facts[0].servingSum == 24)
  }

  @Test("a deadline holds for all attempts together")
  func deadline() {
    let plan = retrying(9) { $0.client.deadline = nanoseconds(32) }
    let run = CellRun(plan, times: [0], lengths: [12])
    // Attempts from 0, 15 and 30; the last has two nanoseconds.
    #expect(run.rows() == [OutcomeRow(fate: .timedOut, wait: 30, service: 2, latency: 32)])
    #expect(run.attempts().retries == 2)
  }

  @Test("delays double, up to the longest, without jitter")
  func backoff() {
    let plan = retrying(5) {
      $0.client.retry?.delay = .backoff(
        .init(first: nanoseconds(2), longest: nanoseconds(7), jitter: .none))
    }
    // Time-outs at 10, 22, 36, 53, 70: after 2, 4, 7 and 7.
    #expect(CellRun(plan, times: [0], lengths: [12]).rows()[0].latency == 70)
  }

  @Test("jittered delays stay in their ranges", arguments: RetryPlan.Jitter.allCases)
  func jitter(kind: RetryPlan.Jitter) {
    let plan = retrying(2, timeout: 1) {
      $0.replicas = 500
      $0.client.retry?.delay = .backoff(
        .init(first: nanoseconds(1_000), longest: nanoseconds(10_000), jitter: kind))
    }
    let count = 400
    let rows = CellRun(
      plan, times: Array(repeating: 0, count: count), lengths: Array(repeating: 5, count: count)
    ).rows()
    let delays = rows.map { $0.latency - 2 }
    let range: ClosedRange<Int64> =
      switch kind {
      case .none: 1_000...1_000
      case .full: 0...1_000
      case .equal: 500...1_000
      case .decorrelated: 1_000...3_000
      }
    #expect(delays.allSatisfy { range.contains($0) })
    let mean = Double(delays.reduce(0, +)) / Double(count)
    let middle = Double(range.lowerBound + range.upperBound) / 2
    let width = Double(range.upperBound - range.lowerBound)
    // Five standard errors of a uniform mean.
    #expect(abs(mean - middle) <= 5 * width / (12 * Double(count)).squareRoot() + 0.5)
  }

  @Test("a budget by tokens stops retries at half")
  func tokens() {
    let plan = logged {
      $0.errorRate = 1
      $0.client.retry = RetryPlan(
        attempts: 9, delay: .drawn(always(1)), budget: .tokens(most: 4, perSuccess: 0.1))
    }
    let attempts = CellRun(plan, times: [0], lengths: [3]).attempts()
    #expect(attempts.retries == 1 && attempts.unaffordable == 1 && attempts.failed == 2)
  }

  @Test("a budget is earned by first attempts: ten tenths are one")
  func earned() {
    let plan = logged {
      $0.errorRate = 1
      $0.client.retry = RetryPlan(
        attempts: 2, delay: .drawn(always(1)),
        budget: .earned(share: 0.1, perSecond: 0, burst: 10))
    }
    let times = (0..<30).map { Int64(10 * $0) }
    let attempts = CellRun(plan, times: times, lengths: times.map { _ in 3 }).attempts()
    #expect(attempts.retries == 3 && attempts.unaffordable == 27)
  }

  @Test("a budget by the clock: one retry in ten nanoseconds")
  func clocked() {
    let plan = logged {
      $0.errorRate = 1
      $0.client.retry = RetryPlan(
        attempts: 2, delay: .drawn(always(1)),
        budget: .earned(share: 0, perSecond: 1e8, burst: 1))
    }
    // Failures at 2, 12, 13 and 22; a token at 10 and, since one was spent at 12, at 20.
    let run = CellRun(plan, times: [0, 10, 11, 20], lengths: [2, 2, 2, 2])
    #expect(run.attempts().retries == 2)
  }

  @Test("a budget by concurrency lets so many retries be in flight")
  func concurrent() {
    let plan = logged(replicas: 3) {
      $0.errorRate = 1
      $0.client.retry = RetryPlan(
        attempts: 2, delay: .drawn(always(1)), budget: .concurrent(share: 0, atLeast: 1))
    }
    #expect(CellRun(plan, times: [0, 0, 0], lengths: [3, 3, 3]).attempts().retries == 1)
  }

  @Test("a hedge on a faster replica wins, and the first attempt is taken back")
  func hedge() {
    let plan = logged(replicas: 2) {
      $0.station.speeds = [0.5, 2]
      $0.client.hedge = HedgePlan(after: nanoseconds(5))
    }
    let run = CellRun(plan, times: [0], lengths: [10])
    #expect(run.rows() == [answered(wait: 5, service: 5)])
    #expect(run.attempts().hedges == 1 && run.attempts().cancelled == 1)
    #expect(run.result().facts[0].servingSum == 15)
  }

  @Test("a hedge that is left to run keeps its replica")
  func unneeded() {
    let plan = logged(replicas: 2) {
      $0.client.hedge = HedgePlan(after: nanoseconds(5))
      $0.client.hedge?.cancelsOthers = false
    }
    let run = CellRun(plan, times: [0], lengths: [10])
    #expect(run.rows() == [answered(wait: 0, service: 10)])
    #expect(run.attempts().unneeded == 1 && run.attempts().late == 1)
    #expect(run.result().facts[0].servingSum == 20)
  }

  @Test("who runs out of patience leaves the queue")
  func patience() {
    let plan = logged { $0.client.patience = always(3) }
    let run = CellRun(plan, times: [0, 1, 9], lengths: [10, 5, 5])
    #expect(
      run.rows() == [
        answered(wait: 0, service: 10),
        OutcomeRow(fate: .abandoned, wait: 3, service: 0, latency: 3),
        answered(wait: 1, service: 5),
      ])
    #expect(run.result().facts[0].abandoned == 1)
  }

  @Test("a rate limit lets a burst pass, then one an interval")
  func rateLimit() {
    let plan = logged(replicas: 9) {
      $0.client.rateLimit = RateLimitPlan(perSecond: 1e8, burst: 2)
    }
    let run = CellRun(plan, times: [0, 1, 2, 10, 20, 21], lengths: [1, 1, 1, 1, 1, 1])
    #expect(
      run.rows().map(\.fate) == [.answered, .answered, .shed, .answered, .answered, .shed])
    #expect(run.attempts().refused == 2 && run.attempts().shed == 2)
  }

  @Test("a breaker opens on failures, probes after its rest, and closes or opens again")
  func breaker() {
    let plan = logged(replicas: 9) {
      $0.timeout = nanoseconds(5)
      $0.client.breaker = BreakerPlan(
        failureShare: 0.5, fewest: 2, window: nanoseconds(100), rest: nanoseconds(50))
    }
    // Time-outs at 5 and 15 open it until 65; the probe at 70 succeeds at 71.
    let good = CellRun(
      plan, times: [0, 10, 20, 64, 70, 70, 72], lengths: [9, 9, 1, 1, 1, 1, 1])
    #expect(
      good.rows().map(\.fate)
        == [.timedOut, .timedOut, .shed, .shed, .answered, .shed, .answered])
    // The probe at 70 fails at 75: open until 125.
    let bad = CellRun(plan, times: [0, 10, 70, 100, 125], lengths: [9, 9, 9, 1, 1])
    #expect(bad.rows().map(\.fate) == [.timedOut, .timedOut, .timedOut, .shed, .answered])
  }

  @Test("a breaker forgets what lies before its window")
  func breakerWindow() {
    let plan = logged(replicas: 9) {
      $0.timeout = nanoseconds(5)
      $0.client.breaker = BreakerPlan(
        failureShare: 0.5, fewest: 2, window: nanoseconds(20), rest: nanoseconds(50))
    }
    let run = CellRun(plan, times: [0, 30, 36], lengths: [9, 9, 1])
    #expect(run.rows().map(\.fate) == [.timedOut, .timedOut, .answered])
  }

  @Test("a shed request is retried when asked, and not otherwise")
  func retryShed() {
    let plan = logged {
      $0.queueLimit = 0
      $0.client.retry = RetryPlan(attempts: 2, delay: .drawn(always(9)))
    }
    let run = CellRun(plan, times: [0, 1], lengths: [8, 5])
    #expect(run.rows()[1] == answered(wait: 9, service: 5))
    var deaf = plan
    deaf.client.retry?.onShed = false
    #expect(CellRun(deaf, times: [0, 1], lengths: [8, 5]).rows()[1].fate == .shed)
  }
}
