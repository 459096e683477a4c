import Synchronization
import Understudy

@testable import Command

/// Runs the program in this process and keeps what it writes.
final class Transcript: Sendable {
  private let texts = Mutex((answer: "", notes: ""))

  var answer: String { texts.withLock(\.answer) }
  var notes: String { texts.withLock(\.notes) }

  func run(_ arguments: [String], isInterrupted: Bool = false) -> ExitCode {
    let console = Console(
      writeAnswer: { text throws(StudyError) in
        self.texts.withLock { $0.answer += text }
        return true
      },
      writeNote: { text in self.texts.withLock { $0.notes += text } },
      isInterrupted: { isInterrupted })
    return Program(console: console).run(arguments)
  }
}
