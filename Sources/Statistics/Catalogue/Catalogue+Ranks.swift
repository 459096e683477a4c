extension Catalogue {
  static let ranks: [Method] = []
}
