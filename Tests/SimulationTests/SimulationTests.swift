import Testing

@Suite("Simulation") struct SimulationTests {
  @Test("builds") func builds() {}
}
