import Testing

@Suite("Statistics") struct StatisticsTests {
  @Test("builds") func builds() {}
}
