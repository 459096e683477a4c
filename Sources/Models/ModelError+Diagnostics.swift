import Documents

extension ModelError {
  /// What the person is told.
  package var diagnostics: Diagnostics {
    switch self {
    case .fileMissing(let path):
      Diagnostics([
        Diagnostic(
          at: Place(file: path), "there is no such model file",
          help: "a model's path is relative to the scenario's folder")
      ])
    case .badFile(let diagnostics): diagnostics
    case .missingInputs(let model, let names, let available):
      Diagnostics([Self.missingInputs(model, names, available)])
    case .wrongInputCount(let model, let wants, let available):
      Diagnostics([
        Diagnostic(
          at: Place(file: model),
          "the model names no features and wants \(wants), but the traffic has "
            + "\(available.count): \(Self.list(available))",
          help: "name the \(wants) features in `traffic.features`, in the order of training")
      ])
    case .categoriesNotNamed(let model, let feature, let names):
      Diagnostics([
        Diagnostic(
          at: Place(file: model),
          "the model reads the categories of \(feature) by number, but the traffic numbers them as "
            + "they come",
          help: names.isEmpty
            ? "list the categories of \(feature) in `traffic.features`, in the order of training"
            : "list the categories of \(feature) in `traffic.features`; the model knows "
              + Self.list(names))
      ])
    }
  }

  private static func missingInputs(
    _ model: String, _ names: [String], _ available: [String]
  ) -> Diagnostic {
    let plural = names.count == 1 ? "a column" : "columns"
    let has = available.isEmpty ? "has none" : "has \(list(available))"
    let near = names.compactMap { name in
      NearestName.of(name, among: available).map { (name, $0) }
    }
    let help =
      near.isEmpty
      ? "give the traffic these columns, or take another model"
      : "did you mean "
        + near.map { names.count == 1 ? "\($0.1)?" : "\($0.1) for \($0.0)?" }
        .joined(separator: " ")
    return Diagnostic(
      at: Place(file: model),
      "the model wants \(plural) that the traffic lacks: \(list(names)); the traffic \(has)",
      help: help)
  }

  /// Names with commas; a long list is cut, with how many are left.
  private static func list(_ names: [String]) -> String {
    let shown = 12
    let text = names.prefix(shown).joined(separator: ", ")
    return names.count > shown ? "\(text) and \(names.count - shown) more" : text
  }
}
