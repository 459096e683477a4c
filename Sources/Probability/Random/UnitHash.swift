/// A hash of (salt, unit) to [0, 1), stable across runs, platforms and versions.
///
/// The first two words of the stream "assign/<salt>" with seed 0 and the unit's 64-bit identity as
/// the entity: (high << 32 | low) >> 11, times 2⁻⁵³.
package struct UnitHash: Sendable {
  private let stream: StreamName

  package init(salt: String) { stream = StreamName("assign/\(salt)") }

  package func position(of unit: UInt64) -> Double {
    var draws = RandomStream(seed: 0, stream, entity: unit)
    let high = UInt64(draws.nextWord())
    return Double((high << 32 | UInt64(draws.nextWord())) >> 11) * 0x1p-53
  }
}
