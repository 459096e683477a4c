import Documents
import Foundation

/// Runs what is committed under `results/` again and compares every byte.
public enum Verification {
  /// Every result folder below `folder`, in order of name; timings and calibrations are not among them.
  public static func results(in folder: String) throws(StudyError) -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw StudyError(
        .fileMissing, Diagnostic(at: Place(file: folder), "there is no such folder"))
    }
    return names.sorted().map { "\(folder)/\($0)" }.filter {
      FileManager.default.fileExists(atPath: "\($0)/manifest.json")
    }
  }

  /// What differs between a committed result and the same run made now; one line each, none where all bytes agree.
  public static func differences(
    of folder: String, scenarios: String, threads: Int, blockSize: Int
  ) throws(StudyError) -> [String] {
    let request = try RunRequest(manifest: "\(folder)/manifest.json")
    var options = request.options
    options.threads = threads
    options.blockSize = blockSize
    let result = try Study(scenario: "\(scenarios)/\(request.scenario)", options: options).run()
    var differences: [String] = []
    for file in result.files {
      let path = "\(folder)/\(file.name)"
      guard let committed = FileManager.default.contents(atPath: path) else {
        differences.append("\(path): missing")
        continue
      }
      if let place = firstDifference(Array(committed), Array(file.text.utf8)) {
        differences.append("\(path): differs from byte \(place.offset), line \(place.line) on")
      }
    }
    return differences
  }

  private static func firstDifference(
    _ old: [UInt8], _ new: [UInt8]
  ) -> (offset: Int, line: Int)? {
    guard old != new else { return nil }
    let offset =
      zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(old.count, new.count)
    let line = old.prefix(offset).reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    return (offset, line)
  }
}

/// What a manifest says was run.
struct RunRequest {
  var scenario: String
  var options = Study.Options()

  init(manifest path: String) throws(StudyError) {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw StudyError(.fileMissing, Diagnostic(at: Place(file: path), "there is no such file"))
    }
    let node: JSONNode
    do {
      node = try JSONNode.read(SourceText(name: path, bytes: [UInt8](bytes)), dialect: .json)
    } catch {
      throw StudyError(.badData, error)
    }
    guard let run = node["run"], let scenario = run["scenario"]?.string else {
      throw StudyError(
        .badData,
        Diagnostic(
          at: Place(file: path), "the manifest does not say what was run",
          help: "make the result again with understudy run"))
    }
    self.scenario = scenario
    options.settings = run["settings"]?.elements?.compactMap(\.string) ?? []
    options.seed = run["seed"]?.string.flatMap(UInt64.init)
    options.replications = run["replications"]?.integer.map(Int.init)
  }
}
