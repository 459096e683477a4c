import Testing

@Suite("Understudy") struct UnderstudyTests {
  @Test("builds") func builds() {}
}
