import Documents
import Models
import Traffic

/// One model's predictions for every row of a table.
///
///     let scoring = Scoring(model: "models/candidate.ubj", data: "data/requests.csv", features:
///     nil) try scoring.write { text in
///       print(text, terminator: "")
///       return true
///     }
public struct Scoring {
  private let model: String
  private let data: String
  private let features: [String]?
  private let missing: [String]
  private let blockSize: Int

  /// - Parameters:
  ///   - model: a model file.
  ///   - data: a CSV file with a header; packed ones are unpacked, and "-" is standard input.
  ///   - features: the columns of a model that names none, in its order; nil takes the names in the
  ///     model.
  ///   - missing: fields that mean missing, beside the empty one.
  ///   - blockSize: rows at a time; no answer depends on it.
  public init(
    model: String, data: String, features: [String]?, missing: [String] = [], blockSize: Int = 4096
  ) {
    self.model = model
    self.data = data
    self.features = features
    self.missing = missing
    self.blockSize = blockSize
  }

  /// Gives the header and one line a row to `output`, in blocks, until it says false.
  public func write(to output: (String) throws(StudyError) -> Bool) throws(StudyError) {
    if let missing = missingFiles { throw missing }
    let loaded = try StudyError.fromModel { () throws(ModelError) in
      try ModelFile.load(path: model, baseDirectory: ".")
    }
    let source = try source(for: loaded)
    let bound = try StudyError.fromModel { () throws(ModelError) in
      try ModelReader.boundModel(
        for: .file(path: model), baseDirectory: ".", schema: source.schema, named: model)
    }
    guard try output(header(bound.model.output)) else { return }
    var block = RequestBlock(schema: source.schema, capacity: blockSize)
    var scores = ScoreBlock(width: bound.model.output.width, capacity: blockSize)
    while try rows(into: &block, from: source) {
      scores.count = block.count
      bound.model.score(block, at: bound.columns, seed: 0, into: &scores)
      guard try output(lines(scores)) else { return }
    }
  }

  private var missingFiles: StudyError? {
    StudyError(
      ([model] + (data == "-" ? [] : [data])).compactMap {
        NamedFile(path: $0, directory: ".").missing(at: nil)
      })
  }

  private func source(for model: any Model) throws(StudyError) -> RecordingSource {
    var plan = RecordingPlan(path: data)
    plan.rate = 1
    plan.missingTokens = missing
    if let names = features ?? (model.inputs.isEmpty ? nil : model.inputs) {
      plan.features = .named(names.map { RecordingPlan.FeatureColumn(name: $0) })
    } else {
      try checkWidth(model, plan)
    }
    do {
      return try RecordingSource(plan: plan, baseDirectory: "")
    } catch {
      throw StudyError(inFlags(error))
    }
  }

  /// A model that names no features takes all columns, so their number has to be its own.
  private func checkWidth(_ model: any Model, _ plan: RecordingPlan) throws(StudyError) {
    guard data != "-", !NamedFile(path: data, directory: ".").isPipe,
      let wants = (model as? any PositionalModel)?.positionalInputCount
    else {
      return
    }
    let columns = try StudyError.fromTraffic { () throws(TrafficError) in
      try RecordingSource.columnNames(of: plan, baseDirectory: "")
    }
    guard columns.count != wants else { return }
    throw StudyError(
      .badData,
      Diagnostic(
        at: Place(file: data, line: 1),
        "the model names no features and takes \(wants) columns, but the table has "
          + "\(columns.count): \(columns.joined(separator: ", "))",
        help: "name the \(wants) with --features, in the order of training"))
  }

  private func rows(
    into block: inout RequestBlock, from source: RecordingSource
  ) throws(StudyError) -> Bool {
    do { return try source.next(into: &block) } catch { throw StudyError(inFlags(error)) }
  }

  /// A way out that names keys of a scenario helps nobody who has none.
  private func inFlags(_ error: TrafficError) -> TrafficError {
    guard case .badData(let diagnostics) = error else { return error }
    let list = diagnostics.list.map { diagnostic in
      var reworded = diagnostic
      reworded.message = diagnostic.message.replacing(
        "which `features` asks for", with: "which the model reads")
      if diagnostic.place?.file == "-" { reworded.place?.file = SpooledInput.name }
      guard let help = diagnostic.help else { return reworded }
      if help.contains("\"categorical\"") {
        reworded.help = "name the columns that the model reads with --features"
      } else if help.contains("onBadValue") || help.contains("missing:") {
        reworded.help = "if such a field means missing, name it with --missing"
      } else if help.contains("delimiter:") || help.contains("`features`") {
        reworded.help = nil
      }
      return reworded
    }
    return .badData(Diagnostics(list))
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
