import Documents
import Scenarios
import Testing

/// A part of a scenario with a mistake in it, and all that is told about it.
struct MistakeCase: Sendable, CustomTestStringConvertible {
  /// Which part it is; the other parts of the scenario are right.
  enum Part: Sendable {
    case whole, traffic, arms, rest, served, threeArms, oneArm, shifts, unlabelled, setting
  }

  let part: Part
  let text: String
  let expected: [String]

  init(_ part: Part, _ text: String, _ expected: [String]) {
    self.part = part
    self.text = text
    self.expected = expected
  }

  var testDescription: String { text }

  var found: [String] {
    switch part {
    case .whole: mistakes(text)
    case .traffic: mistakes(ScenarioText.whole(traffic: text))
    case .arms: mistakes(ScenarioText.whole(arms: text))
    case .rest: mistakes(ScenarioText.whole(text))
    case .served: mistakes(ScenarioText.whole(arms: ScenarioText.served, text))
    case .threeArms: mistakes(ScenarioText.whole(arms: ScenarioText.threeArms, text))
    case .oneArm: mistakes(ScenarioText.whole(arms: ScenarioText.oneArm, text))
    case .shifts: mistakes(ScenarioText.whole("shifts: [\(text)]"))
    case .unlabelled: mistakes(ScenarioText.whole(traffic: ScenarioText.unlabelled, text))
    case .setting: mistakes(ScenarioText.whole(), settings: [text])
    }
  }
}

@Suite("Scenario mistakes") struct ScenarioMistakeTests {
  @Test("the file itself: each mistake has its words", arguments: MistakeCase.whole)
  func whole(_ mistake: MistakeCase) { #expect(mistake.found == mistake.expected) }

  @Test("traffic: each mistake has its words", arguments: MistakeCase.traffic)
  func traffic(_ mistake: MistakeCase) { #expect(mistake.found == mistake.expected) }

  @Test("arms: each mistake has its words", arguments: MistakeCase.arms)
  func arms(_ mistake: MistakeCase) { #expect(mistake.found == mistake.expected) }

  @Test("services: each mistake has its words", arguments: MistakeCase.services)
  func services(_ mistake: MistakeCase) { #expect(mistake.found == mistake.expected) }

  @Test("engines: each mistake has its words", arguments: MistakeCase.languages)
  func languages(_ text: String, _ expected: [String]) {
    #expect(LanguageText.mistakes(text) == expected)
  }

  @Test("the rest: each mistake has its words", arguments: MistakeCase.analysis)
  func analysis(_ mistake: MistakeCase) { #expect(mistake.found == mistake.expected) }

  @Test("shifts: each mistake has its words", arguments: MistakeCase.shifts)
  func shifts(_ mistake: MistakeCase) { #expect(mistake.found == mistake.expected) }

  @Test("settings: each mistake has its words", arguments: MistakeCase.settings)
  func settings(_ mistake: MistakeCase) { #expect(mistake.found == mistake.expected) }

  @Test("a mistake is shown with its line and carets")
  func rendered() {
    let text = ScenarioText.whole("deployment: { shadow: { mirro: 0.5 } }")
    #expect(throws: Diagnostics.self) {
      try Scenario.read(SourceText(name: "scenarios/a.json5", text: text))
    }
    do throws(Diagnostics) {
      _ = try Scenario.read(SourceText(name: "scenarios/a.json5", text: text))
    } catch {
      #expect(
        error.rendered() == """
          scenarios/a.json5:4:27: error: there is no key `mirro` in a shadow
            4 |   deployment: { shadow: { mirro: 0.5 } }
              |                           ^^^^^
            help: did you mean `mirror`?
          """)
    }
  }

  @Test("a setting's mistake is shown with the setting")
  func renderedSetting() {
    do throws(Diagnostics) {
      _ = try Scenario.read(
        SourceText(name: "a.json5", text: ScenarioText.whole()),
        settings: ["deployment.shadow.mirror=2"])
      Issue.record("nothing was told")
    } catch {
      #expect(
        error.rendered() == """
          --set:1:26: error: `mirror` is 2, not a number from 0 to 1
            1 | deployment.shadow.mirror=2
              |                          ^
            help: for example `mirror: 0.5`
          """)
    }
  }

  @Test("all mistakes of a file are told at once, in its order, those of settings last")
  func allAtOnce() {
    let text = """
      {
        seed: -1,
        traffic: { replay: "a.csv", time: "t", lable: "y", speed: 0 },
        shifts: [{ scale: "x", by: "much" }, { nothing: 1 }],
        arms: { a: { model: 3 }, b: { model: "b.json", service: { time: 8, replicas: 0 } } },
        metrics: ["acuracy"],
      }
      """
    #expect(
      mistakes(text, settings: ["labels.delay=soon", "arms.c.model=x"]).map {
        String($0.prefix { $0 != " " })
      } == [
        "2:9", "3:42", "3:61", "4:30", "4:40", "5:23", "5:67", "5:80", "6:13", "--set:1:14",
        "--set:1:1",
      ])
  }

  @Test("sixty-four shifts are taken and one more is not")
  func shiftLimit() {
    let shift = #"{ scale: "x", by: 2 }"#
    let many = { (count: Int) in
      ScenarioText.whole(
        "shifts: [\(Array(repeating: shift, count: count).joined(separator: ", "))]")
    }
    #expect(mistakes(many(64)) == [])
    #expect(
      mistakes(many(65)) == [
        "4:11 there are 65 shifts, and a scenario takes at most 64\n"
          + "help: put some together, or make two scenarios"
      ])
  }

  @Test("what is not JSON5 is told before anything else")
  func syntax() {
    #expect(
      mistakes("{ traffic: ], zebra: 1 }") == [
        "1:12 `]` stands where a value should"
      ])
  }
}
