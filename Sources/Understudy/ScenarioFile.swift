import Documents
import Scenarios

enum ScenarioFile {
  static func read(_ path: String, settings: [String]) throws(StudyError) -> Scenario {
    throw StudyError(.badData, Diagnostic(at: Place(file: path), "not yet"))
  }
}
