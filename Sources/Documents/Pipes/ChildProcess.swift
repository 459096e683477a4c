#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A program that runs beside ours, reads a file as its standard input, and whose output we read.
///
/// Its environment holds only PATH and a locale without translation, so that its words are the same
/// everywhere. What it says on standard error is kept (the last 4 KiB) for the error message.
final class ChildProcess {
  /// Its standard output; closed by this object.
  let output: Int32
  private let complaints: Int32
  private let program: String
  private let path: String
  private var identifier: pid_t
  private var isRunning = true
  private var complaintsAreOpen = true
  private var complaint: [UInt8] = []

  init(
    program: String, arguments: [String], standardInput: Int32, path: String
  ) throws(ByteSourceError) {
    self.program = program
    self.path = path
    guard let outputPipe = Pipe() else { throw .failed(path: path, reason: systemReason(errno)) }
    guard let complaintPipe = Pipe() else {
      let code = errno
      outputPipe.closeBoth()
      throw .failed(path: path, reason: systemReason(code))
    }
    let (code, pid) = startProgram(
      [program] + arguments,
      descriptors: [standardInput, outputPipe.writing, complaintPipe.writing])
    _ = close(outputPipe.writing)
    _ = close(complaintPipe.writing)
    guard code == 0 else {
      _ = close(outputPipe.reading)
      _ = close(complaintPipe.reading)
      throw code == ENOENT
        ? .programMissing(path: path, program: program)
        : .failed(path: path, reason: "\(program) could not be started: \(systemReason(code))")
    }
    identifier = pid
    output = outputPipe.reading
    complaints = complaintPipe.reading
  }

  deinit {
    _ = close(output)
    _ = close(complaints)
    // Its output is closed: it ends by itself at its next write, or is told to.
    if isRunning {
      _ = kill(identifier, SIGTERM)
      _ = waitForEnd()
    }
  }

  /// Waits until output can be read or has ended, and takes complaints meanwhile, so that neither side
  /// waits for the other.
  func waitForOutput() throws(ByteSourceError) {
    while isRunning {
      var waits = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: complaintsAreOpen ? complaints : -1, events: Int16(POLLIN), revents: 0),
      ]
      let count = unsafe poll(&waits, nfds_t(waits.count), -1)
      if count < 0 {
        if errno == EINTR { continue }
        throw .failed(path: path, reason: systemReason(errno))
      }
      if waits[1].revents != 0 { takeComplaint() }
      if waits[0].revents != 0 { return }
    }
  }

  /// Called at the end of the output: throws unless the program says that all went well.
  func finish() throws(ByteSourceError) {
    guard isRunning else { return }
    while complaintsAreOpen { takeComplaint() }
    let status = waitForEnd()
    isRunning = false
    guard status != 0 else { return }
    let signal = status & 0x7f
    throw .programFailed(
      path: path, program: program,
      ending: signal == 0 ? .status((status >> 8) & 0xff) : .signal(signal),
      message: lastComplaint)
  }

  private func takeComplaint() {
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe systemRead(complaints, buffer.baseAddress, buffer.count)
    }
    if count > 0 {
      complaint = (complaint + bytes[..<count]).suffix(4096)
    } else if count == 0 || errno != EINTR {
      complaintsAreOpen = false
    }
  }

  private var lastComplaint: String {
    let lines = complaint.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    return lines.last.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  private func waitForEnd() -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    return status
  }
}

/// Two ends of a pipe that child processes do not inherit by themselves.
private struct Pipe {
  let reading: Int32
  let writing: Int32

  init?() {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    reading = ends[0]
    writing = ends[1]
  }

  func closeBoth() {
    _ = close(reading)
    _ = close(writing)
  }
}

/// Starts a program that is looked for in PATH, with `descriptors` as its standard input, output and
/// error; gives the system's error number (0 is none) and the process.
private func startProgram(_ words: [String], descriptors: [Int32]) -> (Int32, pid_t) {
  #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
  #else
    var actions = unsafe posix_spawn_file_actions_t()
  #endif
  unsafe posix_spawn_file_actions_init(&actions)
  defer { unsafe posix_spawn_file_actions_destroy(&actions) }
  for (number, descriptor) in descriptors.enumerated() {
    unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
  }
  let search = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin"
  var pid: pid_t = 0
  let code = unsafe withCStrings(words) { arguments in
    unsafe withCStrings(["PATH=\(search)", "LC_ALL=C"]) { environment in
      unsafe posix_spawnp(&pid, words[0], &actions, nil, arguments, environment)
    }
  }
  return (code, pid)
}

/// A list of C strings that ends in a null pointer, for as long as `body` runs.
private func withCStrings<Answer>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Answer
) -> Answer {
  var pointers: [UnsafeMutablePointer<CChar>?] = unsafe []
  for text in texts { unsafe pointers.append(unsafe strdup(text)) }
  defer { while let last = unsafe pointers.popLast() { unsafe free(last) } }
  return unsafe body(unsafe pointers + [nil])
}
