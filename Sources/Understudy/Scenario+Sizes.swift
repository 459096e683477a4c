import Documents
import Scenarios
import Simulation
import Traffic

/// The columns that service times follow.
extension Scenario {
  /// The same with the places of these columns in the blocks of traffic.
  func placingSizes(
    in schema: TrafficSchema, _ places: ScenarioPlaces
  ) throws(StudyError) -> Scenario {
    var placed = self
    var mistakes: [Diagnostic] = []
    for arm in placed.arms.indices {
      guard case .sized(var time)? = placed.arms[arm].service?.time else { continue }
      for term in time.terms.indices {
        let column = time.terms[term].column
        time.terms[term].source = Self.source(of: column, schema)
        guard time.terms[term].source == nil else { continue }
        mistakes.append(
          Self.mistake(
            column, schema, at: places.size(column, of: placed.arms[arm].name)))
      }
      placed.arms[arm].service?.time = .sized(time)
    }
    if !mistakes.isEmpty { throw StudyError(.badData, Diagnostics(mistakes)) }
    return placed
  }

  private static func source(of column: String, _ schema: TrafficSchema) -> SizedTime.Source? {
    switch column {
    case "inputTokens" where schema.hasInputTokens: return .inputTokens
    case "outputTokens" where schema.hasOutputTokens: return .outputTokens
    default:
      return schema.featureIndex(column).flatMap {
        schema.features[$0].kind == .numeric ? .feature($0) : nil
      }
    }
  }

  private static func mistake(
    _ column: String, _ schema: TrafficSchema, at place: Place?
  ) -> Diagnostic {
    if schema.featureIndex(column) != nil {
      return Diagnostic(
        at: place, "the service time follows \(column), and its values are categories",
        help: "name a numeric feature")
    }
    if SizedTime.tokenColumns.contains(where: { $0.name == column }) {
      return Diagnostic(
        at: place, "the service time follows \(column), and the traffic has none",
        help: "name the column in `traffic`: `\(column): \"tokens\"`, say")
    }
    let features = schema.features.filter { $0.kind == .numeric }.map(\.name)
    let tokens = [
      schema.hasInputTokens ? "inputTokens" : nil, schema.hasOutputTokens ? "outputTokens" : nil,
    ].compactMap { $0 }
    let known = features + tokens
    let near = NearestName.of(column, among: known).map { "did you mean \($0)? " } ?? ""
    return Diagnostic(
      at: place, "the service time follows \(column), and the traffic has no such feature",
      help: known.isEmpty
        ? "name numeric columns in `features`" : "\(near)there are \(known.joined(separator: ", "))"
    )
  }
}
