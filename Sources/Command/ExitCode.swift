import Understudy

/// How the program ends; the numbers are part of the contract with scripts (sysexits.h where it has
/// one).
enum ExitCode: Int32, CaseIterable {
  case done = 0
  /// Only with --gate, and of `size`.
  case gateFailed = 1
  case different = 2
  case usage = 64
  case badData = 65
  case fileMissing = 66
  case unanswered = 69
  case fault = 70
  case inputOutput = 74
  case interrupted = 130

  var meaning: String {
    switch self {
    case .done: "done"
    case .gateFailed: "done, and a gate said no (only with --gate), or size found no number"
    case .different: "done, and verify or compare found a difference"
    case .usage: "the command line is not understood"
    case .badData: "the scenario, the traffic or a model is at fault"
    case .fileMissing: "a file is missing"
    case .unanswered: "a model or endpoint did not answer"
    case .fault: "a fault of the program"
    case .inputOutput: "input or output failed"
    case .interrupted: "interrupted; no result was written"
    }
  }
}

extension ExitCode {
  init(_ error: StudyError) {
    self =
      switch error.kind {
      case .badData: .badData
      case .fileMissing: .fileMissing
      case .inputOutput: .inputOutput
      case .interrupted: .interrupted
      case .fault: .fault
      }
  }
}
