import Probability
import Simulation
import Statistics
import Traffic

/// Arms, stations and a few requests by hand; times in nanoseconds.
struct CellRun {
  var services: [ServicePlan]
  var stations: [NamedStation] = []
  var times: [Int64]
  /// The logged latencies, which are the service times.
  var lengths: [Int64]
  var units: [UInt64] = []
  var priorities: [UInt8] = []
  var seed: UInt64 = 1

  struct Result: Equatable {
    var rows: [[OutcomeRow]]
    var facts: [ServingFacts]
    var stations: [ServingFacts]
    var levels: [ServingLevels?]
    var causes: [LatencyCauses?]
    var laws: [LittleLaw.Verdict?]
  }

  init(_ service: ServicePlan, times: [Int64], lengths: [Int64]) {
    services = [service]
    self.times = times
    self.lengths = lengths
  }

  func result(
    capacity: Int = 64, by road: Serving.Road = .cells, ties: TieOrder = .scheduled
  ) -> Result {
    let serving = Serving(
      names: services.indices.map { "arm\($0)" }, services: services, stations: stations,
      ties: ties, seed: seed, capacity: capacity, by: road, idleEventLimit: 500)
    var blocks: [BlockOutcomes] = []
    var outcomes = BlockOutcomes(armCount: services.count, capacity: capacity)
    for first in stride(from: 0, to: times.count, by: capacity) {
      let range = first..<min(first + capacity, times.count)
      serving.admit(
        arrivals: times[range].map { SimulatedTime(nanoseconds: $0) },
        loggedLatencies: Array(lengths[range]), firstOrdinal: UInt64(first), count: range.count,
        sent: Array(repeating: 1, count: services.count * capacity),
        units: units.isEmpty ? [] : Array(units[range]),
        priorities: priorities.isEmpty ? [] : Array(priorities[range]))
      while serving.takeCompleted(into: &outcomes) { blocks.append(outcomes) }
    }
    serving.drain()
    while serving.takeCompleted(into: &outcomes) { blocks.append(outcomes) }
    return Result(
      rows: ServingTrial.rows(of: blocks), facts: serving.facts, stations: serving.stationFacts,
      levels: serving.levels, causes: serving.causes, laws: serving.littleLaws)
  }

  /// Of the first arm.
  func rows() -> [OutcomeRow] { result().rows[0] }
  func attempts() -> AttemptFacts { result().facts[0].attempts }
}

/// A service whose times are the logged ones.
func logged(replicas: Int = 1, _ change: (inout ServicePlan) -> Void = { _ in }) -> ServicePlan {
  var plan = ServicePlan(time: .logged(scale: 1))
  plan.replicas = replicas
  change(&plan)
  return plan
}

func nanoseconds(_ count: Int64) -> SimulatedDuration { SimulatedDuration(nanoseconds: count) }

/// Always so many nanoseconds, as a distribution in seconds.
func always(_ nanoseconds: Double) -> Distribution { .constant(nanoseconds * 1e-9) }

func answered(wait: Int64, service: Int64) -> OutcomeRow {
  OutcomeRow(fate: .answered, wait: wait, service: service, latency: wait + service)
}
