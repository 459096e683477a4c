import Documents
import Models
import Probability
import Scenarios
import Simulation
import Statistics
import Synchronization
import Traffic

/// Runs an opened study: one timeline, or many with their distribution.
struct StudyRun {
  private let study: OpenedStudy
  private let options: Study.Options
  private let fingerprint: String
  private let isCancelled: @Sendable () -> Bool
  /// Whether the ledger keeps every value.
  var keepsOutcomes = false
  /// Takes down the requests of replication 0.
  var trace: TraceFile?

  init(
    _ study: OpenedStudy, options: Study.Options, fingerprint: String,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.study = study
    self.options = options
    self.fingerprint = fingerprint
    self.isCancelled = isCancelled
  }

  private var scenario: Scenario { study.scenario }

  func findings(progress: (Int) -> Void) throws(StudyError) -> StudyFindings {
    let (run, feed) = try self.run(0, threads: options.threads, progress: progress)
    let builder = FindingsBuilder(run)
    var findings = builder.findings(frame(feed))
    if scenario.replications > 1 {
      let first = ReplicationOutcome(findings.comparisons)
      findings.replications = try replications(first, progress: progress)
    }
    return findings
  }

  /// Plays replication `index` from the start of its traffic.
  func run(
    _ index: Int, threads: Int, progress: (Int) -> Void
  ) throws(StudyError) -> (Timeline.Run, TrafficFeed) {
    let seed = ReplicationSeed.of(index, study: scenario.seed)
    let feed = try StudyError.fromTraffic { () throws(TrafficError) in
      try TrafficFeed(
        scenario, directory: study.directory, spool: study.spool, labellers: study.labellers,
        seed: seed, trace: index == 0 ? trace : nil)
    }
    var plan = plan(index, seed: seed, threads: threads)
    plan.recorder = index == 0 ? feed.recorder : nil
    var timeline = Timeline(plan)
    return try play(&timeline, feed, progress: progress)
  }

  private func play(
    _ timeline: inout Timeline, _ feed: TrafficFeed, progress: (Int) -> Void
  ) throws(StudyError) -> (Timeline.Run, TrafficFeed) {
    var source: any TrafficSource = feed
    do {
      let run = try timeline.run(&source) { served in
        if isCancelled() { throw Interruption() }
        try trace?.check()
        progress(served)
      }
      try checkLaws(run)
      return (run, (source as? TrafficFeed) ?? feed)
    } catch let error as StudyError {
      throw error
    } catch let error as TrafficError {
      throw StudyError(error)
    } catch let error as StudyError {
      throw error
    } catch is Interruption {
      throw .interrupted
    } catch {
      throw StudyError(.fault, Diagnostic("a fault of ours: \(error)"))
    }
  }

  private struct Interruption: Error {}

  /// How long requests were at an arm is counted by its service and by the requests' own records; where the
  /// two are not the same to the nanosecond, something was lost or counted twice.
  private func checkLaws(_ run: Timeline.Run) throws(StudyError) {
    for (arm, law) in zip(run.ledger.plan.arms, run.littleLaws) {
      if let law, !law.holds { throw Self.fault(law, arm: arm.name) }
    }
  }

  static func fault(_ law: LittleLaw.Verdict, arm: String) -> StudyError {
    StudyError(
      .fault,
      Diagnostic(
        "a fault of ours: Little's law does not hold at \(arm): \(law.text)",
        help: "keep the scenario and tell its authors; no number of this run can be trusted"))
  }

  private func plan(_ index: Int, seed: UInt64, threads: Int) -> Timeline.Plan {
    var arms = scenario.arms
    var models = study.models
    let hasTwin = scenario.twinWithoutMirror
    var stations = scenario.stations
    if hasTwin {
      arms.append(arms[0])
      models.append(models[0])
      arms[arms.count - 1].service = arms[0].service?.renamingStations(Self.twinName(of:))
      let visited = arms[0].service?.stationNames ?? []
      stations += stations.filter { visited.contains($0.name) }
        .map { $0.twin(named: Self.twinName(of: $0.name)) }
    }
    var ledger = LedgerPlan(
      arms: arms, outputs: models.map(\.model.output), task: study.task,
      isSplit: scenario.deployment.isSplit, metrics: scenario.metrics,
      options: scenario.metricOptions, labels: scenario.labels, buckets: scenario.buckets,
      schema: study.schema, monitors: scenario.monitors)
    ledger.hasTwin = hasTwin
    ledger.keepsOutcomes = keepsOutcomes
    // Replications have their intervals from each other.
    if index == 0 {
      ledger.steadyGrounds = LoadPlan(
        arms: scenario.arms, stations: stations, deployment: scenario.deployment,
        rate: scenario.traffic.rate
      ).steadyGrounds(of: scenario.traffic, isSparing: scenario.mirrorSparing != nil)
    }
    ledger.splitsRequests = scenario.deployment.splitsRequests
    var plan = Timeline.Plan(
      ledger: ledger, deployment: scenario.deployment, models: models.map(\.model),
      columns: models.map(\.columns), seed: seed)
    plan.stations = stations
    plan.sparing = scenario.mirrorSparing
    plan.ties = scenario.shufflesTies ? .shuffled(seed: seed) : .scheduled
    plan.pacing = scenario.pacing
    plan.replication = index
    plan.blockSize = options.blockSize
    plan.threads = threads
    return plan
  }

