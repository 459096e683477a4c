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
      let draws = RandomStream(seed: seed, stream, entity: block.firstOrdinal + UInt64(row))
      let z = latent.map { Double(block.features[$0 + row]) }
      switch plan.kind {
      case .error(let bias, let standardDeviation):
        let luck = z ?? Normal.quantile(Self.unit(0, of: draws))
        scores.values[row] = Double(block.labels[row]) + (bias + standardDeviation * luck)
      case .accuracy(let accuracy, let confidence):
        let luck = z.map { Normal.cdf($0) } ?? Self.unit(0, of: draws)
        let named = named(label: block.labels[row], isRight: luck < accuracy, draws)
        write(luck.isNaN ? nil : named, confidence: confidence, row: row, into: &scores)
      }
    }
  }

  /// Uniform number `index` of an address, 0 or 1; the second is independent of the latent feature, too.
  private static func unit(_ index: Int, of draws: RandomStream) -> Double {
    var draws = draws
    if index == 1 { _ = draws.nextUnit() }
    return draws.nextUnit()
  }

  /// The class that the model names; nil without a label.
  private func named(label: Float, isRight: Bool, _ draws: RandomStream) -> Int? {
    guard let label = Int(exactly: label), 0..<classCount ~= label else { return nil }
    if isRight { return label }
    if classCount == 2 { return 1 - label }
    let other = min(Int(Self.unit(1, of: draws) * Double(classCount - 1)), classCount - 2)
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
