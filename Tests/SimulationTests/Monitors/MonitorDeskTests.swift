import Models
import Probability
import Simulation
import Testing
import Traffic

@Suite("Monitors") struct MonitorDeskTests {
  @Test(
    "see each fact when it is known, in that order, and lost labels never", arguments: 1...8,
    [1, 7, 64])
  func order(seed: Int, blockSize: Int) {
    let facts = Facts(seed: UInt64(seed))
    #expect(facts.events(blockSize: blockSize) == facts.expectedEvents)
    #expect(!facts.expectedEvents.isEmpty)
  }

  @Test("no alarm on an error comes before the label that it rests on")
  func labelsFirst() throws {
    var play = Play(arms: ["production"], task: Play.binary, metrics: [.accuracy])
    play.ledger.labels.delay = .constant(3600)
    play.ledger.monitors = [
      MonitorPlan(
        name: "errors", detector: .pageHinkley(delta: 0.005, threshold: 5), arm: "production",
        signal: .error)
    ]
    // Right for 100 seconds, wrong for the next 100.
    play.traffic.rows = (0..<200).map { second in
      TableTraffic.Row(
        time: .seconds(Double(second)), label: second < 100 ? 1 : 0, logged: [0.9])
    }
    let events = try play.findings().events
    let alarm = try #require(events.first)
    #expect(alarm.time.nanoseconds > 3_700 * 1_000_000_000)
    #expect(alarm.time.nanoseconds < 3_800 * 1_000_000_000)
    play.ledger.labels.lost = 1
    #expect(try play.findings().events.isEmpty)
  }

  @Test("a request that the model did not answer is no error")
  func unanswered() throws {
    var play = Play(arms: ["production"], task: Play.binary, metrics: [.accuracy])
    play.ledger.monitors = [
      MonitorPlan(
        name: "errors", detector: .pageHinkley(delta: 0.005, threshold: 2), arm: "production",
        signal: .error)
    ]
    play.traffic.rows = (0..<200).map { second in
      TableTraffic.Row(
        time: .seconds(Double(second)), label: 1, logged: [second < 100 ? 0.9 : .nan])
    }
    #expect(try play.findings().events.isEmpty)
  }
}

/// Random outcomes of two arms, and what detectors say that are shown them sorted by when each is known.
private struct Facts {
  let plans: [MonitorPlan]
  let arms: [ArmPlan]
  var arrivals: [SimulatedTime] = []
  var labels: [Float] = []
  var labelTimes: [SimulatedTime] = []
  /// By arm.
  var scores: [[Double]] = [[], []]
  var fates: [[Fate]] = [[], []]
  var latencies: [[Int64]] = [[], []]

  init(seed: UInt64) {
    arms = ["a", "b"].map { ArmPlan(name: $0, model: .column(name: $0, output: .probability)) }
    plans = arms.flatMap { arm in
      MonitorPlan.Signal.allCases.map { signal in
        MonitorPlan(
          name: "\(arm.name) \(signal)", detector: .pageHinkley(delta: 0.005, threshold: 3),
          arm: arm.name, signal: signal)
      }
    }
    var luck = RandomStream(seed: seed, StreamName("test/facts"), entity: 0)
    var now: Int64 = 0
    for _ in 0..<400 {
      // Small whole times, so that many facts are known at once.
      now += Int64(luck.below(3))
      arrivals.append(SimulatedTime(nanoseconds: now))
      labels.append(luck.below(5) == 0 ? .nan : Float(luck.below(2)))
      labelTimes.append(SimulatedTime(nanoseconds: now + Int64(luck.below(60))))
      for arm in 0..<2 {
        scores[arm].append(luck.below(9) == 0 ? .nan : luck.nextUnit())
        fates[arm].append(Fate.allCases[Int(luck.below(5))])
        latencies[arm].append(Int64(luck.below(40)))
      }
    }
  }

  func events(blockSize: Int) -> [EventFinding] {
    var desk = MonitorDesk(plans: plans, arms: arms)
    let schema = TrafficSchema(features: [], label: .classes(names: ["0", "1"]))
    for start in stride(from: 0, to: arrivals.count, by: blockSize) {
      let rows = start..<min(arrivals.count, start + blockSize)
      var requests = RequestBlock(schema: schema, capacity: blockSize)
      var outcomes = BlockOutcomes(armCount: 2, capacity: blockSize)
      requests.count = rows.count
      requests.firstOrdinal = UInt64(start)
      outcomes.count = rows.count
      outcomes.firstOrdinal = UInt64(start)
      requests.arrivals.replaceSubrange(0..<rows.count, with: arrivals[rows])
      var blocks: [ScoreBlock] = []
      var columns: [AnswerColumns] = []
      for arm in 0..<2 {
        let places = arm * blockSize..<arm * blockSize + rows.count
        outcomes.fates.replaceSubrange(places, with: fates[arm][rows])
        outcomes.latencies.replaceSubrange(places, with: latencies[arm][rows])
        var block = ScoreBlock(width: 1, capacity: blockSize)
        block.count = rows.count
        block.values.replaceSubrange(0..<rows.count, with: scores[arm][rows])
        var column = AnswerColumns(metrics: [], options: MetricOptions(), capacity: blockSize)
        column.fill(
          scores: block, output: .probability, labels: Array(labels[rows]),
          fates: outcomes.fates[places], latencies: outcomes.latencies[places])
        blocks.append(block)
        columns.append(column)
      }
      desk.observe(
        requests, columns: columns, scores: blocks, labels: Array(labels[rows]),
        labelTimes: Array(labelTimes[rows]), outcomes: outcomes, isRegression: false)
    }
    desk.drain()
    return desk.events
  }

  private struct Fact {
    var time: Int64
    var row: Int
    var watch: Int
    var value: Double
  }

  private var sorted: [Fact] {
    var facts: [Fact] = []
    for (watch, plan) in plans.enumerated() {
      let arm = plan.arm == "a" ? 0 : 1
      for row in arrivals.indices where fates[arm][row] == .answered {
        let answered = arrivals[row].nanoseconds + latencies[arm][row]
        let score = scores[arm][row]
        switch plan.signal {
        case .latency:
          facts.append(
            Fact(time: answered, row: row, watch: watch, value: Double(latencies[arm][row]) / 1e6))
        case .score where !score.isNaN:
          facts.append(Fact(time: answered, row: row, watch: watch, value: score))
        case .error where !score.isNaN && !labels[row].isNaN:
          let isRight = (score >= 0.5) == (labels[row] == 1)
          facts.append(
            Fact(
              time: max(answered, labelTimes[row].nanoseconds), row: row, watch: watch,
              value: isRight ? 0 : 1))
        default: break
        }
      }
    }
    return facts.sorted { ($0.time, $0.row, $0.watch) < ($1.time, $1.row, $1.watch) }
  }

  var expectedEvents: [EventFinding] {
    var detectors = plans.map { _ in PageHinkley(delta: 0.005, threshold: 3) }
    var seen = plans.map { _ in 0 }
    var events: [EventFinding] = []
    for fact in sorted {
      seen[fact.watch] += 1
      guard detectors[fact.watch].update(fact.value) else { continue }
      let plan = plans[fact.watch]
      events.append(
        EventFinding(
          time: SimulatedTime(nanoseconds: fact.time), kind: "alarm", source: plan.name,
          detail: "\(plan.arm), \(plan.signal.rawValue), after \(seen[fact.watch]) observations"))
    }
    return events
  }
}
