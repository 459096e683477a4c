/// How the program ends; the numbers are part of the contract with scripts (sysexits.h where it has one).
enum ExitCode: Int32 {
  case done = 0
  /// Done, and a gate said no (only with --gate).
  case gateFailed = 1
  /// Done, and `verify` or `compare` found a difference.
  case different = 2
  case usage = 64
  case badData = 65
  case fileMissing = 66
  case unanswered = 69
  case fault = 70
  case inputOutput = 74
  case interrupted = 130
}
