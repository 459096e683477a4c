import Foundation
import Testing

@testable import Command

/// An M/M/c queue at 20 requests a second of 100 ms: by Erlang's formula the mean time to an answer is 144.4 ms
/// with 3 replicas and 108.7 ms with 4 (Gross, Shortle, Thompson and Harris (2008), section 2.3).
@Suite("size") struct SizeVerbTests {
  private static let scenario = """
    {
      title: "A queue",
      seed: 3,
      traffic: { synthetic: { requests: 4000, arrivals: { poisson: 20 }, features: { x: 0 } } },
      arms: {
        production: { model: { synthetic: { accuracy: 0.9 } }, service: { time: { exponential: { mean: "100ms" } } } },
      },
      metrics: ["latency.mean"],
    }
    """

  private static func run(_ arguments: [String]) throws -> (
    code: ExitCode, answer: String, notes: String
  ) {
    let workspace = try Workspace(["queue.json5": scenario])
    let path = workspace.folder.appendingPathComponent("queue.json5").path
    let transcript = Transcript()
    let code = withExtendedLifetime(workspace) { transcript.run(["size", path] + arguments) }
    return (code, transcript.answer, transcript.notes.replacing(path, with: "queue.json5"))
  }

  private static func json(_ arguments: [String]) throws -> [String: Any] {
    let ending = try run(arguments + ["--format", "json"])
    #expect(ending.notes.isEmpty)
    return try #require(
      JSONSerialization.jsonObject(with: Data(ending.answer.utf8)) as? [String: Any])
  }

  @Test("the replicas of an M/M/c queue are those of Erlang's formula")
  func erlang() throws {
    let answer = try Self.json(["--until", "latency.mean < 125ms", "--replications", "10"])
    #expect(answer["size"] as? Int == 4)
    let tries = try #require(answer["tries"] as? [[String: Any]])
    #expect(tries.compactMap { $0["size"] as? Int } == [1, 2, 3, 4])
    let expected = [3: 144.4, 4: 108.7]
    for tried in tries {
      guard let size = tried["size"] as? Int, let mean = expected[size] else { continue }
      let interval = try #require(tried["interval"] as? [Double])
      let slack = interval[1] - interval[0]
      #expect(interval[0] - slack < mean && mean < interval[1] + slack, "\(size): \(interval)")
    }
  }

  @Test("the answer does not depend on the threads, and a promise about shares may be in percent")
  func shares() throws {
    let arguments = ["--until", "within.400ms >= 97%", "--seed", "5"]
    let one = try Self.run(arguments + ["--threads", "1"])
    #expect(try one == Self.run(arguments + ["--threads", "3"]))
    #expect(one.code == .done)
    #expect(one.answer.contains("4 replicas keep production's promise within.400ms >= 97%"))
  }

  @Test("where no number is enough the answer says so, and the exit code")
  func none() throws {
    let ending = try Self.run(["--until", "latency.mean < 50ms", "--to", "8"])
    #expect(ending.code == .gateFailed)
    #expect(ending.answer.contains("No replicas up to 8 keep production's promise"))
  }

  @Test(
    "a search that cannot be made ends with 64, and says how it could",
    arguments: [
      (
        [],
        """
        understudy: error: --until is not given: what shall be kept?
          help: as in --until "latency.p99 < 200ms"

        """
      ),
      (
        ["--until", "latency.p99"],
        """
        understudy: error: --until is "latency.p99", with none of <, <=, > and >= in it
          help: as in --until "latency.p99 < 200ms" or "within.200ms >= 99%"

        """
      ),
      (
        ["--until", "slowness < 3"],
        """
        understudy: error: --until speaks of "slowness", which is no metric
          help: as in --until "latency.p99 < 200ms" or "within.200ms >= 99%"

        """
      ),
      (
        ["--until", "latency.p99 < 200"],
        """
        understudy: error: --until has the bound "200", not a time such as 200ms
          help: as in --until "latency.p99 < 200ms" or "within.200ms >= 99%"

        """
      ),
      (
        ["--until", "latency.p99 < 1s", "--arm", "prodution"],
        """
        understudy: error: --arm is "prodution", and the scenario has production
          help: did you mean production?

        """
      ),
      (
        ["--until", "latency.p99 < 1s", "--from", "9", "--to", "3"],
        "understudy: error: --from is 9, above --to 3\n"
      ),
    ])
  func mistakes(arguments: [String], notes: String) throws {
    let ending = try Self.run(arguments)
    #expect(ending.code == .usage)
    #expect(ending.notes == notes + "  try: understudy size --help\n")
  }
}
