import Probability
import Simulation
import Statistics

/// Answers against what was true, row by row.
extension AnalysisSamples {
  func check(
    _ quality: MetricExpression.Quality, _ columns: [String], _ expression: MetricExpression
  ) throws(StudyError) {
    if quality.isOfClasses, let label = request.label {
      try table.check(label) { value in
        value.isNaN || value == 0 || value == 1 ? nil : .notAClass(column: label, value: value)
      }
    }
    guard quality.isOfProbabilities else { return }
    for column in columns {
      try table.check(column) { value in
        value.isNaN || (0...1).contains(value)
          ? nil : .notAProbability(column: column, value: value, metric: expression.text)
      }
    }
  }

  /// 1 where the class is the true one, else 0; NaN where either is missing.
  static func isRight(_ answers: [Double], _ label: [Double]) -> [Double] {
    answers.indices.map { row in
      answers[row].isNaN || label[row].isNaN ? .nan : answers[row] == label[row] ? 1 : 0
    }
  }

  /// NaN where either is missing; of the root of a mean square, the squares.
  static func losses(
    _ quality: MetricExpression.Quality, _ answers: [Double], _ labels: [Double]
  ) -> [Double] {
    func each(_ loss: (Double, Double) -> Double) -> [Double] {
      answers.indices.map { row in
        answers[row].isNaN || labels[row].isNaN ? .nan : loss(answers[row], labels[row])
      }
    }
    switch quality {
    case .auc, .accuracy: return answers
    case .logLoss:
      let clip = MetricOptions().logLossClip
      return each { answer, label in
        let probability = min(1 - clip, max(clip, label == 1 ? answer : 1 - answer))
        return -Elementary.log(probability)
      }
    case .brier, .rmse: return each { ($0 - $1) * ($0 - $1) }
    case .mae: return each { abs($0 - $1) }
    }
  }

  /// Values whose mean is the root of the squares' mean and whose error is its error to first order.
  static func rootLinearised(_ squares: [Double]) -> [Double] {
    guard let mean = try? Moments(of: squares).mean, mean > 0 else { return squares }
    let root = mean.squareRoot()
    return squares.map { root / 2 + $0 / (2 * root) }
  }

  /// The flips of answers of which all are known.
  static func flips(
    candidate: [Double], production: [Double], label: [Double], level: Double
  ) -> AnalysisFinding.Flips? {
    var numbers: [Double: Int] = [:]
    func number(_ value: Double) -> Int {
      let number = numbers[value] ?? numbers.count
      numbers[value] = number
      return number
    }
    let columns = [candidate, production, label].map { $0.map(number) }
    guard
      let anatomy = try? FlipAnatomy(
        candidate: columns[0], production: columns[1], labels: columns[2], level: level)
    else { return nil }
    let (counts, whole) = (anatomy.whole.counts, anatomy.whole)
    func part(_ count: Int, _ share: FlipAnatomy.Share) -> AnalysisFinding.Flips.Part {
      .init(count: count, share: share.value, interval: Bounds(share.interval))
    }
    return AnalysisFinding.Flips(
      harmful: part(counts.harmful, whole.harmful),
      beneficial: part(counts.beneficial, whole.beneficial),
      neutral: part(counts.neutral, whole.neutral), bothRight: counts.bothRight,
      bothWrongAlike: counts.bothWrongAlike)
  }
}

extension MetricExpression {
  /// Whether it is the root of a mean.
  var isRootMean: Bool { if case .quality(.rmse, _) = form { true } else { false } }
}
