import Foundation
import Statistics
import Synchronization
import Testing

@testable import Understudy

@Suite("Calibration study") struct CalibrationStudyTests {
  private static func options(
    runs: Int = 6, methods: [String] = ["welch"], shard: String? = nil, threads: Int = 2
  ) -> CalibrationStudy.Options {
    var options = CalibrationStudy.Options()
    options.runs = runs
    options.methods = methods
    options.shard = shard.flatMap(CalibrationStudy.Shard.init)
    options.threads = threads
    return options
  }

  private static func files(
    _ options: CalibrationStudy.Options, into folder: String, keepsOthers: Bool = false
  ) throws -> [ResultFile] {
    try CalibrationStudy(groups: ["rare", "judge"], options: options).run()
      .files(into: folder, keepsOthers: keepsOthers)
  }

  private static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("understudy-calibration-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("threads change no byte, and shards that are merged are the whole")
  func sameBytes() throws {
    try Self.withFolder { folder in
      let whole = try Self.files(Self.options(), into: folder)
      #expect(whole.map(\.name) == ["rare.json", "rare.md", "judge.json", "judge.md", "README.md"])
      #expect(try Self.files(Self.options(threads: 5), into: folder) == whole)
      for shard in ["2/3", "1/3"] {
        try ResultFolder.write(
          try Self.files(Self.options(shard: shard), into: folder), to: folder)
      }
      #expect(throws: StudyError.self) { try CalibrationFolder.merged(in: folder) }
      try ResultFolder.write(
        try Self.files(Self.options(shard: "3/3", threads: 1), into: folder), to: folder)
      #expect(try CalibrationFolder.merged(in: folder) == whole)
    }
  }

  @Test("what is done is written before the next is run, and stays when the study is stopped")
  func writtenAtOnce() throws {
    try Self.withFolder { folder in
      let study = try CalibrationStudy(groups: ["rare", "judge"], options: Self.options())
      let isStopped = Mutex(false)
      var written: [[String]] = []
      #expect(throws: StudyError.self) {
        try study.run(
          isCancelled: { isStopped.withLock { $0 } },
          finished: { part throws(StudyError) in
            let files = try part.files(into: folder, keepsOthers: false)
            try ResultFolder.write(files, to: folder)
            written.append(files.map(\.name))
            isStopped.withLock { $0 = true }
          })
      }
      #expect(written == [["rare.json", "rare.md", "README.md"]])
      let documents = try CalibrationFolder.documents(in: folder)
      #expect(documents.map(\.group) == ["rare"] && documents.allSatisfy(\.isWhole))
      // The rest alone makes it the whole.
      let rest = try CalibrationStudy(groups: ["judge"], options: Self.options()).run()
      #expect(
        try rest.files(into: folder, keepsOthers: false)
          == Self.files(Self.options(), into: folder))
    }
  }

  @Test("a method that is run alone takes its lines' places, and the others' stay")
  func oneMethod() throws {
    try Self.withFolder { folder in
      let names = Catalogue.all.map(\.name)
      let methods = Array(names.prefix(3))
      let whole = try Self.files(Self.options(methods: methods), into: folder)
      try ResultFolder.write(
        try Self.files(Self.options(methods: Array(methods.prefix(1))), into: folder), to: folder)
      let rest = Self.options(methods: Array(methods.dropFirst()))
      if rest.methods?.isEmpty == false {
        #expect(try Self.files(rest, into: folder, keepsOthers: true) == whole)
      }
    }
  }

  @Test("unknown cells and methods are told, with the nearest known")
  func unknown() throws {
    #expect(throws: StudyError.self) {
      try CalibrationStudy(groups: ["skewd"], options: Self.options())
    }
    do {
      _ = try CalibrationStudy(groups: [], options: Self.options(methods: ["wlech"]))
      Issue.record("not told")
    } catch {
      #expect(error.message().contains("did you mean welch?"))
    }
  }

  @Test("a shard is one of so many, counted from 1")
  func shards() {
    #expect(CalibrationStudy.Shard("2/8")?.range(of: 100) == 12..<25)
    for text in ["0/2", "3/2", "1", "1/", "/2", "a/b", "1/2/3", "1/0"] {
      #expect(CalibrationStudy.Shard(text) == nil, "\(text)")
    }
    let ranges = (1...7).compactMap { CalibrationStudy.Shard("\($0)/7")?.range(of: 100) }
    #expect(ranges.flatMap { Array($0) } == Array(0..<100))
  }
}
