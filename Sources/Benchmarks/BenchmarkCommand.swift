import Foundation

/// `benchmarks [case…] [--json] [--small] [--against-peers] [--out DIR]`.
package struct BenchmarkCommand {
  private var names: [String] = []
  private var json = false
  private var size = BenchmarkCase.Size.full
  private var againstPeers = false
  private var help = false
  private var folder: String?
  private var unknown: [String] = []

  /// How often everyone is measured in turn.
  private let rounds = 5

  package init(arguments: [String]) {
    var arguments = arguments[...]
    while let argument = arguments.popFirst() {
      switch argument {
      case "--out":
        folder = arguments.popFirst()
        if folder == nil { unknown.append("--out without a folder") }
      case "--json": json = true
      case "--small": size = .small
      case "--against-peers": againstPeers = true
      case "-h", "--help": help = true
      case let name where allCases.contains { $0.name == name }: names.append(name)
      default: unknown.append(argument)
      }
    }
  }

  /// - Returns: the exit code.
  package func run() -> Int32 {
    if help {
      print(Self.usage)
      return 0
    }
    guard unknown.isEmpty else {
      Self.complain("benchmarks: error: unknown \(unknown.joined(separator: ", "))\n\(Self.usage)")
      return 64
    }
    let cases = allCases.filter { names.isEmpty || names.contains($0.name) }
    var toolbox = againstPeers ? Self.toolbox() : nil
    let workshop = folder.map { _ in Workshop.here(python: toolbox?.python) }
    var status: Int32 = 0
    for benchmark in cases {
      let record = run(benchmark, &toolbox, workshop)
      if let folder, !Self.write(record, to: folder) { status = 74 }
    }
    for remark in toolbox?.remarks ?? [] { Self.complain("benchmarks: \(remark)") }
    return status
  }

  private func run(
    _ benchmark: BenchmarkCase, _ toolbox: inout PeerToolbox?, _ workshop: Workshop?
  ) -> BenchmarkRecord {
    var record = BenchmarkRecord(
      of: benchmark, command: command(benchmark),
      workshop: workshop ?? Workshop(toolchain: [], machine: []))
    if !json { print("\(benchmark.name): \(benchmark.question)") }
    var costs: [(contestant: String, extent: Double, cost: Double)] = []
    for setting in benchmark.settings(size) {
      let table = SettingTable(benchmark: benchmark.name, setting: setting.name, unit: setting.unit)
      let (ours, peers) = compete(setting, &toolbox)
      print(json ? table.json(ours, peers) : table.text(ours, peers))
      record.settings.append(
        BenchmarkRecord.SettingRecord(setting: setting, ours: ours, peers: peers))
      guard let extent = setting.extent.map({ Double($0) }) else { continue }
      costs += ours.map { ($0.contestant, extent, extent * setting.unit.cost($0.median)) }
    }
    for contestant in Set(costs.map(\.contestant)).sorted() {
      let points = costs.filter { $0.contestant == contestant }
      let exponent = growthExponent(extents: points.map(\.extent), costs: points.map(\.cost))
      guard let exponent else { continue }
      record.growth.append((contestant, exponent))
      if json { continue }
      print("  \(contestant): the cost of all grows as n^\(String(format: "%.2f", exponent))")
    }
    return record
  }

  private func command(_ benchmark: BenchmarkCase) -> String {
    let flags = (size == .small ? " --small" : "") + (againstPeers ? " --against-peers" : "")
    return "swift run -c release benchmarks \(benchmark.name)\(flags) --out results/benchmarks"
  }

  private static func write(_ record: BenchmarkRecord, to folder: String) -> Bool {
    let target = URL(fileURLWithPath: folder)
    do {
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      try Data(record.text.utf8)
        .write(to: target.appendingPathComponent("\(record.benchmark).json"), options: .atomic)
      return true
    } catch {
      complain("benchmarks: error: \(folder) cannot be written: \(error)")
      return false
    }
  }

  /// Everyone in turn, `rounds` times over, so that a slow moment of the machine hits all.
  private func compete(
    _ setting: Setting, _ toolbox: inout PeerToolbox?
  ) -> (ours: [Measurement], peers: [Measurement]) {
    var ours = setting.ours.map { measurement($0.name, setting) }
    var peers = setting.peers.map { measurement($0.name, setting) }
    for round in 0..<(size == .full ? rounds : 1) {
      for (index, contestant) in setting.ours.enumerated() {
        ours[index].take(contestant.measure())
      }
      for (index, peer) in setting.peers.enumerated() where round < peer.rounds {
        if let reading = toolbox?.run(peer) { peers[index].take(reading) }
      }
    }
    return (ours, peers.filter { !$0.figures.isEmpty })
  }

  private func measurement(_ contestant: String, _ setting: Setting) -> Measurement {
    Measurement(setting: setting.name, contestant: contestant, unit: setting.unit)
  }

  private static func toolbox() -> PeerToolbox? {
    let environment = ProcessInfo.processInfo.environment
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    guard let folder = PeerToolbox.locate(environment: environment, from: here) else {
      complain("benchmarks: peers are left out: there is no ../shared/bench/engines")
      return nil
    }
    let programs = FileManager.default.temporaryDirectory
      .appendingPathComponent("understudy-peers")
    return PeerToolbox(
      folder: folder, programs: programs, python: environment["PYTHON"] ?? "python3")
  }

  private static func complain(_ text: String) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
  }

  private static let usage = """
    usage: benchmarks [case…] [--json] [--small] [--against-peers] [--out DIR]
      cases: \(allCases.map(\.name).joined(separator: ", "))
      --json           one line of JSON a contestant and setting
      --small          the size that the tests run
      --against-peers  also what is in ../shared/bench/engines (or UNDERSTUDY_PEERS), in turn with ours;
                       PYTHON names the interpreter of those in Python
      --out DIR        also writes DIR/<case>.json: machine, toolchain, medians, spread, answers, ratios
    example: swift run -c release benchmarks hold --against-peers
    results/benchmarks is written by
      swift run -c release benchmarks shadow --against-peers --out results/benchmarks
      and the same with hold, with queue and with statistics
    """
}
