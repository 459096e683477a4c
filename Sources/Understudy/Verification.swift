import Documents
import Foundation

/// Runs what is committed under `results/` again and compares every byte.
public enum Verification {
  /// Every result folder below `folder`, in order of name; timings and calibrations are not among
  /// them.
  public static func results(in folder: String) throws(StudyError) -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw StudyError(
        .fileMissing,
        Diagnostic(
          at: Place(file: folder), "there is no such folder",
          help: "name the result folders, or stand where \(folder)/ is"))
    }
    return names.sorted().map { "\(folder)/\($0)" }.filter {
      FileManager.default.fileExists(atPath: "\($0)/manifest.json")
    }
  }

  /// What differs between a committed result and the same run made now; none where all bytes agree.
  ///
  /// - Parameters:
  ///   - folder: the result.
  ///   - scenarios: the folder that its scenario is in.
  ///   - threads: how many work; no answer depends on it.
  ///   - blockSize: requests a block; no answer depends on it.
  ///   - isCancelled: asked now and then; true ends it with an error of kind `.interrupted`.
  /// - Returns: for each file that differs where, and what stands there then and now.
  public static func differences(
    of folder: String, scenarios: String, threads: Int, blockSize: Int,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(StudyError) -> [String] {
    let request = try RunRequest(manifest: "\(folder)/manifest.json")
    var options = request.options
    options.threads = threads
    options.blockSize = blockSize
    let study = try Study(
      scenario: "\(scenarios)/\(request.scenario)", options: options, isCancelled: isCancelled)
    let result = try study.run(isCancelled: isCancelled)
    var differences: [String] = []
    for file in result.files {
      let path = "\(folder)/\(file.name)"
      guard let committed = FileManager.default.contents(atPath: path) else {
        differences.append("\(path): missing")
        continue
      }
      if let difference = ByteDifference(Array(committed), Array(file.text.utf8)) {
        differences.append("\(path):\(difference.text)")
      }
    }
    return differences
  }
}

/// The first place where two files part.
private struct ByteDifference {
  private let offset: Int
  private let line: Int
  private let old: String
  private let new: String

  /// nil for equal bytes.
  init?(_ old: [UInt8], _ new: [UInt8]) {
    guard old != new else { return nil }
    let shorter = min(old.count, new.count)
    let offset = (0..<shorter).first { old[$0] != new[$0] } ?? shorter
    self.offset = offset
    line = old.prefix(offset).reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    let start =
      old.prefix(offset).lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    self.old = Self.excerpt(old, from: start, at: offset)
    self.new = Self.excerpt(new, from: start, at: offset)
  }

  var text: String {
    """
    \(line): differs from byte \(offset) on
      committed: \(old)
      now:       \(new)
    """
  }

  /// Whether a byte goes on with a character of UTF-8 that began before.
  private static func isInsideCharacter(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  /// The line around a byte, about 72 bytes of it.
  private static func excerpt(_ bytes: [UInt8], from start: Int, at offset: Int) -> String {
    var first = max(start, offset - 36)
    while first < bytes.count, isInsideCharacter(bytes[first]) { first += 1 }
    guard first < bytes.count else { return "(the file ends)" }
    let end = bytes[first...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    var last = min(end, first + 72)
    while last < end, isInsideCharacter(bytes[last]) { last += 1 }
    let text = String(decoding: bytes[first..<last], as: UTF8.self)
    return (first > start ? "…" : "") + text + (last < end ? "…" : "")
  }
}

/// What a manifest says was run.
struct RunRequest {
  var scenario: String
  var options = Study.Options()

  init(manifest path: String) throws(StudyError) {
    let node = try StoredDocument.read(path, dialect: .json)
    guard let run = node["run"], let scenario = run["scenario"]?.string else {
      throw StudyError(
        .badData,
        Diagnostic(
          at: Place(file: path), "the manifest does not say what was run",
          help: "make the result again with understudy run"))
    }
    let traffic = node["files"]?.elements?.first { $0["role"]?.string == Fingerprints.traffic }
    let fromInput =
      scenario == "-" ? "scenario" : traffic?["path"]?.string == "-" ? "traffic" : nil
    if let fromInput {
      throw StudyError(
        .badData,
        Diagnostic(
          at: Place(file: path),
          "the \(fromInput) was read from standard input, so the result cannot be made again",
          help: "make the result from files"))
    }
    self.scenario = scenario
    options.settings = run["settings"]?.elements?.compactMap(\.string) ?? []
    options.seed = run["seed"]?.string.flatMap(UInt64.init)
    options.replications = run["replications"]?.integer.map(Int.init)
  }
}
