import Traffic

/// A model that may read its features by position: the file names none.
package protocol PositionalModel: Model {
  /// How many features it reads, in the traffic's order; nil when it names its inputs.
  var positionalInputCount: Int? { get }
}

/// A model whose category numbers depend on the traffic that it reads.
protocol CategoryReader: Model {
  /// What the model calls an input's categories; empty where it does not know.
  func categoryNames(ofInput index: Int) -> [String]

  /// The same model, reading the categories of this traffic.
  func reading(_ schema: TrafficSchema, at columns: ModelColumns) -> any Model
}

/// A model that can answer one traffic.
package struct BoundModel: Sendable {
  package let model: any Model
  package let columns: ModelColumns

  package init(model: any Model, columns: ModelColumns) {
    self.model = model
    self.columns = columns
  }
}

/// From how a scenario names a model to a model that scores its traffic.
package enum ModelReader {
  /// The model that a reference names. It answers any traffic with its inputs, once it is bound.
  ///
  /// - Parameter schema: the traffic, whose label and categories synthetic and tree models follow.
  package static func model(
    for reference: ModelReference, baseDirectory: String, schema: TrafficSchema
  ) throws(ModelError) -> any Model {
    switch reference {
    case .file(let path):
      let model = try ModelFile.load(path: path, baseDirectory: baseDirectory)
      guard let reader = model as? any CategoryReader else { return model }
      return reader.reading(schema, at: try bind(model, to: schema, named: path))
    case .column(let name, let output): return LoggedColumn(name: name, output: output)
    case .synthetic(let plan): return SyntheticModel(plan, label: schema.label)
    case .noModel: return NoModel()
    }
  }

  /// Where a model's inputs stand in a traffic.
  ///
  /// A model without names takes all of the traffic's features, in order; then their number has to be its
  /// own. A feature whose categories the traffic numbers as they come is refused: to any model these
  /// numbers would mean nothing.
  package static func bind(
    _ model: any Model, to schema: TrafficSchema, named name: String
  ) throws(ModelError) -> ModelColumns {
    let known = schema.features.map(\.name)
    if let count = (model as? any PositionalModel)?.positionalInputCount {
      guard count == known.count else {
        throw .wrongInputCount(model: name, wants: count, available: known)
      }
      try checkCategories(Array(0..<count), model, schema, name)
      return ModelColumns(features: Array(0..<count), logged: [])
    }
    let features = try positions(of: model.inputs, in: known, model: name)
    try checkCategories(features, model, schema, name)
    return ModelColumns(
      features: features,
      logged: try positions(of: model.loggedInputs, in: schema.logged, model: name))
  }

  /// Both in one: the model that a reference names, and where its inputs stand.
  package static func boundModel(
    for reference: ModelReference, baseDirectory: String, schema: TrafficSchema, named name: String
  ) throws(ModelError) -> BoundModel {
    let model = try model(for: reference, baseDirectory: baseDirectory, schema: schema)
    return BoundModel(model: model, columns: try bind(model, to: schema, named: name))
  }

  private static func checkCategories(
    _ columns: [Int], _ model: any Model, _ schema: TrafficSchema, _ name: String
  ) throws(ModelError) {
    for (input, column) in columns.enumerated() {
      let feature = schema.features[column]
      guard case .categorical(let categories) = feature.kind, categories.isEmpty else { continue }
      throw .categoriesNotNamed(
        model: name, feature: feature.name,
        names: (model as? any CategoryReader)?.categoryNames(ofInput: input) ?? [])
    }
  }

  private static func positions(
    of wanted: [String], in known: [String], model: String
  ) throws(ModelError) -> [Int] {
    let missing = wanted.filter { !known.contains($0) }
    guard missing.isEmpty else {
      throw .missingInputs(model: model, names: missing, available: known)
    }
    return wanted.compactMap { known.firstIndex(of: $0) }
  }
}
