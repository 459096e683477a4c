#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The bytes of a file, of standard input ("-"), or of a packed file unpacked by the program for it.
///
/// Files that end in .gz, .zst, .bz2 and .xz go through `gzip`, `zstd`, `bzip2` and `xz` as a child
/// process, a pipe's length at a time, so that memory stays bounded. What the child says of a damaged
/// file, and a child that is not there, are errors: a truncated archive never ends like a short file.
package final class ByteSource {
  /// As it was given; the name in every error.
  package let path: String
  /// Called with each stretch of bytes as it was read (after unpacking), in order: for a digest.
  package var onBytes: ((ArraySlice<UInt8>) -> Void)?
  private var descriptor: Int32
  private let child: ChildProcess?

  /// - Parameters:
  ///   - path: what messages call it; "-" is standard input.
  ///   - location: where it stands on this machine, when that is not `path` itself.
  ///   - unpacks: whether a packed file is unpacked, or given as it stands.
  package init(
    path: String, location: String? = nil, unpacks: Bool = true
  ) throws(ByteSourceError) {
    self.path = path
    if path == "-" {
      descriptor = STDIN_FILENO
      child = nil
      return
    }
    let file = try Self.openFile(location ?? path, named: path)
    guard unpacks, let program = Self.unpacker(for: path) else {
      descriptor = file
      child = nil
      return
    }
    defer { _ = close(file) }
    let started = try ChildProcess(
      program: program, arguments: ["-dc"], standardInput: file, path: path)
    child = started
    descriptor = started.output
  }

  deinit {
    // A child closes its own end.
    if child == nil, descriptor > STDIN_FILENO { _ = close(descriptor) }
  }

  /// Whether reading again from the start gives the same bytes.
  package var isRepeatable: Bool { path != "-" }

  /// Reads into `bytes[offset...]`, at most up to its end and at most 1 MiB.
  ///
  /// - Returns: how many bytes were read; 0 only at the end.
  package func read(into bytes: inout [UInt8], at offset: Int) throws(ByteSourceError) -> Int {
    let size = min(bytes.count - offset, 1 << 20)
    precondition(offset >= 0 && size > 0, "no room to read: \(bytes.count) bytes, from \(offset)")
    try child?.waitForOutput()
    var count = 0
    repeat {
      count = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe systemRead(descriptor, buffer.baseAddress?.advanced(by: offset), size)
      }
    } while count < 0 && errno == EINTR
    if count < 0 { throw Self.error(errno, path) }
    if count == 0 { try child?.finish() }
    if count > 0, let onBytes { onBytes(bytes[offset..<offset + count]) }
    return count
  }

  /// Gives all bytes of a file to `body`, a mebibyte at a time and as they stand (packed or not).
  package static func readAll(
    path: String, location: String? = nil, unpacks: Bool = false,
    _ body: (ArraySlice<UInt8>) -> Void
  ) throws(ByteSourceError) {
    let source = try ByteSource(path: path, location: location, unpacks: unpacks)
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = try source.read(into: &bytes, at: 0)
      if count == 0 { return }
      body(bytes[..<count])
    }
  }

  /// The program that unpacks a file of this name.
  private static func unpacker(for path: String) -> String? {
    let unpackers = [(".gz", "gzip"), (".zst", "zstd"), (".bz2", "bzip2"), (".xz", "xz")]
    return unpackers.first { path.hasSuffix($0.0) }?.1
  }

  private static func openFile(
    _ location: String, named path: String
  ) throws(ByteSourceError) -> Int32 {
    let descriptor = unsafe open(location, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw error(errno, path) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let code = errno
      _ = close(descriptor)
      throw error(code, path)
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      _ = close(descriptor)
      throw .isFolder(path: path)
    }
    return descriptor
  }

  private static func error(_ code: Int32, _ path: String) -> ByteSourceError {
    switch code {
    case ENOENT, ENOTDIR: .missing(path: path)
    case EISDIR: .isFolder(path: path)
    case EACCES, EPERM: .noPermission(path: path)
    default: .failed(path: path, reason: systemReason(code))
    }
  }
}

/// The system's words for an error number.
func systemReason(_ code: Int32) -> String {
  guard let text = unsafe strerror(code) else { return "error \(code)" }
  return unsafe String(cString: text)
}

/// `read(2)`, by a name that no method shadows.
func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ size: Int) -> Int {
  unsafe read(descriptor, buffer, size)
}
