import Documents
import Probability

/// Values as a scenario states them, for those who write a piece of one.
package enum ScenarioPiece {
  /// A distribution of durations; its numbers are seconds.
  package static func durations(_ law: Distribution) -> JSONValue { law.resolved(.duration) }

  /// A distribution of bare numbers.
  package static func numbers(_ law: Distribution) -> JSONValue { law.resolved(.number) }

  /// "8ms".
  package static func duration(seconds: Double) -> JSONValue {
    .string(DurationText.text(seconds: seconds))
  }
}
