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

  private static let outage = #"[{ outage: { at: ["1s"], lasting: "1s" } }]"#
  /// What must stand before a key of these sections can.
  private static let ground = [
    "client": ["arms.candidate.client={}"],
    "retry": [#"arms.candidate.client={ retry: { attempts: 2, delay: "1s" } }"#],
    "hedge": [#"arms.candidate.client={ hedge: { after: "1s" } }"#],
    "breaker": [
      #"arms.candidate.client={ breaker: { failureShare: 1, window: "1s", rest: "1s" } }"#
    ],
    "batch": ["arms.candidate.service.batch={ size: 16 }"],
    "kubernetes": ["arms.candidate.service.autoscale={ kubernetes: { target: 0.5, most: 9 } }"],
    "knative": ["arms.candidate.service.autoscale={ knative: { target: 5, most: 9 } }"],
    "station": [
      #"stations={ pool: { time: "1ms" } }"#, #"arms.candidate.route=["pool", "own"]"#,
    ],
  ]

  @Test(
    "every example of the reference is taken where it belongs",
    arguments: [
      ("scenario", ""), ("labels", "labels."), ("metricOptions", "metricOptions."),
      ("replay", "traffic."), ("synthesis", "traffic.synthetic."), ("arm", "arms.candidate."),
      ("service", "arms.candidate.service."), ("ab", "deployment.ab."),
      ("client", "arms.candidate.client."), ("retry", "arms.candidate.client.retry."),
      ("batch", "arms.candidate.service.batch."), ("hedge", "arms.candidate.client.hedge."),
      ("breaker", "arms.candidate.client.breaker."),
      ("kubernetes", "arms.candidate.service.autoscale.kubernetes."),
      ("knative", "arms.candidate.service.autoscale.knative."), ("station", "stations.pool."),
      ("comparison", "compare[0]."), ("monitor", "monitors[0]."), ("shift", "shifts[0]."),
    ])
  func examplesAreTaken(_ section: String, _ path: String) {
    let company: [String: String] = [
      "reorderWindow": "traffic.onTimeReversal=reorder", "every": "shifts[0].for=1h",
      "for": "shifts[0].every=7d",
      "twinWithoutMirror": "arms.candidate.service.sharedWith=production",
      "time": "seed=1", "prefixBlock": "traffic.prefixes=hash_ids", "unitKind": "traffic.unit=user",
      "shed": "\(path)queue=9", "onFailure": "\(path)failures=\(Self.outage)",
      "coldStart": "\(path)autoscale={ knative: { target: 9, most: 9 } }",
      "graceToZero": "\(path)fewest=0",
    ]
    // The traffic's tokens and the other stations have samples of their own.
    let alone = ["rate", "llm", "route", "stations"]
    for key in KeyTable.section(section).keys where !alone.contains(key.name) {
      let value = key.example.dropFirst(key.name.count + 2)
      var settings = Self.ground[section] ?? []
      settings += company[key.name].map { [$0] } ?? []
      if key.name == "twinWithoutMirror" { settings.append("deployment={ shadow: {} }") }
      let isDrawn = section == "synthesis" || key.name == "truth"
      let traffic = isDrawn ? Self.drawn : ScenarioText.replay
      let text = ScenarioText.whole(traffic: traffic, arms: Self.served, Self.rest)
      #expect(mistakes(text, settings: settings + ["\(path)\(key.name)=\(value)"]) == [])
    }
  }
}
