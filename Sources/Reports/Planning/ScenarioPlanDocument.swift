import Documents
import Simulation

/// A scenario's plan for programs; amounts of latencies are in milliseconds.
enum ScenarioPlanDocument {
  private typealias Need = ScenarioPlanFindings.Need

  static func json(_ findings: ScenarioPlanFindings) -> JSONValue {
    .object([
      ("schema", .integer(1)), ("title", .string(findings.title)),
      ("seed", .integer(Int64(findings.seed))), ("requests", .integer(Int64(findings.requests))),
      ("days", number(findings.days)),
      ("requestsPerDay", number(findings.days.map { Double(findings.requests) / $0 })),
      ("requestsPerHour", number(findings.days.map { Double(findings.requests) / $0 / 24 })),
      ("shares", .array(findings.shares.map { .number($0) })), ("power", .number(findings.power)),
      ("comparisonsOfOneError", .integer(Int64(findings.family))),
      ("looks", findings.looks.map { .integer(Int64($0)) } ?? .null),
      ("comparisons", .array(findings.comparisons.map(comparison))),
      ("assumptions", .array(findings.assumptions.map { .string($0) })),
    ])
  }

  private static func comparison(_ comparison: ScenarioPlanFindings.Comparison) -> JSONValue {
    .object([
      ("metric", .string(comparison.metric.name)), ("arm", .string(comparison.arm)),
      ("question", .string(PlanDocument.question(comparison.goal))),
      ("unit", comparison.metric.unit == .nanoseconds ? .string("ms") : .null),
      ("level", .number(comparison.level)),
      ("absence", comparison.absence.map { .string($0) } ?? .null),
      ("measured", comparison.facts.map(facts) ?? .null),
      ("atThisLength", comparison.reach.map(reach) ?? .null),
      ("steps", .array(comparison.steps.map(step))),
      ("simulated", comparison.simulated.map(PlanDocument.json) ?? .null),
    ])
  }

  private static func facts(_ facts: ScenarioPlanFindings.Facts) -> JSONValue {
    .object([
      ("requests", .integer(Int64(facts.requests))), ("production", .number(facts.production)),
      ("candidate", .number(facts.candidate)),
      ("productionDeviation", .number(facts.productionDeviation)),
      ("candidateDeviation", .number(facts.candidateDeviation)),
      ("differenceDeviation", .number(facts.differenceDeviation)),
      ("correlation", .number(facts.correlation)), ("serialFactor", .number(facts.serialFactor)),
      ("units", facts.units.map(units) ?? .null),
      ("varianceLeft", .array(facts.variancesLeft.map { .number($0) })),
      ("requestsPerPair", number(facts.requestsPerPair)),
      ("adjustedRequestsPerPair", number(facts.adjustedRequestsPerPair)),
    ])
  }

  private static func units(_ units: ScenarioPlanFindings.Units) -> JSONValue {
    .object([
      ("count", .integer(Int64(units.count))), ("size", .number(units.size)),
      ("sizeVariation", .number(units.sizeVariation)),
      ("correlation", .number(units.correlation)), ("designEffect", .number(units.designEffect)),
    ])
  }

  private static func reach(_ reach: ScenarioPlanFindings.Reach) -> JSONValue {
    .object([
      ("shadow", number(reach.shadow)), ("ab", number(reach.split)),
      ("adjusted", number(reach.adjusted)),
    ])
  }

  private static func step(_ step: ScenarioPlanFindings.Step) -> JSONValue {
    .object([
      ("effect", .number(step.effect)), ("margin", number(step.margin)),
      ("shadow", step.shadow.map(need) ?? .null), ("ab", step.split.map(need) ?? .null),
      ("adjusted", step.adjusted.map(need) ?? .null),
    ])
  }

  private static func need(_ need: Need) -> JSONValue {
    .object([
      ("requests", .integer(Int64(need.requests))), ("days", number(need.days)),
      ("power", .number(need.power)), ("expectedShare", number(need.expectedShare)),
    ])
  }

  /// No ratio is endless in JSON.
  private static func number(_ value: Double?) -> JSONValue {
    PlanDocument.number(value.flatMap { $0.isFinite ? $0 : nil })
  }

  static func csv(_ findings: ScenarioPlanFindings) -> String {
    let head = [
      "metric", "arm", "question", "level", "effect", "margin", "design", "requests", "days",
      "power",
    ]
    var rows: [[String]] = []
    for comparison in findings.comparisons {
      for step in comparison.steps {
        let designs = [("shadow", step.shadow), ("ab", step.split), ("adjusted", step.adjusted)]
        for (name, need) in designs {
          rows.append([
            comparison.metric.name, comparison.arm, PlanDocument.question(comparison.goal),
            CSV.number(comparison.level), CSV.number(step.effect), CSV.number(step.margin), name,
            need.map { String($0.requests) } ?? "", CSV.number(need?.days),
            CSV.number(need?.power),
          ])
        }
      }
    }
    return ([head] + rows).map(CSV.row).joined()
  }
}
