import Probability
import Simulation
import Traffic

/// Arms, stations and users in a closed loop.
struct UserRun {
  var services: [ServicePlan]
  var stations: [NamedStation] = []
  var users: UserPlan
  /// Rows that are drawn; more than are sent where time ends the run.
  var requests: Int
  /// By arm, then row; nil is to all.
  var sent: [[Bool]]?
  /// By row, where they are not empty.
  var units: [UInt64] = []
  var priorities: [UInt8] = []
  var seed: UInt64 = 1
  var ties = TieOrder.scheduled

  struct Result: Equatable {
    /// In nanoseconds.
    var arrivals: [Int64]
    var cells: CellRun.Result
  }

  init(_ services: [ServicePlan], users: Int, think: Distribution, requests: Int) {
    self.services = services
    self.users = UserPlan(
      count: users, think: think, start: SimulatedTime(nanoseconds: 0))
    self.requests = requests
  }

  /// In blocks of `capacity` rows.
  func result(capacity: Int = 64) -> Result { play(capacity, .users(users), arrivals: nil) }

  /// The same requests at the times at which they were sent once.
  func replay(_ arrivals: [Int64], capacity: Int = 64) -> Result {
    play(capacity, .recordedUsers(isSplit: users.isSplit), arrivals: arrivals)
  }

  private func play(_ capacity: Int, _ pacing: Pacing, arrivals known: [Int64]?) -> Result {
    let serving = Serving(
      names: services.indices.map { "arm\($0)" }, services: services, stations: stations,
      pacing: pacing, ties: ties, seed: seed, capacity: capacity, idleEventLimit: 500)
    var outcomes = BlockOutcomes(armCount: services.count, capacity: capacity)
    var blocks: [BlockOutcomes] = []
    var arrivals: [Int64] = []
    let rows = known?.count ?? requests
    for first in stride(from: 0, to: rows, by: capacity) where !serving.isOver {
      var block = self.block(first..<min(first + capacity, rows), capacity)
      let marks = self.marks(first, block.count, capacity)
      if let known {
        for row in 0..<block.count {
          block.arrivals[row] = SimulatedTime(nanoseconds: known[first + row])
        }
        serving.admit(block, sent: marks)
      } else {
        serving.pace(&block, sent: marks)
      }
      arrivals += block.arrivals[..<block.count].map(\.nanoseconds)
      while serving.takeCompleted(into: &outcomes) { blocks.append(outcomes) }
    }
    serving.drain()
    while serving.takeCompleted(into: &outcomes) { blocks.append(outcomes) }
    return Result(
      arrivals: arrivals,
      cells: CellRun.Result(
        rows: ServingTrial.rows(of: blocks), facts: serving.facts, stations: serving.stationFacts,
        levels: serving.levels, causes: serving.causes, laws: serving.littleLaws))
  }

  private func block(_ rows: Range<Int>, _ capacity: Int) -> RequestBlock {
    var schema = TrafficSchema(features: [], label: .none)
    schema.hasPriority = !priorities.isEmpty
    var block = RequestBlock(schema: schema, capacity: capacity)
    block.count = rows.count
    block.firstOrdinal = UInt64(rows.lowerBound)
    for (place, row) in rows.enumerated() {
      block.units[place] = units.isEmpty ? UInt64(row) : units[row]
      if !priorities.isEmpty { block.priorities[place] = priorities[row] }
    }
    return block
  }

  private func marks(_ first: Int, _ count: Int, _ capacity: Int) -> [UInt8] {
    var marks = Array(repeating: UInt8(0), count: services.count * capacity)
    for arm in services.indices {
      for row in 0..<count where sent?[arm][first + row] ?? true {
        marks[arm * capacity + row] = 1
      }
    }
    return marks
  }
}
