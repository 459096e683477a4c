import Documents
import Probability
import Simulation
import Traffic

extension ServicePlan {
  var resolved: JSONValue {
    .members(
      (sharedWith == nil ? resolvedSize : []) + [
        ("time", language == nil ? time.resolved : nil),
        ("timeout", timeout.map { .duration($0) } ?? "none"),
        ("timeoutCancels", .bool(timeoutCancels)),
      ] + resolvedLuck + [
        ("sharedWith", sharedWith.map { .string($0) }),
        ("llm", language?.resolved),
      ] + (sharedWith == nil ? resolvedStation : []))
  }

  /// nil where requests visit the service alone.
  var resolvedRoute: JSONValue? {
    route.isEmpty ? nil : .array(route.map(\.resolved))
  }

  fileprivate var resolvedSize: [(String, JSONValue?)] {
    var count = JSONValue.integer(Int64(replicas))
    if case .schedule(let schedule) = station.scaling { count = schedule.resolved }
    return [
      ("replicas", count), ("queue", queueLimit.map { .integer(Int64($0)) } ?? "unlimited"),
    ]
  }

  fileprivate var resolvedLuck: [(String, JSONValue?)] {
    [("errorRate", .number(errorRate)), ("luck", .string(luck.rawValue))]
  }

  /// What nothing else gives a meaning to is left out.
  fileprivate var resolvedStation: [(String, JSONValue?)] {
    [
      ("discipline", language == nil ? .string(station.discipline.rawValue) : nil),
      ("balancing", station.balancing.resolved),
      ("shed", queueLimit.map { _ in .string(station.shedding.rawValue) }),
      ("batch", station.batch?.resolved),
      (
        "speeds",
        station.speeds.isEmpty ? nil : .array(station.speeds.map { .number($0) })
      ),
      ("autoscale", station.scaling.resolved),
      ("coldStart", station.coldStart?.resolved(.duration)),
      ("coldCache", station.coldCache?.resolved),
      ("setUp", station.setUp?.resolved(.duration)),
      ("failures", .array(station.failures.map(\.resolved))),
      (
        "onFailure",
        station.failures.isEmpty ? nil : .string(station.onFailure.rawValue)
      ),
    ]
  }
}

extension NamedStation {
  var resolved: JSONValue {
    .members(
      service.resolvedSize + [("time", service.time.resolved)] + service.resolvedLuck
        + service.resolvedStation)
  }
}

extension ServicePlan.ServiceTime {
  fileprivate var resolved: JSONValue {
    switch self {
    case .drawn(let distribution): distribution.resolved(.duration)
    case .logged(let scale): .members(("logged", .number(scale)))
    case .sized(let time): time.resolved
    }
  }
}

extension SizedTime {
  fileprivate var resolved: JSONValue {
    .members(
      ("base", .string(DurationText.text(seconds: base))),
      (
        "per",
        .object(terms.map { ($0.column, .string(DurationText.text(seconds: $0.perUnit))) })
      ), ("noise", noise.resolved(.number)))
  }
}

extension RouteStep {
  fileprivate var resolved: JSONValue {
    switch self {
    case .own(0): "own"
    case .own(let again): .members(("own", .members(("again", .number(again)))))
    case .visit(let name): .string(name)
    case .fanOut(let names, let needed):
      .members(("fanOut", .texts(names)), ("needed", .integer(Int64(needed))))
    case .hold(let name): .members(("hold", .string(name)))
    }
  }
}

// MARK: Stations

extension StationPlan.Balancing {
  fileprivate var resolved: JSONValue {
    switch self {
    case .central: "central"
    case .roundRobin: "roundRobin"
    case .random: "random"
    case .leastLoaded: "leastLoaded"
    case .choices(2): "twoChoices"
    case .choices(let count): .members(("choices", .integer(Int64(count))))
    case .sticky: "sticky"
    }
  }
}

