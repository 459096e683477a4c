import Foundation
import Scenarios
import Testing

@Suite("Scenario reference") struct ScenarioReferenceTests {
  @Test("docs/reference.md is what the reader's table says")
  func committed() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "docs/reference.md")
    if ProcessInfo.processInfo.environment["UNDERSTUDY_UPDATE_GOLDEN"] == "1" {
      try Data(ScenarioReference.markdown.utf8).write(to: file)
    }
    let committed = try String(contentsOf: file, encoding: .utf8)
    #expect(committed == ScenarioReference.markdown)
  }

  @Test("tells of every metric and every verdict")
  func complete() {
    let text = ScenarioReference.markdown
    for word in ["`latency.p99.9`", "| not shown to be not worse |", "`costPerThousand`"] {
      #expect(text.contains(word))
    }
  }
}
