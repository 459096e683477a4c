import Foundation
import Testing
import Understudy

/// What `check` says of services before anything runs.
@Suite("Services before a run") struct ServiceCheckTests {
  /// A scenario beside a recording of three requests, in a folder that goes away.
  private func withScenario<Answer>(
    _ text: String, _ body: (String) throws -> Answer
  ) throws -> Answer {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("understudy-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let rows = "t,y,i,o,s\n0,1,100,20,0.5\n1,0,900,30,0.5\n2,1,5,5,0.5\n"
    try Data(rows.utf8).write(to: folder.appendingPathComponent("a.csv"))
    let file = folder.appendingPathComponent("s.json5")
    try Data(text.utf8).write(to: file)
    return try body(file.path)
  }

  private func engine(_ memory: Int, traffic: String) -> String {
    """
    {
      traffic: \(traffic),
      arms: { a: { model: { synthetic: { accuracy: 0.9 } }, service: { llm: {
        memory: \(memory), steps: { base: "5ms", perPrefillToken: "40us" } } } } },
    }
    """
  }

  private let recorded =
    #"{ replay: "a.csv", time: "t", timeFormat: "epochSeconds", label: "y", features: ["s"], inputTokens: "i", outputTokens: "o" }"#

  private func told(_ text: String) throws -> String {
    try withScenario(text) { path in
      do throws(StudyError) {
        _ = try Study(scenario: path)
        return ""
      } catch {
        let message = error.message()
        return message.split(separator: "\n").filter { !$0.contains("|") }
          .map { $0.replacing("\(path):", with: "") }.joined(separator: "\n")
      }
    }
  }

  @Test("a recorded request whose tokens exceed the memory is told with its number")
  func recordedTokens() throws {
    #expect(
      try told(engine(900, traffic: recorded)) == """
        4:13: error: request 2 has 900 tokens of prompt and 30 of answer, and the memory of a holds 896
          help: raise `memory`, or leave such requests out of the traffic
        """)
    #expect(try told(engine(944, traffic: recorded)) == "")
  }

  @Test(
    "a service time that follows what the traffic has not is told with what it has",
    arguments: [
      ("{ s: \"1ms\" }", ""),
      ("{ inputTokens: \"1us\" }", ""),
      (
        "{ z: \"1ms\" }",
        """
        3:96: error: the service time follows z, and the traffic has no such feature
          help: there are s, inputTokens, outputTokens
        """
      ),
    ])
  func sized(per: String, expected: String) throws {
    let text = """
      {
        traffic: \(recorded),
        arms: { a: { model: { synthetic: { accuracy: 0.9 } }, service: { time: { base: "1ms", per: \(per) } } } },
      }
      """
    let told = try told(text)
    #expect(told == expected)
  }

  @Test("so is drawn traffic of which one request in a thousand does not fit")
  func drawnTokens() throws {
    let drawn =
      #"{ synthetic: { requests: 9, arrivals: { poisson: 1 }, label: { probability: 0.5 }, inputTokens: { uniform: { low: 1, high: 1001 } }, outputTokens: 100 } }"#
    #expect(
      try told(engine(1000, traffic: drawn)) == """
        4:13: error: one request in a thousand has 1000 tokens of prompt and 100 of answer, and the memory of a holds 992
          help: raise `memory`, or leave such requests out of the traffic
        """)
    #expect(try told(engine(1200, traffic: drawn)) == "")
  }

  @Test("the plan says how much is asked of a service, and a warning says when it is too much")
  func load() throws {
    func scenario(_ service: String) -> String {
      """
      { traffic: { synthetic: { requests: 9, arrivals: { poisson: 100 }, label: { probability: 0.5 } } },
        arms: { a: { model: { synthetic: { accuracy: 0.9 } }, service: { \(service) } } } }
      """
    }
    try withScenario(scenario("time: \"8ms\"")) { path in
      let study = try Study(scenario: path)
      #expect(study.planText.contains("\nload         a: stable at load 0.80\n"))
      #expect(study.warnings() == "")
    }
    try withScenario(scenario("time: \"20ms\", balancing: \"sticky\"")) { path in
      let warnings = try Study(scenario: path).warnings()
      #expect(
        warnings.contains(
          "warning: replicas are chosen by the unit, and the traffic names none: each request is one of its own\n"
        ))
      #expect(
        warnings.hasSuffix(
          "\nwarning: a is unstable: offered 2.00 times what it can serve, it can never catch up, "
            + "if no unit asks more than others\n"))
    }
  }

  @Test("of users in a closed loop it says the asymptotic bounds")
  func closedLoop() throws {
    func words(_ users: Int, _ service: String) throws -> [Substring] {
      let text = """
        {
          traffic: { synthetic: { requests: 10,
            arrivals: { users: \(users), think: { exponential: { mean: "2s" } } } } },
          arms: {
            a: { model: "none", service: { replicas: 4, \(service) } },
            b: { model: "none", service: { replicas: 1, time: "0.1s" } },
          },
          metrics: ["latency.mean"],
        }
        """
      return try withScenario(text) { path in
        try Study(scenario: path).planText.split(separator: "\n").filter { $0.hasPrefix("load") }
      }
    }
    #expect(
      try words(10, "time: { exponential: { mean: \"500ms\" } }") == [
        "load         a: closed loop, at most 4.00 answers a second by its users",
        "load         b: stable at load 0.40, at 4.00 requests a second, the most that users send",
      ])
    #expect(
      try words(100, "time: { exponential: { mean: \"500ms\" } }")[0]
        == "load         a: closed loop, at most 8.00 answers a second by its replicas")
    // A request may end at once, so that its user thinks and sends again.
    #expect(
      try words(10, "queue: 0, time: { exponential: { mean: \"500ms\" } }")[0]
        == "load         a: closed loop, at most 5.00 answers a second by its users")
  }
}
