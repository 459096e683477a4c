extension Catalogue {
  static let ratios: [Method] = []
}
