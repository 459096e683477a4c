import Foundation

// A reader that goes, as `head` does, is an error of the write then, and not the end of the
// program.
signal(SIGPIPE, SIG_IGN)
// So is a file that may not grow any further.
signal(SIGXFSZ, SIG_IGN)
let interruption = Interruption()
let status = interruption.watching {
  Program(console: .standard(interruption)).run(Array(CommandLine.arguments.dropFirst()))
}
exit(status.rawValue)
