import Testing

@Suite("Probability") struct ProbabilityTests {
  @Test("builds") func builds() {}
}
