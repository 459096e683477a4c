import Dispatch
import Foundation
import Testing

@testable import Understudy

@Suite("ResultFolder") struct ResultFolderTests {
  /// A folder of its own for a test.
  private final class Home: Sendable {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("understudy-test-\(UUID().uuidString)")

    init() throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }
    func text(_ name: String) throws -> String {
      try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
    }
    func names(_ name: String = "") throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
    }
  }

  private func files(_ text: String) -> [ResultFile] {
    ["a", "b", "c", "d"].map { ResultFile(name: $0, text: text) }
  }

  @Test("makes the folder and those above it, and nothing else")
  func fresh() throws {
    let home = try Home()
    try ResultFolder.write(files("1"), to: home.path("results/x"))
    #expect(try home.names() == ["results"])
    #expect(try home.names("results") == ["x"])
    #expect(try home.names("results/x") == ["a", "b", "c", "d"])
  }

  @Test("writes over an old result, and leaves what else is in the folder")
  func again() throws {
    let home = try Home()
    try ResultFolder.write(files("1"), to: home.path("x"))
    try Data("mine".utf8).write(to: home.url.appendingPathComponent("x/notes"))
    try ResultFolder.write(files("2"), to: home.path("x/"))
    #expect(try home.names("x") == ["a", "b", "c", "d", "notes"])
    for name in ["a", "b", "c", "d"] { #expect(try home.text("x/\(name)") == "2") }
    #expect(try home.text("x/notes") == "mine")
    #expect(try home.names() == ["x"])
  }

  @Test("takes back what it put in place when a later file cannot be")
  func rollback() throws {
    let home = try Home()
    try ResultFolder.write(files("1"), to: home.path("x"))
    // A file whose name leads into a folder that is not there cannot be put in its place.
    let bad = files("2").dropLast() + [ResultFile(name: "none/d", text: "2")]
    #expect(throws: StudyError.self) { try ResultFolder.write(Array(bad), to: home.path("x")) }
    for name in ["a", "b", "c", "d"] { #expect(try home.text("x/\(name)") == "1") }
    #expect(try home.names("x") == ["a", "b", "c", "d"])
    #expect(try home.names() == ["x"])
  }

  @Test("takes back also what a folder of a file's name stops half way")
  func halfWay() throws {
    let home = try Home()
    try FileManager.default.createDirectory(
      atPath: home.path("x/b/full"), withIntermediateDirectories: true)
    try Data("old".utf8).write(to: home.url.appendingPathComponent("x/a"))
    do {
      try ResultFolder.write(files("2"), to: home.path("x"))
      // The folder was moved out of the way and removed: not what a person wants of a result.
      Issue.record("a folder was written over")
    } catch {
      #expect(error.kind == .inputOutput)
      #expect(error.message().contains("is a directory"))
    }
    #expect(try home.names("x") == ["a", "b"])
    #expect(try home.text("x/a") == "old")
    #expect(try home.names("x/b") == ["full"])
  }

  @Test("writers at the same time leave the whole result of one of them")
  func concurrent() throws {
    let home = try Home()
    for target in ["fresh", "there"] {
      if target == "there" { try ResultFolder.write(files("old"), to: home.path(target)) }
      DispatchQueue.concurrentPerform(iterations: 8) { writer in
        for round in 0..<5 {
          try? ResultFolder.write(files("\(writer)/\(round)"), to: home.path(target))
        }
      }
      let texts = try ["a", "b", "c", "d"].map { try home.text("\(target)/\($0)") }
      #expect(Set(texts).count == 1, "\(texts)")
      #expect(try home.names(target) == ["a", "b", "c", "d"])
    }
    #expect(try home.names() == ["fresh", "there"])
  }
}
