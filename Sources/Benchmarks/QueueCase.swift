import Probability
import Simulation
import Traffic

/// How many customers of an M/M/8 queue are served in a second, draws and statistics included.
package let queueCase = BenchmarkCase(
  name: "queue",
  question: "M/M/8 at utilisation 0.9: all waits kept, their mean and 99th percentile"
) { size in
  let most = size == .full ? 1_000_000 : 4_000
  return [most / 100, most / 10, most].map { customers in
    Setting(
      name: "\(customers) customers", unit: .perSecond("customers"), extent: customers,
      ours: [
        Contestant("understudy, recursion") { measureQueue(customers, by: .shortest) },
        Contestant("understudy, events") { measureQueue(customers, by: .events) },
        Contestant("understudy, cell") { measureQueue(customers, by: .cells) },
      ],
      peers: customers == most ? queuePeers(customers) : [])
  }
}

/// The median over five runs with seeds of their own, as the peers do it.
private func measureQueue(_ customers: Int, by road: Serving.Road) -> Reading {
  var figures: [Double] = []
  var answer = AnswerHash()
  for seed in UInt64(1)...5 {
    let watch = Stopwatch()
    var waits = queueWaits(customers, seed: seed, by: road)
    let total = waits.reduce(0, &+)
    let p99 = waits.select(customers * 99 / 100)
    figures.append(Double(customers) / watch.seconds)
    answer.add(total)
    answer.add(p99)
  }
  return Reading(figure: figures.medianOfAll, answer: answer.text)
}

/// The waits of an M/M/8 queue with mean service one second, in nanoseconds.
private func queueWaits(_ customers: Int, seed: UInt64, by road: Serving.Road) -> [Int64] {
  let capacity = 4_096
  var plan = ServicePlan(time: .drawn(.exponential(mean: 1)))
  plan.replicas = 8
  let serving = Serving(
    names: ["production"], services: [plan], seed: seed, capacity: capacity, by: road)
  var source = PoissonBlocks(seed: seed, mean: 1 / 7.2, capacity: capacity)
  let sent = Array(repeating: UInt8(1), count: capacity)
  var outcomes = BlockOutcomes(armCount: 1, capacity: capacity)
  var waits: [Int64] = []
  waits.reserveCapacity(customers)
  var admitted = 0
  while admitted < customers {
    let count = min(capacity, customers - admitted)
    source.fill(count)
    serving.admit(
      arrivals: source.arrivals, loggedLatencies: [], firstOrdinal: UInt64(admitted), count: count,
      sent: sent)
    admitted += count
    if admitted == customers { serving.drain() }
    while serving.takeCompleted(into: &outcomes) { waits += outcomes.waits[..<outcomes.count] }
  }
  return waits
}

/// Arrivals of a Poisson process, block by block.
private struct PoissonBlocks {
  private let mean: Double
  private let draws: BlockDraws
  private var ordinal: UInt64 = 0
  private var now: Int64 = 0
  private var gaps: [Double]
  private(set) var arrivals: [SimulatedTime]

  init(seed: UInt64, mean: Double, capacity: Int) {
    draws = BlockDraws(seed: seed, StreamName("arrival"))
    self.mean = mean
    gaps = Array(repeating: 0, count: capacity)
    arrivals = Array(repeating: SimulatedTime(nanoseconds: 0), count: capacity)
  }

  mutating func fill(_ count: Int) {
    let (draws, first) = (draws, ordinal)
    var column = gaps.mutableSpan
    draws.fillExponentials(
      firstEntity: first, count: count, indices: 0..<1, into: &column, stride: count)
    for row in 0..<count {
      // Adding 2⁵² rounds to the nearest whole number.
      now += Int64((mean * gaps[row] * 1e9 + 0x1p52) - 0x1p52)
      arrivals[row] = SimulatedTime(nanoseconds: now)
    }
    ordinal += UInt64(count)
  }
}

extension [Int64] {
  /// The element that would stand at `rank` if they were sorted; moves the others.
  fileprivate mutating func select(_ rank: Int) -> Int64 {
    var low = 0
    var high = count - 1
    while low < high {
      let pivot = [self[low], self[(low + high) / 2], self[high]].sorted()[1]
      var left = low
      var right = high
      while left <= right {
        while self[left] < pivot { left += 1 }
        while self[right] > pivot { right -= 1 }
        if left <= right {
          swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if rank <= right { high = right } else if rank >= left { low = left } else { break }
    }
    return self[rank]
  }
}

private func queuePeers(_ customers: Int) -> [PeerProgram] {
  let native = [("kw", "recursion"), ("fel", "events")].flatMap { kind, label in
    PeerProgram.compiled(
      "mmc.cpp", arguments: [kind, "\(customers)"], label: label, figure: "customers_per_cpu_s")
  }
  let scripts = [("SimPy", "mmc_simpy.py"), ("Ciw", "mmc_ciw.py"), ("salabim", "mmc_salabim.py")]
  return native
    + scripts.map { name, file in
      PeerProgram(
        name: name, file: file, language: .python, arguments: ["\(min(customers, 100_000))"],
        figure: "customers_per_cpu_s", rounds: 1)
    }
}
