import Simulation
import Statistics
import Testing

@Suite("Absences") struct AbsenceTests {
  @Test(
    "have the true reason",
    arguments: [
      (Unavailable.tooFew(has: 1, needs: 2), Absence.tooFewOutcomes(has: 1, needs: 2)),
      (.oneClassOnly, .oneClassOnly), (.noLabels, .noLabels), (.noVariation, .noVariation),
      (.beyondTheValues, .tooFewIndependentValues),
      (.tooFewIndependent(has: 2, needs: 5), .tooFewIndependentValues),
      (.zeroDenominator, .unavailable(.zeroDenominator)), (.separated, .unavailable(.separated)),
    ])
  func reasons(reason: Unavailable, expected: Absence) { #expect(Absence(reason) == expected) }
}
