import Documents
import Reports
import Scenarios
import Statistics

/// A fit as the scenario states it: the members of an arm, or of one arm for each group.
enum FittingPiece {
  static let stepKeys = [
    "perPrefillToken", "perPrefillTokenSquared", "perSequence", "perCachedToken",
  ]

  static func json(_ groups: [FittingFindings.Group]) -> JSONValue {
    if groups.count == 1, groups[0].name == nil { return arm(groups[0]) }
    return .object(groups.map { ($0.name ?? "", arm($0)) })
  }

  private static func arm(_ group: FittingFindings.Group) -> JSONValue {
    .object([("service", .object(service(group)))])
  }

  private static func service(_ group: FittingFindings.Group) -> [(String, JSONValue)] {
    let law = group.selection.chosen.law
    switch group.form {
    case .plain: return [("time", ScenarioPiece.durations(law))]
    case .regression(let regression, let columns):
      return [
        (
          "time",
          .object([
            ("base", ScenarioPiece.duration(seconds: regression.base)),
            ("per", .object(coefficients(columns, regression))),
            ("noise", ScenarioPiece.numbers(law)),
          ])
        )
      ]
    case .batch(let curve): return batch(curve)
    case .steps(let regression, let keys):
      let base = [("base", ScenarioPiece.duration(seconds: regression.base))]
      return [("llm", .object([("steps", .object(base + coefficients(keys, regression)))]))]
    }
  }

  /// The time of one request, and what a batch multiplies it by; below the smallest size that was measured the
  /// time is that one's.
  private static func batch(_ curve: BatchCurve) -> [(String, JSONValue)] {
    let one = curve.time(of: 1)
    let measured = zip(curve.sizes, curve.times).filter { $0.0 > 1 }
    let points = [(1.0, 1.0)] + measured.map { ($0, ($1 / one).stated()) }
    let largest = Int64(curve.sizes[curve.sizes.count - 1])
    return [
      ("time", ScenarioPiece.duration(seconds: one)),
      (
        "batch",
        .object([
          ("size", .integer(largest)),
          ("curve", .array(points.map { .array([.integer(Int64($0)), .number($1)]) })),
        ])
      ),
    ]
  }

  private static func coefficients(
    _ names: [String], _ regression: TimeRegression
  ) -> [(String, JSONValue)] {
    zip(names, regression.coefficients).map { ($0, ScenarioPiece.duration(seconds: $1)) }
  }
}

/// A constant time as a scenario states it.
enum ScenarioTime {
  static func text(_ seconds: Double) -> String {
    ScenarioPiece.duration(seconds: seconds.stated()).written()
  }
}
