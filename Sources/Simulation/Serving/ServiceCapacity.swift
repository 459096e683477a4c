import Traffic

/// What a queue in front of replicas allows, in plain integers.
struct ServiceCapacity: Sendable, Equatable {
  var replicas: Int
  /// `Int.max` is no limit.
  var queueLimit: Int

  init(_ plan: ServicePlan) {
    precondition(plan.replicas > 0, "\(plan.replicas) replicas")
    precondition((plan.queueLimit ?? 0) >= 0, "queue limit \(plan.queueLimit ?? 0)")
    replicas = plan.replicas
    queueLimit = plan.queueLimit ?? .max
  }
}

/// How long the clients of an arm wait, in plain integers.
struct Patience: Sendable, Equatable, BitwiseCopyable {
  /// Nanoseconds from arrival; `Int64.max` is for ever.
  var timeout: Int64
  var cancels: Bool

  init(_ plan: ServicePlan) {
    precondition((plan.timeout ?? .zero) >= .zero, "time-out \(plan.timeout ?? .zero)")
    timeout = plan.timeout?.nanoseconds ?? .max
    cancels = plan.timeoutCancels && plan.timeout != nil
  }

  /// The last instant at which an answer still counts; `Int64.max` where there is none.
  @inline(__always) func deadline(arrival: Int64) -> Int64 {
    if timeout == .max { return .max }
    let (sum, overflows) = arrival.addingReportingOverflow(timeout)
    return overflows ? .max : sum
  }
}

/// The last instant of virtual time at which anything can happen. `Int64.max` is never.
let endOfTime = Int64.max - 1

/// How long a service that starts then may last; any planned service fits before 1970.
@inline(__always) func roomForService(from start: Int64) -> Int64 { endOfTime &- max(start, 0) }
