import Probability
import Simulation
import Statistics
import Synchronization
import Traffic

/// How often the intervals of a run hold, on queues whose steady state is known.
///
/// Run i of a queue starts empty, has the seed of the study's replication i, and goes through the program's own service; its
/// intervals are those of `Statistics/SteadyState`: warm-up by MSER, fitted batch means, quantiles through ranks. Any
/// division of the runs gives the same counts.
struct QueueCalibration: Sendable {
  /// Of a metric; counts of disjoint runs add up.
  struct Tally: Sendable, Equatable {
    /// Runs that gave an interval.
    var intervals = 0
    var covered = 0
    /// Intervals that lie below the truth.
    var below = 0
    /// Of the first few runs, those that cover: what a short form counts again.
    var first = 0

    mutating func merge(_ other: Tally) {
      intervals += other.intervals
      covered += other.covered
      below += other.below
      first += other.first
    }
  }

  static let seed: UInt64 = 7
  static let runs = 1_000
  static let firstRuns = 4
  static let level = 0.95
  private static let blockSize = 1_000

  /// By metric, in the order of `queue.exact`; a run without an interval is one that does not cover.
  static func tallies(of queue: QueueCase, runs: Range<Int>) -> [Tally] {
    var tallies = Array(repeating: Tally(), count: queue.exact.count)
    for run in runs {
      let (output, levels) = output(of: queue, seed: ReplicationSeed.of(run, study: seed))
      for (index, exact) in queue.exact.enumerated() {
        guard
          let interval = output.interval(of: exact.metric, level: level, levels: levels)
        else { continue }
        tallies[index].intervals += 1
        if interval.contains(exact.value) {
          tallies[index].covered += 1
          tallies[index].first += run < firstRuns ? 1 : 0
        } else if interval.upperBound < exact.value {
          tallies[index].below += 1
        }
      }
    }
    return tallies
  }

  /// The same on several threads; nil where it was interrupted.
  static func tallies(
    of queue: QueueCase, runs: Int, threads: Int, isCancelled: @escaping @Sendable () -> Bool
  ) -> [Tally]? {
    let sums = Mutex(Array(repeating: Tally(), count: queue.exact.count))
    Parallel.each(runs, threads: threads) { run in
      if isCancelled() { return }
      let part = tallies(of: queue, runs: run..<run + 1)
      sums.withLock { sums in
        for index in part.indices { sums[index].merge(part[index]) }
      }
    }
    return isCancelled() ? nil : sums.withLock { $0 }
  }

  // MARK: A run

  static func output(
    of queue: QueueCase, seed: UInt64
  ) -> (output: QueueOutput, levels: ServingLevels?) {
    let serving = Serving(
      names: ["queue"], services: [queue.service], stations: queue.stations, seed: seed,
      capacity: blockSize, by: queue.asks(for: .idle, .busy) ? .cells : .shortest)
    var source = QueueArrivals(queue, seed: seed, capacity: blockSize)
    var outcomes = BlockOutcomes(armCount: 1, capacity: blockSize)
    let sent = Array(repeating: UInt8(1), count: blockSize)
    var output = QueueOutput(queue, start: 0)
    /// Blocks that were admitted and have not come out.
    var open: [QueueArrivals.Block] = []
    for first in stride(from: 0, to: queue.customers, by: blockSize) {
      let block = source.next(min(blockSize, queue.customers - first), from: UInt64(first))
      serving.admit(
        arrivals: block.times.map { SimulatedTime(nanoseconds: $0) }, loggedLatencies: [],
        firstOrdinal: UInt64(first), count: block.times.count, sent: sent,
        priorities: block.isUrgent.map { $0 ? 0 : 1 })
      open.append(block)
      if first + blockSize >= queue.customers { serving.drain() }
      while serving.takeCompleted(into: &outcomes) {
        let block = open.removeFirst()
        output.fold(outcomes, arrivals: block.times, isUrgent: block.isUrgent)
      }
    }
    return (output, serving.levels.first ?? nil)
  }
}

/// Customers as they come, block by block.
private struct QueueArrivals {
  struct Block {
    var times: [Int64]
    /// Empty where nobody is urgent.
    var isUrgent: [Bool]
  }

  private let gaps: Distribution
  private let urgentShare: Double
  private let gapDraws: BlockDraws
  private let urgencyDraws: BlockDraws
  private var column: [Double]
  private var now: Int64 = 0

  init(_ queue: QueueCase, seed: UInt64, capacity: Int) {
    gaps = queue.gaps
    urgentShare = queue.urgentShare
    gapDraws = BlockDraws(seed: seed, StreamName("arrival"))
    urgencyDraws = BlockDraws(seed: seed, StreamName("priority"))
    column = Array(repeating: 0, count: capacity)
  }

  mutating func next(_ count: Int, from first: UInt64) -> Block {
    fill(gaps, gapDraws, count, from: first)
    var times = Array(repeating: Int64(0), count: count)
    for row in 0..<count {
      now += Int64((column[row] * 1e9).rounded(.toNearestOrEven))
      times[row] = now
    }
    guard urgentShare > 0 else { return Block(times: times, isUrgent: []) }
    fill(.uniform(low: 0, high: 1), urgencyDraws, count, from: first)
    return Block(times: times, isUrgent: column.prefix(count).map { $0 < urgentShare })
  }

  private mutating func fill(
    _ law: Distribution, _ draws: BlockDraws, _ count: Int, from first: UInt64
  ) {
    let stride = column.count
    var span = column.mutableSpan
    draws.fill(
      law, firstEntity: first, count: count, indices: 0..<1, into: &span, stride: stride)
  }
}
