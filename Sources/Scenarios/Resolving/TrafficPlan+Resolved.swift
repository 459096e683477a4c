import Documents
import Models
import Probability
import Traffic

extension TrafficPlan {
  func resolved(_ labellers: [ModelReference]) -> JSONValue {
    switch self {
    case .replay(let plan): plan.resolved
    case .synthetic(let plan): .members(("synthetic", plan.resolved(labellers)))
    }
  }
}

extension RecordingPlan {
  fileprivate var resolved: JSONValue {
    .members(
      [
        ("replay", .string(path)),
        ("format", format == .automatic ? nil : .string(format.rawValue)),
        ("delimiter", isJSONLines ? nil : .string(String(Unicode.Scalar(delimiter)))),
      ]
        + resolvedTimes + resolvedLabel + [
          ("features", features.resolved),
          ("unit", unitColumn.map { .string($0) }),
          ("unitKind", unitsAreIdentities ? "identity" : nil),
          ("latency", latencyColumn.map { .string($0) }),
          ("latencyUnit", .string(latencyUnitText)),
          ("segments", resolvedSegments),
          ("inputTokens", inputTokenColumn.map { .string($0) }),
          ("outputTokens", outputTokenColumn.map { .string($0) }),
          ("prefixes", prefixColumn.map { .string($0) }),
          ("prefixBlock", prefixColumn.map { _ in .integer(Int64(prefixBlockTokens)) }),
          ("priority", priorityColumn.map { .string($0) }),
          ("missing", .texts(missingTokens)),
          ("fromRow", .integer(Int64(fromRow))),
          ("untilRow", untilRow.map { .integer(Int64($0)) }),
          ("start", start.map { .string($0.rfc3339) }),
          ("from", from?.resolved), ("until", until?.resolved),
          ("speed", .number(speed)), ("loop", .integer(Int64(loops))),
          ("share", .number(shareOfUnits)),
          ("labellersBefore", labellersBefore == 0 ? nil : .integer(Int64(labellersBefore))),
          ("fromUsers", isFromUsers ? .bool(true) : nil),
          ("onBadValue", .string(onBadValue.rawValue)),
        ] + onTimeReversal.resolved)
  }

  private var resolvedSegments: JSONValue {
    guard segmentValues.contains(where: { !$0.isEmpty }) else { return .texts(segmentColumns) }
    return .object(
      segmentColumns.indices.map { index in
        (
          segmentColumns[index],
          .texts(segmentValues.indices.contains(index) ? segmentValues[index] : [])
        )
      })
  }

  private var resolvedTimes: [(String, JSONValue?)] {
    guard let timeColumn else { return [("rate", rate.map { .number($0) })] }
    return [
      ("time", .string(timeColumn)), ("timeFormat", timeFormat.resolved),
      ("timeZone", .string(InstantText.zoneText(zoneOffset))),
    ]
  }

  private var resolvedLabel: [(String, JSONValue?)] {
    guard let labelColumn else { return [] }
    let kind: (String, JSONValue?) =
      switch labelKind {
      case .automatic: ("labelKind", "automatic")
      case .real: ("labelKind", "real")
      case .classes(let names): ("classes", .texts(names))
      }
    return [("label", .string(labelColumn)), kind]
  }

  private var latencyUnitText: String {
    let unit = DurationText.units.first {
      $0.nanoseconds == latencyUnitNanoseconds && ["ns", "us", "ms", "s"].contains($0.name)
    }
    return unit?.name ?? SimulatedDuration(nanoseconds: latencyUnitNanoseconds).text
  }
}

extension RecordingPlan.TimeFormat {
  fileprivate var resolved: JSONValue {
    switch self {
    case .automatic: "automatic"
    case .rfc3339: "rfc3339"
    case .pattern(let pattern): .string(pattern)
    case .epoch(1_000_000_000): "epochSeconds"
    case .epoch(1_000_000): "epochMilliseconds"
    case .epoch(1000): "epochMicroseconds"
    case .epoch(1): "epochNanoseconds"
    case .epoch(let unit): .members(("epoch", .duration(SimulatedDuration(nanoseconds: unit))))
    }
  }
}

extension RecordingPlan.FeatureSelection {
  fileprivate var resolved: JSONValue {
    guard case .named(let columns) = self else { return "*" }
    return .object(
      columns.map { column in
        switch column.categories {
        case nil: (column.name, "numeric")
        case []?: (column.name, "categorical")
        case let names?: (column.name, .texts(names))
        }
      })
  }
}

extension RecordingPlan.TimeReversalRule {
  fileprivate var resolved: [(String, JSONValue?)] {
    switch self {
    case .stop: [("onTimeReversal", "stop")]
    case .shift: [("onTimeReversal", "shift")]
    case .reorder(let window):
      [("onTimeReversal", "reorder"), ("reorderWindow", .duration(window))]
    }
  }
}

// MARK: Synthetic traffic

extension SyntheticPlan {
  fileprivate func resolved(_ labellers: [ModelReference]) -> JSONValue {
    .members(
      ("requests", requests.map { .integer(Int64($0)) }),
      ("duration", duration.map { .duration($0) }),
      ("start", .string(start.rfc3339)),
      ("arrivals", resolvedArrivals),
      ("features", .object(features.map { ($0.name, $0.kind.resolved) })),
      ("units", units.map { .members(("count", .integer(Int64($0.count)))) }),
      ("label", label.resolved(labellers)),
      ("segments", .texts(segments)),
      ("inputTokens", inputTokens?.resolved(.number)),
      ("outputTokens", outputTokens?.resolved(.number)),
      ("priority", priority?.resolved(.number)))
  }
}

