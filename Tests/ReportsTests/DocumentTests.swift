import Documents
import Foundation
import Simulation
import TestSupport
import Testing

@testable import Reports

@Suite("summary.json and manifest.json") struct DocumentTests {
  @Test("the summary stays as it was") func golden() throws {
    try expectGolden(Report.summary(ShadowFixture.findings), named: "shadow.summary.json")
    try expectGolden(
      Report.manifest(ShadowFixture.findings, .fixture), named: "shadow.manifest.json")
  }

  @Test("are JSON, whatever the names and numbers", arguments: Fixtures.names)
  func parses(name: String) throws {
    let findings = Fixtures.named(name)
    for text in [Report.summary(findings), Report.manifest(findings, .fixture)] {
      let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
      let members = try #require(value as? [String: Any])
      #expect(members["schema"] as? Int == 1)
      #expect(text.hasSuffix("}\n"))
      #expect(Words.strays(in: text.replacing("very", with: "")).isEmpty)
    }
  }

  @Test("name every key of the summary in docs/summary-schema.md") func documented() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appendingPathComponent("docs/summary-schema.md"), encoding: .utf8)
    var keys: [String] = []
    for name in Fixtures.names where name != "hostile" {
      SummaryKeys.collect(SummaryDocument(Fixtures.named(name)).value, into: &keys)
    }
    let missing = keys.filter { !page.contains("`\($0)`") }
    #expect(missing.isEmpty, "not documented: \(missing)")
  }

  @Test("carry a seed that is too large for a double as text") func seed() {
    var findings = Fixtures.bare("seed")
    findings.seed = .max
    #expect(Report.summary(findings).contains("\"seed\": \"18446744073709551615\""))
  }

  @Test("say why a number does not exist") func absences() {
    let text = Report.summary(Fixtures.absent)
    for word in [
      "noOutcomes", "noLabels", "tooFewOutcomes", "oneClassOnly", "notForThisTask", "noService",
      "noCost", "noVariation",
    ] {
      #expect(text.contains("\"absent\": \"\(word)\""), "\(word)")
    }
  }
}

/// The schema's own keys: not names of arms, metrics, features or verdicts.
private enum SummaryKeys {
  /// Objects whose keys are data.
  private static let open: Set<String> = ["arms", "metrics", "features", "verdicts"]

  static func collect(_ value: JSONValue, in parent: String = "", into keys: inout [String]) {
    switch value {
    case .array(let values): for value in values { collect(value, in: parent, into: &keys) }
    case .object(let members):
      for (key, value) in members {
        if !open.contains(parent), !keys.contains(key) { keys.append(key) }
        collect(value, in: open.contains(parent) ? "" : key, into: &keys)
      }
    default: break
    }
  }
}
