import Foundation
import Testing

/// Files that a face of the report must equal, byte for byte. They change only by
/// `UNDERSTUDY_UPDATE_GOLDEN=1 swift test`, and the difference is read.
enum Golden {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  static func expect(_ name: String, _ text: String) throws {
    let file = folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["UNDERSTUDY_UPDATE_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    let lines = zip(
      golden.split(separator: "\n", omittingEmptySubsequences: false),
      text.split(separator: "\n", omittingEmptySubsequences: false))
    let first = lines.enumerated().first { $0.element.0 != $0.element.1 }
    #expect(
      golden == text,
      "\(name) differs at line \((first?.offset ?? 0) + 1): \(first.map { "\($0.element.0) became \($0.element.1)" } ?? "its length")"
    )
  }
}
