import Testing

@Suite("Benchmarks") struct BenchmarksTests {
  @Test("builds") func builds() {}
}
