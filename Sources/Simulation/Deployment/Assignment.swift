import Probability
import Traffic

/// Which arms see which request, decided before anything is served.
///
/// A shadow's mirror is one draw a request (stream "mirror"), the same for every candidate, so that samples are
/// nested. A split takes the unit's position from `UnitHash`, so that a unit stays with its arm.
package struct Assignment: Sendable {
  private let rule: Rule
  private let armCount: Int

  private enum Rule: Sendable {
    case everyone
    case mirror(share: Double, seed: UInt64, copies: Range<Int>)
    case split(ends: [Double], hash: UnitHash, byUnit: Bool)
  }

  /// - Parameters:
  ///   - hasTwin: whether the last arm is production's twin, which sees all that production sees.
  ///   - replication: replication 0 uses the plan's salt as it is; replication r > 0 draws the split anew
  ///     with the salt "<salt>#r".
  package init(
    plan: DeploymentPlan, armCount: Int, hasTwin: Bool = false, seed: UInt64, replication: Int
  ) {
    precondition(armCount > (hasTwin ? 1 : 0), "\(armCount) arms, twin: \(hasTwin)")
    self.armCount = armCount
    switch plan {
    case .shadow(let mirror):
      let copies = 1..<(hasTwin ? armCount - 1 : armCount)
      rule =
        mirror >= 1 ? .everyone : .mirror(share: mirror, seed: seed, copies: copies)
    case .split(let shares, let salt, let by):
      precondition(shares.count == armCount, "\(shares.count) shares for \(armCount) arms")
      var ends: [Double] = []
      for share in shares.dropLast() { ends.append((ends.last ?? 0) + share) }
      let salt = replication == 0 ? salt : "\(salt)#\(replication)"
      rule = .split(ends: ends, hash: UnitHash(salt: salt), byUnit: by == .unit)
    }
  }

  /// Fills `sent[arm * capacity + row]` with 1 where the arm sees the request, else 0.
  package func assign(_ block: RequestBlock, into sent: inout [UInt8]) {
    let capacity = block.capacity
    switch rule {
    case .everyone:
      for index in sent.indices { sent[index] = 1 }
    case .mirror(let share, let seed, let copies):
      for row in 0..<block.count {
        var draws = RandomStream(
          seed: seed, .mirror, entity: block.firstOrdinal + UInt64(row))
        let copy: UInt8 = draws.nextUnit() < share ? 1 : 0
        for arm in 0..<armCount { sent[arm * capacity + row] = copies.contains(arm) ? copy : 1 }
      }
    case .split(let ends, let hash, let byUnit):
      for row in 0..<block.count {
        let unit = byUnit ? block.units[row] : block.firstOrdinal + UInt64(row)
        let position = hash.position(of: unit)
        let chosen = ends.firstIndex { position < $0 } ?? armCount - 1
        for arm in 0..<armCount { sent[arm * capacity + row] = arm == chosen ? 1 : 0 }
      }
    }
  }
}

extension StreamName {
  static let mirror = StreamName("mirror")
  static let labelLost = StreamName("label/lost")
  static let labelDelay = StreamName("label/delay")
}
