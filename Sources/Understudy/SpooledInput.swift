import Documents
import Foundation

/// Standard input, kept in a file so that it can be read more than once; the file goes with its
/// last user.
final class SpooledInput: Sendable {
  /// Where the bytes are; its name ends as the packing that they begin with asks for.
  let path: String
  /// What the person is told in the path's place.
  static let name = "standard input"

  /// Reads standard input to its end.
  ///
  /// - Parameter isCancelled: asked while nothing comes and between stretches of bytes.
  init(isCancelled: () -> Bool) throws(StudyError) {
    let folder = FileManager.default.temporaryDirectory
    let plain = folder.appendingPathComponent("understudy-\(UUID().uuidString)").path
    do {
      let start = try Self.copy(to: plain, isCancelled: isCancelled)
      guard let ending = Self.ending(of: start) else {
        path = plain
        return
      }
      try FileManager.default.moveItem(atPath: plain, toPath: plain + ending)
      path = plain + ending
    } catch {
      try? FileManager.default.removeItem(atPath: plain)
      throw (error as? StudyError) ?? Self.unwritable(plain, error)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Gives the first bytes back.
  private static func copy(to path: String, isCancelled: () -> Bool) throws -> [UInt8] {
    let file = try NewFile(at: path)
    let source = try ByteSource(path: "-")
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    var start: [UInt8] = []
    while true {
      try waitForInput(isCancelled)
      let count = try source.read(into: &bytes, at: 0)
      if count == 0 { break }
      if start.count < 6 { start += bytes[..<min(count, 6)] }
      try file.write(bytes[..<count])
    }
    try file.close()
    return start
  }

  /// Returns when bytes, or the end, can be read without waiting.
  private static func waitForInput(_ isCancelled: () -> Bool) throws(StudyError) {
    while true {
      if isCancelled() { throw .interrupted }
      var wait = [pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)]
      if unsafe poll(&wait, 1, 100) != 0 { return }
    }
  }

  private static func ending(of bytes: [UInt8]) -> String? {
    let packings: [(String, [UInt8])] = [
      (".gz", [0x1F, 0x8B]), (".zst", [0x28, 0xB5, 0x2F, 0xFD]), (".bz2", Array("BZh".utf8)),
      (".xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A]),
    ]
    return packings.first { bytes.starts(with: $0.1) }?.0
  }

  private static func unwritable(_ path: String, _ error: any Error) -> StudyError {
    if let error = error as? ByteSourceError {
      return StudyError(
        .inputOutput, Diagnostic(at: Place(file: name), "cannot be read: \(error.reason)"))
    }
    return StudyError(
      .inputOutput,
      Diagnostic(
        at: Place(file: name), "cannot be kept in \(path): \(SystemReason.of(error))",
        help: "name another folder in TMPDIR, or write the traffic to a file and name that"))
  }
}
