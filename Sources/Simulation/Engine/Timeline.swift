import Models
import Traffic

/// The one straight line from traffic to ledger: read, score, assign, serve, fold.
///
/// Blocks are read and folded in order; only scoring, which has no memory, runs on several threads, so the number
/// of threads cannot show in a result.
package struct Timeline {
  package struct Plan {
    package var ledger: LedgerPlan
    package var deployment: DeploymentPlan
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
  package struct Run {
    package var ledger: Ledger
    package var serving: [ServingFacts]
  }

  private let plan: Plan
  private let assignment: Assignment
  private let scorer: Scorer
  private var serving: Serving
  private var ledger: Ledger
  private var open: [BlockBuffer] = []
  private var spare: [BlockBuffer] = []
  private var outcomes: BlockOutcomes

  package init(_ plan: Plan) {
    self.plan = plan
    let armCount = plan.ledger.arms.count
    assignment = Assignment(
      plan: plan.deployment, armCount: armCount, hasTwin: plan.ledger.hasTwin, seed: plan.seed,
      replication: plan.replication)
    scorer = Scorer(
      models: plan.models, columns: plan.columns, seed: plan.seed, threads: plan.threads)
    serving = Serving(
      names: plan.ledger.arms.map(\.name), services: plan.ledger.arms.map(\.service),
      seed: plan.seed, capacity: plan.blockSize)
    ledger = Ledger(plan: plan.ledger, seed: plan.seed, capacity: plan.blockSize)
    outcomes = BlockOutcomes(armCount: armCount, capacity: plan.blockSize)
  }

  /// Plays all of `source`. `progress` is told the number of requests served after each round of blocks, and may throw
  /// to end the run.
  package mutating func run(
    _ source: inout any TrafficSource, progress: (Int) throws -> Void
  ) throws -> Run {
    var served = 0
    var isOver = false
    while !isOver {
      var round: [BlockBuffer] = []
      while round.count < roundLength, !isOver {
        var buffer = takeBuffer(source.schema)
        if try source.next(into: &buffer.requests) {
          round.append(buffer)
        } else {
          isOver = true
        }
      }
      scorer.score(&round)
      for index in round.indices {
        assignment.assign(round[index].requests, into: &round[index].sent)
        serving.admit(round[index].requests, sent: round[index].sent)
        served += round[index].requests.count
        open.append(round[index])
        foldCompleted()
      }
      try progress(served)
    }
    serving.drain()
    foldCompleted()
    ledger.close()
    return Run(ledger: ledger, serving: serving.facts)
  }

  /// One thread scores a block and moves on; more take two blocks each, so that none waits long for another.
  private var roundLength: Int { plan.threads <= 1 ? 1 : 2 * plan.threads }

  private mutating func takeBuffer(_ schema: TrafficSchema) -> BlockBuffer {
    spare.popLast()
      ?? BlockBuffer(schema: schema, outputs: plan.ledger.outputs, capacity: plan.blockSize)
  }

  private mutating func foldCompleted() {
    while serving.takeCompleted(into: &outcomes) {
      let buffer = open.removeFirst()
      ledger.fold(buffer, outcomes)
      spare.append(buffer)
    }
  }
}
