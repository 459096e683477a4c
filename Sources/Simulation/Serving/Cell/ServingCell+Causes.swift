/// Where the time of a request goes on its way.
extension ServingCell {
  /// A visit of a member's own replicas is over.
  @inline(__always)
  func addOwnTime(_ visit: VisitRecord, served service: Int64, at now: Int64) {
    let attempt = Int(visit.attempt)
    attempts[attempt].own.queue &+= now &- visit.joined &- service &- visit.batchWait
    attempts[attempt].own.batch &+= visit.batchWait
    attempts[attempt].own.service &+= service
  }

  /// An attempt was answered, and its request is.
  @inline(__always) func noteParts(_ attempt: Int, _ request: Int) {
    requests[request].parts = attempts[attempt].own
    requests[request].parts.retry = attempts[attempt].start &- requests[request].arrival
  }

  // MARK: Waiting for others

  // Who waits beside an idle replica waits for the batch to fill. A clock of each queue runs while one of
  // its replicas is idle; what it advances by while a visit is in the queue is the visit's wait for others.

  @inline(never) mutating func beginIdleTime(_ replica: Int, _ station: Int, at now: Int64) {
    if stationStates[station].idle == 1 {
      queues[blueprint.stations[station].firstQueue].idleFrom = now
    }
    if blueprint.stations[station].hasOwnQueues { queues[ownQueue(of: replica)].idleFrom = now }
  }

  @inline(never) mutating func endIdleTime(_ replica: Int, _ station: Int, at now: Int64) {
    if stationStates[station].idle == 0 {
      stopIdleTime(blueprint.stations[station].firstQueue, at: now)
    }
    if blueprint.stations[station].hasOwnQueues { stopIdleTime(ownQueue(of: replica), at: now) }
  }

  private func stopIdleTime(_ queue: Int, at now: Int64) {
    queues[queue].idleSum &+= now &- queues[queue].idleFrom
    queues[queue].idleFrom = .max
  }

  private func idleTime(_ queue: Int, at now: Int64) -> Int64 {
    let from = queues[queue].idleFrom
    return queues[queue].idleSum &+ (from == .max ? 0 : now &- from)
  }

  /// A visit has come into a queue.
  @inline(__always) func noteIdleTime(_ visit: Int, at now: Int64) {
    if blueprint.stations[Int(visits[visit].station)].hasBatches {
      visits[visit].idleMark = idleTime(Int(visits[visit].queue), at: now)
    }
  }

  /// A visit is about to leave its queue.
  @inline(__always) func takeIdleTime(_ visit: Int, at now: Int64) {
    if blueprint.stations[Int(visits[visit].station)].hasBatches {
      visits[visit].batchWait &+=
        idleTime(Int(visits[visit].queue), at: now) &- visits[visit].idleMark
    }
  }
}
