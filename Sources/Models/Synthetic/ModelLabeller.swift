import Probability
import Traffic

/// Labels that follow a model: drawn from its probabilities, or its values as they are.
///
/// The draw of request i is the first uniform of the stream "label/<name>", entity i: 1 where it is below
/// the probability of class 1, or the first class whose cumulated probability is above it. A request that
/// the model does not answer has no label.
package struct ModelLabeller: Labeller {
  private let model: any Model
  private let columns: ModelColumns
  private let stream: StreamName

  package init(model: any Model, columns: ModelColumns, streamName: String) {
    self.model = model
    self.columns = columns
    stream = StreamName("label/\(streamName)")
  }

  package func label(_ block: RequestBlock, seed: UInt64, into labels: inout [Float]) {
    var scores = ScoreBlock(width: model.output.width, capacity: block.capacity)
    model.score(block, at: columns, seed: seed, into: &scores)
    for row in 0..<block.count {
      switch model.output {
      case .value: labels[row] = Float(scores.values[row])
      case .probability:
        let probability = scores.values[row]
        labels[row] =
          probability.isNaN ? .nan : uniform(block, row, seed) < probability ? 1 : 0
      case .classProbabilities(let count):
        labels[row] = drawnClass(scores, row, count: count, uniform(block, row, seed))
      }
    }
  }

  private func uniform(_ block: RequestBlock, _ row: Int, _ seed: UInt64) -> Double {
    var draws = RandomStream(seed: seed, stream, entity: block.firstOrdinal + UInt64(row))
    return draws.nextUnit()
  }

  private func drawnClass(
    _ scores: ScoreBlock, _ row: Int, count: Int, _ uniform: Double
  ) -> Float {
    var below = 0.0
    for index in 0..<count {
      below += scores.values[index * scores.capacity + row]
      if below.isNaN { return .nan }
      if uniform < below { return Float(index) }
    }
    return Float(count - 1)
  }
}
