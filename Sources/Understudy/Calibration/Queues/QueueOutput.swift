import Probability
import Simulation
import Statistics
import Traffic

/// What a run of a queue gave out, in memory that does not grow, and the intervals that follow.
struct QueueOutput {
  private let queue: QueueCase
  private var waits = OutputSeries()
  private var stays = OutputSeries()
  /// In whole microseconds, so that squares fit into 64 bits; and their squares.
  private var waitMicroseconds = OutputSeries()
  private var waitSquares = OutputSeries()
  private var stayMicroseconds = OutputSeries()
  private var staySquares = OutputSeries()
  private var waitsOfAll = OutputSeries()
  private var urgentWaits = OutputSeries()
  private var otherWaits = OutputSeries()
  /// Zeros and ones, a customer each.
  private var waited = OutputSeries()
  private var waitedLonger = OutputSeries()
  private var stayedLonger = OutputSeries()
  private var lost = OutputSeries()
  private var found = FoundNumbers()
  private var waitQuantiles = SteadyQuantiles()
  private var stayQuantiles = SteadyQuantiles()
  private var waiting: SlicedTime
  private var present: SlicedTime
  private var answers: SlicedTime
  private let threshold: Int64
  /// Whether those who do not wait to be served count among those who wait.
  private let countsImpatient: Bool
  /// A bit for each metric that the queue is asked for.
  private let asked: UInt32
  private(set) var lastArrival: Int64

  init(_ queue: QueueCase, start: Int64) {
    self.queue = queue
    waiting = SlicedTime(start: start)
    present = SlicedTime(start: start)
    answers = SlicedTime(start: start)
    threshold = SimulatedDuration(seconds: queue.threshold).nanoseconds
    countsImpatient = queue.service.client.patience != nil
    asked = queue.exact.reduce(0) { $0 | 1 << $1.metric.bit }
    lastArrival = start
  }

  // MARK: Intervals

  /// At `level`, in the metric's unit; nil where the run gives none.
  ///
  /// - Parameter levels: of a queue that a cell serves.
  func interval(
    of metric: QueueMetric, level: Double, levels: ServingLevels?
  ) -> ClosedRange<Double>? {
    switch metric {
    case .meanWait: mean(waits.batches, level, per: 1e9)
    case .meanStay: mean(stays.batches, level, per: 1e9)
    case .meanWaitOfAll: mean(waitsOfAll.batches, level, per: 1e9)
    case .urgentWait: mean(urgentWaits.batches, level, per: 1e9)
    case .otherWait: mean(otherWaits.batches, level, per: 1e9)
    case .waits: mean(waited.batches, level)
    case .waitsLonger: mean(waitedLonger.batches, level)
    case .staysLonger: mean(stayedLonger.batches, level)
    case .isLost: mean(lost.batches, level)
    case .numberWaiting, .numberInOrbit: mean(waiting.slices(until: lastArrival), level)
    case .number: mean(present.slices(until: lastArrival), level)
    case .throughput: mean(answers.slices(until: lastArrival), level, per: 1e-9)
    case .busy: levels.flatMap { mean($0.busy, level) }
    case .idle:
      levels.flatMap { mean($0.busy, level) }.map { 1 - $0.upperBound...1 - $0.lowerBound }
    case .waitQuantile: quantile(waitQuantiles, level)
    case .stayQuantile: quantile(stayQuantiles, level)
    case .waitVariance: variance(waitMicroseconds, waitSquares, level, per: 1e12)
    case .stayVariance: variance(stayMicroseconds, staySquares, level, per: 1e12)
    case .numberVariance: variance(found.numbers, found.squares, level)
    }
  }

  private func mean(
    _ batches: BatchSums, _ level: Double, per unit: Double = 1
  ) -> ClosedRange<Double>? {
    guard let mean = try? SteadyMean(batches) else { return nil }
    let interval = mean.interval(level: level)
    return interval.lowerBound / unit...interval.upperBound / unit
  }

  /// After the warm-up of the values themselves.
  private func quantile(_ values: SteadyQuantiles, _ level: Double) -> ClosedRange<Double>? {
    let series = has(.waitQuantile) ? waits : stays
    guard let warmUp = try? WarmUp(series),
      let quantile = try? values.quantile(QueueMetric.p, after: warmUp.length)
    else { return nil }
    let interval = quantile.interval(level: level)
    return interval.lowerBound / 1e9...interval.upperBound / 1e9
  }

