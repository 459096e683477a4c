import Testing

@Suite("Documents") struct DocumentsTests {
  @Test("builds") func builds() {}
}
