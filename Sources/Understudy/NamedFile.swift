import Documents
import Foundation

/// A file as a scenario or a person names it: relative to a folder.
struct NamedFile {
  let path: String
  let directory: String

  var url: URL {
    URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: directory, isDirectory: true))
  }

  /// What can be read once only, such as a pipe that a shell made of a command.
  var isPipe: Bool {
    var status = stat()
    return unsafe stat(url.path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  /// nil when something stands there.
  ///
  /// - Parameter place: where the file is named; nil for one that was named on the command line.
  func missing(at place: Place?) -> StudyError? {
    guard !FileManager.default.fileExists(atPath: url.path) else { return nil }
    let message = place == nil ? "there is no such file" : "there is no file \(path)"
    return StudyError(
      .fileMissing, Diagnostic(at: place ?? Place(file: path), message, help: wayOut))
  }

  /// The nearest name in the file's folder, or why there is none.
  private var wayOut: String? {
    let folder = url.deletingLastPathComponent().path
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      let folderName = path.dropLast(url.lastPathComponent.count + 1)
      return outside ?? "there is no folder \(folderName) either"
    }
    let name = url.lastPathComponent
    // A model is no scenario and a scenario no model.
    let known = names.sorted().filter {
      !$0.hasPrefix(".") && $0.hasSuffix(".json5") == name.hasSuffix(".json5")
    }
    if let near = NearestName.of(name, among: known) {
      return "did you mean \(path.dropLast(name.count))\(near)?"
    }
    if let outside { return outside }
    let folderName = path.count > name.count ? String(path.dropLast(name.count)) : "the folder"
    let rest = known.count - Self.mostNames
    return known.isEmpty
      ? nil
      : "\(folderName) holds \(known.prefix(Self.mostNames).joined(separator: ", "))"
        + (rest > 0 ? " and \(rest) more" : "")
  }

  private static let mostNames = 8

  /// A path from where the person stands is the likeliest slip.
  private var outside: String? {
    guard !path.hasPrefix("/"), FileManager.default.fileExists(atPath: path) else { return nil }
    return "a path in a scenario is relative to the scenario's folder"
  }
}
