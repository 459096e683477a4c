import Models
import Probability
import Statistics
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
  /// The label where the arm names a class; else NaN.
  package private(set) var truths: [Float]
  /// Latencies of the answered rows; left empty where latencies are not kept.
  package private(set) var latencies: LatencyColumn
  private let metrics: [MeanMetric]
  private let options: MetricOptions
  private let keepsLatencies: Bool
  /// Nanoseconds, −1 where there is no answer.
  private var answeredLatencies: [Int64]

  package init(
    metrics: [MeanMetric], options: MetricOptions, capacity: Int, keepsLatencies: Bool = true
  ) {
    self.metrics = metrics
    self.options = options
    self.keepsLatencies = keepsLatencies
    truths = Array(repeating: .nan, count: capacity)
    latencies = LatencyColumn(capacity: keepsLatencies ? capacity : 0)
    answeredLatencies = Array(repeating: -1, count: keepsLatencies ? capacity : 0)
    named = Array(repeating: -1, count: capacity)
    values = metrics.map { _ in Array(repeating: .nan, count: capacity) }
  }

  /// - Parameters:
  ///   - scores: the arm's answers, present for every row whether it was sent or not.
  ///   - labels: a class index or a real number; NaN where the label is missing or has not arrived.
  ///   - fates, latencies: the arm's outcome columns, `count` rows.
  ///   - firstTokens, tokenGaps: the same, −1 where there is none; empty where no arm is a language model.
  package mutating func fill(
    scores: ScoreBlock, output: ModelOutput, labels: [Float], fates: ArraySlice<Fate>,
    latencies: ArraySlice<Int64>, firstTokens: ArraySlice<Int64> = [],
    tokenGaps: ArraySlice<Int64> = []
  ) {
    let count = scores.count
    nameClasses(scores, output: output, fates: fates)
    Self.fillTruths(&truths, named, labels, count: count)
    if keepsLatencies {
      Self.select(&answeredLatencies, latencies, fates)
      let answered = answeredLatencies
      self.latencies.fill(answered.span.extracting(0..<count))
    }
    if output == .value { fillResiduals(scores, labels, fates) }
    for index in metrics.indices {
      switch metrics[index].metric {
      case .accuracy: Self.fillCorrect(&values[index], truths, named, count, right: 1, wrong: 0)
      case .errorRate: Self.fillCorrect(&values[index], truths, named, count, right: 0, wrong: 1)
      case .logLoss: fillLogLoss(index, scores, output)
      case .brier: fillBrier(index, scores, output)
      case .meanAbsoluteError: fillError(index, count: count) { $0.magnitude }
      case .rootMeanSquaredError: fillError(index, count: count) { $0 * $0 }
      case .latencyMean: fillLatency(index, fates, latencies)
      case .firstTokenMean: fillTokenTime(index, fates, firstTokens)
      case .tokenGapMean: fillTokenTime(index, fates, tokenGaps)
      case .within(let limit): fillWithin(index, limit.nanoseconds, fates, latencies)
      case .timeoutShare: fillFate(index, fates, .timedOut)
      case .errorShare: fillFate(index, fates, .failed)
      case .shedShare: fillFate(index, fates, .shed)
      case .abandonedShare: fillFate(index, fates, .abandoned)
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
    switch output {
    case .probability: Self.name(&named, scores, fates, threshold: options.threshold)
    case .classProbabilities(let classes):
      for row in 0..<scores.count {
        let isAnswer =
          fates[fates.startIndex + row] == .answered && !scores.values[row].isNaN
        named[row] = isAnswer ? Self.likeliest(scores, row, of: classes) : -1
      }
    case .value:
      for row in 0..<scores.count { named[row] = -1 }
    }
  }

  private static func name(
    _ named: inout [Int32], _ scores: ScoreBlock, _ fates: ArraySlice<Fate>, threshold: Double
  ) {
    let (values, fates) = (scores.values.span, fates.span)
    var named = named.mutableSpan
    for row in 0..<scores.count {
      let value = values[row]
      let isAnswer = fates[row] == .answered && !value.isNaN
      named[row] = isAnswer ? (value >= threshold ? 1 : 0) : -1
    }
  }

  private static func likeliest(_ scores: ScoreBlock, _ row: Int, of classes: Int) -> Int32 {
    var best = 0
    for k in 1..<classes
    where scores.values[k * scores.capacity + row] > scores.values[best * scores.capacity + row] {
      best = k
    }
    return Int32(best)
  }

  private static func fillTruths(
    _ truths: inout [Float], _ named: [Int32], _ labels: [Float], count: Int
  ) {
    let (named, labels) = (named.span, labels.span)
    var truths = truths.mutableSpan
    for row in 0..<count { truths[row] = named[row] < 0 ? .nan : labels[row] }
  }

  private static func select(
    _ answered: inout [Int64], _ latencies: ArraySlice<Int64>, _ fates: ArraySlice<Fate>
  ) {
    let (latencies, fates) = (latencies.span, fates.span)
    var answered = answered.mutableSpan
    for row in fates.indices { answered[row] = fates[row] == .answered ? latencies[row] : -1 }
  }

  private static func fillCorrect(
    _ values: inout [Double], _ truths: [Float], _ named: [Int32], _ count: Int, right: Double,
    wrong: Double
  ) {
    let (truths, named) = (truths.span, named.span)
    var values = values.mutableSpan
    for row in 0..<count {
      let truth = truths[row]
      let value = Float(named[row]) == truth ? right : wrong
      values[row] = truth.isNaN ? .nan : value
    }
  }

  private mutating func fillLogLoss(
    _ index: Int, _ scores: ScoreBlock, _ output: ModelOutput
  ) {
    if output == .probability {
      Self.fillStatedChances(&values[index], scores, truths, clip: options.logLossClip)
    } else {
      fillClassChances(index, scores)
    }
    Self.replaceByLoss(&values[index], truths, count: scores.count)
  }

  /// The probability that was given to the label's class; 1 without a label.
  private static func fillStatedChances(
    _ values: inout [Double], _ scores: ScoreBlock, _ truths: [Float], clip: Double
  ) {
    let (stated, truths) = (scores.values.span, truths.span)
    var values = values.mutableSpan
    for row in 0..<scores.count {
      // The clip acts on the probability of class 1, so that both classes are treated alike.
      let one = min(max(stated[row], clip), 1 - clip)
      values[row] = truths[row].isNaN ? 1 : (truths[row] == 1 ? one : 1 - one)
    }
  }

  private mutating func fillClassChances(_ index: Int, _ scores: ScoreBlock) {
    let clip = options.logLossClip
    for row in 0..<scores.count {
      if truths[row].isNaN {
        values[index][row] = 1
      } else {
        let chance = scores.values[Int(truths[row]) * scores.capacity + row]
        values[index][row] = min(max(chance, clip), 1 - clip)
      }
    }
  }

  private static func replaceByLoss(_ values: inout [Double], _ truths: [Float], count: Int) {
    let truths = truths.span
    var values = values.mutableSpan
    Elementary.log(inPlace: &values)
    for row in 0..<count { values[row] = truths[row].isNaN ? .nan : -values[row] }
  }

  private mutating func fillBrier(
    _ index: Int, _ scores: ScoreBlock, _ output: ModelOutput
  ) {
    for row in 0..<scores.count {
      guard !truths[row].isNaN else {
        values[index][row] = .nan
        continue
      }
      if output == .probability {
        let miss = scores.values[row] - Double(truths[row])
        values[index][row] = miss * miss
      } else {
        var total = 0.0
        for k in 0..<output.width {
          let truth = truths[row] == Float(k) ? 1.0 : 0
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

  private mutating func fillTokenTime(
    _ index: Int, _ fates: ArraySlice<Fate>, _ times: ArraySlice<Int64>
  ) {
    if times.isEmpty { return }
    for row in 0..<fates.count {
      let time = times[times.startIndex + row]
      let isThere = fates[fates.startIndex + row] == .answered && time >= 0
      values[index][row] = isThere ? Double(time) : .nan
    }
  }

  private mutating func fillWithin(
    _ index: Int, _ limit: Int64, _ fates: ArraySlice<Fate>, _ latencies: ArraySlice<Int64>
  ) {
    for row in 0..<fates.count {
      let fate = fates[fates.startIndex + row]
      let isWithin = fate == .answered && latencies[latencies.startIndex + row] <= limit
      values[index][row] = fate == .notSent ? .nan : (isWithin ? 1 : 0)
    }
  }

  private mutating func fillFate(_ index: Int, _ fates: ArraySlice<Fate>, _ fate: Fate) {
    for row in 0..<fates.count {
      let own = fates[fates.startIndex + row]
      values[index][row] = own == .notSent ? .nan : (own == fate ? 1 : 0)
    }
  }
}
