import Documents
import Foundation
import Scenarios

/// A scenario file: read, decoded, its mistakes told at once.
enum ScenarioFile {
  /// - Parameter path: "-" reads standard input.
  static func read(_ path: String, settings: [String]) throws(StudyError) -> ScenarioDocument {
    let bytes = try bytes(of: path)
    do {
      return try ScenarioDocument(
        SourceText(name: path == "-" ? SpooledInput.name : path, bytes: bytes), settings: settings)
    } catch {
      throw StudyError(.badData, error)
    }
  }

  /// The folder that paths in the scenario are relative to; of standard input, where the person
  /// stands.
  static func directory(of path: String) -> String {
    path == "-" ? "." : URL(fileURLWithPath: path).deletingLastPathComponent().path
  }

  private static func bytes(of path: String) throws(StudyError) -> [UInt8] {
    if path != "-", let missing = NamedFile(path: path, directory: ".").missing(at: nil) {
      guard let likely = likely(path) else { throw missing }
      throw StudyError(
        .fileMissing,
        Diagnostic(
          at: Place(file: path), "there is no such file", help: "did you mean \(likely)?"))
    }
    // Also a pipe, as a shell makes it of <(command).
    var bytes: [UInt8] = []
    do throws(ByteSourceError) {
      try ByteSource.readAll(path: path) { bytes += $0 }
    } catch {
      throw StudyError(
        .inputOutput,
        Diagnostic(
          at: Place(file: path == "-" ? SpooledInput.name : path),
          "the scenario cannot be read: \(error.reason)"))
    }
    return bytes
  }

  /// A scenario that was named without its ending or its folder.
  private static func likely(_ path: String) -> String? {
    ["\(path).json5", "scenarios/\(path)", "scenarios/\(path).json5"]
      .first { FileManager.default.fileExists(atPath: $0) }
  }
}
