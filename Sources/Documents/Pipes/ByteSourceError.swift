/// Why bytes could not be read.
package enum ByteSourceError: Error, Sendable, Equatable {
  case missing(path: String)
  case isFolder(path: String)
  case noPermission(path: String)
  /// The system's reason, in its words.
  case failed(path: String, reason: String)
  /// The program that unpacks this kind of file is not on this machine.
  case programMissing(path: String, program: String)
  /// The program that unpacks the file gave up; `message` is the last line of what it said.
  case programFailed(path: String, program: String, ending: ProgramEnding, message: String)

  package enum ProgramEnding: Sendable, Equatable {
    case status(Int32)
    case signal(Int32)
  }
}

extension ByteSourceError {
  package var path: String {
    switch self {
    case .missing(let path), .isFolder(let path), .noPermission(let path), .failed(let path, _),
      .programMissing(let path, _), .programFailed(let path, _, _, _):
      path
    }
  }

  /// One sentence without a full stop and without the path.
  package var reason: String {
    switch self {
    case .missing: "there is no such file"
    case .isFolder: "it is a folder, not a file"
    case .noPermission: "this user may not read it"
    case .failed(_, let reason): reason
    case .programMissing(_, let program):
      "the program \(program), which unpacks it, is not installed"
    case .programFailed(_, let program, let ending, let message):
      "\(program) could not unpack it (\(ending.words))" + (message.isEmpty ? "" : ": \(message)")
    }
  }
}

extension ByteSourceError.ProgramEnding {
  fileprivate var words: String {
    switch self {
    case .status(let number): "status \(number)"
    case .signal(let number): "signal \(number)"
    }
  }
}
