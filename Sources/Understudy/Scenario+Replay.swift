import Documents
import Foundation
import Models
import Scenarios
import Simulation
import Traffic

extension Scenario {
  /// The same with the requests of a trace in place of its traffic.
  ///
  /// Shifts bend the replay as they bent the run, so a trace is taken before them. Replications and the
  /// truth need traffic that can be drawn again, and are left out.
  ///
  /// - Parameter moved: a file's path from where the new scenario will stand.
  func replaying(_ trace: RecordingPlan, moving moved: (String) -> String) -> Scenario {
    func moving(_ reference: ModelReference) -> ModelReference {
      if case .file(let path) = reference { .file(path: moved(path)) } else { reference }
    }
    var replay = self
    var plan = trace
    replay.replications = 1
    replay.truthRequests = nil
    for index in replay.arms.indices { replay.arms[index].model = moving(replay.arms[index].model) }
    replay.labellers = labellers.map(moving)
    switch traffic {
    case .replay(let recording):
      plan.labellersBefore = recording.labellersBefore
      plan.isFromUsers = recording.isFromUsers
    case .synthetic(let synthetic):
      plan.isFromUsers = synthetic.isPaced
      guard case .labeller = synthetic.label else { break }
      // The labels are in the table; those of shifts keep the streams that they had.
      replay.labellers.removeFirst()
      plan.labellersBefore = 1
      for index in replay.shifts.indices {
        guard case .concept(let labeller) = replay.shifts[index].kind else { continue }
        replay.shifts[index].kind = .concept(labeller: labeller - 1)
      }
    }
    replay.traffic = .replay(plan)
    return replay
  }
}

/// Paths that were relative to one folder, from another one.
struct RelativePaths {
  private let old: URL
  private let new: [String]

  init(from old: String, to new: String) {
    self.old = URL(fileURLWithPath: old, isDirectory: true).standardizedFileURL
    self.new = URL(fileURLWithPath: new, isDirectory: true).standardizedFileURL.pathComponents
  }

  /// An absolute path stays.
  func path(_ path: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    let parts = old.appendingPathComponent(path).standardizedFileURL.pathComponents
    let shared = zip(parts, new).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: new.count - shared)
    return (up + parts.dropFirst(shared)).joined(separator: "/")
  }
}
