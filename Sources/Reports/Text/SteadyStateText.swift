import Simulation
import Statistics

/// What latencies are in the long run, in sentences.
struct SteadyStateText {
  let findings: StudyFindings
  let style: NumberStyle

  init(_ findings: StudyFindings, style: NumberStyle) {
    self.findings = findings
    self.style = style
  }

  /// Of the arms that one run can tell of.
  var found: [String] {
    findings.arms.compactMap { arm in
      guard case .found(let found) = arm.serving?.steadyState else { return nil }
      return sentence(NameText.subject(arm.name), found)
    }
  }

  /// Of the others: one for all where the traffic is the reason.
  var unavailable: [String] {
    var sentences: [String] = []
    for arm in findings.arms {
      guard case .unavailable(let obstacle) = arm.serving?.steadyState else { continue }
      let text =
        obstacle.isOfInput
        ? "\(obstacle.words), so it has no long-run latency; its intervals come from replications."
        : "One run cannot tell \(NameText.subject(arm.name))'s latency in the long run, because \(obstacle.words); its interval comes from replications."
      if !sentences.contains(text) { sentences.append(text) }
    }
    return sentences
  }

  // MARK: Of one arm

  private func sentence(_ name: String, _ found: SteadyStateFindings.Found) -> String {
    guard found.length.isEnough else { return tooShort(name, found) }
    guard let mean = found.mean, mean.interval != nil else {
      return "\(name.capitalizedFirst) has too few answers for its latency in the long run."
    }
    let scale = MetricScale(nanosecondsUpTo: mean.value)
    let amount = EstimateText(mean, factor: scale.factor).full(style, unit: scale.unit)
    var text = "In the long run \(name)'s mean latency is \(amount)"
    if let warmUp = found.warmUp {
      if warmUp.requests > 0 {
        text += ", without the first \(answers(warmUp.requests)), its warm-up"
      }
      if !warmUp.isSettled {
        text += "; it has not been seen to settle, so that it may still change"
      }
    }
    return text + "."
  }

  private func tooShort(_ name: String, _ found: SteadyStateFindings.Found) -> String {
    let head = "No interval for \(name)'s latency in the long run: "
    let load = found.length.load
    let share = style.percent(load.utilisation)
    switch found.length.verdict {
    case .enough, .tooShort:
      let servers = load.servers == 1 ? "1 replica" : "\(style.count(load.servers)) replicas"
      return head + "the run is too short for a load of \(share) on \(servers). "
        + "Its queue forgets in about \(whole(load.relaxationCustomers)) requests; "
        + "\(whole(found.length.neededRequests ?? 0)) requests of traffic would do, and there were "
        + "\(style.count(findings.requests))."
    case .noSteadyState:
      return head + "a load of \(share) is not below what the replicas can do."
    case .infiniteVariation:
      return head + "gaps or service times have no variance, so that no length would do."
    case .infiniteMean(let index), .infiniteError(let index):
      return head + "service times with a tail of index \(Digits.trimmed(index, decimals: 2)) are "
        + "too wild for it, so that no length would do."
    }
  }

  private func answers(_ count: Int) -> String {
    count == 1 ? "answer" : "\(style.count(count)) answers"
  }

  private func whole(_ number: Double) -> String {
    number < 1e15 ? style.count(Int64(number.rounded(.up))) : "more than 10¹⁵"
  }
}

extension SteadyGround.Obstacle {
  /// Of the traffic a main clause, of the service what follows "because".
  fileprivate var words: String {
    switch self {
    case .recordedTraffic: "Recorded traffic changes over time as it likes"
    case .changingRate: "Traffic comes at a rate that changes over time"
    case .waitingUsers: "Each user waits for the answer before the next request"
    case .burstyTraffic: "traffic comes in bursts, and how long they last is not in the load"
    case .unknownGroups: "the size of its groups of requests has no mean in closed form"
    case .retries: "clients ask again, which feeds the load back to itself"
    case .gates: "a breaker or a rate limit decides what comes"
    case .changingReplicas: "replicas come and go"
    case .failures: "replicas fail, at a pace that is not in the load"
    case .batches: "requests are served in batches"
    case .separateQueues: "each replica has a queue of its own"
    case .route: "requests also pass through other stations, or come again"
    case .languageEngine: "an LLM engine's steps depend on who runs together"
    case .adaptiveMirror: "the mirror's share follows production's queue"
    case .loggedTimes: "its service times are the logged latencies"
    case .noMean: "its service time has no mean, or takes no time"
    }
  }
}
