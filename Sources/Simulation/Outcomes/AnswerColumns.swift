import Models
import Probability
import Traffic

/// What one arm's answers to one block say: the class named, and a value for every mean-type metric.
package struct AnswerColumns: Sendable {
  /// The class that the arm names; −1 without an answer or for a regression.
  package var named: [Int32]
  /// One column a metric of `metrics`; NaN where the metric does not apply to the row.
  package var values: [[Double]]
  /// Answer − label of a regression; NaN without one of them. Empty for other tasks.
  package private(set) var residuals: [Double] = []
  /// Rows of the block whose residual is too large to be added up; it is NaN then.
  package private(set) var residualsTooLarge = 0
  /// A residual must be smaller (5.5 · 10¹¹), so that the sum of their squares has room.
  package static let largestResidual = 0x1p39
  private let metrics: [MeanMetric]
  private let options: MetricOptions

  package init(metrics: [MeanMetric], options: MetricOptions, capacity: Int) {
    self.metrics = metrics
    self.options = options
    named = Array(repeating: -1, count: capacity)
    values = metrics.map { _ in Array(repeating: .nan, count: capacity) }
  }

  /// - Parameters:
  ///   - scores: the arm's answers, present for every row whether it was sent or not.
  ///   - labels: a class index or a real number; NaN where the label is missing or has not arrived.
  ///   - fates, latencies: the arm's outcome columns, `count` rows.
  package mutating func fill(
    scores: ScoreBlock, output: ModelOutput, labels: [Float], fates: ArraySlice<Fate>,
    latencies: ArraySlice<Int64>
  ) {
    let count = scores.count
    nameClasses(scores, output: output, fates: fates)
    if output == .value { fillResiduals(scores, labels, fates) }
    for index in metrics.indices {
      switch metrics[index].metric {
      case .accuracy: fillCorrect(index, labels, count: count, right: 1, wrong: 0)
      case .errorRate: fillCorrect(index, labels, count: count, right: 0, wrong: 1)
      case .logLoss: fillLogLoss(index, scores, output, labels)
      case .brier: fillBrier(index, scores, output, labels)
      case .meanAbsoluteError: fillError(index, count: count) { $0.magnitude }
      case .rootMeanSquaredError: fillError(index, count: count) { $0 * $0 }
      case .latencyMean: fillLatency(index, fates, latencies)
      case .timeoutShare: fillFate(index, fates, .timedOut)
      case .errorShare: fillFate(index, fates, .failed)
      case .shedShare: fillFate(index, fates, .shed)
      case .disagreement: break
      default: preconditionFailure("\(metrics[index].metric) is no mean")
      }
    }
  }

  /// Fills the disagreement with production's named classes, where it is asked for.
  package mutating func fillDisagreement(with production: AnswerColumns, count: Int) {
    guard let index = metrics.firstIndex(where: { $0.metric == .disagreement }) else { return }
    for row in 0..<count {
      let (own, other) = (named[row], production.named[row])
      values[index][row] = own < 0 || other < 0 ? .nan : (own == other ? 0 : 1)
    }
  }

  private mutating func nameClasses(
    _ scores: ScoreBlock, output: ModelOutput, fates: ArraySlice<Fate>
  ) {
    let base = fates.startIndex
    for row in 0..<scores.count {
      guard fates[base + row] == .answered, !scores.values[row].isNaN else {
        named[row] = -1
        continue
      }
      switch output {
      case .probability:
        named[row] = scores.values[row] >= options.threshold ? 1 : 0
      case .classProbabilities(let classes):
        var best = 0
        for k in 1..<classes
        where scores.values[k * scores.capacity + row]
          > scores.values[best * scores.capacity + row]
        { best = k }
        named[row] = Int32(best)
      case .value:
        named[row] = -1
      }
    }
  }

  private mutating func fillCorrect(
    _ index: Int, _ labels: [Float], count: Int, right: Double, wrong: Double
  ) {
    for row in 0..<count {
      let label = labels[row]
      values[index][row] =
        named[row] < 0 || label.isNaN ? .nan : (Float(named[row]) == label ? right : wrong)
    }
  }

  private mutating func fillLogLoss(
    _ index: Int, _ scores: ScoreBlock, _ output: ModelOutput, _ labels: [Float]
  ) {
    let clip = options.logLossClip
    for row in 0..<scores.count {
      guard named[row] >= 0, !labels[row].isNaN else {
        values[index][row] = .nan
        continue
      }
      let probability: Double
      if output == .probability {
        // The clip acts on the probability of class 1, so that both classes are treated alike.
        let one = min(max(scores.values[row], clip), 1 - clip)
        probability = labels[row] == 1 ? one : 1 - one
      } else {
        let named = scores.values[Int(labels[row]) * scores.capacity + row]
        probability = min(max(named, clip), 1 - clip)
      }
      values[index][row] = -Elementary.log(probability)
    }
  }

  private mutating func fillBrier(
    _ index: Int, _ scores: ScoreBlock, _ output: ModelOutput, _ labels: [Float]
  ) {
    for row in 0..<scores.count {
      guard named[row] >= 0, !labels[row].isNaN else {
        values[index][row] = .nan
        continue
      }
      if output == .probability {
        let miss = scores.values[row] - Double(labels[row])
        values[index][row] = miss * miss
      } else {
        var total = 0.0
        for k in 0..<output.width {
          let truth = labels[row] == Float(k) ? 1.0 : 0
          let miss = scores.values[k * scores.capacity + row] - truth
          total += miss * miss
        }
        values[index][row] = total
      }
    }
  }

  private mutating func fillResiduals(
    _ scores: ScoreBlock, _ labels: [Float], _ fates: ArraySlice<Fate>
  ) {
    if residuals.isEmpty { residuals = Array(repeating: .nan, count: named.count) }
    residualsTooLarge = 0
    for row in 0..<scores.count {
      let isAnswered = fates[fates.startIndex + row] == .answered
      let residual = isAnswered ? scores.values[row] - Double(labels[row]) : .nan
      let isTooLarge = residual.magnitude >= Self.largestResidual
      residuals[row] = isTooLarge ? .nan : residual
      if isTooLarge { residualsTooLarge += 1 }
    }
  }

  private mutating func fillError(_ index: Int, count: Int, _ loss: (Double) -> Double) {
    if residuals.isEmpty { return }
    for row in 0..<count { values[index][row] = loss(residuals[row]) }
  }

  private mutating func fillLatency(
    _ index: Int, _ fates: ArraySlice<Fate>, _ latencies: ArraySlice<Int64>
  ) {
    for row in 0..<fates.count {
      let answered = fates[fates.startIndex + row] == .answered
      values[index][row] = answered ? Double(latencies[latencies.startIndex + row]) : .nan
    }
  }

  private mutating func fillFate(_ index: Int, _ fates: ArraySlice<Fate>, _ fate: Fate) {
    for row in 0..<fates.count {
      let own = fates[fates.startIndex + row]
      values[index][row] = own == .notSent ? .nan : (own == fate ? 1 : 0)
    }
  }
}
