import Dispatch
import Foundation
import Synchronization

/// Notices that the person pressed Ctrl-C; what runs is asked to stop at its next block.
///
/// A second Ctrl-C ends the program at once.
final class Interruption: Sendable {
  private let wasAsked = Atomic(false)

  /// Watches for SIGINT and SIGTERM while `body` runs.
  func watching<Answer>(_ body: () throws -> Answer) rethrows -> Answer {
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if self.wasAsked.exchange(true, ordering: .relaxed) { _exit(ExitCode.interrupted.rawValue) }
      }
      source.resume()
      return source
    }
    defer {
      for source in sources { source.cancel() }
      for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
    return try body()
  }

  var isAsked: Bool { wasAsked.load(ordering: .relaxed) }
}
