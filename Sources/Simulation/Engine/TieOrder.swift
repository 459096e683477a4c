/// What decides among events of equal time and priority.
package enum TieOrder: Sendable, Equatable {
  /// Who was scheduled first.
  case scheduled
  /// A number drawn from this seed and how many were scheduled before.
  ///
  /// It shows what of a result hangs on ties: where times are continuous there are next to none.
  case shuffled(seed: UInt64)
}
