import Testing

@Suite("Scenarios") struct ScenariosTests {
  @Test("builds") func builds() {}
}
