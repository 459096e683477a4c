import Probability

/// Which of the replicas of a pool a request goes to.
struct LanguageRouter: ~Copyable {
  /// The first engine and the number of them.
  let first: Int
  let count: Int
  let balancing: StationPlan.Balancing
  /// Of drawn choices.
  private let key: DrawKey
  private var turn = 0
  /// By replica: tokens of the prompts and answers of those who wait for it or run on it.
  private let loads: Column<Int>

  /// - Parameter name: of the pool; it names the stream of drawn choices.
  init(first: Int, count: Int, balancing: StationPlan.Balancing, name: String, seed: UInt64) {
    self.first = first
    self.count = count
    self.balancing = balancing
    key = DrawKey(seed: seed, StreamName("balance/\(name)"))
    loads = Column(repeating: 0, count: count)
  }

  var isCentral: Bool { balancing == .central }

  /// - Parameters:
  ///   - entity: of the draws: the request's.
  ///   - unit: whose requests stay together.
  mutating func choose(entity: UInt64, unit: UInt64) -> Int {
    switch balancing {
    case .central: return first
    case .roundRobin:
      turn = turn + 1 < count ? turn + 1 : 0
      return first + (turn == 0 ? count : turn) - 1
    case .random: return first + drawn(1, entity)
    case .leastLoaded: return first + leastLoaded
    case .choices(let choices): return first + drawn(choices, entity)
    case .sticky: return first + home(of: unit)
    }
  }

  func add(_ tokens: Int, to engine: Int) { loads[engine - first] += tokens }
  func remove(_ tokens: Int, from engine: Int) { loads[engine - first] -= tokens }

  private var leastLoaded: Int {
    var least = 0
    for replica in 1..<max(count, 1) where loads[replica] < loads[least] { least = replica }
    return least
  }

  /// The least loaded of replicas drawn independently, the first drawn of equals.
  private func drawn(_ choices: Int, _ entity: UInt64) -> Int {
    var stream = RandomStream(key, entity: entity)
    var least = -1
    for _ in 0..<choices {
      let replica = min(Int(stream.nextUnit() * Double(count)), count - 1)
      if least < 0 || loads[replica] < loads[least] { least = replica }
    }
    return least
  }

  /// Rendezvous hashing: the replica whose hash with the unit is the greatest.
  private func home(of unit: UInt64) -> Int {
    var home = 0
    var greatest: UInt64 = 0
    for replica in 0..<count {
      let score = DrawKey.finalise(unit ^ DrawKey.finalise(UInt64(replica) + 1))
      if score > greatest { (home, greatest) = (replica, score) }
    }
    return home
  }
}
