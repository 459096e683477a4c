import Documents
import Models
import Traffic

/// One model's predictions for every row of a table.
public struct Scoring {
  private let model: String
  private let data: String
  private let features: [String]?
  private let missing: [String]
  private let blockSize: Int

  /// - Parameter features: the columns of a model that names none, in its order; nil takes the names in the model.
  public init(
    model: String, data: String, features: [String]?, missing: [String] = [], blockSize: Int = 4096
  ) {
    self.model = model
    self.data = data
    self.features = features
    self.missing = missing
    self.blockSize = blockSize
  }

  /// Writes the header and one line a row, in blocks.
  public func write(to output: (String) -> Void) throws(StudyError) {
    let loaded = try StudyError.fromModel { () throws(ModelError) in
      try ModelFile.load(path: model, baseDirectory: ".")
    }
    var plan = RecordingPlan(path: data)
    plan.rate = 1
    plan.missingTokens = missing
    if let names = features ?? (loaded.inputs.isEmpty ? nil : loaded.inputs) {
      plan.features = .named(names.map { RecordingPlan.FeatureColumn(name: $0) })
    }
    let recording = plan
    let source = try StudyError.fromTraffic { () throws(TrafficError) in
      try RecordingSource(plan: recording, baseDirectory: ".")
    }
    let bound = try StudyError.fromModel { () throws(ModelError) in
      try ModelReader.boundModel(
        for: .file(path: model), baseDirectory: ".", schema: source.schema, named: model)
    }
    output(header(bound.model.output))
    var block = RequestBlock(schema: source.schema, capacity: blockSize)
    var scores = ScoreBlock(width: bound.model.output.width, capacity: blockSize)
    while try StudyError.fromTraffic({ () throws(TrafficError) in try source.next(into: &block) }) {
      scores.count = block.count
      bound.model.score(block, at: bound.columns, seed: 0, into: &scores)
      output(lines(scores))
    }
  }

  private func header(_ output: ModelOutput) -> String {
    guard case .classProbabilities(let count) = output else { return "prediction\n" }
    return (0..<count).map { "class_\($0)" }.joined(separator: ",") + "\n"
  }

  private func lines(_ scores: ScoreBlock) -> String {
    var text = ""
    for row in 0..<scores.count {
      for column in 0..<scores.width {
        let value = scores.values[column * scores.capacity + row]
        if column > 0 { text += "," }
        if !value.isNaN { text += JSONValue.text(of: value) }
      }
      text += "\n"
    }
    return text
  }
}
