extension Catalogue {
  static let ranks: [Method] =
    shifts + pairedShifts + superiority + distributions + spreads + areas
}
