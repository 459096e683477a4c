extension Catalogue {
  static let proportions: [Method] = []
}
