import Dispatch
import Synchronization
import Traffic

/// The second half of a timeline: assigns, serves and folds rounds of scored blocks, in order.
///
/// With a thread of its own it plays one round while the next is read and scored. Rounds are played one after the
/// other in any case, so the thread cannot show in a result.
final class ServingLine: Sendable {
  private let state: Mutex<State>
  /// The round that the thread is to play.
  private let handed = Mutex<[BlockBuffer]>([])
  /// Buffers that may be filled again.
  private let spare = Mutex<[BlockBuffer]>([])
  private let thread: DispatchQueue?
  private let playing = DispatchGroup()

  init(_ plan: Timeline.Plan) {
    state = Mutex(State(plan))
    thread = plan.threads > 1 ? DispatchQueue(label: "understudy.serving") : nil
  }

  /// Takes a round and plays it; with a thread, returns at once. Nothing may be playing.
  func play(_ round: consuming [BlockBuffer]) {
    handed.withLock { $0 = round }
    guard let thread else {
      playHanded()
      return
    }
    thread.async(group: playing) { [self] in playHanded() }
  }

  /// Returns when nothing is being played.
  func wait() { playing.wait() }

  /// Whether nobody sends any more; nothing may be playing.
  var isOver: Bool { state.withLock { $0.isOver } }

  /// A buffer to be filled, unless all are in use.
  func takeSpare() -> BlockBuffer? { spare.withLock { $0.popLast() } }

  /// Lets everything in flight end.
  func finish() -> Timeline.Run {
    wait()
    return state.withLock { $0.finish() }
  }

  private func playHanded() {
    var round: [BlockBuffer] = []
    handed.withLock { swap(&$0, &round) }
    let done = state.withLock { $0.play(round) }
    // Buffers that are filled again must have no other owner, or they would be copied.
    round = []
    spare.withLock { $0 += done }
  }

  private struct State {
    private let assignment: Assignment
    private let serving: Serving
    private let recorder: (any RequestRecorder)?
    private var ledger: Ledger
    private var open: [BlockBuffer] = []
    private var outcomes: BlockOutcomes

    init(_ plan: Timeline.Plan) {
      let arms = plan.ledger.arms
      assignment = Assignment(
        plan: plan.deployment, armCount: arms.count, hasTwin: plan.ledger.hasTwin, seed: plan.seed,
        replication: plan.replication)
      serving = Serving(
        names: arms.map(\.name), services: arms.map(\.service), stations: plan.stations,
        sparing: plan.sparing.map {
          ($0, plan.deployment.mirrorShare, 1..<arms.count - (plan.ledger.hasTwin ? 1 : 0))
        }, pacing: plan.pacing, ties: plan.ties, seed: plan.seed, capacity: plan.blockSize)
      recorder = plan.recorder
      ledger = Ledger(plan: plan.ledger, seed: plan.seed, capacity: plan.blockSize)
      outcomes = BlockOutcomes(
        armCount: arms.count, capacity: plan.blockSize, hasTokens: serving.hasTokens)
    }

    var isOver: Bool { serving.isOver }

    /// - Returns: the buffers that are no longer needed.
    mutating func play(_ round: [BlockBuffer]) -> [BlockBuffer] {
      var done: [BlockBuffer] = []
      for var buffer in round {
        assignment.assign(buffer.requests, into: &buffer.sent)
        if serving.isPaced {
          serving.pace(&buffer.requests, sent: buffer.sent)
          buffer.cutScores()
          recorder?.record(buffer.requests)
        } else {
          serving.admit(buffer.requests, sent: buffer.sent)
        }
        open.append(buffer)
        foldCompleted(&done)
      }
      return done
    }

    mutating func finish() -> Timeline.Run {
      var done: [BlockBuffer] = []
      serving.drain()
      foldCompleted(&done)
      ledger.close()
      return Timeline.Run(
        ledger: ledger, serving: serving.facts, levels: serving.levels, causes: serving.causes,
        littleLaws: serving.littleLaws)
    }

    private mutating func foldCompleted(_ done: inout [BlockBuffer]) {
      while serving.takeCompleted(into: &outcomes) {
        let buffer = open.removeFirst()
        ledger.fold(buffer, outcomes)
        done.append(buffer)
      }
    }
  }
}
