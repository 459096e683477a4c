import Benchmarks
import Foundation
import Testing

@Suite("Benchmarks") struct BenchmarksTests {
  @Test(
    "every case runs in its small size and repeats its answers",
    arguments: allCases.map(\.name).filter { $0 != scaleCase.name })
  func small(name: String) throws {
    let benchmark = try #require(allCases.first { $0.name == name })
    let first = benchmark.run(.small)
    let second = benchmark.run(.small)
    #expect(!first.isEmpty)
    #expect(first.map(\.answer) == second.map(\.answer))
    #expect(first.allSatisfy { $0.answer != nil && $0.median > 0 })
  }

  @Test("the recursion and the events give the same answer")
  func sameBits() {
    for setting in queueCase.settings(.small) {
      #expect(Set(setting.ours.map { $0.measure().answer }).count == 1)
    }
  }

  @Test(
    "the number of threads cannot show in the shadow case", arguments: ["shadow", "shadow-file"])
  func threads(name: String) throws {
    let benchmark = try #require(allCases.first { $0.name == name })
    for setting in benchmark.settings(.small) {
      #expect(Set(setting.ours.map { $0.measure().answer }).count == 1, "\(setting.name)")
    }
  }

  @Test("the shadow case needs no more memory for ten times the requests")
  func scale() async {
    // In a process of its own, where nothing else takes memory. Labels and answers kept of each request would be 3.5 MB.
    await #expect(processExitsWith: .success) {
      let peaks = scaleCase.run(.small).compactMap(\.peakMegabytes)
      precondition(peaks.count == 2 && peaks[1] - peaks[0] < 2, "peaks of \(peaks) MB")
    }
  }

  @Test("a trace of requests that cannot be read is an error, not another trace")
  func badTrace() throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent(
        "understudy-bad-trace-\(ProcessInfo.processInfo.processIdentifier).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("TIMESTAMP,ContextTokens\n2023-11-16 18:15:46.6805900,374\n".utf8).write(to: file)
    #expect(throws: (any Error).self) { try LanguageTrace.recorded(file.path, most: 10) }
  }

  @Test("a record names where it was measured, by what command, and how much faster ours is")
  func record() throws {
    let workshop = Workshop(
      toolchain: [Workshop.Fact(name: "swift", value: "6.3")],
      machine: [Workshop.Fact(name: "cores", value: "2")])
    var record = BenchmarkRecord(of: queueCase, command: "benchmarks queue", workshop: workshop)
    let setting = Setting(name: "all", unit: .perSecond("customers"), ours: [])
    var ours = Measurement(setting: "all", contestant: "understudy", unit: setting.unit)
    for figure in [3_000.4, 1_000, 4_000] {
      ours.take(Reading(figure: figure, answer: "abc", peakMegabytes: 30.123))
    }
    var peer = Measurement(setting: "all", contestant: "SimPy", unit: setting.unit)
    peer.take(Reading(figure: 300))
    record.settings = [
      BenchmarkRecord.SettingRecord(setting: setting, ours: [ours], peers: [peer])
    ]
    record.growth = [("understudy", 1.004)]
    let text = record.text
    for part in [
      "\"command\": \"benchmarks queue\"", "\"swift\": \"6.3\"", "\"cores\": \"2\"",
      "\"median\": 3000", "\"least\": 1000", "\"most\": 4000", "\"readings\": 3",
      "\"answer\": \"abc\"", "\"peakMegabytes\": 30.12", "\"understudy\": 10",
      "\"understudy\": 1",
    ] { #expect(text.contains(part), "\(part) in \(text)") }
  }

  @Test("names of cases differ")
  func names() { #expect(Set(allCases.map(\.name)).count == allCases.count) }

  @Test("an unknown case is an error of usage")
  func unknown() { #expect(BenchmarkCommand(arguments: ["hoId"]).run() == 64) }

  @Test("a peer that is not there is left out with a remark")
  func noPeers() {
    let nowhere = URL(fileURLWithPath: "/nonexistent")
    let programs = FileManager.default.temporaryDirectory
      .appendingPathComponent("understudy-peers-test")
    var toolbox = PeerToolbox(folder: nowhere, programs: programs, python: "no-such-python")
    let script = PeerProgram(
      name: "Ghost", file: "ghost.py", language: .python, arguments: [], figure: "x")
    #expect(toolbox.run(script) == nil)
    #expect(toolbox.run(script) == nil)
    let remark = "Ghost is left out: `no-such-python` did not run ghost.py to its end"
    #expect(toolbox.remarks == [remark])
    #expect(PeerToolbox.locate(environment: [:], from: nowhere) == nil)
  }

  @Test("advantages are above one where ours is better")
  func advantages() {
    #expect(Unit.nanoseconds(per: "event").advantage(of: 20, over: 30) == 1.5)
    #expect(Unit.perSecond("customers").advantage(of: 30, over: 20) == 1.5)
    #expect([3.0, 1, 2].medianOfAll == 2)
  }

  @Test("growth exponents are those of the powers they fit")
  func growth() throws {
    let extents = [10.0, 100, 1_000]
    let exponent = try #require(
      growthExponent(extents: extents, costs: extents.map { $0 * $0.squareRoot() }))
    #expect(abs(exponent - 1.5) < 1e-12)
    #expect(growthExponent(extents: [5, 5], costs: [1, 2]) == nil)
  }
}
