import Documents
import Models
import Simulation
import Testing

@testable import Scenarios

@Suite("Arms without a model") struct NoModelTests {
  private static let arms = #"{ production: { model: "none", service: { time: "8ms" } } }"#

  @Test("an arm may be a service alone, and reads back as one")
  func service() throws {
    let scenario = try Scenario.read(
      SourceText(name: "s", text: ScenarioText.whole(arms: Self.arms)), settings: [])
    #expect(scenario.arms.map(\.model) == [.noModel])
    let filled = scenario.filled(for: .unlabelled)
    #expect(filled.metrics == [.latencyMean, .latencyQuantile(0.5), .latencyQuantile(0.99)])
  }

  @Test("without a service it is nothing")
  func nothing() {
    #expect(
      mistakes(ScenarioText.whole(arms: #"{ production: { model: "none" } }"#)) == [
        "3:32 an arm without a model must have a service\nhelp: for example `service: { time: \"8ms\" }`"
      ])
  }

  @Test(
    "nothing that judges answers may be asked of it",
    arguments: ["accuracy", "logLoss", "auc", "mae", "disagreement"])
  func quality(name: String) {
    let text = ScenarioText.whole(arms: Self.arms, "metrics: [\"\(name)\"]")
    #expect(
      mistakes(text) == [
        "4:13 \(name) judges answers, and production has no model to answer with\n"
          + "help: ask for what a service shows, such as \"latency.p99\""
      ])
  }

  @Test("a monitor of its errors is refused", arguments: ["error", "score"])
  func monitor(signal: String) {
    let text = ScenarioText.whole(
      arms: Self.arms, "monitors: [{ drift: \"adwin\", on: \"production.\(signal)\" }]")
    #expect(mistakes(text).contains { $0.contains("production has no model to answer with") })
  }
}
