import Foundation
import TestSupport
import Testing

@testable import Command

@Suite("CommandReference") struct CommandReferenceTests {
  @Test("docs/command-line.md is what the verbs' tables say")
  func committed() throws {
    let file = testFile("").deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "docs/command-line.md")
    if ProcessInfo.processInfo.environment["UNDERSTUDY_UPDATE_GOLDEN"] == "1" {
      try Data(CommandReference.markdown.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == CommandReference.markdown)
  }

  @Test("tells of every verb, every option and every exit code")
  func complete() {
    for verb in Verb.all {
      #expect(CommandReference.markdown.contains("## \(verb.name)\n"))
      for spec in verb.specs { #expect(CommandReference.markdown.contains("`\(spec.call)`")) }
    }
    for code in ExitCode.allCases {
      #expect(CommandReference.markdown.contains("| \(code.rawValue) | \(code.meaning) |"))
    }
  }
}
