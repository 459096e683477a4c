import Foundation

/// A file that is being written for the first time; its permissions follow the person's umask.
struct NewFile {
  private let handle: FileHandle

  init(at path: String) throws {
    // Foundation's createFile keeps the reason of a failure for itself.
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw SystemReason.lastError }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  func write(_ bytes: some DataProtocol) throws { try handle.write(contentsOf: bytes) }

  /// Closes the file once every byte of it is on disk.
  func flushAndClose() throws {
    try handle.synchronize()
    try handle.close()
  }

  func close() throws { try handle.close() }
}

/// The system's words for what went wrong with a file.
enum SystemReason {
  /// What the last call of the system failed with.
  static var lastError: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }

  static func of(_ error: any Error) -> String {
    guard let code = code(of: error) else { return (error as NSError).localizedDescription }
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text).lowercased()
  }

  static func code(of error: any Error) -> Int32? {
    let error = error as NSError
    if error.domain == NSPOSIXErrorDomain { return Int32(exactly: error.code) }
    return (error.userInfo[NSUnderlyingErrorKey] as? NSError).flatMap { code(of: $0) }
  }
}
