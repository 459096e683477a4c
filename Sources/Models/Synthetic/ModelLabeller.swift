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
    switch model.output {
    case .value:
      for row in 0..<block.count { labels[row] = Float(scores.values[row]) }
    case .probability: Self.draw(&labels, scores, uniforms(block, seed))
    case .classProbabilities(let count):
      let uniforms = uniforms(block, seed)
      for row in 0..<block.count {
        labels[row] = drawnClass(scores, row, count: count, uniforms[row])
      }
    }
  }

  /// The first uniform of each request.
  private func uniforms(_ block: RequestBlock, _ seed: UInt64) -> [Double] {
    var uniforms = [Double](repeating: 0, count: block.count)
    var column = uniforms.mutableSpan
    BlockDraws(seed: seed, stream).fillUnits(
      firstEntity: block.firstOrdinal, count: block.count, indices: 0..<1, into: &column,
      stride: block.count)
    return uniforms
  }

  private static func draw(_ labels: inout [Float], _ scores: ScoreBlock, _ uniforms: [Double]) {
    let (probabilities, uniforms) = (scores.values.span, uniforms.span)
    var labels = labels.mutableSpan
    for row in uniforms.indices {
      let probability = probabilities[row]
      labels[row] = probability.isNaN ? .nan : uniforms[row] < probability ? 1 : 0
    }
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
