import Documents
import Simulation
import Statistics

/// What an arm's service went through, of an arm that tells of it.
extension FindingsEncoder {
  func serving(_ serving: ServingFindings) -> JSONValue {
    .object([
      ("attempts", serving.attempts.map(attempts) ?? .null),
      ("levels", .array(serving.levels.map(level))),
      ("causes", .array(serving.causes.map(cause))),
      ("droppedCopies", .count(serving.droppedCopies)),
      ("littleLaw", serving.littleLaw.map(law) ?? .null),
      ("steadyState", serving.steadyState.map(steadyState) ?? .null),
      ("language", serving.language.map(language) ?? .null),
    ])
  }

  private func law(_ law: LittleLaw.Verdict) -> JSONValue {
    .object([
      ("holds", .bool(law.holds)), ("area", whole(law.area)), ("times", whole(law.timesInSystem)),
      ("requests", .integer(law.requests)),
    ])
  }

  /// Many readers would round what is above 2⁵³.
  private func whole(_ number: Int128) -> JSONValue {
    number.magnitude <= 1 << 53 ? .integer(Int64(number)) : .string("\(number)")
  }

  private func steadyState(_ steady: SteadyStateFindings) -> JSONValue {
    switch steady {
    case .unavailable(let obstacle):
      return .object([("verdict", .string("unavailable")), ("reason", .string(obstacle.rawValue))])
    case .found(let found):
      let warmUp = found.warmUp.map {
        JSONValue.object([
          ("answers", .count($0.requests)), ("isSettled", .bool($0.isSettled)),
        ])
      }
      return .object([
        ("verdict", .string(found.length.verdict.key)),
        ("load", .number(found.length.load.utilisation)),
        ("customers", .count(found.length.customers)),
        ("neededCustomers", .optional(found.length.neededCustomers)),
        ("neededRequests", .optional(found.length.neededRequests)),
        ("warmUp", warmUp ?? .null),
        ("mean", found.mean.map { finding(.estimate($0)) } ?? .null),
        ("quantiles", quantiles(found.quantiles)),
      ])
    }
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

extension RunLength.Verdict {
  fileprivate var key: String {
    switch self {
    case .enough: "enough"
    case .tooShort: "tooShort"
    case .noSteadyState: "noSteadyState"
    case .infiniteVariation: "infiniteVariation"
    case .infiniteMean: "infiniteMean"
    case .infiniteError: "infiniteError"
    }
  }
}
