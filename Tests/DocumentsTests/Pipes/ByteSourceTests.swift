import Foundation
import Testing

@testable import Documents

@Suite("Bytes of files and pipes") struct ByteSourceTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("bytes-\(UUID().uuidString)")

  private func write(_ bytes: [UInt8], _ name: String) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appendingPathComponent(name)
    try Data(bytes).write(to: url)
    return url.path
  }

  private func remove() { try? FileManager.default.removeItem(at: folder) }

  @Test(
    "come in order and whole, and are shown to the one who asked", arguments: [0, 1, 5_000_000])
  func wholeFile(size: Int) throws {
    defer { remove() }
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let path = try write(bytes, "plain")
    let source = try ByteSource(path: "name", location: path)
    var seen: [UInt8] = []
    source.onBytes = { seen += $0 }
    var buffer = [UInt8](repeating: 0, count: 3_000_000)
    var read: [UInt8] = []
    while true {
      let count = try source.read(into: &buffer, at: 10)
      if count == 0 { break }
      #expect(count <= 1 << 20)
      read += buffer[10..<10 + count]
    }
    #expect(read == bytes && seen == bytes)
    #expect(try source.read(into: &buffer, at: 0) == 0, "the end stays the end")
    var all: [UInt8] = []
    try ByteSource.readAll(path: "name", location: path) { all += $0 }
    #expect(all == bytes)
  }

  @Test("of a file that is missing, a folder, or behind a file are three errors, by the given name")
  func missing() throws {
    defer { remove() }
    let path = try write([1], "plain")
    #expect(throws: ByteSourceError.missing(path: "data/x.csv")) {
      _ = try ByteSource(path: "data/x.csv", location: "\(path)-not")
    }
    #expect(throws: ByteSourceError.missing(path: "x")) {
      _ = try ByteSource(path: "x", location: "\(path)/below")
    }
    #expect(throws: ByteSourceError.isFolder(path: "x.gz")) {
      _ = try ByteSource(path: "x.gz", location: folder.path)
    }
  }

  @Test(
    "that this user may not read are an error", .enabled(if: geteuid() != 0, "root may read all"))
  func forbidden() throws {
    defer { remove() }
    let path = try write([1], "secret")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    #expect(throws: ByteSourceError.noPermission(path: "x")) {
      _ = try ByteSource(path: "x", location: path)
    }
  }

  @Test("of a program that is not there are an error that names it")
  func missingProgram() throws {
    #expect(throws: ByteSourceError.programMissing(path: "x.gz", program: "no-such-unpacker")) {
      _ = try ChildProcess(
        program: "no-such-unpacker", arguments: [], standardInput: 0, path: "x.gz")
    }
  }

  @Test(
    "end with what the program said when it fails",
    arguments: [
      ("echo fine; echo first >&2; echo 'second one' >&2; exit 3", "status 3): second one"),
      ("exit 1", "status 1)"), ("kill -9 $$", "signal 9)"),
    ])
  func failingProgram(script: String, told: String) throws {
    let child = try ChildProcess(
      program: "sh", arguments: ["-c", script], standardInput: 0, path: "x.gz")
    #expect {
      try child.waitForOutput()
      try child.finish()
    } throws: { error in
      (error as? ByteSourceError)?.reason == "sh could not unpack it (\(told)"
    }
  }

  @Test("are not held up by a program that complains much, or that is left in the middle")
  func muchToSay() throws {
    let script = "head -c 300000 /dev/zero >&2; echo done; exit 0"
    let child = try ChildProcess(
      program: "sh", arguments: ["-c", script], standardInput: 0, path: "x")
    try child.waitForOutput()
    try child.finish()
    // Its end is waited for here: a program that never ends would hold the test up.
    _ = try ChildProcess(
      program: "sh", arguments: ["-c", "while true; do echo y; done"], standardInput: 0, path: "x")
  }

  @Test(
    "are each told in words",
    arguments: [
      (.missing(path: "x"), "there is no such file"),
      (.isFolder(path: "x"), "it is a folder, not a file"),
      (.noPermission(path: "x"), "this user may not read it"),
      (.failed(path: "x", reason: "Input/output error"), "Input/output error"),
      (
        .programMissing(path: "x", program: "zstd"),
        "the program zstd, which unpacks it, is not installed"
      ),
      (
        .programFailed(path: "x", program: "xz", ending: .status(1), message: "xz: bad"),
        "xz could not unpack it (status 1): xz: bad"
      ),
    ] as [(ByteSourceError, String)])
  func words(error: ByteSourceError, reason: String) {
    #expect(error.reason == reason && error.path == "x")
  }
}