  private func variance(
    _ values: OutputSeries, _ squares: OutputSeries, _ level: Double, per unit: Double = 1
  ) -> ClosedRange<Double>? {
    guard let warmUp = try? WarmUp(values),
      let variance = try? SteadyVariance(values.batches, squares: squares.batches, after: warmUp)
    else { return nil }
    let interval = variance.interval(level: level)
    return interval.lowerBound / unit...interval.upperBound / unit
  }

  // MARK: Folding

  /// - Parameters:
  ///   - arrivals: of the block's customers.
  ///   - isUrgent: of the block's customers; empty where nobody is.
  mutating func fold(_ block: borrowing BlockOutcomes, arrivals: [Int64], isUrgent: [Bool]) {
    for row in 0..<block.count {
      let arrival = arrivals[row]
      lastArrival = arrival
      let wait = block.waits[row]
      let stay = block.latencies[row]
      let isServed = block.fates[row] == .answered
      foldEveryone(isServed: isServed, block.fates[row], wait, arrival)
      if isServed {
        foldServed(wait, stay, arrival, isUrgent: isUrgent.isEmpty ? false : isUrgent[row])
      }
    }
  }

  @inline(__always)
  private mutating func foldEveryone(isServed: Bool, _ fate: Fate, _ wait: Int64, _ arrival: Int64)
  {
    if has(.isLost) { lost.append(isServed ? 0 : 1) }
    if has(.meanWaitOfAll) { waitsOfAll.append(wait) }
    if has(.waits), isServed || countsImpatient { waited.append(wait > 0 ? 1 : 0) }
    if has(.numberWaiting) || has(.numberInOrbit) {
      waiting.stay(from: arrival, until: arrival &+ wait)
    }
  }

  @inline(__always)
  private mutating func foldServed(
    _ wait: Int64, _ stay: Int64, _ arrival: Int64, isUrgent: Bool
  ) {
    if has(.meanWait) { waits.append(wait) }
    if has(.meanStay) { stays.append(stay) }
    if has(.waitsLonger) { waitedLonger.append(wait > threshold ? 1 : 0) }
    if has(.staysLonger) { stayedLonger.append(stay > threshold ? 1 : 0) }
    if has(.number) { present.stay(from: arrival, until: arrival &+ stay) }
    if has(.throughput) { answers.event(at: arrival &+ stay) }
    if has(.waitQuantile) { waitQuantiles.append(wait) }
    if has(.stayQuantile) { stayQuantiles.append(stay) }
    if has(.waitVariance) { Self.fold(wait, into: &waitMicroseconds, &waitSquares) }
    if has(.stayVariance) { Self.fold(stay, into: &stayMicroseconds, &staySquares) }
    if has(.numberVariance) { found.append(arrival: arrival, departure: arrival &+ stay) }
    if has(.urgentWait) {
      if isUrgent { urgentWaits.append(wait) } else { otherWaits.append(wait) }
    }
  }

  @inline(__always) private func has(_ metric: QueueMetric) -> Bool {
    asked & (1 << metric.bit) != 0
  }

  @inline(__always)
  private static func fold(
    _ time: Int64, into values: inout OutputSeries, _ squares: inout OutputSeries
  ) {
    let whole = (time &+ 500) / 1_000
    values.append(whole)
    squares.append(whole * whole)
  }
}

extension ServingLevels {
  /// The area under the number of busy replicas, by stretches of equal width; the last one, cut short, is left out.
  fileprivate var busy: BatchSums {
    let whole = end == begin ? 0 : Int((end - begin).nanoseconds / width.nanoseconds)
    return BatchSums(sums: stretches.prefix(whole).map(\.busyArea), length: width.nanoseconds)
  }
}

/// How many customers each arrival finds there.
private struct FoundNumbers {
  private(set) var numbers = OutputSeries()
  private(set) var squares = OutputSeries()
  /// Of those who are there, ascending.
  private var departures: [Int64] = []

  mutating func append(arrival: Int64, departure: Int64) {
    let gone = departures.firstIndex { $0 > arrival } ?? departures.count
    departures.removeFirst(gone)
    let number = Int64(departures.count)
    numbers.append(number)
    squares.append(number * number)
    departures.insert(departure, at: departures.firstIndex { $0 > departure } ?? departures.count)
  }
}
