import Documents
import Testing

@Suite("Did you mean") struct NearestNameTests {
  private static let names = [
    "replicas", "queue", "time", "timeout", "errorRate", "sharedWith", "by",
  ]

  @Test(
    "finds the name that a slip of the pen stood for",
    arguments: [
      ("replica", "replicas"), ("repilcas", "replicas"), ("REPLICAS", "replicas"),
      ("queu", "queue"), ("quueue", "queue"), ("tiem", "time"), ("timeOut", "timeout"),
      ("error_rate", "errorRate"), ("errorrate", "errorRate"), ("shareWith", "sharedWith"),
      ("yb", "by"), ("bye", "by"), ("err", "errorRate"), ("Shared", "sharedWith"),
    ])
  func near(_ word: String, _ expected: String) {
    #expect(NearestName.of(word, among: Self.names) == expected)
  }

  @Test("offers nothing for another word", arguments: ["model", "x", "", "latency", "rate", "zz"])
  func far(_ word: String) {
    #expect(NearestName.of(word, among: Self.names) == nil)
  }

  @Test("takes the first of equally near names")
  func ties() {
    #expect(NearestName.of("fron", among: ["from", "iron", "front"]) == "from")
    #expect(NearestName.of("a", among: []) == nil)
  }
}
