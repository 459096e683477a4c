import Documents
import Testing

@testable import Scenarios

@Suite("Key table") struct KeyTableTests {
  @Test("every key has words, and every section stands once")
  func whole() {
    #expect(Set(KeyTable.sections.map(\.id)).count == KeyTable.sections.count)
    for section in KeyTable.sections {
      #expect(Set(section.keys.map(\.name)).count == section.keys.count, "\(section.id)")
      for key in section.keys {
        #expect(key.about.hasSuffix(".") || key.about.hasSuffix(":"), "\(section.id).\(key.name)")
        #expect(!key.fallback.isEmpty && !key.type.words.isEmpty)
      }
    }
  }

  @Test("every example is JSON5, and starts with its key")
  func examples() throws {
    for section in KeyTable.sections {
      for key in section.keys {
        let source = SourceText(name: "\(section.id).\(key.name)", text: "{ \(key.example) }")
        let node = try JSONNode.read(source, dialect: .json5)
        #expect(node.members?.map(\.key) == [key.name])
      }
    }
  }

  private static let served =
    #"{ production: { model: "a", service: { time: "8ms" } }, "#
    + #"candidate: { model: "b", service: { time: "8ms" } } }"#
  private static let drawn =
    #"{ synthetic: { requests: 9, arrivals: { poisson: 1 }, label: { probability: 0.5 }, "#
    + #"features: { country: { categories: { A: 1, B: 1 } } } } }"#
  private static let rest =
    #"compare: [{ metric: "accuracy", margin: 0.01 }], shifts: [{ missing: "x" }], "#
    + #"monitors: [{ drift: "pageHinkley", on: "candidate.score" }], deployment: { ab: {} }"#

  @Test(
    "every example of the reference is taken where it belongs",
    arguments: [
      ("scenario", ""), ("labels", "labels."), ("metricOptions", "metricOptions."),
      ("replay", "traffic."), ("synthesis", "traffic.synthetic."), ("arm", "arms.candidate."),
      ("service", "arms.candidate.service."), ("ab", "deployment.ab."),
      ("comparison", "compare[0]."), ("monitor", "monitors[0]."), ("shift", "shifts[0]."),
    ])
  func examplesAreTaken(_ section: String, _ path: String) {
    let company: [String: String] = [
      "reorderWindow": "traffic.onTimeReversal=reorder", "every": "shifts[0].for=1h",
      "for": "shifts[0].every=7d",
      "twinWithoutMirror": "arms.candidate.service.sharedWith=production",
      "time": "seed=1", "prefixBlock": "traffic.prefixes=hash_ids",
    ]
    for key in KeyTable.section(section).keys where key.name != "rate" {
      let value = key.example.dropFirst(key.name.count + 2)
      var settings = company[key.name].map { [$0] } ?? []
      if key.name == "twinWithoutMirror" { settings.append("deployment={ shadow: {} }") }
      let isDrawn = section == "synthesis" || key.name == "truth"
      let traffic = isDrawn ? Self.drawn : ScenarioText.replay
      let text = ScenarioText.whole(traffic: traffic, arms: Self.served, Self.rest)
      #expect(mistakes(text, settings: settings + ["\(path)\(key.name)=\(value)"]) == [])
    }
  }
}