  /// No scenario can name a station so.
  private static func twinName(of station: String) -> String { "\(station)\u{0}twin" }

  private func frame(_ feed: TrafficFeed) -> FindingsBuilder.Frame {
    FindingsBuilder.Frame(
      title: scenario.title, fingerprint: fingerprint, seed: scenario.seed,
      deployment: scenario.deployment, comparisons: scenario.comparisons, gates: scenario.gates,
      models: study.models.map(\.model.summary), trafficCounts: feed.counts, shifts: feed.truth,
      assumedZone: feed.assumedZone, schema: feed.schema, segmentValues: feed.segmentValues)
  }

  // MARK: Replications

  /// Replications 1..<R on all threads, joined by their index.
  private func replications(
    _ first: ReplicationOutcome, progress: (Int) -> Void
  ) throws(StudyError) -> ReplicationFindings {
    let rest = ReplicationTable(count: scenario.replications - 1)
    var done = 0
    while done < scenario.replications - 1 {
      if isCancelled() { throw .interrupted }
      let batch = min(max(1, options.threads) * 8, scenario.replications - 1 - done)
      let start = done
      Parallel.each(batch, threads: options.threads) { position in
        rest.set(start + position) { () throws(StudyError) in
          if self.isCancelled() { throw .interrupted }
          let (run, _) = try self.run(start + position + 1, threads: 1, progress: { _ in })
          return ReplicationOutcome(FindingsBuilder(run).comparisons(self.scenario.comparisons))
        }
      }
      done += batch
      progress(done)
    }
    return ReplicationSummary(
      outcomes: [first] + (try rest.outcomes()), truth: try truth(), scenario: scenario
    ).findings
  }

  /// The true differences, from a run of its own with as many requests as the scenario says: a shadow without services
  /// and with a seed of its own.
  private func truth() throws(StudyError) -> [ReplicationOutcome.Row] {
    guard let requests = scenario.truthRequests, case .synthetic(var traffic) = scenario.traffic
    else { return [] }
    var plain = scenario
    traffic.requests = requests
    traffic.duration = nil
    // Without services nobody has anything to wait for, and no time shows in a mean of answers.
    if traffic.isPaced { traffic.arrivals = .constant(rate: 1) }
    plain.traffic = .synthetic(traffic)
    plain.seed = ReplicationSeed.ofTruth(study: scenario.seed)
    plain.deployment = .shadow(mirror: 1)
    plain.replications = 1
    plain.monitors = []
    plain.gates = []
    plain.twinWithoutMirror = false
    for index in plain.arms.indices { plain.arms[index].service = nil }
    plain.comparisons = scenario.comparisons.filter { MeanMetric($0.metric) != nil }
    plain.metrics = plain.comparisons.map(\.metric)
    let study = OpenedStudy(self.study, replacing: plain)
    let run = StudyRun(
      study, options: options, fingerprint: fingerprint, isCancelled: isCancelled)
    let (ended, _) = try run.run(0, threads: options.threads, progress: { _ in })
    return ReplicationOutcome(FindingsBuilder(ended).comparisons(plain.comparisons)).rows
  }
}

/// The seed of a unit of work: a function of the study's seed and the unit's number, of nothing else.
enum ReplicationSeed {
  /// Replication 0 has the study's own seed.
  static func of(_ index: Int, study seed: UInt64) -> UInt64 {
    index == 0 ? seed : DrawKey.finalise(seed &+ DrawKey.finalise(UInt64(index)))
  }

  static func ofTruth(study seed: UInt64) -> UInt64 {
    DrawKey.finalise(seed ^ StreamName("truth").key)
  }
}

extension Scenario {
  /// Who decides when requests arrive.
  var pacing: Pacing {
    switch traffic {
    case .replay(let plan):
      plan.isFromUsers ? .recordedUsers(isSplit: deployment.isSplit) : .traffic
    case .synthetic(let plan):
      plan.users(isSplit: deployment.isSplit).map { .users($0) } ?? .traffic
    }
  }
}

extension DeploymentPlan {
  var isSplit: Bool { if case .split = self { true } else { false } }

  /// Whether each request is drawn by itself, whatever unit it belongs to.
  var splitsRequests: Bool {
    if case .split(_, _, .request) = self { true } else { false }
  }
}
