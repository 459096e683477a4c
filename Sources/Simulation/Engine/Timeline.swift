import Dispatch
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
    /// When the last request was answered or given up.
    package var end: SimulatedTime
  }

  private let plan: Plan
  private let assignment: Assignment
  private var serving: Serving
  private var ledger: Ledger
  private var open: [BlockBuffer] = []
  private var spare: [BlockBuffer] = []
  private var outcomes: BlockOutcomes

  package init(_ plan: Plan) {
    self.plan = plan
    let armCount = plan.ledger.arms.count
    assignment = Assignment(
      plan: plan.deployment, armCount: armCount, seed: plan.seed, replication: plan.replication)
    serving = Serving(
      arms: plan.ledger.arms, seed: plan.seed, capacity: plan.blockSize)
    ledger = Ledger(plan: plan.ledger, seed: plan.seed, capacity: plan.blockSize)
    outcomes = BlockOutcomes(arms: armCount, capacity: plan.blockSize)
  }

  /// Plays all of `source`. `progress` is told the number of requests served after each round of blocks.
  package mutating func run(
    _ source: inout any TrafficSource, progress: (Int) throws(CancellationOfRun) -> Void
  ) throws -> Run {
    var served = 0
    var isOver = false
    while !isOver {
      var round: [BlockBuffer] = []
      while round.count < max(1, plan.threads * 2) {
        let buffer = takeBuffer(source.schema)
        guard try source.next(into: &buffer.requests) else {
          spare.append(buffer)
          isOver = true
          break
        }
        round.append(buffer)
      }
      score(round)
      for buffer in round {
        assignment.assign(buffer.requests, into: &buffer.sent)
        serving.admit(buffer.requests, sent: buffer.sent)
        open.append(buffer)
        foldCompleted()
        served += buffer.requests.count
      }
      try progress(served)
    }
    serving.drain()
    foldCompleted()
    ledger.close()
    return Run(ledger: ledger, serving: serving.facts, end: serving.end)
  }

  private mutating func takeBuffer(_ schema: TrafficSchema) -> BlockBuffer {
    spare.popLast()
      ?? BlockBuffer(
        schema: schema, outputs: plan.ledger.outputs, capacity: plan.blockSize)
  }

  /// Scores every block of the round by every arm; each task writes to a place of its own.
  private func score(_ round: [BlockBuffer]) {
    let arms = plan.models.count
    let tasks = round.count * arms
    if plan.threads <= 1 || tasks <= 1 {
      for task in 0..<tasks { score(round[task / arms], arm: task % arms) }
    } else {
      DispatchQueue.concurrentPerform(iterations: round.count) { index in
        for arm in 0..<arms { score(round[index], arm: arm) }
      }
    }
  }

  private func score(_ buffer: BlockBuffer, arm: Int) {
    buffer.scores[arm].count = buffer.requests.count
    plan.models[arm].score(
      buffer.requests, at: plan.columns[arm], seed: plan.seed, into: &buffer.scores[arm])
  }

  private mutating func foldCompleted() {
    while serving.takeCompleted(into: &outcomes) {
      let buffer = open.removeFirst()
      ledger.fold(buffer, outcomes)
      spare.append(buffer)
    }
  }
}

/// The person asked to stop.
package struct CancellationOfRun: Error {
  package init() {}
}
