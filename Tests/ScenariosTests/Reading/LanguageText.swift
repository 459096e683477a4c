import Documents
import Simulation

@testable import Scenarios

/// What stands behind `llm`, read alone.
enum LanguageText {
  /// nil where the reader told something without a plan to show; it is then thrown.
  static func read(_ text: String) throws -> LanguagePlan? {
    let reader = ScenarioReader()
    let node = try JSONNode.read(SourceText(name: "llm", text: text), dialect: .json5)
    let plan = ObjectReader(node, as: "llm", behind: "llm", reader.complaints)
      .flatMap { reader.language($0) }
    let told = reader.complaints.diagnostics
    guard told.list.isEmpty else { throw told }
    return plan
  }

  /// As "line:column message" and, on a line of its own, "help: …".
  static func mistakes(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch let told as Diagnostics {
      return told.list.map { diagnostic in
        let help = diagnostic.help.map { "\nhelp: \($0)" } ?? ""
        let place = diagnostic.place
        return "\(place?.line ?? 0):\(place?.column ?? 0) \(diagnostic.message)\(help)"
      }
    } catch {
      return ["\(error)"]
    }
  }
}
