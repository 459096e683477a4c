import Simulation
import Traffic

/// What an arm's service went through, in sentences.
struct ServingText {
  let findings: StudyFindings
  let style: NumberStyle

  init(_ findings: StudyFindings, style: NumberStyle) {
    self.findings = findings
    self.style = style
  }

  // MARK: For the head of the report

  /// Of the arm whose clients ask most often: "The candidate gets 1.8 attempts a request; 23 % of
  /// its retries are refused by a budget, a rate limit or an open breaker."
  var attempts: String? {
    var most: (arm: ArmFindings, ratio: Double)?
    for arm in findings.arms {
      guard let attempts = arm.serving?.attempts, let ratio = attempts.perRequest,
        ratio >= 1.05 || attempts.refusedShare ?? 0 >= 0.01
      else { continue }
      if ratio > most?.ratio ?? 0 { most = (arm, ratio) }
    }
    return most.flatMap { most in most.arm.serving?.attempts.map { sentence(most.arm.name, $0) } }
  }

  private func sentence(_ arm: String, _ attempts: ServingFindings.AttemptCounts) -> String {
    let name = NameText.subject(arm).capitalizedFirst
    let ratio = style.number(attempts.perRequest ?? 1, decimals: 2)
    let head = "\(name) gets \(ratio) attempts a request"
    guard let refused = attempts.refusedShare, refused > 0 else { return head + "." }
    return
      "\(head); \(style.percent(refused)) of the retries are refused by a budget, a rate limit or an open breaker."
  }

  /// Of the arm with the most requests waiting for one replica, where they are two or more.
  var longestQueue: String? {
    var longest: (arm: String, level: ServingFindings.ServiceLevel, depth: Double)?
    for arm in findings.arms {
      guard let level = arm.serving?.longestQueue else { continue }
      let depth = level.waiting / max(1, level.readyReplicas)
      if depth >= 2, depth > longest?.depth ?? 0 { longest = (arm.name, level, depth) }
    }
    guard let longest else { return nil }
    let moment = TimeText(start: findings.start).moment(longest.level.start)
    let possessive = NameText.subject(longest.arm).capitalizedFirst + "'s"
    return
      "\(possessive) queue is longest at \(moment): \(waiting(longest.level.waiting)) for \(replicas(longest.level.readyReplicas))."
  }

  // MARK: Amounts

  /// "812 requests wait".
  func waiting(_ mean: Double) -> String {
    let text = amount(mean)
    return "\(text) \(text == "1" ? "request waits" : "requests wait")"
  }

  /// "4 ready replicas".
  private func replicas(_ mean: Double) -> String {
    let text = amount(mean)
    return "\(text) ready \(text == "1" ? "replica" : "replicas")"
  }

  /// Two digits where the mean is small; none after the point where it is whole or large.
  func amount(_ mean: Double) -> String {
    guard mean.isFinite else { return NumberStyle.missing }
    let isWhole = (mean - mean.rounded()).magnitude < 0.005
    return style.number(
      mean, decimals: isWhole || mean >= 10 ? 0 : Digits.decimals(significant: 2, of: mean))
  }

  // MARK: The mirror

  /// One an arm that missed copies: its pairs say nothing of the requests without one.
  var droppedCopies: [String] {
    findings.arms.compactMap { arm in
      guard let dropped = arm.serving?.droppedCopies, dropped > 0 else { return nil }
      let meant = dropped + arm.fates.sent
      let copies = dropped == 1 ? "1 copy" : "\(style.count(dropped)) copies"
      let share = style.percent(Double(dropped) / Double(meant))
      return
        "To spare production, the mirror did not send \(copies) (\(share)) to \(NameText.subject(arm.name)): its pairs stand only for the requests whose copy was sent."
    }
  }
}

extension StudyFindings {
  /// The run's own warnings, after what the mirror left out: that changes what the pairs stand for.
  func warnings(_ style: NumberStyle) -> [String] {
    ServingText(self, style: style).droppedCopies + health.warnings
  }

  /// Whether the table of fates needs the rows of those who left, and of those still waiting.
  var someAbandon: Bool { arms.contains { $0.fates.abandoned > 0 } }
  var someAreInFlight: Bool { arms.contains { $0.fates.inFlight > 0 } }
}

extension ServingFindings {
  var isEmpty: Bool { self == ServingFindings() }

  /// nil where no stretch has a queue.
  var longestQueue: ServiceLevel? {
    levels.filter(\.waiting.isFinite).max { $0.waiting < $1.waiting }
      .flatMap { $0.waiting > 0 ? $0 : nil }
  }
}

extension ServingFindings.AttemptCounts {
  var all: Int { first + retries + hedges }

  /// nil without a request.
  var perRequest: Double? { first > 0 ? Double(all) / Double(first) : nil }

  /// Of the retries that clients wanted; nil where they wanted none.
  var refusedShare: Double? {
    let wanted = retries + retriesRefused
    return wanted > 0 ? Double(retriesRefused) / Double(wanted) : nil
  }
}

extension ServingFindings.LatencyCause.Kind {
  /// As a part of a bar is called.
  var title: String {
    switch self {
    case .retry: "retries"
    case .queue: "queue"
    case .batch: "batch wait"
    case .service: "service"
    case .stations: "other stations"
    }
  }
}
