import Documents
import Probability
import Simulation
import Traffic

extension ClientPlan {
  /// nil where clients ask once and wait.
  var resolved: JSONValue? {
    guard self != ClientPlan() else { return nil }
    return .members(
      ("deadline", deadline.map { .duration($0) } ?? "none"),
      ("patience", patience?.resolved(.duration)), ("retry", retry?.resolved),
      ("hedge", hedge?.resolved), ("rateLimit", rateLimit?.resolved),
      ("breaker", breaker?.resolved), ("priority", .integer(Int64(priority))))
  }
}

extension RetryPlan {
  fileprivate var resolved: JSONValue {
    let causes = [("timeout", onTimeout), ("error", onError), ("shed", onShed)]
    return .members(
      ("attempts", .integer(Int64(attempts))), ("delay", delay.resolved),
      ("on", .texts(causes.filter(\.1).map(\.0))), ("budget", budget?.resolved))
  }
}

extension RetryPlan.Delay {
  fileprivate var resolved: JSONValue {
    switch self {
    case .drawn(let distribution): distribution.resolved(.duration)
    case .backoff(let plan):
      .members(
        (
          "backoff",
          .members(
            ("first", .duration(plan.first)), ("factor", .number(plan.factor)),
            ("longest", .duration(plan.longest)), ("jitter", .string(plan.jitter.rawValue)))
        ))
    }
  }
}

extension RetryBudget {
  fileprivate var resolved: JSONValue {
    switch self {
    case .earned(let share, let perSecond, let burst):
      .members(
        (
          "earned",
          .members(
            ("share", .number(share)), ("perSecond", .number(perSecond)),
            ("burst", .number(burst)))
        ))
    case .tokens(let most, let perSuccess):
      .members(
        ("tokens", .members(("most", .number(most)), ("perSuccess", .number(perSuccess)))))
    case .concurrent(let share, let atLeast):
      .members(
        (
          "concurrent",
          .members(("share", .number(share)), ("atLeast", .integer(Int64(atLeast))))
        ))
    }
  }
}

extension HedgePlan {
  fileprivate var resolved: JSONValue {
    .members(
      ("after", .duration(after)), ("attempts", .integer(Int64(attempts))),
      ("cancelsOthers", .bool(cancelsOthers)))
  }
}

extension RateLimitPlan {
  fileprivate var resolved: JSONValue {
    .members(("perSecond", .number(perSecond)), ("burst", .number(burst)))
  }
}

extension BreakerPlan {
  fileprivate var resolved: JSONValue {
    .members(
      ("failureShare", .number(failureShare)), ("fewest", .integer(Int64(fewest))),
      ("window", .duration(window)), ("rest", .duration(rest)),
      ("probes", .integer(Int64(probes))))
  }
}