extension BatchPlan {
  fileprivate var resolved: JSONValue {
    let (word, curve): (JSONValue?, JSONValue?) =
      switch time {
      case .slowest: ("slowest", nil)
      case .sum: ("sum", nil)
      case .curve(let points):
        (nil, .array(points.map { .array([.integer(Int64($0.size)), .number($0.factor)]) }))
      }
    return .members(
      ("size", .integer(Int64(largest))), ("wait", .duration(longestWait)),
      ("preferred", .array(preferred.map { .integer(Int64($0)) })), ("time", word),
      ("curve", curve))
  }
}

extension ColdCachePlan {
  fileprivate var resolved: JSONValue {
    .members(("factor", .number(factor)), ("halvedAfter", .number(halvedAfter)))
  }
}

extension FailurePlan {
  fileprivate var resolved: JSONValue {
    switch self {
    case .breakdowns(let lasting, let every):
      return .members(
        (
          "breakdown",
          .members(("every", every.resolved(.duration)), ("lasting", lasting.resolved(.duration)))
        ))
    case .outages(let times, let lasting, let share):
      let when: (String, JSONValue?) =
        switch times {
        case .every(let every): ("every", every.resolved(.duration))
        case .at(let times): ("at", .array(times.map { .duration($0) }))
        }
      return .members(
        (
          "outage",
          .members(when, ("lasting", lasting.resolved(.duration)), ("share", .number(share)))
        ))
    case .slowness(let lasting, let every, let factor):
      return .members(
        (
          "slow",
          .members(
            ("every", every.resolved(.duration)), ("lasting", lasting.resolved(.duration)),
            ("factor", .number(factor)))
        ))
    }
  }
}

// MARK: Numbers of replicas

extension ReplicaSchedule {
  fileprivate var resolved: JSONValue {
    .members(
      (
        "schedule",
        .array(
          steps.map {
            .members(("from", .duration($0.from)), ("replicas", .integer(Int64($0.replicas))))
          })
      ),
      ("period", period.map { .duration($0) } ?? "none"))
  }
}

extension ScalingPlan {
  /// nil where it is no autoscaler.
  fileprivate var resolved: JSONValue? {
    if case .automatic(let plan) = self { plan.resolved } else { nil }
  }
}

extension AutoscalerPlan {
  fileprivate var resolved: JSONValue {
    let (word, own): (String, [(String, JSONValue?)]) =
      switch kind {
      case .horizontal(let plan): ("kubernetes", plan.resolved)
      case .knative(let plan): ("knative", plan.resolved(toZero: fewest == 0))
      }
    return .members(
      (
        word,
        .members(
          [
            ("on", .string(signal.rawValue)), ("target", .number(target)),
            ("fewest", .integer(Int64(fewest))), ("most", .integer(Int64(most))),
            ("interval", .duration(interval)),
          ] + own)
      ))
  }
}

extension AutoscalerPlan.HorizontalPlan {
  fileprivate var resolved: [(String, JSONValue?)] {
    [
      ("tolerance", .number(tolerance)), ("stabilisation", .duration(stabilisation)),
      ("growth", .number(growth)), ("growthBy", .integer(Int64(growthBy))),
      ("shrinkBy", shrinkBy == .max ? "unlimited" : .integer(Int64(shrinkBy))),
      ("ratePeriod", .duration(ratePeriod)),
    ]
  }
}

extension AutoscalerPlan.KnativePlan {
  fileprivate func resolved(toZero: Bool) -> [(String, JSONValue?)] {
    [
      ("stableWindow", .duration(stableWindow)), ("panicShare", .number(panicShare)),
      ("panicThreshold", .number(panicThreshold)), ("growth", .number(maximumGrowth)),
      ("shrink", .number(maximumShrink)), ("scaleDownDelay", .duration(scaleDownDelay)),
      ("graceToZero", toZero ? .duration(graceToZero) : nil),
    ]
  }
}
