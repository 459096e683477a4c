import Foundation
import Synchronization
import Understudy

/// What the program knows of the person: where answers and notes go, and whether they asked to
/// stop.
struct Console: Sendable {
  /// To standard output: the answer and nothing else. False once nobody reads it any more.
  var writeAnswer: @Sendable (String) throws(StudyError) -> Bool
  /// To standard error: everything else.
  var writeNote: @Sendable (String) -> Void
  /// Whether standard error is a terminal: progress is shown there only.
  var showsProgress = false
  var usesColour = false
  var isInterrupted: @Sendable () -> Bool = { false }

  /// Writes an answer whose reader may have gone: the verb's own end tells what it found.
  func answer(_ text: String) throws(StudyError) { _ = try writeAnswer(text) }

  /// - Parameter interruption: watched for as long as the program runs.
  static func standard(_ interruption: Interruption) -> Console {
    let isTerminal = isatty(STDERR_FILENO) == 1
    let answers = OutputPipe(STDOUT_FILENO)
    let notes = OutputPipe(STDERR_FILENO)
    return Console(
      writeAnswer: { text throws(StudyError) in
        guard let reason = answers.write(text) else { return answers.isOpen }
        throw StudyError(unwritable: "standard output", reason: reason)
      },
      // Where notes cannot go, nothing is left to say so.
      writeNote: { text in _ = notes.write(text) },
      showsProgress: isTerminal,
      usesColour: isTerminal && allowsColour(ProcessInfo.processInfo.environment),
      isInterrupted: { interruption.isAsked })
  }

  /// What the environment says of colours on a terminal.
  static func allowsColour(_ environment: [String: String]) -> Bool {
    environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
  }
}

/// One of the program's outputs; its reader may go at any time, as `head` does.
private final class OutputPipe: Sendable {
  private let descriptor: Int32
  private let hasReader = Atomic(true)

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  var isOpen: Bool { hasReader.load(ordering: .relaxed) }

  /// The system's words for what went wrong; nil when all was written, or when the reader has gone.
  func write(_ text: String) -> String? {
    guard isOpen else { return nil }
    do {
      try FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        .write(contentsOf: Data(text.utf8))
      return nil
    } catch {
      let reason = StudyError.systemReason(error)
      guard reason.code == EPIPE else { return reason.words }
      hasReader.store(false, ordering: .relaxed)
      return nil
    }
  }
}
