import Testing

@Suite("Reports") struct ReportsTests {
  @Test("builds") func builds() {}
}
