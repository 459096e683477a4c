import Models
import Traffic

/// All monitors of a run, each fed in the order of virtual time in which its facts become known: an error when both the
/// answer and the label are there, a score or a latency when the answer is.
package struct MonitorDesk: Sendable {
  private var watches: [Watch]
  private var pending = PendingObservations()
  package private(set) var events: [EventFinding] = []

  private struct Watch: Sendable {
    var plan: MonitorPlan
    var arm: Int
    var detector: Detector
    var seen = 0
  }

  private enum Detector: Sendable {
    case adwin(Adwin)
    case pageHinkley(PageHinkley)

    init(_ plan: MonitorPlan.Detector) {
      switch plan {
      case .adwin(let delta): self = .adwin(Adwin(delta: delta))
      case .pageHinkley(let delta, let threshold):
        self = .pageHinkley(PageHinkley(delta: delta, threshold: threshold))
      }
    }

    mutating func update(_ value: Double) -> Bool {
      switch self {
      case .adwin(var detector):
        let alarm = detector.update(value)
        self = .adwin(detector)
        return alarm
      case .pageHinkley(var detector):
        let alarm = detector.update(value)
        self = .pageHinkley(detector)
        return alarm
      }
    }
  }

  package init(plans: [MonitorPlan], arms: [ArmPlan]) {
    watches = plans.compactMap { plan in
      arms.firstIndex { $0.name == plan.arm }.map {
        Watch(plan: plan, arm: $0, detector: Detector(plan.detector))
      }
    }
  }

  package var isEmpty: Bool { watches.isEmpty }

  /// Takes the facts of one block; what is known by the block's last arrival is shown to the monitors at once, the
  /// rest when its time has come.
  package mutating func observe(
    _ requests: RequestBlock, columns: [AnswerColumns], scores: [ScoreBlock], labels: [Float],
    labelTimes: [SimulatedTime], outcomes: BlockOutcomes, isRegression: Bool
  ) {
    guard !watches.isEmpty, outcomes.count > 0 else { return }
    for row in 0..<outcomes.count {
      for index in watches.indices {
        let arm = watches[index].arm
        let position = arm * outcomes.capacity + row
        guard outcomes.fates[position] == .answered else { continue }
        let answered = requests.arrivals[row].nanoseconds + outcomes.latencies[position]
        let known: Int64
        let value: Double
        switch watches[index].plan.signal {
        case .error:
          known = max(answered, labelTimes[row].nanoseconds)
          value = Self.error(columns[arm], label: labels[row], row: row, isRegression)
        case .score:
          known = answered
          value = scores[arm].values[row]
        case .latency:
          known = answered
          value = Double(outcomes.latencies[position]) / 1e6
        }
        guard value.isFinite else { continue }
        pending.insert(
          PendingObservation(
            time: known, ordinal: requests.firstOrdinal + UInt64(row), watch: index, value: value))
      }
    }
    release(upTo: requests.arrivals[outcomes.count - 1].nanoseconds)
  }

  /// NaN where there is no answer, or no label that will arrive.
  private static func error(
    _ columns: AnswerColumns, label: Float, row: Int, _ isRegression: Bool
  ) -> Double {
    if isRegression { return columns.residuals[row].magnitude }
    guard columns.named[row] >= 0, !label.isNaN else { return .nan }
    return Float(columns.named[row]) == label ? 0 : 1
  }

  /// Shows the monitors all that is still to come.
  package mutating func drain() { release(upTo: .max) }

  private mutating func release(upTo time: Int64) {
    while let next = pending.removeFirst(upTo: time) {
      watches[next.watch].seen += 1
      guard watches[next.watch].detector.update(next.value) else { continue }
      let watch = watches[next.watch]
      events.append(
        EventFinding(
          time: SimulatedTime(nanoseconds: next.time), kind: "alarm", source: watch.plan.name,
          detail: "\(watch.plan.arm), \(watch.plan.signal.rawValue), "
            + "after \(watch.seen) observations"))
    }
  }
}

/// A fact that becomes known at `time`.
struct PendingObservation: Sendable, Comparable {
  var time: Int64
  var ordinal: UInt64
  var watch: Int
  var value: Double

  static func < (left: Self, right: Self) -> Bool {
    (left.time, left.ordinal, left.watch) < (right.time, right.ordinal, right.watch)
  }
}

/// Facts in the order in which they become known: a binary heap.
struct PendingObservations: Sendable {
  private var heap: [PendingObservation] = []

  mutating func insert(_ observation: PendingObservation) {
    heap.append(observation)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// The earliest fact, if it is known by `time`.
  mutating func removeFirst(upTo time: Int64) -> PendingObservation? {
    guard let first = heap.first, first.time <= time, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < heap[parent] else { break }
      heap.swapAt(child, parent)
      parent = child
    }
    return first
  }
}
