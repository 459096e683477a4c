import Testing

@Suite("Models") struct ModelsTests {
  @Test("builds") func builds() {}
}
