import Foundation
import Testing

/// Expects `text` to equal the golden file `Golden/<name>` of the test target, byte for byte.
///
/// `UNDERSTUDY_UPDATE_GOLDEN=1 swift test` writes the file instead; read its diff.
package func expectGolden(
  _ text: String, named name: String, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = testFile("Golden/\(name)", beside: filePath)
  if ProcessInfo.processInfo.environment["UNDERSTUDY_UPDATE_GOLDEN"] == "1" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file, options: .atomic)
    return
  }
  guard let bytes = try? Data(contentsOf: file) else {
    Issue.record(
      "there is no golden file \(name); UNDERSTUDY_UPDATE_GOLDEN=1 swift test writes it",
      sourceLocation: sourceLocation)
    return
  }
  let golden = String(decoding: bytes, as: UTF8.self)
  if golden != text {
    Issue.record(
      "\(name) differs from its golden file: \(firstDifference(golden, text))",
      sourceLocation: sourceLocation)
  }
}

/// Where two texts part, as "line 3: expected …, got …".
private func firstDifference(_ expected: String, _ actual: String) -> String {
  let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let actualLines = actual.split(separator: "\n", omittingEmptySubsequences: false)
  for (index, pair) in zip(expectedLines, actualLines).enumerated() where pair.0 != pair.1 {
    return "line \(index + 1): expected \"\(pair.0)\", got \"\(pair.1)\""
  }
  return "\(expectedLines.count) lines expected, \(actualLines.count) written"
}
