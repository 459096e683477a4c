import Foundation

/// Where the program writes: answers to standard output, everything else to standard error.
struct Console: Sendable {
  var writeAnswer: @Sendable (String) -> Void
  var writeNote: @Sendable (String) -> Void
  /// Whether standard error is a terminal: progress is shown there only.
  var showsProgress: Bool
  var usesColour: Bool

  static var standard: Console {
    let isTerminal = isatty(STDERR_FILENO) == 1
    let noColour = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    return Console(
      writeAnswer: { FileHandle.standardOutput.write(Data($0.utf8)) },
      writeNote: { FileHandle.standardError.write(Data($0.utf8)) },
      showsProgress: isTerminal, usesColour: isTerminal && !noColour)
  }
}
