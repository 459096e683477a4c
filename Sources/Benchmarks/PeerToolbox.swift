import Foundation

/// Builds and runs peers; says why where it cannot.
package struct PeerToolbox {
  private let folder: URL
  private let programs: URL
  package let python: String
  /// By file, compiler and flags: the executable, or nil where it could not be built.
  private var built: [String: URL?] = [:]
  /// What was skipped and why, in order, each said once.
  package private(set) var remarks: [String] = []

  /// - Parameters:
  ///   - folder: where the peers' sources are.
  ///   - programs: where their executables go; made if it is not there.
  package init(folder: URL, programs: URL, python: String) {
    self.folder = folder
    self.programs = programs
    self.python = python
  }

  /// The peers' folder: `UNDERSTUDY_PEERS`, or `../shared/bench/engines` beside the package.
  package static func locate(environment: [String: String], from directory: URL) -> URL? {
    let manager = FileManager.default
    let named = environment["UNDERSTUDY_PEERS"].map { URL(fileURLWithPath: $0) }
    var package = directory.standardizedFileURL
    while package.path != "/"
      && !manager.fileExists(atPath: package.appendingPathComponent("Package.swift").path)
    {
      package.deleteLastPathComponent()
    }
    let beside = package.deletingLastPathComponent()
      .appendingPathComponent("shared/bench/engines")
    let folder = named ?? beside
    return manager.fileExists(atPath: folder.path) ? folder : nil
  }

  /// What the peer prints, or nil where it cannot run.
  package mutating func run(_ peer: PeerProgram) -> Reading? {
    switch peer.language {
    case .python:
      let script = folder.appendingPathComponent(peer.file).path
      return reading(peer, [python, script] + peer.arguments)
    case .cpp(let compiler, let flags):
      guard let program = executable(peer.file, compiler, flags) else { return nil }
      return reading(peer, [program.path] + peer.arguments)
    }
  }

  private mutating func reading(_ peer: PeerProgram, _ command: [String]) -> Reading? {
    guard let output = Self.output(of: command) else {
      remark("\(peer.name) is left out: `\(command[0])` did not run \(peer.file) to its end")
      return nil
    }
    let lines = output.split(separator: "\n")
    if case .timedLines(let count) = peer.format {
      guard let seconds = Self.processorSeconds(in: lines, after: peer.figure) else {
        remark("\(peer.name) is left out: it printed no time of \(peer.figure)")
        return nil
      }
      return Reading(figure: seconds * 1e9 / Double(count))
    }
    guard let line = lines.last(where: { $0.hasPrefix("{") }),
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
      let number = object[peer.figure] as? NSNumber
    else {
      remark("\(peer.name) is left out: it printed no \(peer.figure)")
      return nil
    }
    let memory = peer.memory.flatMap { object[$0] as? NSNumber }
    return Reading(figure: number.doubleValue, peakMegabytes: memory?.doubleValue)
  }

  /// What stands behind "cpu med" in the line that begins with `name`.
  package static func processorSeconds(in lines: [Substring], after name: String) -> Double? {
    guard let line = lines.first(where: { $0.hasPrefix(name) }),
      let mark = line.range(of: "cpu med")
    else { return nil }
    let text = line[mark.upperBound...].drop { $0 == " " }.prefix { $0 != "s" }
    return Double(text)
  }

  private mutating func executable(
    _ file: String, _ compiler: String, _ flags: [String]
  ) -> URL? {
    let key = ([file, compiler] + flags).joined(separator: " ")
    if let known = built[key] { return known }
    let name = key.map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
    let program = programs.appendingPathComponent(name)
    let source = folder.appendingPathComponent(file).path
    try? FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
    let command = [compiler] + flags + [source, "-o", program.path]
    let works = Self.output(of: command) != nil
    if !works { remark("\(file) is left out with \(compiler): it could not be built") }
    built[key] = .some(works ? program : nil)
    return works ? program : nil
  }

  private mutating func remark(_ text: String) {
    if !remarks.contains(text) { remarks.append(text) }
  }

  /// Standard output of a command that ended well; nil where it did not start or failed.
  static func output(of command: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    // Peers are compared on one core.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"], uniquingKeysWith: { $1 })
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(bytes: data, encoding: .utf8)
  }
}
