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

/// How a service ends that starts now.
struct Ending {
  /// When the replica is free again.
  var time: Int64
  /// What the client sees, from arrival.
  var latency: Int64
  var isTimeOut: Bool
  /// The service reached the end of time and was cut to it.
  var isCut: Bool

  /// - Parameters:
  ///   - service: the planned length.
  ///   - start: not before `arrival`.
  @inline(__always)
  init(
    of service: Int64, from start: Int64, arrival: Int64, _ patience: Patience,
    before endOfTime: Int64
  ) {
    let deadline = patience.deadline(arrival: arrival)
    let room = endOfTime &- start
    // A service of the longest length has been counted when it was cut to that.
    isCut = service > room && service < ServiceDraws.longest
    let end = start &+ min(service, room)
    isTimeOut = end > deadline
    latency = isTimeOut ? patience.timeout : end &- arrival
    time = isTimeOut && patience.cancels ? deadline : end
  }
}
