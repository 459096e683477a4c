import Foundation
import Testing

@testable import Traffic

@Suite("A packed recording") struct RecordingPipeTests {
  static let rows = (0..<50_000).map { "\($0),\($0 % 97).\($0 % 7)\n" }.joined()

  @Test(
    "is replayed like the plain file, when the program for it is there",
    arguments: [("gzip", ".gz"), ("zstd", ".zst"), ("bzip2", ".bz2"), ("xz", ".xz")])
  func packed(program: String, ending: String) throws {
    guard let path = Self.find(program) else {
      print("\(program) is not installed: its test is skipped")
      return
    }
    let folder = try RecordingFolder()
    try folder.write("time,x\n\(Self.rows)")
    try Self.run(path, ["-q", "-k", "\(folder.path)/data.csv"])
    let plain = try Self.replay(dataPlan(), folder)
    let packed = try Self.replay(dataPlan { $0.path = "data.csv\(ending)" }, folder)
    #expect(packed == plain)
    let part = try Self.replay(
      dataPlan {
        $0.path = "data.csv\(ending)"
        $0.untilRow = 10
        $0.loops = 3
      }, folder)
    #expect(part.requests.count == 30, "the program is stopped in the middle without a complaint")
  }

  @Test("that is cut short is an error, after the requests before the cut")
  func truncated() throws {
    guard let path = Self.find("gzip") else {
      print("gzip is not installed: the test of a truncated file is skipped")
      return
    }
    let folder = try RecordingFolder()
    try folder.write("time,x\n\(Self.rows)")
    try Self.run(path, ["\(folder.path)/data.csv"])
    let whole = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/data.csv.gz"))
    try folder.write(Array(whole.prefix(whole.count / 2)), to: "cut.csv.gz")
    let source = try RecordingSource(
      plan: dataPlan { $0.path = "cut.csv.gz" }, baseDirectory: folder.path)
    var block = RequestBlock(schema: source.schema, capacity: 64)
    var count = 0
    #expect(
      throws: TrafficError.unreadable(
        path: "cut.csv.gz",
        reason: "gzip could not unpack it (status 1): gzip: stdin: unexpected end of file")
    ) {
      while try source.next(into: &block) { count += block.count }
    }
    #expect(count > 10_000)
  }

  private static func replay(
    _ plan: RecordingPlan, _ folder: RecordingFolder
  ) throws -> ReplayedTraffic {
    try TrafficContract.replay(
      RecordingSource(plan: plan, baseDirectory: folder.path), blockSize: 1000)
  }

  static func find(_ program: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/\(program)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  static func run(_ path: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }
}
