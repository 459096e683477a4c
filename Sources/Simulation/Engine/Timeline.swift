import Models
import Statistics
import Traffic

/// The one straight line from traffic to ledger: read, score, assign, serve, fold.
///
/// Blocks are read and folded in order; what runs beside it is scoring, which has no memory, and the reading of
/// what comes next. So the number of threads cannot show in a result.
package struct Timeline {
  package struct Plan {
    package var ledger: LedgerPlan
    package var deployment: DeploymentPlan
    /// That the arms' routes name.
    package var stations: [NamedStation] = []
    /// How a shadow's mirror spares production.
    package var sparing: MirrorSparing?
    /// Who decides when requests arrive.
    package var pacing = Pacing.traffic
    /// What decides among events of equal time and priority.
    package var ties = TieOrder.scheduled
    /// Takes down requests whose arrivals users decide.
    package var recorder: (any RequestRecorder)?
    package var models: [any Model]
    /// By arm.
    package var columns: [ModelColumns]
    package var seed: UInt64
    package var replication: Int
    package var blockSize: Int
    package var threads: Int

    package init(
      ledger: LedgerPlan, deployment: DeploymentPlan, models: [any Model],
      columns: [ModelColumns], seed: UInt64
    ) {
      self.ledger = ledger
      self.deployment = deployment
      self.models = models
      self.columns = columns
      self.seed = seed
      replication = 0
      blockSize = 4096
      threads = 1
    }
  }

  /// What a run leaves behind.
  package struct Run: Sendable {
    package var ledger: Ledger
    package var serving: [ServingFacts]
    /// By arm; nil without a service.
    package var levels: [ServingLevels?]
    /// By arm; nil where no cell served it.
    package var causes: [LatencyCauses?]
    /// By arm; nil without a service.
    package var littleLaws: [LittleLaw.Verdict?]
  }

  private let plan: Plan
  private let scorer: Scorer
  private let line: ServingLine

  package init(_ plan: Plan) {
    self.plan = plan
    // The line has a thread of its own.
    scorer = Scorer(
      models: plan.models, columns: plan.columns, seed: plan.seed, threads: plan.threads - 1)
    line = ServingLine(plan)
  }

  /// Plays all of `source`. `progress` is told the number of requests so far after each round of blocks, and may throw
  /// to end the run.
  package mutating func run(
    _ source: inout any TrafficSource, progress: (Int) throws -> Void
  ) throws -> Run {
    defer { line.wait() }
    var requests = 0
    while let round = try nextRound(&source) {
      for buffer in round { requests += buffer.requests.count }
      line.wait()
      if line.isOver { break }
      line.play(round)
      try progress(requests)
    }
    return line.finish()
  }

  /// The next blocks, scored; nil after the last.
  private func nextRound(_ source: inout any TrafficSource) throws -> [BlockBuffer]? {
    var round: [BlockBuffer] = []
    while round.count < roundLength {
      var buffer =
        line.takeSpare()
        ?? BlockBuffer(
          schema: source.schema, outputs: plan.ledger.outputs, capacity: plan.blockSize)
      guard try source.next(into: &buffer.requests) else { break }
      round.append(buffer)
    }
    scorer.score(&round)
    return round.isEmpty ? nil : round
  }

  /// One thread scores a block and moves on; more take two blocks each, so that none waits long for another.
  private var roundLength: Int { plan.threads <= 1 ? 1 : 2 * plan.threads }
}

/// Takes requests down once their arrivals are known, block by block, in order.
package protocol RequestRecorder: Sendable {
  func record(_ block: RequestBlock)
}
