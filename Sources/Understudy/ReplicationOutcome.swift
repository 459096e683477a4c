import Simulation
import Synchronization

/// What is kept of one replication: an answer to each comparison.
struct ReplicationOutcome: Sendable {
  struct Row: Sendable {
    var metric: Metric
    var arm: String
    var estimate: Double
    var interval: Interval?
    var p: Double?
    var independentP: Double?
    var verdict: Verdict
  }

  var rows: [Row]

  init(_ comparisons: [ComparisonFinding]) {
    rows = comparisons.map { finding in
      Row(
        metric: finding.metric, arm: finding.arm,
        estimate: finding.main.estimate.estimate?.value ?? .nan,
        interval: finding.main.estimate.estimate?.interval, p: finding.main.p,
        independentP: finding.independent?.p, verdict: finding.verdict)
    }
  }
}

/// Replications by their number, whoever finished first.
final class ReplicationTable: Sendable {
  private let slots: Mutex<[Result<ReplicationOutcome, StudyError>?]>

  init(count: Int) { slots = Mutex(Array(repeating: nil, count: count)) }

  func set(_ index: Int, _ body: () throws(StudyError) -> ReplicationOutcome) {
    let outcome: Result<ReplicationOutcome, StudyError>
    do { outcome = .success(try body()) } catch { outcome = .failure(error) }
    slots.withLock { $0[index] = outcome }
  }

  /// All outcomes in order, or the first failure.
  func outcomes() throws(StudyError) -> [ReplicationOutcome] {
    var outcomes: [ReplicationOutcome] = []
    for slot in slots.withLock({ $0 }) {
      if let slot { outcomes.append(try slot.get()) }
    }
    return outcomes
  }
}
