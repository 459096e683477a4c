import Testing

@Suite("Command") struct CommandTests {
  @Test("builds") func builds() {}
}
