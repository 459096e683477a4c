import Probability
import Traffic

/// Users in a closed loop: each thinks, sends a request, waits for what becomes of it, and thinks again.
///
/// In a shadow production answers them, and candidates get their copies when production got the request;
/// where traffic is split, the arm that a request goes to does.
package struct UserPlan: Sendable, Equatable {
  package var count: Int
  /// In seconds; below zero is zero.
  package var think: Distribution
  /// When all begin to think.
  package var start: SimulatedTime
  /// No request is sent from then on; nil is no end in time.
  package var end: SimulatedTime?
  /// Whether all arms answer, or the first one alone.
  package var isSplit = false

  package init(count: Int, think: Distribution, start: SimulatedTime) {
    self.count = count
    self.think = think
    self.start = start
  }
}

/// Who decides when requests arrive.
package enum Pacing: Sendable, Equatable {
  case traffic
  case users(UserPlan)
  /// The traffic is what users in a closed loop sent once, to one arm or to all of a split; services are
  /// played in the same company as they were then.
  case recordedUsers(isSplit: Bool)

  package var users: UserPlan? { if case .users(let plan) = self { plan } else { nil } }

  /// Whether all arms run on one clock.
  var isJoint: Bool {
    switch self {
    case .traffic: false
    case .users(let plan): plan.isSplit
    case .recordedUsers(let isSplit): isSplit
    }
  }
}

extension SyntheticPlan {
  /// The users whose waits decide when requests arrive; nil where the traffic itself does.
  package func users(isSplit: Bool) -> UserPlan? {
    guard case .users(let count, let think) = arrivals else { return nil }
    var users = UserPlan(count: count, think: think, start: start)
    users.isSplit = isSplit
    users.end = duration.map { length in
      let (end, overflows) = start.nanoseconds.addingReportingOverflow(length.nanoseconds)
      return SimulatedTime(nanoseconds: overflows ? .max : end)
    }
    return users
  }
}
