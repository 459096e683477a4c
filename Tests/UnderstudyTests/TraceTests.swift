import Foundation
import Simulation
import Testing
import Understudy

/// The promise of a trace: playing it gives the run's numbers to the bit.
@Suite("Traces") struct TraceTests {
  /// A folder that goes away, with these files in it.
  private func inFolder<Answer>(
    _ files: [String: String], _ body: (URL) throws -> Answer
  ) throws -> Answer {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("understudy-test-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return try body(folder)
  }

  /// A run of `s.json5` that leaves a trace, and the run of that trace.
  private func runAndReplay(
    _ files: [String: String], _ check: (StudyResult, StudyResult) throws -> Void
  ) throws {
    try inFolder(files) { folder in
      let target = folder.appendingPathComponent("results/s").path
      let first = try Study(scenario: folder.appendingPathComponent("s.json5").path)
        .run(tracingInto: target)
      // Each time that files are asked for, the report is drawn.
      let files = first.files
      try ResultFolder.write(files, to: target)
      // Other threads and other blocks, for good measure.
      var options = Study.Options()
      (options.threads, options.blockSize) = (1, 61)
      let second = try Study(scenario: "\(target)/replay.json5", options: options)
        .run(tracingInto: folder.appendingPathComponent("again").path)
      try check(first, second)
      let replayed = second.files
      #expect(replayed.map(\.name) == files.map(\.name) && replayed.count == 6)
      #expect(
        replayed.first { $0.name == "requests.csv" } == files.first { $0.name == "requests.csv" })
    }
  }

  /// What both findings have to share.
  private func numbers(_ result: StudyResult) -> StudyFindings {
    var findings = result.findings
    // The digest of the scenario, what was skipped or assumed while its own traffic was read, and what can be
    // told of the long run, which no recording tells.
    findings.fingerprint = ""
    findings.health.counts = []
    findings.health.assumedZone = nil
    for arm in findings.arms.indices { findings.arms[arm].serving?.steadyState = nil }
    return findings
  }

  /// Everything that feeds back: retries, hedges, batches, an autoscaler, failures, shared replicas.
  private let services = """
      production: {
        model: "m.json",
        service: {
          replicas: 2, time: { lognormal: { mean: "60ms", p99: "400ms" } }, timeout: "900ms",
          queue: 40, discipline: "priority", balancing: "sticky", errorRate: 0.02,
          batch: { size: 4, wait: "10ms", curve: [[1, 1], [4, 2]] },
          autoscale: { knative: { target: 2, fewest: 1, most: 6, interval: "2s", stableWindow: "10s" } },
          coldStart: "3s",
          failures: [{ breakdown: { every: { exponential: { mean: "20s" } }, lasting: "2s" } }],
        },
        client: {
          retry: { attempts: 3, delay: { backoff: { first: "50ms", longest: "1s", jitter: "decorrelated" } } },
          hedge: { after: "300ms" },
        },
        cost: 0.4,
      },
      candidate: {
        model: { synthetic: { accuracy: 0.8, salt: "c" } },
        service: { sharedWith: "production", time: { gamma: { mean: "40ms", cv: 2 } } },
      },
    """

  private let model = """
    {"kind": "logistic_regression", "features": ["x", "y"], "scaler_mean": [0, 0],
     "scaler_scale": [1, 1], "coef": [1.5, -0.25], "intercept": 0.1}
    """

  @Test("a drawn run is replayed to the bit: shifts, segments, users, priorities and all")
  func drawn() throws {
    let scenario = """
      {
        seed: 11,
        traffic: { synthetic: {
          requests: 700, start: "2026-03-01T00:00:00Z",
          arrivals: { poisson: 40, groups: { uniform: { low: 1, high: 3 } } },
          units: { count: 300 }, priority: { categorical: [1, 3, 5] },
          features: {
            x: { normal: { mean: 0, sd: 1 } }, y: { autoregressive: 0.8 }, time: 0.1,
            "a, \\"b\\"": { categories: { "c d": 1, "e,f": 2, "g\\"h": 1 } },
          },
          label: { model: "m.json" }, segments: ["a, \\"b\\""],
        } },
        shifts: [
          { scale: "x", by: 1.7, from: "+1s", ramp: "2s" },
          { noise: "y", sd: 0.3 },
          { concept: "n.json", from: "+3s" },
          { resample: { x: { above: 0 } }, share: 0.3, every: "2s", for: "900ms" },
        ],
        labels: { delay: { exponential: { mean: "5s" } }, lost: 0.1 },
        arms: { \(services) },
        monitors: [{ drift: "pageHinkley", on: "candidate.error", delta: 0.01, threshold: 5 }],
        twinWithoutMirror: true,
      }
      """
    let other = model.replacing("1.5", with: "-1.5")
    try runAndReplay(["s.json5": scenario, "m.json": model, "n.json": other]) { first, second in
      #expect(numbers(first) == numbers(second))
      #expect(numbers(first).requests == 700)
      #expect(!numbers(first).comparisons.isEmpty && numbers(first).segments.count == 3)
    }
  }

