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
        SourceText(name: path == "-" ? "standard input" : path, bytes: bytes), settings: settings)
    } catch {
      throw StudyError(.badData, error)
    }
  }

  private static func bytes(of path: String) throws(StudyError) -> [UInt8] {
    if path == "-" { return [UInt8](FileHandle.standardInput.readDataToEndOfFile()) }
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw StudyError(
        .fileMissing,
        Diagnostic(at: Place(file: path), "there is no such scenario", help: nearby(path)))
    }
    guard !isFolder.boolValue, let data = FileManager.default.contents(atPath: path) else {
      throw StudyError(
        .inputOutput,
        Diagnostic(
          at: Place(file: path),
          isFolder.boolValue ? "is a folder, not a scenario" : "the scenario cannot be read"))
    }
    return [UInt8](data)
  }

  private static func nearby(_ path: String) -> String? {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let scenarios = names.filter { $0.hasSuffix(".json5") }.sorted()
    return NearestName.of(url.lastPathComponent, among: scenarios).map { "did you mean \($0)?" }
  }
}
