import Documents
import Simulation

/// What an arm's service went through, of an arm that tells of it.
extension FindingsEncoder {
  func serving(_ serving: ServingFindings) -> JSONValue {
    .object([
      ("attempts", serving.attempts.map(attempts) ?? .null),
      ("levels", .array(serving.levels.map(level))),
      ("causes", .array(serving.causes.map(cause))),
      ("droppedCopies", .count(serving.droppedCopies)),
      ("language", serving.language.map(language) ?? .null),
    ])
  }

  private func attempts(_ attempts: ServingFindings.AttemptCounts) -> JSONValue {
    .object([
      ("first", .count(attempts.first)), ("retries", .count(attempts.retries)),
      ("hedges", .count(attempts.hedges)), ("answered", .count(attempts.answered)),
      ("late", .count(attempts.late)), ("timedOut", .count(attempts.timedOut)),
      ("failed", .count(attempts.failed)), ("shed", .count(attempts.shed)),
      ("abandoned", .count(attempts.abandoned)), ("cancelled", .count(attempts.cancelled)),
      ("inFlight", .count(attempts.inFlight)),
      ("retriesRefused", .count(attempts.retriesRefused)),
    ])
  }

  private func level(_ level: ServingFindings.ServiceLevel) -> JSONValue {
    .object([
      ("start", .time(level.start)), ("end", .time(level.end)),
      ("waiting", .number(level.waiting)), ("busyReplicas", .number(level.busyReplicas)),
      ("readyReplicas", .number(level.readyReplicas)),
      ("orderedReplicas", .number(level.orderedReplicas)),
    ])
  }

  private func cause(_ cause: ServingFindings.LatencyCause) -> JSONValue {
    .object([
      ("cause", .string(cause.kind.rawValue)), ("mean", .number(cause.mean)),
      ("meanOfSlowest", .optional(cause.meanOfSlowest)),
    ])
  }

  private func language(_ language: ServingFindings.LanguageFindings) -> JSONValue {
    .object([
      ("promptTokens", .count(language.promptTokens)),
      ("generatedTokens", .count(language.generatedTokens)),
      ("cachedTokens", .count(language.cachedTokens)),
      ("recomputedTokens", .count(language.recomputedTokens)),
      ("preemptions", .count(language.preemptions)), ("steps", .count(language.steps)),
      ("generatedPerSecond", .optional(language.generatedPerSecond)),
      ("peakMemory", .optional(language.peakMemory)),
      ("costPerMillionTokens", .optional(language.costPerMillionTokens)),
      ("firstToken", quantiles(language.firstToken)),
      ("tokenGap", quantiles(language.tokenGap)),
    ])
  }
}