  @Test("so is a part of a recording, put in order, played twice at another speed")
  func recorded() throws {
    var rows = "at;who;y;x;k;seg;ms;in;out;blocks;score\n"
    for row in 0..<300 {
      // Every seventh row comes late, every eleventh field is missing.
      let time = Double(row) * 0.05 - (row % 7 == 0 ? 0.3 : 0) + 1_700_000_000
      let cells: [String] = [
        "\(time)", "user \(row * 7 % 41)", row % 3 == 0 ? "no" : "yes",
        row % 11 == 0 ? "NA" : "\(Float(row) / 7)", row % 11 == 5 ? "" : "k\(row * 5 % 13)",
        row % 11 == 7 ? "NA" : "s\"\(row * 3 % 5)", row % 11 == 3 ? "" : "\(row % 90).25",
        "\(row % 50 + 1)", "\(row % 9 + 1)", "[\(row % 4), \"p\(row % 3)\"]",
        "0.\(row * 37 % 1000)",
      ]
      rows +=
        cells.map { $0.contains("\"") ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0 }
        .joined(separator: ";") + "\n"
    }
    let scenario = """
      {
        traffic: {
          replay: "data/a.csv", delimiter: ";", time: "at", unit: "who", label: "y",
          classes: ["no", "yes"], features: { x: "numeric", k: "categorical", score: "numeric" },
          segments: ["seg", "k"], latency: "ms", inputTokens: "in", outputTokens: "out",
          prefixes: "blocks", prefixBlock: 16, missing: ["NA"], fromRow: 20, until: "+14s",
          speed: 1.7, loop: 2, share: 0.8, onTimeReversal: "reorder", reorderWindow: "1s",
        },
        shifts: [{ offset: "x", by: 3, from: "+3s", until: "+9s" }],
        arms: {
          production: {
            model: { column: "score" }, service: { replicas: 3, time: "logged" },
            client: { retry: { attempts: 2, delay: "5ms" } } },
          candidate: { model: { synthetic: { accuracy: 0.8 } }, service: { llm: {
            memory: 400, steps: { base: "5ms", perPrefillToken: "40us" }, prefixCaching: true } } },
        },
        deployment: { ab: { by: "unit" } },
        timeline: "10s",
      }
      """
    try runAndReplay(["s.json5": scenario, "data/a.csv": rows]) { first, second in
      #expect(numbers(first) == numbers(second))
      #expect(numbers(first).requests > 300)
      #expect(numbers(first).segments.contains { $0.value == "s\"3" })
    }
  }

  @Test(
    "so are users in a closed loop, wherever the end comes",
    arguments: [
      ("deployment: { shadow: { mirror: 0.5, spare: { queue: 2 } } }", "requests: 260"),
      ("deployment: { ab: {} }", "duration: \"6s\""),
    ])
  func closedLoop(deployment: String, end: String) throws {
    let scenario = """
      {
        traffic: { synthetic: {
          \(end), arrivals: { users: 30, think: { exponential: { mean: "400ms" } } },
          units: { count: 100 }, features: { x: { normal: { mean: 0, sd: 1 } }, y: 1 },
          label: { probability: 0.4 } } },
        arms: { \(services) }, \(deployment), ties: "shuffled",
      }
      """
    try runAndReplay(["s.json5": scenario, "m.json": model]) { first, second in
      #expect(numbers(first) == numbers(second))
      #expect(numbers(first).requests > 200)
    }
  }

  @Test("a trace names files from where it stands, and leaves out what cannot be drawn again")
  func files() throws {
    let scenario = """
      {
        traffic: { synthetic: { requests: 20, arrivals: { poisson: 40 }, label: { probability: 0.5 },
          features: { x: 0.1, y: 1 } } },
        arms: { a: { model: "m.json" }, b: { model: "m.json" } },
        replications: 3, truth: { requests: 1000 },
      }
      """
    try inFolder(["in/s.json5": scenario, "in/m.json": model]) { folder in
      let study = try Study(scenario: folder.appendingPathComponent("in/s.json5").path)
      let result = try study.run(tracingInto: folder.appendingPathComponent("out/s").path)
      let replay = try #require(result.files.first { $0.name == "replay.json5" }).text
      #expect(replay.contains("\"../../in/m.json\""))
      #expect(replay.contains("replications: 1") && !replay.contains("truth"))
      #expect(replay.hasPrefix("// Plays the requests of requests.csv"))
      let table = try #require(result.files.first { $0.name == "requests.csv" }).text
      let lines = table.split(separator: "\n")
      #expect(lines.count == 21 && lines[0] == "time,x,y,label")
      #expect(try study.run().files.count == 4)
    }
  }
}
