import Documents
import Statistics

/// A fit for programs; times are in seconds.
enum FittingDocument {
  static func json(_ findings: FittingFindings) -> JSONValue {
    .object([
      ("schema", .integer(1)), ("heldOut", .string(findings.heldOut)),
      (
        "leftOut",
        .array(
          findings.leftOut.map {
            .object([("rows", .integer(Int64($0.count))), ("reason", .string($0.reason))])
          })
      ),
      ("groups", .array(findings.groups.map(group))), ("piece", findings.piece),
    ])
  }

  private static func group(_ group: FittingFindings.Group) -> JSONValue {
    .object([
      ("name", group.name.map { .string($0) } ?? .null),
      ("fittedRows", .integer(Int64(group.fittedCount))), ("form", form(group.form)),
      (
        "regression",
        group.regressionCheck.map {
          .object([("r2", PlanDocument.number($0.r2)), ("medianError", .number($0.medianError))])
        } ?? .null
      ),
      ("chosen", .string(group.selection.chosen.family.rawValue)),
      ("reason", .string(FittingText.reason(group.selection))),
      (
        "candidates",
        .array(
          zip(group.selection.candidates, group.checks).map { candidate($0, $1, group.isPlain) })
      ),
      ("check", check(group.check)), ("sentence", .string(FittingText.sentence(group))),
    ])
  }

  private static func form(_ form: FittingFindings.Form) -> JSONValue {
    switch form {
    case .plain: return .object([("kind", "time")])
    case .regression(let regression, let names):
      return .object(
        [("kind", "regression"), ("base", .number(regression.base))]
          + zip(names, regression.coefficients).map { ($0, .number($1)) })
    case .steps(let regression, let names):
      return .object(
        [("kind", "steps"), ("base", .number(regression.base))]
          + zip(names, regression.coefficients).map { ($0, .number($1)) })
    case .batch(let curve):
      let points = zip(curve.sizes, curve.times).map {
        JSONValue.array([.number($0), .number($1)])
      }
      return .object([("kind", "batch"), ("curve", .array(points))])
    }
  }

  private static func candidate(
    _ candidate: LatencySelection.Candidate, _ check: LatencyCheck, _ isOfTimes: Bool
  ) -> JSONValue {
    .object([
      ("family", .string(candidate.family.rawValue)),
      ("parameters", .string(LawText(isOfTimes: isOfTimes).parameters(candidate.law))),
      ("parameterCount", .integer(Int64(candidate.parameterCount))),
      ("score", candidate.blockScores == nil ? .null : .number(candidate.score)),
      ("blockScores", .array((candidate.blockScores ?? []).map { .number($0) })),
      ("logLikelihood", .number(candidate.logLikelihood)), ("aic", .number(candidate.aic)),
      ("bic", .number(candidate.bic)), ("distance", .number(check.distance)),
      ("p", .number(check.p)),
    ])
  }

  private static func check(_ check: LatencyCheck) -> JSONValue {
    .object([
      ("rows", .integer(Int64(check.count))), ("distance", .number(check.distance)),
      ("p", .number(check.p)), ("measuredMean", .number(check.measuredMean)),
      ("fittedMean", .number(check.fittedMean)),
      (
        "quantiles",
        .array(
          check.points.map {
            .object([
              ("p", .number($0.p)), ("measured", .number($0.measured)),
              ("fitted", .number($0.fitted)),
            ])
          })
      ),
    ])
  }
}

/// The faces of a fit; as pure as those of a run.
extension Report {
  /// For a terminal, without colour; ends with a line break.
  package static func table(_ findings: FittingFindings) -> String {
    FittingText(findings).terminal
  }

  /// GitHub-flavoured Markdown.
  package static func markdown(_ findings: FittingFindings) -> String {
    FittingText(findings).markdown
  }

  /// JSON; ends with a line break.
  package static func document(_ findings: FittingFindings) -> String {
    FittingDocument.json(findings).written(.pretty) + "\n"
  }
}
