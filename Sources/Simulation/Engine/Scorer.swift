import Dispatch
import Models
import Synchronization
import Traffic

/// Scores blocks by every arm, on several threads where there are some. A score depends on its row alone, so who
/// scores what cannot show.
struct Scorer: Sendable {
  let models: [any Model]
  /// By arm.
  let columns: [ModelColumns]
  let seed: UInt64
  let threads: Int

  func score(_ round: inout [BlockBuffer]) {
    if threads <= 1 || round.count <= 1 {
      for index in round.indices { score(round[index].requests, into: &round[index].scores) }
      return
    }
    let requests = round.map(\.requests)
    let table = ScoreTable(round.map(\.scores))
    for index in round.indices { round[index].scores = [] }
    let workers = min(threads, requests.count)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      for index in stride(from: worker, to: requests.count, by: workers) {
        var scores = table.take(index)
        score(requests[index], into: &scores)
        table.put(scores, at: index)
      }
    }
    for index in round.indices { round[index].scores = table.take(index) }
  }

  private func score(_ requests: RequestBlock, into scores: inout [ScoreBlock]) {
    for arm in models.indices {
      scores[arm].count = requests.count
      models[arm].score(requests, at: columns[arm], seed: seed, into: &scores[arm])
    }
  }
}

/// The scores of the blocks of one round, each handed to one thread and back.
private final class ScoreTable: Sendable {
  private let slots: Mutex<[[ScoreBlock]]>

  init(_ scores: [[ScoreBlock]]) { slots = Mutex(scores) }

  func take(_ index: Int) -> [ScoreBlock] {
    slots.withLock { slots in
      let taken = slots[index]
      slots[index] = []
      return taken
    }
  }

  func put(_ scores: [ScoreBlock], at index: Int) {
    slots.withLock { $0[index] = scores }
  }
}
