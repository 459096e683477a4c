import Foundation
import Testing

@testable import Traffic

/// A folder for one test's recordings, removed with it.
final class RecordingFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("recordings-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String = "data.csv") throws {
    try write(Array(text.utf8), to: name)
  }

  func write(_ bytes: [UInt8], to name: String = "data.csv") throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }
}

/// The folder with the committed excerpts.
func vectorFolder() throws -> String {
  try #require(Bundle.module.resourceURL).appendingPathComponent("Vectors").path
}

/// A plan for "data.csv" whose time is in the column "time".
func dataPlan(_ change: (inout RecordingPlan) -> Void = { _ in }) -> RecordingPlan {
  var plan = RecordingPlan(path: "data.csv")
  plan.timeColumn = "time"
  change(&plan)
  return plan
}
