import Documents
import Simulation

extension LanguagePlan {
  var resolved: JSONValue {
    .members(
      ("steps", steps.resolved), ("memory", .integer(Int64(memoryTokens))),
      ("sequences", .integer(Int64(sequences))), ("tokenBudget", .integer(Int64(tokenBudget))),
      ("blockTokens", .integer(Int64(blockTokens))), ("chunkedPrefill", .bool(chunkedPrefill)),
      ("prefixCaching", .bool(prefixCaching)), ("prefillPool", prefillPool?.resolved),
      ("costPerHour", costPerHour.map { .number($0) }))
  }
}

extension StepTimes {
  /// As the object `steps` of a scenario, every duration exact.
  package var resolved: JSONValue {
    func time(_ seconds: Double) -> JSONValue { .string(DurationText.text(seconds: seconds)) }
    return .members(
      ("base", time(base)), ("perPrefillToken", time(perPrefillToken)),
      ("perPrefillTokenSquared", time(perPrefillTokenSquared)),
      ("perSequence", time(perSequence)), ("perCachedToken", time(perCachedToken)))
  }
}

extension PrefillPoolPlan {
  fileprivate var resolved: JSONValue {
    .members(
      ("replicas", .integer(Int64(replicas))), ("steps", steps.resolved),
      ("transferPerToken", .string(DurationText.text(seconds: transferPerToken))))
  }
}
