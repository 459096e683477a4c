import Testing

@Suite("Traffic") struct TrafficTests {
  @Test("builds") func builds() {}
}