extension SyntheticPlan {
  fileprivate var resolvedArrivals: JSONValue {
    .members(
      arrivals.resolved + [
        ("gaps", gaps?.resolved(.number)), ("groups", groups?.resolved(.number)),
      ])
  }
}

extension SyntheticPlan.Arrivals {
  fileprivate var resolved: [(String, JSONValue?)] {
    switch self {
    case .constant(let rate): return [("constant", .number(rate))]
    case .users(let count, let think):
      return [("users", .integer(Int64(count))), ("think", think.resolved(.duration))]
    case .poisson(let rate): return [("poisson", .number(rate))]
    case .wave(let wave):
      return [
        (
          "wave",
          .members(
            ("mean", .number(wave.mean)), ("amplitude", .number(wave.amplitude)),
            ("period", .duration(wave.period)), ("peak", .duration(wave.peak)))
        )
      ]
    case .states(let states):
      let list = states.map { state in
        JSONValue.members(("rate", .number(state.rate)), ("stay", .duration(state.stay)))
      }
      return [("states", .array(list))]
    case .hawkes(let rate, let branching, let decay):
      return [
        (
          "hawkes",
          .members(
            ("rate", .number(rate)), ("branching", .number(branching)),
            ("decay", .duration(decay)))
        )
      ]
    case .piecewise(let period, let rates):
      let list = JSONValue.array(rates.map { .number($0) })
      switch period.text {
      case "1d": return [("daily", list)]
      case "7d": return [("weekly", list)]
      case let text: return [("period", .string(text)), ("rates", list)]
      }
    }
  }
}

extension SyntheticPlan.Feature.Kind {
  fileprivate var resolved: JSONValue {
    switch self {
    case .drawn(let distribution): distribution.resolved(.number)
    case .categorical(let names, let weights):
      .members(("categories", .object(zip(names, weights).map { ($0, .number($1)) })))
    case .autoregressive(let rho): .members(("autoregressive", .number(rho)))
    case .perUnit(let distribution): .members(("perUnit", distribution.resolved(.number)))
    }
  }
}

extension SyntheticPlan.Label {
  fileprivate func resolved(_ labellers: [ModelReference]) -> JSONValue {
    switch self {
    case .none: "none"
    case .bernoulli(let probability): .members(("probability", .number(probability)))
    case .real(let distribution): .members(("real", distribution.resolved(.number)))
    case .labeller(let index, .real):
      .members(("model", labellers[index].resolved), ("kind", "real"))
    case .labeller(let index, .classes(let names)):
      .members(
        ("model", labellers[index].resolved), ("kind", "classes"), ("classes", .texts(names)))
    }
  }
}

// MARK: Parts

extension TimePoint {
  var resolved: JSONValue {
    switch self {
    case .instant(let time): .string(time.rfc3339)
    case .offset(let duration): .string("+\(duration.text)")
    }
  }
}

extension Distribution {
  /// The textbook's parameters; among durations, those with a unit of time carry it.
  func resolved(_ quantity: Quantity) -> JSONValue {
    func amount(_ value: Double) -> JSONValue {
      quantity == .number ? .number(value) : .string(DurationText.text(seconds: value))
    }
    switch self {
    case .constant(let value): return amount(value)
    case .uniform(let low, let high):
      return .members(("uniform", .members(("low", amount(low)), ("high", amount(high)))))
    case .exponential(let mean): return .members(("exponential", .members(("mean", amount(mean)))))
    case .normal(let mean, let deviation):
      return .members(("normal", .members(("mean", amount(mean)), ("sd", amount(deviation)))))
    case .lognormal(let mu, let sigma):
      return .members(("lognormal", .members(("mu", .number(mu)), ("sigma", .number(sigma)))))
    case .gamma(let shape, let scale):
      return .members(("gamma", .members(("shape", .number(shape)), ("scale", amount(scale)))))
    case .weibull(let shape, let scale):
      return .members(("weibull", .members(("shape", .number(shape)), ("scale", amount(scale)))))
    case .pareto(let minimum, let shape):
      return .members(
        ("pareto", .members(("minimum", amount(minimum)), ("shape", .number(shape)))))
    case .bernoulli(let probability): return .members(("bernoulli", .number(probability)))
    case .categorical(let weights):
      return .members(("categorical", .array(weights.map { .number($0) })))
    case .empirical(let values): return .members(("empirical", .array(values.map(amount))))
    case .quantiles(let probabilities, let values):
      return .members(
        (
          "quantiles",
          .members(
            ("at", .array(probabilities.map { .number($0) })),
            ("values", .array(values.map(amount))))
        ))
    case .shifted(let by, let law):
      return .members(
        ("shifted", .members(("by", amount(by)), ("of", law.resolved(quantity)))))
    case .mixture(let parts):
      return .members(
        (
          "mixture",
          .array(
            parts.map {
              .members(
                ("weight", .number($0.weight)), ("of", $0.distribution.resolved(quantity)))
            })
        ))
    }
  }
}

extension JSONValue {
  /// An object without the members that are nil.
  static func members(_ members: (String, JSONValue?)...) -> JSONValue { .members(members) }

  static func members(_ members: [(String, JSONValue?)]) -> JSONValue {
    .object(members.compactMap { key, value in value.map { (key, $0) } })
  }

  static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
  static func duration(_ duration: SimulatedDuration) -> JSONValue {
    .string(duration.text)
  }
}
