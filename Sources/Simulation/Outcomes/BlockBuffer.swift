import Models
import Traffic

/// One block on its way: its requests, every arm's answers, and who was sent what. Buffers are used again.
package struct BlockBuffer: Sendable {
  package var requests: RequestBlock
  /// By arm.
  package var scores: [ScoreBlock]
  /// `sent[arm * capacity + row]` is 1 where the arm sees the request.
  package var sent: [UInt8]

  package init(schema: TrafficSchema, outputs: [ModelOutput], capacity: Int) {
    requests = RequestBlock(schema: schema, capacity: capacity)
    scores = outputs.map { ScoreBlock(width: $0.width, capacity: capacity) }
    sent = Array(repeating: 0, count: outputs.count * capacity)
  }

  /// Lets go of the answers to requests that were not sent.
  mutating func cutScores() {
    for arm in scores.indices { scores[arm].count = requests.count }
  }
}
