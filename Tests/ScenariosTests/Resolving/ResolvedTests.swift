import Documents
import Models
import Probability
import Simulation
import Testing
import Traffic

@testable import Scenarios

@Suite("Resolved scenarios") struct ResolvedTests {
  private func read(_ text: String, _ settings: [String] = []) throws(Diagnostics) -> Scenario {
    try Scenario.read(SourceText(name: "s.json5", text: text), settings: settings)
  }

  @Test("the resolved text reads back as the same scenario", arguments: ScenarioSamples.all)
  func roundTrip(_ text: String) throws {
    let scenario = try read(text)
    let again = try read(scenario.resolvedText)
    #expect(again == scenario)
    #expect(again.resolvedText == scenario.resolvedText)
    #expect(again.fingerprint == scenario.fingerprint)
  }

  @Test(
    "so does what is filled in once the task is known",
    arguments: [
      StudyFindings.Task.binary(names: ["0", "1"]), .classes(names: ["a", "b", "c"]), .regression,
      .unlabelled,
    ])
  func filled(_ task: StudyFindings.Task) throws {
    for arms in ScenarioSamples.arms {
      let text = ScenarioText.whole(arms: arms)
      let scenario = try read(text).filled(for: task)
      #expect(try read(scenario.resolvedText) == scenario)
    }
  }

  @Test("every key of the table stands in some sample")
  func samplesAreComplete() {
    let all = ScenarioSamples.all.joined()
    #expect(KeyTable.allKeys.filter { !all.contains("\($0):") } == [])
  }

  @Test("an engine reads back as it was, to the last bit", arguments: ScenarioSamples.languages)
  func language(_ text: String) throws {
    let plan = try #require(try LanguageText.read(text))
    #expect(try LanguageText.read(plan.resolved.written(.json5)) == plan)
  }

  @Test("parts of a nanosecond are read exactly")
  func partsOfNanoseconds() throws {
    let plan = try #require(try LanguageText.read(ScenarioSamples.languages[1]))
    #expect(plan.steps.base == 0.8 / 1e6 && plan.steps.perPrefillToken == 0.1 / 1e9)
    #expect(plan.steps.perPrefillTokenSquared == 2e-6 / 1e9 && plan.steps.perSequence == 3600)
  }

  @Test("random services, clients, routes and stations read back as they were")
  func randomPlans() throws {
    for entity in 0..<400 as Range<UInt64> {
      var luck = PlanLuck(entity: entity)
      let scenario = luck.scenario()
      let again = try read(scenario.resolvedText)
      #expect(again == scenario, "entity \(entity): \(scenario.resolvedText)")
      if again != scenario { break }
    }
  }

  @Test("random engines read back as they were")
  func randomEngines() throws {
    for entity in 0..<200 as Range<UInt64> {
      var luck = PlanLuck(entity: entity)
      let plan = luck.language()
      let again = try LanguageText.read(plan.resolved.written(.json5))
      #expect(again == plan, "entity \(entity)")
      if again != plan { break }
    }
  }

  @Test("only meaning decides the fingerprint")
  func fingerprint() throws {
    let plain = try read(ScenarioText.whole("labels: { delay: \"30m\" }"))
    let other = try read(
      ScenarioText.whole("/* the same */ 'labels': {delay: 'PT0.5H', lost: 0x0}, seed: 1"))
    let changed = try read(ScenarioText.whole("labels: { delay: \"31m\" }"))
    #expect(plain == other && plain.fingerprint == other.fingerprint)
    #expect(plain.fingerprint != changed.fingerprint)
    #expect(plain.fingerprint.count == 64)
  }

  @Test("prints every default of the smallest scenario")
  func smallest() throws {
    #expect(
      try read(ScenarioText.whole()).resolvedText == """
        {
          title: "Untitled",
          seed: 1,
          traffic: {
            replay: "a.csv",
            delimiter: ",",
            time: "t",
            timeFormat: "automatic",
            timeZone: "UTC",
            label: "y",
            labelKind: "automatic",
            features: "*",
            latencyUnit: "ms",
            segments: [],
            missing: [],
            fromRow: 0,
            speed: 1,
            loop: 1,
            share: 1,
            onBadValue: "stop",
            onTimeReversal: "stop"
          },
          shifts: [],
          arms: { production: { model: "a.json" }, candidate: { model: "b.json" } },
          deployment: { shadow: { mirror: 1 } },
          labels: { delay: "0s", lost: 0 },
          metrics: "automatic",
          metricOptions: {
            logLossClip: 1e-6,
            threshold: 0.5,
            calibrationBins: 10,
            auc: "exact",
            currency: "USD"
          },
          timeline: "automatic",
          compare: "automatic",
          monitors: [],
          gate: {},
          replications: 1,
          twinWithoutMirror: false
        }

        """)
  }
}
