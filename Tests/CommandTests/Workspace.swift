import Foundation
import Understudy

@testable import Command

/// A folder with a small scenario that is well, and what a test changes about it; removed with the
/// test.
final class Workspace: Sendable {
  let folder: URL

  static let scenario = """
    {
      traffic: { replay: "requests.csv", time: "at", label: "label", features: ["a", "b"] },
      arms: {
        production: { model: "old.json" },
        candidate: { model: "new.json" },
      },
    }

    """

  static let requests = """
    at,a,b,label
    2026-01-01T00:00:00Z,0.5,1,0
    2026-01-01T00:01:00Z,1.5,2,1
    2026-01-01T00:02:00Z,2.5,3,0
    2026-01-01T00:03:00Z,3.5,4,1

    """

  static let model = """
    {"kind": "logistic_regression", "features": ["a", "b"], "coef": [0.5, -0.25], "intercept": 0.1}

    """

  static let otherModel = model.replacing("0.5, -0.25", with: "0.4, -0.2")

  static let files = [
    "s.json5": scenario, "requests.csv": requests, "old.json": model, "new.json": otherModel,
  ]

  /// - Parameter changed: files that are other than those above, or more.
  init(_ changed: [String: String] = [:]) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("understudy-test-\(UUID().uuidString)").resolvingSymlinksInPath()
    for (name, text) in Self.files.merging(changed, uniquingKeysWith: { $1 }) {
      try write(Data(text.utf8), to: name)
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ bytes: Data, to name: String) throws {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: url)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// The names in a folder, also hidden ones, in order.
  func names(in name: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: folder.appendingPathComponent(name).path
    ).sorted()
  }

  // MARK: Running

  /// What a call of the program wrote and how it ended.
  struct Ending: Equatable {
    var code: Int32
    var answer: String
    var notes: String
    /// Ended by a signal rather than by itself.
    var wasKilled = false
  }

  /// Starts the program as people do, in this folder.
  ///
  /// - Parameters:
  ///   - input: its standard input; `source` stands for it where it is no fixed text.
  ///   - shell: a command line in which "$@" is the call; nil calls the program itself.
  ///   - meanwhile: told the process once it runs.
  func run(
    _ arguments: [String], input: Data = Data(), source: FileHandle? = nil, shell: String? = nil,
    environment: [String: String] = [:], meanwhile: (Process) throws -> Void = { _ in }
  ) throws -> Ending {
    let process = Process()
    let program = try Self.program()
    process.executableURL = shell == nil ? program : URL(fileURLWithPath: "/bin/bash")
    process.arguments =
      shell.map { ["-c", $0, "bash", program.path] + arguments } ?? arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Through files, so that no pipe can fill while nobody reads it.
    let names = ["input", "answer", "notes"].map { ".\($0)-\(UUID().uuidString)" }
    let urls = names.map { folder.appendingPathComponent($0) }
    defer { for url in urls { try? FileManager.default.removeItem(at: url) } }
    try input.write(to: urls[0])
    for url in urls.dropFirst() { try Data().write(to: url) }
    process.standardInput = try source ?? FileHandle(forReadingFrom: urls[0])
    process.standardOutput = try FileHandle(forWritingTo: urls[1])
    process.standardError = try FileHandle(forWritingTo: urls[2])
    try process.run()
    try meanwhile(process)
    process.waitUntilExit()
    return Ending(
      code: process.terminationStatus,
      answer: String(decoding: try Data(contentsOf: urls[1]), as: UTF8.self),
      notes: String(decoding: try Data(contentsOf: urls[2]), as: UTF8.self),
      wasKilled: process.terminationReason == .uncaughtSignal)
  }

  /// The program that was built together with these tests.
  static func program() throws -> URL {
    var folders = [Bundle.main.bundleURL, URL(fileURLWithPath: CommandLine.arguments[0])]
    folders += Bundle.allBundles.map(\.bundleURL)
    for start in folders {
      var folder = start
      for _ in 0..<4 {
        let program = folder.appendingPathComponent("understudy")
        if FileManager.default.isExecutableFile(atPath: program.path),
          FileManager.default.fileExists(
            atPath: folder.appendingPathComponent("Command.build").path)
        {
          return program
        }
        folder.deleteLastPathComponent()
      }
    }
    throw MissingProgram()
  }

  struct MissingProgram: Error {}
}
