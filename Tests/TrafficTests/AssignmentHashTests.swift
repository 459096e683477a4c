import Probability
import Testing

@testable import Traffic

@Suite("The assignment hash") struct AssignmentHashTests {
  struct Known: Sendable {
    var salt: String
    var unit: UInt64
    var position: Double
  }

  static let anna = UnitIdentity.of("anna")

  /// The table of docs/architecture.md; docs/examples/unit_hash.py computes it from the description alone.
  @Test(
    "gives the documented positions",
    arguments: [
      Known(salt: "deployment", unit: anna, position: 0.5895093044595212),
      Known(salt: "first-ab", unit: anna, position: 0.1698733302355555),
      Known(salt: "first-ab", unit: 42, position: 0.7253549168406146),
    ])
  func positions(known: Known) {
    #expect(UnitHash(salt: known.salt).position(of: known.unit) == known.position)
  }

  @Test("a unit's identity is the finalised FNV-1a hash of its text")
  func identity() {
    #expect(Self.anna == 0x8ed2_27c0_ee63_f504)
    #expect(RecordingSource.unit(named: "anna") == Self.anna)
  }
}
