import Scenarios
import Testing

/// What users in a closed loop, and recordings of them, cannot stand beside; every word of what is told.
@Suite("Mistakes about users") struct UserMistakeTests {
  private static let served =
    #"{ a: { model: "a", service: { time: "8ms" } }, b: { model: "b", service: { time: "9ms", sharedWith: "a" } } }"#

  private func told(
    _ arrivals: String, end: String = "requests: 10", arms: String = served, _ rest: String = ""
  ) -> [String] {
    let traffic =
      "{ synthetic: { \(end), arrivals: { \(arrivals) }, inputTokens: 5, outputTokens: 5 } }"
    return mistakes(ScenarioText.whole(traffic: traffic, arms: arms, rest)).map(Self.words)
  }

  /// Without the column.
  private static func words(_ mistake: String) -> String {
    let parts = mistake.split(separator: " ", maxSplits: 1)
    return "\(parts[0].split(separator: ":")[0]): \(parts[1])"
  }

  private let users = #"users: 5, think: "1s""#

  @Test("users are right with services to wait for")
  func right() {
    #expect(told(users) == [])
    #expect(told(users, "deployment: { ab: {} }") == [])
    #expect(told(#"users: 5, think: "0s""#) == [])
  }

  @Test("arms that they wait for need services without an LLM engine")
  func services() {
    let bare = #"{ a: { model: "a" }, b: { model: "b", service: { time: "9ms" } } }"#
    let help = "\nhelp: give it a `service`"
    #expect(
      told(users, arms: bare)
        == ["2: users wait for a, which has no service and answers at once" + help])
    let other = #"{ a: { model: "a", service: { time: "9ms" } }, b: { model: "b" } }"#
    #expect(told(users, arms: other) == [])
    #expect(
      told(users, arms: other, "deployment: { ab: {} }")
        == ["2: users wait for b, which has no service and answers at once" + help])
    let engine =
      #"{ a: { model: "a", service: { llm: { memory: 400000, steps: { base: "5ms", perPrefillToken: "40us" } } } } }"#
    #expect(
      told(users, arms: engine) == [
        "2: users wait for a, and those of an LLM engine cannot be played in a closed loop"
          + "\nhelp: draw the arrivals, for example `arrivals: { poisson: 5 }`"
      ])
    let recorded = #"{ replay: "a.csv", time: "t", fromUsers: true }"#
    #expect(
      mistakes(ScenarioText.whole(traffic: recorded, arms: bare)).map(Self.words)
        == ["2: users wait for a, which has no service and answers at once" + help])
  }

  @Test("what needs the time of a request beforehand is refused")
  func times() {
    #expect(
      told(users, "shifts: [{ missing: \"x\" }]").contains(
        "2: shifts follow the clock, and what users send has no time before the services decide it"
          + "\nhelp: leave out the shifts, or play the trace of a run without them (`run --trace`) "
          + "and shift that"))
    #expect(
      told(users, "twinWithoutMirror: true") == [
        "2: `twinWithoutMirror` serves the same requests once more, and without a mirror users would "
          + "send others\nhelp: leave it out, or play the trace of a run (`run --trace`) with it"
      ])
    #expect(
      told(#"users: 5, think: "0s""#, end: #"duration: "1h""#) == [
        "2: users who think for no time may send without end before `duration` is over"
          + "\nhelp: let them think, or end the traffic after so many `requests`"
      ])
  }

  @Test("keys that mean nothing beside others are told")
  func keys() {
    #expect(told("users: 5").count == 1)
    #expect(
      told(#"poisson: 5, think: "1s""#) == [
        "2: `think` means nothing beside `poisson`\nhelp: take it away"
      ])
    #expect(
      told(users + ", groups: 2") == [
        "2: `groups` means nothing beside `users`\nhelp: take it away"
      ])
    #expect(
      told(users + ", gaps: { exponential: { mean: 1 } }") == [
        "2: `gaps` means nothing beside `users`\nhelp: take it away"
      ])
  }

  @Test("cached blocks of prompts are whole blocks of memory")
  func prefixes() {
    let traffic =
      #"{ replay: "a.csv", time: "t", inputTokens: "i", outputTokens: "o", prefixes: "p", prefixBlock: 24 }"#
    let arms =
      #"{ a: { model: "a", service: { llm: { memory: 400, prefixCaching: true, steps: { base: "5ms", perPrefillToken: "40us" } } } } }"#
    #expect(
      mistakes(ScenarioText.whole(traffic: traffic, arms: arms)).map(Self.words) == [
        "2: `prefixBlock` is 24 tokens, no multiple of the 16 in a block of a's memory"
          + "\nhelp: write `prefixBlock: 16`, or change `blockTokens`"
      ])
  }

  @Test("segments with values, and identities, are read as they are meant")
  func recordings() {
    func found(_ keys: String) -> [String] {
      mistakes(ScenarioText.whole(traffic: "{ replay: \"a.csv\", time: \"t\", \(keys) }"))
        .map(Self.words)
    }
    #expect(
      found(#"unitKind: "identity""#) == [
        "2: `unitKind` means nothing without `unit`\nhelp: take it away"
      ])
    #expect(
      found(#"segments: { k: ["a", "a"] }"#) == [
        "2: \"a\" stands a second time in the values of k\nhelp: take one of them away, or give it another "
          + "name"
      ])
    #expect(found(#"segments: { k: 3 }"#).count == 1)
  }
}
