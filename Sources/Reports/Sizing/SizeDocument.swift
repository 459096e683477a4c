import Documents
import Simulation

/// What a search for a size found, for programs; latencies are in milliseconds.
enum SizeDocument {
  static func json(_ findings: SizeFindings) -> JSONValue {
    let condition = findings.condition
    return .object([
      ("schema", .integer(1)), ("title", .string(findings.title)),
      ("seed", .integer(Int64(findings.seed))), ("arm", .string(findings.arm)),
      ("path", .string(findings.path)), ("promise", .string(condition.text)),
      ("metric", .string(condition.metric.name)),
      ("relation", .string(condition.relation.rawValue)),
      ("bound", .number(condition.bound * factor(findings))),
      ("unit", condition.metric.unit == .nanoseconds ? .string("ms") : .null),
      ("level", .number(findings.level)),
      ("size", findings.answer.map { .integer(Int64($0.size)) } ?? .null),
      ("moreWasAlwaysBetter", .bool(!findings.isUneven)),
      ("tries", .array(findings.tries.map { tried($0, factor(findings)) })),
    ])
  }

  private static func tried(_ tried: SizeFindings.Try, _ factor: Double) -> JSONValue {
    .object([
      ("size", .integer(Int64(tried.size))), ("value", number(tried.value.map { $0 * factor })),
      (
        "interval",
        tried.interval.map { .array([.number($0.low * factor), .number($0.high * factor)]) }
          ?? .null
      ), ("answered", .number(tried.answered)), ("goodputPerSecond", number(tried.goodput)),
      ("replications", .integer(Int64(tried.replications))),
      ("outcome", .string(tried.outcome.rawValue)),
    ])
  }

  static func csv(_ findings: SizeFindings) -> String {
    let factor = factor(findings)
    let head = [
      "size", "metric", "value", "low", "high", "answered", "goodput_per_second", "replications",
      "outcome", "is_answer",
    ]
    let rows = findings.tries.map { tried in
      [
        String(tried.size), findings.condition.metric.name,
        CSV.number(tried.value.map { $0 * factor }),
        CSV.number(tried.interval.map { $0.low * factor }),
        CSV.number(tried.interval.map { $0.high * factor }), CSV.number(tried.answered),
        CSV.number(tried.goodput), String(tried.replications), tried.outcome.rawValue,
        tried == findings.answer ? "yes" : "no",
      ]
    }
    return ([head] + rows).map(CSV.row).joined()
  }

  private static func factor(_ findings: SizeFindings) -> Double {
    findings.condition.metric.unit == .nanoseconds ? 1e-6 : 1
  }

  private static func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
}

/// The faces of a search for a size.
extension Report {
  /// For a terminal, without colour; ends with a line break.
  package static func table(_ findings: SizeFindings) -> String { SizeText(findings).terminal }

  /// GitHub-flavoured Markdown.
  package static func markdown(_ findings: SizeFindings) -> String { SizeText(findings).markdown }

  /// One row per size that was tried, every number in full (RFC 4180, LF).
  package static func csv(_ findings: SizeFindings) -> String { SizeDocument.csv(findings) }

  /// JSON; ends with a line break.
  package static func document(_ findings: SizeFindings) -> String {
    SizeDocument.json(findings).written(.pretty) + "\n"
  }
}
