import Documents
import Foundation

/// One file of a result: its name in the folder, and its bytes.
public struct ResultFile: Sendable, Equatable {
  /// Without a folder: "summary.json".
  public let name: String
  private let contents: Contents

  /// A file that is not written yet.
  public init(name: String, text: String) {
    self.name = name
    contents = .text(text)
  }

  /// A file whose bytes are on disk already, somewhere else.
  init(name: String, kept: TraceFile) {
    self.name = name
    contents = .kept(kept)
  }

  /// What stands in it, as UTF-8; of a trace, all of it is read.
  public var text: String {
    switch contents {
    case .text(let text): text
    case .kept(let file): file.text
    }
  }

  /// Gives the bytes in turn, in pieces that fit into memory.
  func write(to body: (Data) throws -> Void) throws {
    switch contents {
    case .text(let text): try body(Data(text.utf8))
    case .kept(let file): try file.read(body)
    }
  }

  /// Whether names and bytes are equal.
  public static func == (left: Self, right: Self) -> Bool {
    left.name == right.name && left.text == right.text
  }

  private enum Contents: Sendable {
    case text(String)
    case kept(TraceFile)
  }
}

/// Writes results so that a folder never holds half of one.
///
/// All files are written and flushed in a hidden folder first. Only when every byte is on disk does
/// that folder become the result; where a result is already, the files are put in their places
/// under a lock, so that two writers take turns, and when one of them cannot be put there, those
/// that were are taken back. What else is in the folder stays.
public enum ResultFolder {
  /// Writes the files into `folder`, which is made with all folders above it.
  ///
  /// - Throws: `StudyError` of kind `.inputOutput`; then the folder is what it was, or is not there
  ///   if it was not.
  public static func write(_ files: [ResultFile], to folder: String) throws(StudyError) {
    let target = URL(fileURLWithPath: folder).standardizedFileURL
    var made = MadeFolders()
    do {
      try made.make(target.deletingLastPathComponent())
      let staging = try StagingFolder(for: target)
      defer { staging.remove() }
      for file in files { try staging.write(file) }
      if try !staging.become(target) { try staging.move(files.map(\.name), to: target) }
    } catch {
      made.removeEmpty()
      throw StudyError(
        .inputOutput,
        Diagnostic(
          at: Place(file: folder), "the result cannot be written: \(SystemReason.of(error))",
          help: "free the path or the disk, or name another folder with --out"))
    }
  }
}

/// Folders that were made on the way, so that a failure leaves none behind.
private struct MadeFolders {
  private var folders: [URL] = []

  mutating func make(_ folder: URL) throws {
    var missing: [URL] = []
    var next = folder
    while !FileManager.default.fileExists(atPath: next.path), next.path != "/" {
      missing.append(next)
      next.deleteLastPathComponent()
    }
    for folder in missing.reversed() {
      if unsafe mkdir(folder.path, 0o777) == 0 {
        folders.append(folder)
      } else if errno != EEXIST {
        // Another writer may have made it meanwhile.
        throw SystemReason.lastError
      }
    }
    var isFolder: ObjCBool = false
    _ = unsafe FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder)
    guard isFolder.boolValue else { throw POSIXError(.ENOTDIR) }
  }

  /// Leaves those that somebody else has put something into.
  func removeEmpty() {
    for folder in folders.reversed() { _ = unsafe rmdir(folder.path) }
  }
}

/// A hidden folder on the target's own file system: in the target, or beside it where there is
/// none.
private struct StagingFolder {
  private let folder: URL

  init(for target: URL) throws {
    let exists = FileManager.default.fileExists(atPath: target.path)
    let home = exists ? target : target.deletingLastPathComponent()
    folder = home.appendingPathComponent(
      ".\(target.lastPathComponent).partial-\(UUID().uuidString)")
    guard unsafe mkdir(folder.path, 0o777) == 0 else { throw SystemReason.lastError }
  }

  /// Takes the target's name as a whole; false where the name is taken.
  func become(_ target: URL) throws -> Bool {
    guard !FileManager.default.fileExists(atPath: target.path) else { return false }
    guard unsafe Foundation.rename(folder.path, target.path) == 0 else {
      if errno == EEXIST || errno == ENOTEMPTY { return false }
      throw SystemReason.lastError
    }
    let parent = try OpenFolder(target.deletingLastPathComponent(), isExclusive: false)
    defer { parent.release() }
    try parent.flush()
    return true
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  func write(_ file: ResultFile) throws {
    let new = try NewFile(at: folder.appendingPathComponent(file.name).path)
    try file.write { try new.write($0) }
    try new.flushAndClose()
  }

  /// Puts all files in their places, or none of them.
  func move(_ names: [String], to target: URL) throws {
    let lock = try OpenFolder(target)
    defer { lock.release() }
    let kept = folder.appendingPathComponent("before")
    guard unsafe mkdir(kept.path, 0o700) == 0 else { throw SystemReason.lastError }
    var moved: [String] = []
    do {
      for name in names {
        let place = target.appendingPathComponent(name)
        try Self.keep(place, as: kept.appendingPathComponent(name))
        moved.append(name)
        try Self.rename(folder.appendingPathComponent(name), to: place)
      }
      try lock.flush()
    } catch {
      for name in moved.reversed() { Self.takeBack(name, in: target, from: kept) }
      throw error
    }
  }

  /// Gives an old file a second name, so that its own is never without a file.
  private static func keep(_ place: URL, as kept: URL) throws {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) else {
      return
    }
    if isFolder.boolValue { throw POSIXError(.EISDIR) }
    // A file system without second names has to do with a moment without the file.
    if unsafe link(place.path, kept.path) != 0 { try rename(place, to: kept) }
  }

  /// The old file to its place again, or the new one away where there was none.
  private static func takeBack(_ name: String, in target: URL, from kept: URL) {
    let old = kept.appendingPathComponent(name)
    let place = target.appendingPathComponent(name)
    // What fails here fails after an error that is told, and nothing better is left to do.
    if FileManager.default.fileExists(atPath: old.path) {
      try? rename(old, to: place)
    } else {
      _ = unsafe unlink(place.path)
    }
  }

  private static func rename(_ source: URL, to target: URL) throws {
    guard unsafe Foundation.rename(source.path, target.path) == 0 else {
      throw SystemReason.lastError
    }
  }
}

/// A folder held open, by one writer at a time; the system releases it when a writer dies.
private struct OpenFolder {
  private let descriptor: Int32

  init(_ folder: URL, isExclusive: Bool = true) throws {
    descriptor = unsafe open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemReason.lastError }
    // A file system without locks still has atomic renames.
    while isExclusive, flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
  }

  /// Makes the folder's names outlast a loss of power.
  func flush() throws {
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw SystemReason.lastError }
  }

  func release() { _ = close(descriptor) }
}
