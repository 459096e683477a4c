import Probability
import Traffic

/// A model of stated quality: it reads the label, and is right or wrong by luck of a stated chance.
///
/// The luck of request i is word pair 0 of the stream "model/<salt>", entity i, or Φ of the latent
/// feature; the wrong class among several is word pair 1. A label that is missing gives no answer.
struct SyntheticModel: Model {
  private let plan: SyntheticModelPlan
  private let stream: StreamName
  private let classCount: Int
  let output: ModelOutput

  init(_ plan: SyntheticModelPlan, label: TrafficSchema.Label) {
    self.plan = plan
    stream = StreamName("model/\(plan.salt)")
    if case .classes(let names) = label { classCount = max(2, names.count) } else { classCount = 2 }
    switch plan.kind {
    case .accuracy: output = classCount == 2 ? .probability : .classProbabilities(count: classCount)
    case .error: output = .value
    }
  }

  var inputs: [String] { plan.latent.map { [$0] } ?? [] }
  var loggedInputs: [String] { [] }

  var summary: String {
    switch plan.kind {
    case .accuracy(let accuracy, _): "synthetic, right with probability \(accuracy)"
    case .error(let bias, let standardDeviation):
      "synthetic, the label plus an error of mean \(bias) and standard deviation "
        + "\(standardDeviation)"
    }
  }

  func score(
    _ block: RequestBlock, at columns: ModelColumns, seed: UInt64, into scores: inout ScoreBlock
  ) {
    scores.count = block.count
    let latent = columns.features.first.map { $0 * block.capacity }
    for row in 0..<block.count {
      let luck = Luck(
        draws: RandomStream(seed: seed, stream, entity: block.firstOrdinal + UInt64(row)),
        latent: latent.map { Double(block.features[$0 + row]) })
      switch plan.kind {
      case .error(let bias, let standardDeviation):
        scores.values[row] = Double(block.labels[row]) + (bias + standardDeviation * luck.normal)
      case .accuracy(let accuracy, let confidence):
        let named = named(label: block.labels[row], accuracy: accuracy, luck)
        write(named, confidence: confidence, row: row, into: &scores)
      }
    }
  }

  /// The class that the model names; nil without a label or luck.
  private func named(label: Float, accuracy: Double, _ luck: Luck) -> Int? {
    guard let label = Int(exactly: label), 0..<classCount ~= label, !luck.uniform.isNaN else {
      return nil
    }
    if luck.uniform < accuracy { return label }
    let other = min(Int(luck.second * Double(classCount - 1)), classCount - 2)
    return other < label ? other : other + 1
  }

  private func write(
    _ named: Int?, confidence: Double, row: Int, into scores: inout ScoreBlock
  ) {
    if classCount == 2 {
      scores.values[row] = named.map { $0 == 1 ? confidence : 1 - confidence } ?? .nan
      return
    }
    let rest = (1 - confidence) / Double(classCount - 1)
    for index in 0..<classCount {
      scores.values[index * scores.capacity + row] =
        named.map { $0 == index ? confidence : rest } ?? .nan
    }
  }
}

/// The luck of one request: drawn, or given by a standard normal feature.
private struct Luck {
  var draws: RandomStream
  let latent: Double?

  /// Uniform in (0, 1); NaN where the latent feature is missing.
  var uniform: Double {
    if let latent { return Normal.cdf(latent) }
    var draws = draws
    return draws.nextUnit()
  }

  var normal: Double {
    if let latent { return latent }
    var draws = draws
    return Normal.quantile(draws.nextUnit())
  }

  /// The second draw of the address, independent of the first and of the latent feature.
  var second: Double {
    var draws = draws
    _ = draws.nextUnit()
    return draws.nextUnit()
  }
}
