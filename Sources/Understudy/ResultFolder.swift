import Documents
import Foundation

/// One file of a result: its name in the folder, and its bytes.
public struct ResultFile: Sendable, Equatable {
  public let name: String
  public let text: String

  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// Writes results so that a folder never holds half of one.
///
/// All files are written and flushed beside the folder first; only when every byte is on disk are they renamed
/// into place.
public enum ResultFolder {
  public static func write(_ files: [ResultFile], to folder: String) throws(StudyError) {
    let manager = FileManager.default
    let target = URL(fileURLWithPath: folder).standardizedFileURL
    let parent = target.deletingLastPathComponent()
    let staging = parent.appendingPathComponent(
      ".\(target.lastPathComponent).partial-\(ProcessInfo.processInfo.processIdentifier)")
    do {
      try manager.createDirectory(at: staging, withIntermediateDirectories: true)
      for file in files { try write(file, in: staging) }
      try manager.createDirectory(at: target, withIntermediateDirectories: true)
      for file in files {
        try move(
          staging.appendingPathComponent(file.name), to: target.appendingPathComponent(file.name))
      }
      try manager.removeItem(at: staging)
    } catch {
      // What was staged is of no use; that it cannot be removed changes nothing about the first error.
      try? manager.removeItem(at: staging)
      throw StudyError(
        .inputOutput,
        Diagnostic(
          at: Place(file: folder), "the result cannot be written: \(reason(of: error))",
          help: "free the path or the disk, or name another folder with --out"))
    }
  }

  private static func write(_ file: ResultFile, in folder: URL) throws {
    let url = folder.appendingPathComponent(file.name)
    guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
      throw CocoaError(.fileWriteUnknown)
    }
    let handle = try FileHandle(forWritingTo: url)
    do {
      try handle.write(contentsOf: Data(file.text.utf8))
      try handle.synchronize()
      try handle.close()
    } catch {
      try? handle.close()
      throw error
    }
  }

  private static func move(_ source: URL, to target: URL) throws {
    guard unsafe rename(source.path, target.path) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
  }

  private static func reason(of error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    let code =
      (error as? POSIXError)?.code.rawValue
      ?? (underlying?.domain == NSPOSIXErrorDomain ? Int32(underlying?.code ?? 0) : 0)
    if code != 0 { return unsafe String(cString: strerror(code)).lowercased() }
    return (error as NSError).localizedDescription
  }
}
