import Documents
import Simulation

/// A plan for programs.
enum PlanDocument {
  static func json(_ findings: PlanFindings) -> JSONValue {
    .object([
      ("schema", .integer(1)), ("metric", .string(findings.name)),
      ("kind", .string(findings.metric.rawValue)), ("baseline", number(findings.baseline)),
      ("paired", .bool(findings.isPaired)), ("question", .string(question(findings.goal))),
      ("lowerIsBetter", .bool(findings.lowerIsBetter)), ("level", .number(findings.level)),
      ("solved", .string(findings.solved.rawValue)), ("unitsPerDay", number(findings.perDay)),
      ("answer", row(findings.main)), ("rows", .array(findings.rows.map(row))),
      ("shadow", findings.shadow.map(shadow) ?? .null),
      ("simulation", findings.simulation.map(simulation) ?? .null),
      ("measured", .array(findings.measured.map { .string($0) })),
      ("methods", .array(findings.methods.map { .string($0) })),
      ("assumptions", .array(findings.assumptions.map { .string($0) })),
      ("sentence", .string(PlanSentence(findings).text)),
    ])
  }

  private static func row(_ row: PlanFindings.Row) -> JSONValue {
    .object([
      ("effect", .number(row.effect)), ("margin", number(row.margin)),
      ("power", .number(row.power)), ("units", .integer(Int64(row.units))),
      ("unitsPerArm", .array(row.unitsPerArm.map { .integer(Int64($0)) })),
      ("days", row.days.map { .integer(Int64($0)) } ?? .null),
      ("expectedShare", number(row.expectedShare)),
      (
        "powerInterval",
        row.powerInterval.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
      ),
    ])
  }

  private static func simulation(_ simulation: PlanFindings.Simulation) -> JSONValue {
    .object([
      ("method", .string(simulation.method)), ("runs", .integer(Int64(simulation.runs))),
      ("seed", .integer(Int64(simulation.seed))),
      ("unanswered", .integer(Int64(simulation.unanswered))),
    ])
  }

  private static func shadow(_ shadow: PlanFindings.Shadow) -> JSONValue {
    .object([
      ("pairs", .integer(Int64(shadow.pairCount))), ("correlation", .number(shadow.correlation)),
      ("requestsPerPair", .number(shadow.requestsPerPair)),
      ("adjustedRequestsPerPair", .number(shadow.adjustedRequestsPerPair)),
      ("varianceLeft", .array(shadow.variancesLeft.map { .number($0) })),
      ("covariate", shadow.covariate.map { .string($0) } ?? .null),
      ("unpaired", shadow.unpaired.map(row) ?? .null),
      ("adjusted", shadow.adjusted.map(row) ?? .null),
    ])
  }

  static func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }

  static func question(_ goal: PlanFindings.Goal) -> String {
    switch goal {
    case .different: "different"
    case .better(let margin): margin > 0 ? "better" : "not-worse"
    case .equivalent: "equivalent"
    }
  }

  static func csv(_ findings: PlanFindings) -> String {
    let head = [
      "metric", "baseline", "question", "margin", "effect", "power", "level", "units",
      "units_per_arm", "days", "expected_share", "power_low", "power_high",
      "is_answer",
    ]
    let rows = findings.rows.map { row in
      [
        findings.name, CSV.number(findings.baseline), question(findings.goal),
        CSV.number(row.margin), CSV.number(row.effect), CSV.number(row.power),
        CSV.number(findings.level), String(row.units),
        row.unitsPerArm.map { String($0) }.joined(separator: " "),
        row.days.map { String($0) } ?? "", CSV.number(row.expectedShare),
        CSV.number(row.powerInterval?.lowerBound), CSV.number(row.powerInterval?.upperBound),
        row == findings.main ? "yes" : "no",
      ]
    }
    return ([head] + rows).map(CSV.row).joined()
  }
}
