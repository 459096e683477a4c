import Foundation
import TestSupport
import Testing
import Understudy

@Suite("Study") struct StudyTests {
  private static let root = testFile("").deletingLastPathComponent().deletingLastPathComponent()

  @Test("the example in the documentation runs, and leaves a result")
  func example() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("understudy-test-\(UUID().uuidString)/first-shadow")
    defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
    var short = Study.Options()
    short.settings = ["traffic.untilRow=18424"]
    // The example's lines, with a part of the traffic and another folder.
    let study = try Study(
      scenario: Self.root.appending(path: "scenarios/first-shadow.json5").path, options: short)
    let result = try study.run()
    try ResultFolder.write(result.files, to: folder.path)

    #expect(study.name == "first-shadow")
    #expect(study.title == "Electricity price: a boosted candidate in shadow of a linear model")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["manifest.json", "report.html", "scenario.resolved.json5", "summary.json"])
    #expect(result.hasGates)
    for format in StudyResult.Format.allCases { #expect(!result.answer(format).isEmpty) }
  }

  @Test("the example in the documentation is what this test compiles")
  func exampleText() throws {
    let source = try String(
      contentsOf: Self.root.appending(path: "Sources/Understudy/Study.swift"), encoding: .utf8)
    let example = """
      ///     let study = try Study(scenario: "scenarios/first-shadow.json5")
      ///     let result = try study.run()
      ///     try ResultFolder.write(result.files, to: "results/first-shadow")
      """
    #expect(source.contains(example))
  }

  @Test("neither threads nor the size of blocks change a byte")
  func sameBits() throws {
    let path = Self.root.appending(path: "scenarios/first-shadow.json5").path
    let results = try [(1, 1000), (2, 7), (3, 4096)].map { threads, size in
      var options = Study.Options()
      options.settings = ["traffic.untilRow=17924"]
      (options.threads, options.blockSize) = (threads, size)
      return try Study(scenario: path, options: options).run().files
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test("every public declaration of the library is documented")
  func documented() throws {
    let folder = Self.root.appending(path: "Sources/Understudy")
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      let lines = try String(contentsOf: file, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false)
      for (line, before) in zip(lines.dropFirst(), lines)
      where line.drop(while: { $0 == " " }).hasPrefix("public ") {
        #expect(
          before.drop(while: { $0 == " " }).hasPrefix("///"),
          "\(file.lastPathComponent): \(line)")
      }
    }
  }
}
